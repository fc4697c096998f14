"""The reasons that moderators choose from: what is shipped, what an administrator makes of it, and the messages."""

from collections.abc import Callable

import pytest
from flask_babel import force_locale

from memory_road.accounts.permissions import NotPermitted
from memory_road.config import SHIPPED_LANGUAGES
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import LONGEST_MESSAGE, RefusalCode, Refused
from memory_road.contributions.reason import (
    MOST_REASONS,
    add_reason,
    change_reason,
    listed,
    require_offered,
    write_words,
)
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.web.edge import Portal
from memory_road.web.reason_words import TEMPLATES
from tests.application import Accounts, Browser, filled_in, send_in, work

ClientOf = Callable[[str], Browser]


def refusal(app: Portal, verb: Callable[..., object], *arguments: object, **named: object) -> RefusalCode:
    with pytest.raises(Refused) as refused, work(app):
        verb(*arguments, **named)
    return refused.value.code


def keys(app: Portal, which: Move) -> list[str]:
    with app.app_context():
        return [reason.key for reason in listed() if reason.offered(which)]


def test_what_is_shipped_is_offered_as_it_stands(app: Portal) -> None:
    for which in (Move.RETURN, Move.REJECT):
        assert keys(app, which) == [reason.value for reason in Reason]


def test_shipped_messages_are_kind_and_fit() -> None:
    assert set(TEMPLATES) == set(Reason) - {Reason.ABUSE, Reason.OTHER}
    for text in TEMPLATES.values():
        assert len(str(text)) < LONGEST_MESSAGE


def test_a_reason_is_added_and_used(app: Portal, accounts: Accounts) -> None:
    administrator = accounts.administrator.actor
    with work(app):
        key = add_reason(administrator, "ru", "  Снимок  из книги ", "Спасибо. Из какой книги этот снимок?")
    assert keys(app, Move.RETURN)[-1] == key
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, key, "Из какой книги?")
    with app.app_context():
        added = listed()[-1]
        assert (added.labels, added.templates) == (
            {"ru": "Снимок из книги"},
            {"ru": "Спасибо. Из какой книги этот снимок?"},
        )


def test_a_reason_is_for_returning_or_not_publishing_and_can_be_retired(app: Portal, accounts: Accounts) -> None:
    administrator = accounts.administrator.actor
    with work(app):
        change_reason(administrator, "rights", active=True, for_return=True, for_reject=False, place=0)
        change_reason(administrator, "duplicate", active=False, for_return=True, for_reject=True, place=8)
    assert keys(app, Move.RETURN)[0] == "rights"
    assert "rights" not in keys(app, Move.REJECT)
    assert "duplicate" not in keys(app, Move.RETURN)
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
    for verb, key in ((reject, "rights"), (reject, "duplicate"), (return_to_sender, "duplicate"), (reject, "king")):
        code = refusal(app, verb, case, accounts.moderator.actor, key, "Почему?")
        assert code == RefusalCode.REASON_MISSING, key
    with work(app):
        change_reason(administrator, "duplicate", active=True, for_return=True, for_reject=True, place=8)
        require_offered("duplicate", Move.REJECT)


def test_what_cannot_be_kept(app: Portal, accounts: Accounts) -> None:
    administrator = accounts.administrator.actor
    nothing = {"active": True, "for_return": False, "for_reject": False, "place": 1}
    assert refusal(app, change_reason, administrator, "rights", **nothing) == RefusalCode.REASON_FOR_NOTHING
    assert refusal(app, add_reason, administrator, "ru", " ", "Слова") == RefusalCode.LABEL_MISSING
    assert refusal(app, add_reason, administrator, "ru", "я" * 121, "") == RefusalCode.LABEL_TOO_LONG
    assert refusal(app, write_words, administrator, "rights", "ru", "", "я" * 4001) == RefusalCode.TOO_LONG
    assert refusal(app, write_words, administrator, "king", "ru", "", "") == RefusalCode.NOT_FOUND
    with work(app):
        for number in range(MOST_REASONS - len(Reason)):
            add_reason(administrator, "ru", f"Причина {number}", "")
    assert refusal(app, add_reason, administrator, "ru", "Ещё одна", "") == RefusalCode.TOO_MANY_REASONS


def test_only_administrators_change_them(app: Portal, accounts: Accounts) -> None:
    senior = accounts.senior_moderator.actor
    with pytest.raises(NotPermitted), work(app):
        add_reason(senior, "ru", "Причина", "")
    with pytest.raises(NotPermitted), work(app):
        write_words(senior, "rights", "ru", "Права", "")
    with pytest.raises(NotPermitted), work(app):
        change_reason(senior, "rights", active=False, for_return=True, for_reject=True, place=1)


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
def test_the_message_is_in_the_language_of_the_sender(
    app: Portal, accounts: Accounts, client_of: ClientOf, language: str
) -> None:
    case = send_in(app, accounts.contributor, form=filled_in(language=language))
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    answer = client.send(f"/en/moderate/{case}/return", {"reason": "rights", "message": "Добрый день!", "begin": "yes"})
    with app.test_request_context("/en/"), force_locale(language):
        usual = str(TEMPLATES[Reason.RIGHTS])
    assert answer.status_code == 200
    assert f"Добрый день!\n\n{usual}" in answer.text.replace("\r\n", "\n").replace("&#39;", "'")
    with work(app):
        assert claim(case, accounts.moderator.actor).holds(), "nothing is decided by that"
    again = client.send(
        f"/en/moderate/{case}/return", {"reason": "rights", "message": f"Добрый день!\n\n{usual}", "begin": "yes"}
    )
    assert again.text.replace("&#39;", "'").count(f"Добрый день!\n\n{usual}") == 1
    assert client.send(f"/en/moderate/{case}/reject", {"reason": "", "message": "x", "begin": "yes"}).status_code == 200


def test_the_pages_keep_what_is_typed(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("administrator")
    assert "Rights to a picture are unclear" in client.get("/en/administer/reasons").text
    answer = client.send("/en/administer/reasons", {"label": "A print from a book", "template": "Which book?"})
    page = client.get(answer.location)
    assert "A print from a book" in page.text
    address = answer.location.partition("?")[0]
    assert client.send(f"{address}/ru", {"label": "Снимок из книги", "template": "Из какой?"}).status_code == 303
    assert client.send(f"{address}/xx", {"label": "?"}).status_code == 404
    kept = client.send(address, {"offered": ["reject"], "place": "3", "retired": "yes"})
    assert kept.status_code == 303
    assert "retired" in client.get("/en/administer/reasons").text
    wrong = client.send(f"{address}/ru", {"label": "я" * 130, "template": "Из какой?"})
    assert (wrong.status_code, "я" * 130 in wrong.text) == (422, True)
    assert client.send(address, {"place": "3"}).status_code == 422
    assert client.send("/en/administer/reasons", {"label": "", "template": "Слова"}).status_code == 422
    assert client.get("/en/administer/reasons/king").status_code == 404
    assert client.send("/en/administer/reasons/rights/en", {"label": "Whose picture is it?"}).status_code == 303
    case = send_in(app, accounts.contributor)
    desk = client_of("moderator")
    desk.send(f"/en/moderate/{case}/claim")
    assert "Whose picture is it?" in desk.get(f"/en/moderate/{case}").text
