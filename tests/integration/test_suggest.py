"""Suggestions while a name is being typed: who begins so, in any script, in order, and nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from memory_road.archive.participant import Participant
from memory_road.archive.restate import restate, say_nothing
from memory_road.archive.suggest import MOST_SHOWN, suggested
from memory_road.db import db, now
from memory_road.facts.document import Facts
from memory_road.web.caching import A_MOMENT
from memory_road.web.edge import Portal
from memory_road.web.gallery import suggest
from memory_road.web.pace import PaceOfEach
from tests.application import Accounts, Browser, filled_in, publish, work

ClientOf = Callable[[str], Browser]
BEGIN = datetime(2026, 5, 9, 12, tzinfo=UTC)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PEOPLE: tuple[Facts, ...] = (
    {"surname": "Иванов", "given_name": "Пётр", "patronymic": "Ильич"},
    {"surname": "Иванова", "given_name": "Анна"},
    {"surname": "Иванов", "given_name": "Абрам"},
    {"surname": "Петров", "given_name": "Иван"},
    {"surname": "Տեր-Պետրոսյան", "given_name": "Լևոն"},
    {"surname": "Қожаберген", "given_name": "Әлия", "former_surname": "Жұмабаева"},
    {
        "surname": "Щербакова",
        "given_name": "Мария",
        "also_recorded": [{"field": "surname", "value": "Цапко", "source": "книга памяти"}],
    },
)


def add(app: Portal, *people: Facts) -> None:
    with work(app):
        for number, facts in enumerate(people):
            at = BEGIN + timedelta(seconds=number)
            identifier = f"0000000{ALPHABET[number // 32]}{ALPHABET[number % 32]}"
            participant = Participant(id=identifier, language="ru", published_at=at, updated_at=at)
            restate(participant, facts)
            db.session.add(participant)


def names(app: Portal, typed: str) -> list[str]:
    with app.app_context():
        return [f"{each.surname} {each.given}" for each in suggested(typed)]


CASES: list[tuple[str, list[str], str]] = [
    (
        "Иван",
        ["Иванов Абрам", "Иванов Пётр Ильич", "Иванова Анна", "Петров Иван"],
        "surnames in their order, then given names",
    ),
    ("иванов ", ["Иванов Абрам", "Иванов Пётр Ильич"], "a space says that the word is whole"),
    ("Иванов пет", ["Иванов Пётр Ильич"], "surname and given name; ё is е"),
    ("ivanov p", ["Иванов Пётр Ильич"], "Latin letters, and an initial"),
    ("Пётр Ильич Ив", ["Иванов Пётр Ильич"], "the given name first"),
    ("тер петр", ["Տեր-Պետրոսյան Լևոն"], "Armenian, typed in Cyrillic without its hyphen"),
    ("Տեր", ["Տեր-Պետրոսյան Լևոն"], "and in its own letters"),
    ("qozh", ["Қожаберген Әлия"], "Kazakh letters, as they are folded"),
    ("жұма", ["Қожаберген Әлия"], "a former surname"),
    ("цап", ["Щербакова Мария"], "a surname that other documents have"),
    ("ванов", [], "not from within a word"),
    ("и", [], "one letter is too few"),
    ("и п", [], "two initials are left to the search"),
    ("--", [], "no letters at all"),
    ("   ", [], "only spaces"),
    ("%_", [], "what databases take for anything is nothing here"),
]


def test_who_begins_so_is_suggested(app: Portal, subtests: pytest.Subtests) -> None:
    add(app, *PEOPLE)
    for typed, expected, why in CASES:
        with subtests.test(why):
            assert names(app, typed) == expected


def test_of_many_the_first_are_suggested_each_once(app: Portal) -> None:
    facts: Facts = {"surname": "Орлов", "given_name": "Пётр", "former_surname": "Орловский"}
    add(app, *[{**facts, "patronymic": f"{letter}ович"} for letter in "ЖЕДГВБАЗИКЛМ"])
    found = names(app, "Орл")
    assert len(set(found)) == len(found) == MOST_SHOWN


def test_who_is_gone_or_renamed_is_not_suggested(app: Portal) -> None:
    add(app, *PEOPLE[:2])
    with work(app):
        gone, renamed = (db.session.get_one(Participant, f"00000000{number}") for number in (0, 1))
        gone.gone_at, gone.gone_how, gone.gone_reason = now(), "taken_down", "rights"
        say_nothing(gone)
        restate(renamed, {"surname": "Орлова", "given_name": "Анна"})
    assert names(app, "Иванов") == []
    assert names(app, "Орлова") == ["Орлова Анна"]


def test_what_is_told_of_somebody(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    form = filled_in({"surname": "Щербакова", "given_name": "Мария", "death_date": "1978"})
    entry = publish(app, accounts.contributor, accounts.moderator, form=form)
    answer = client_of("visitor").get("/en/suggest?q=shch")
    assert answer.headers["Cache-Control"] == A_MOMENT, "who was taken down is not suggested for a minute more"
    (one,) = read(answer)
    assert one["page"].startswith(f"/en/people/{entry}/shcherbakova-")
    assert (one["name"], one["years"]) == ("Щербакова Мария", "1915–1978")
    assert "Shcherbakova" in one["also"]
    (one,) = read(client_of("visitor").get("/ru/suggest?q=shch"))
    assert one["also"] == ""


def read(answer: Any) -> list[dict[str, str]]:
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert "Set-Cookie" not in answer.headers
    return answer.json


def test_nothing_asked_is_nothing_suggested(sqlite_app: Portal) -> None:
    assert read(sqlite_app.test_client().get("/en/suggest")) == []


def test_who_asks_too_often_gets_nothing_and_others_go_on(sqlite_app: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "PACE", PaceOfEach(2))
    client = sqlite_app.test_client()

    def ask(address: str) -> int:
        answer = client.get("/en/suggest?q=iv", environ_base={"REMOTE_ADDR": address})
        assert answer.json == []
        assert answer.headers.get("Retry-After") == ("60" if answer.status_code == 429 else None)
        return answer.status_code

    assert [ask("203.0.113.5") for _ in range(3)] == [200, 200, 429]
    assert ask("203.0.113.6") == 200
    assert [ask(f"2001:db8:1:1::{number}") for number in range(1, 4)] == [200, 200, 429]
    assert [ask("") for _ in range(3)] == [200, 200, 200]


def test_the_boxes_say_where_to_ask(sqlite_app: Portal) -> None:
    client = sqlite_app.test_client()
    for page in ("/en/", "/en/gallery", "/en/gallery?q=%3Cb%3E&fate=missing"):
        text = client.get(page).text
        assert 'data-suggest="/en/suggest"' in text
        assert "suggest.js" in text
