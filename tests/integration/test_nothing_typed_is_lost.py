"""Two windows, a lost session, an old preview: what was typed comes back, with a sentence that says what to do."""

from collections.abc import Callable

from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, begin, filled_in, signed_in

ClientOf = Callable[[str], Browser]
AWARD = {"award": "Медаль «За отвагу»", "date": "1943"}


def test_an_older_window_is_told_of_the_newer_one_and_may_still_win(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    address = f"/en/contribute/{identifier}/story"
    newer = {"surname": "Орлов", "biography": "Из нового окна", "revision": "1", "action": "save"}
    assert client.send(address, newer).status_code == 303
    older = {"surname": "Орлов", "biography": "Из старого окна", "revision": "1", "action": "save"}
    answer = client.send(address, older)
    assert answer.status_code == 409
    assert "changed in another window" in answer.text
    assert "Из старого окна" in answer.text
    assert "Из нового окна" in client.get(address).text, "nothing was kept yet"
    assert client.send(address, {**older, "revision": "2"}).status_code == 303
    assert "Из старого окна" in client.get(address).text


def test_who_was_signed_out_meanwhile_gets_back_what_they_typed(app: Portal) -> None:
    client = signed_in(app, None)
    client.set_cookie("memory_road", "s.a-session-that-has-ended")
    answer = client.post("/en/contribute", data={"surname": "Орлов", "biography": "Целый вечер", "password": "hidden"})
    assert answer.status_code == 401
    assert "Орлов" in answer.text
    assert "Целый вечер" in answer.text
    assert "hidden" not in answer.text


def test_what_was_written_in_ones_own_words_comes_back_too(app: Portal) -> None:
    client = signed_in(app, None)
    client.set_cookie("memory_road", "s.a-session-that-has-ended")
    for field in ("words", "message", "note", "return-message", "approve-note", "remark", "edit-surname"):
        answer = client.post("/en/my/entries/000000000/takedown", data={field: "Целый вечер"})
        assert answer.status_code == 401
        assert "Целый вечер" in answer.text


def test_sending_from_a_preview_that_is_out_of_date_shows_the_whole_form(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    form = filled_in({"surname": "", "awards": [AWARD]}, named=True)
    client, identifier = client_of("contributor"), begin(app, accounts.contributor, form=form)
    answer = client.send(f"/en/contribute/{identifier}/submit")
    assert answer.status_code == 422
    assert AWARD["award"] in client.get(f"/en/contribute/{identifier}/awards").text
    assert answer.text.count(" checked") >= 3, "kinds, living, and that the sender may be named"
