"""Whatever a moderator has typed on the page of a case stands there again, whichever button was pressed."""

from collections.abc import Callable

import pytest

from memory_road.contributions.bad_picture import put_on_list
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.queries import locked
from memory_road.db import db
from memory_road.moderation.claim import Claim
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, send_in, work

ClientOf = Callable[[str], Browser]
TYPED = {
    "edit-rank": "Старший сержант",
    "checked": "rights",
    "nobody_living_exposed": "yes",
    "approve-note": "Заметка к одобрению",
    "return-reason": "rights",
    "return-message": "Откуда этот снимок?",
    "return-note": "Заметка к вопросу",
    "reject-message": "Пока не можем показать.",
    "hold-message": "Спросим историка.",
    "remark": "Заметка для других",
}
SHOWN = (
    'value="Старший сержант"',
    'value="rights" checked',
    'value="yes" required data-key="approve" checked',
    "Заметка к одобрению",
    'value="rights" data-usual',
    "Откуда этот снимок?",
    "Заметка к вопросу",
    "Пока не можем показать.",
    "Спросим историка.",
    "Заметка для других",
)


def all_is_there(page: str) -> None:
    """Everything of ``TYPED`` stands in its field."""
    for part in SHOWN:
        assert part in page, part
    chosen = page.split('id="return-reason"', 1)[1].split("</select>", 1)[0]
    assert 'value="rights"' in chosen
    assert " selected" in chosen


@pytest.fixture
def case(sqlite_app: Portal, accounts: Accounts) -> str:
    """A case that waits, with a rank that is misspelt."""
    return send_in(sqlite_app, accounts.contributor, form=filled_in({"rank": "Старшена"}))


@pytest.fixture
def app(sqlite_app: Portal) -> Portal:
    """No engine changes what a page prints."""
    return sqlite_app


@pytest.mark.parametrize(
    ("button", "fields", "status", "sentence"),
    [
        ("claim", {}, 200, "The case is yours"),
        ("mark", {"wanted": "yes"}, 200, "Marked"),
        ("mark", {"wanted": "no"}, 200, "The mark is taken away"),
        ("release", {}, 422, "nobody has seen yet"),
        ("return", {"begin": "yes"}, 200, ""),
        ("reject", {"begin": "yes"}, 200, ""),
        ("reject", {}, 422, "choose a reason"),
        ("return", {"return-message": "x" * 4001}, 422, "too long"),
        ("approve", {"edit-birth_date": "когда-то"}, 422, "did not understand this date"),
        ("approve", {"approve-note": "Заметка к одобрению" + "x" * 4000}, 422, "too long"),
        ("hold", {"hold-note": "x" * 4001}, 422, "too long"),
        ("note", {"remark": "Заметка для других" + "x" * 4000}, 422, "too long"),
        ("undo", {}, 409, "too late"),
    ],
)
def test_what_is_typed_stands_there_again(
    app: Portal, client_of: ClientOf, case: str, button: str, fields: dict[str, str], status: int, sentence: str
) -> None:
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    answer = client.send(f"/en/moderate/{case}/{button}", {**TYPED, **fields})
    assert answer.status_code == status
    assert sentence in answer.text
    if "return-message" in fields:
        assert "x" * 4001 in answer.text
    else:
        all_is_there(answer.text)


@pytest.mark.parametrize("button", ["approve", "return", "reject", "hold"])
def test_when_the_claim_has_lapsed_nothing_is_lost(app: Portal, client_of: ClientOf, case: str, button: str) -> None:
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    with work(app):
        db.session.delete(db.session.get_one(Claim, case))
    answer = client.send(f"/en/moderate/{case}/{button}", {**TYPED, "reject-reason": "rights"})
    assert answer.status_code == 409
    assert "Take this case" in answer.text
    assert "data-sends>Approve" not in answer.text, "nothing can be decided before"
    all_is_there(answer.text)
    taken = client.send(f"/en/moderate/{case}/claim", TYPED)
    assert taken.status_code == 200
    assert "data-sends>Approve" in taken.text
    all_is_there(taken.text)


def test_when_another_works_on_it_nothing_is_lost(app: Portal, client_of: ClientOf, case: str) -> None:
    client_of("second_moderator").send(f"/en/moderate/{case}/claim")
    answer = client_of("moderator").send(f"/en/moderate/{case}/approve", TYPED)
    assert answer.status_code == 409
    assert "data-sends>Approve" not in answer.text
    all_is_there(answer.text)


def test_when_another_has_decided_what_was_typed_can_be_read(app: Portal, client_of: ClientOf, case: str) -> None:
    second = client_of("second_moderator")
    second.send(f"/en/moderate/{case}/claim")
    second.send(f"/en/moderate/{case}/return", {"reason": "rights", "message": "Чей это снимок?"})
    answer = client_of("moderator").send(f"/en/moderate/{case}/approve", TYPED)
    assert answer.status_code == 409
    for text in ("Старший сержант", "Заметка к одобрению", "Откуда этот снимок?", "Спросим историка."):
        assert text in answer.text


def test_a_picture_is_called_harmless_without_losing_a_word(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    bad = send_in(app, accounts.stranger, portrait)
    case = send_in(app, accounts.contributor, portrait, form=filled_in({"rank": "Старшена"}))
    with work(app):
        put_on_list(locked(bad), accounts.senior_moderator.actor.id)
    client = client_of("senior_moderator")
    client.send(f"/en/moderate/{case}/claim")
    with app.app_context():
        picture = db.session.get_one(Contribution, case).photographs[0].id
    answer = client.send(f"/en/moderate/{case}/photographs/{picture}/harmless", TYPED)
    assert answer.status_code == 200
    assert "rejected for abuse" not in answer.text
    all_is_there(answer.text)


def test_who_hears_an_appeal_loses_nothing_either(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    moderator, senior = client_of("moderator"), client_of("senior_moderator")
    moderator.send(f"/en/moderate/{case}/claim")
    moderator.send(f"/en/moderate/{case}/reject", {"reason": "rights", "message": "Чей это снимок?"})
    client_of("contributor").send(f"/en/my/{case}/appeal", {"message": "Наш."})
    words = {"uphold-message": " ", "uphold-note": "Между нами", "reopen-message": "Посмотрим ещё раз."}
    answer = senior.send(f"/en/moderate/{case}/uphold", words)
    assert answer.status_code == 422
    assert answer.text.count("Между нами") == answer.text.count("Посмотрим ещё раз.") == 1


def test_the_second_press_leaves_what_was_typed(app: Portal, client_of: ClientOf, case: str) -> None:
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    asked = client.send(f"/en/moderate/{case}/release", TYPED)
    assert 'name="leave" value="yes"' in asked.text
    assert client.send(f"/en/moderate/{case}/release", {**TYPED, "leave": "yes"}).status_code == 303


def test_nobody_is_asked_who_has_typed_nothing(app: Portal, client_of: ClientOf, case: str) -> None:
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    untouched = {"edit-rank": "Старшена", "approve-note": "", "return-message": ""}
    assert client.send(f"/en/moderate/{case}/claim", untouched).status_code == 303
    assert client.send(f"/en/moderate/{case}/release", untouched).status_code == 303


def test_a_note_is_kept_once_and_the_rest_stays(app: Portal, client_of: ClientOf, case: str) -> None:
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    kept = client.send(f"/en/moderate/{case}/note", {**TYPED, "remark": "Письмо в архив отправлено"})
    assert kept.status_code == 200
    assert "The note is kept" in kept.text
    all_is_there(kept.text + "Заметка для других")
    assert kept.text.count("Письмо в архив отправлено") == 1, "in the log, not in its field"
