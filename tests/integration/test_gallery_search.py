"""The gallery's pages: nobody missing, nobody twice, found by any part of a name in any spelling."""

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from memory_road.archive import search
from memory_road.archive.filters import Filters
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.archive.restate import restate
from memory_road.archive.search import Page, find
from memory_road.archive.tally import number_of_entries
from memory_road.db import db
from memory_road.facts.vocabulary import Category, Fate
from memory_road.web.edge import Portal
from tests.application import work

BEGIN = datetime(2026, 5, 9, 12, tzinfo=UTC)
People = Sequence[tuple[str, str, str, str]]
"""Surname, given name, patronymic, category of each."""


def fill(app: Portal, people: People, moments: Sequence[datetime] | None = None) -> None:
    """Publish ``people`` as ids 00000000a…, one second after the other or at ``moments``."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    with work(app):
        for number, (surname, given, patronymic, category) in enumerate(people):
            identifier = f"0000000{alphabet[number // 32]}{alphabet[number % 32]}"
            at = moments[number] if moments else BEGIN + timedelta(seconds=number)
            facts = {"surname": surname, "given_name": given, "patronymic": patronymic, "categories": [category]}
            participant = Participant(
                id=identifier,
                language="ru",
                contributor_name="",
                contributor_relationship="",
                published_at=at,
                updated_at=at,
            )
            restate(participant, {name: fact for name, fact in facts.items() if fact})
            db.session.add(participant)


def names(page: Page) -> list[str]:
    return [f"{card.surname} {card.given.split()[0]}" for card in page.cards]


def walk(query: str = "", category: Category | None = None, size: int = 7) -> list[str]:
    """The ids of all pages, one after the other."""
    seen: list[str] = []
    after = ""
    for _ in range(50):
        page = find(query, Filters(category=category), after, size)
        seen += [card.id for card in page.cards]
        if page.after is None:
            return seen
        assert len(page.cards) == size, "only the last page may be short"
        after = page.after
    raise AssertionError("the pages never end")


@pytest.mark.parametrize(
    ("moments", "why"),
    [
        ([BEGIN + timedelta(seconds=number) for number in range(40)], "one after the other"),
        ([BEGIN] * 40, "all published in the same moment"),
        ([BEGIN + timedelta(microseconds=number // 3) for number in range(40)], "three in each microsecond"),
    ],
)
def test_pages_show_everybody_once_newest_first(app: Portal, moments: list[datetime], why: str) -> None:
    categories = [Category.SOLDIER, Category.PRESS]
    fill(app, [(f"Иванов{number}", "Пётр", "", categories[number % 2]) for number in range(40)], moments)
    with app.app_context():
        everybody = walk()
        assert len(everybody) == len(set(everybody)) == 40, why
        assert everybody == sorted(everybody, reverse=True), why
        soldiers = walk(category=Category.SOLDIER)
        assert len(soldiers) == len(set(soldiers)) == 20, why
        assert set(soldiers) < set(everybody)
        assert walk("Пётр") == everybody
        assert walk("Пётр", Category.SOLDIER) == soldiers


def test_a_page_that_is_just_full_is_the_last_one(app: Portal) -> None:
    fill(app, [("Иванов", "Пётр", "", "soldier")] * 7)
    with app.app_context():
        assert find(size=7).after is None
        assert find(size=6).after is not None


def test_an_entry_published_meanwhile_moves_nobody(app: Portal) -> None:
    fill(app, [(f"Иванов{number}", "Пётр", "", "soldier") for number in range(9)])
    with app.app_context():
        first = find(size=4)
    later = datetime(2027, 1, 1, tzinfo=UTC)
    with work(app):
        row = {
            "id": "zzzzzzzzz",
            "card": '{"surname":"Новый","given":"Он"}',
            "facts": {"surname": "Новый", "given_name": "Он"},
            "language": "ru",
        }
        moments = {"published_at": later, "updated_at": later}
        db.session.execute(
            insert(Participant).values(**row, **moments, contributor_name="", contributor_relationship="")
        )
    with app.app_context():
        assert first.after is not None
        second = find(after=first.after, size=4)
        assert not {card.id for card in first.cards} & {card.id for card in second.cards}
        assert "Новый Он" not in names(second)


KNOWN: People = [
    ("Семёнова-Тян", "Алёна", "Игоревна", "soldier"),
    ("Семенов", "Игорь", "", "soldier"),
    ("Д’Артаньян", "Лука", "", "press"),
    ("Қасымов", "Әлия", "", "home_front"),
    ("Ўладзіміраў", "Янка", "", "partisan"),
    ("Müller", "José", "", "captive"),
    ("Պետրոսյան", "Արամ", "", "soldier"),
    ("მელაძე", "ნინო", "", "medical"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Семёнова", ["Семёнова-Тян Алёна", "Семенов Игорь"]),
        ("семенова", ["Семёнова-Тян Алёна", "Семенов Игорь"]),
        ("СЕМЁНОВ", ["Семенов Игорь", "Семёнова-Тян Алёна"]),
        ("Тян", ["Семёнова-Тян Алёна"]),
        ("Семёнова-Тян", ["Семёнова-Тян Алёна"]),
        ("алена игоревна", ["Семёнова-Тян Алёна"]),
        ("Игоревна Алёна Семёнова", ["Семёнова-Тян Алёна"]),
        ("semenov igor", ["Семенов Игорь", "Семёнова-Тян Алёна"]),
        ("Дартаньян", ["Д’Артаньян Лука"]),
        ("д'артаньян", ["Д’Артаньян Лука"]),
        ("ҚАСЫМОВ Әл", ["Қасымов Әлия"]),
        ("muller jose", ["Müller José"]),
        ("petrosyan", ["Պետրոսյան Արամ"]),
        ("meladze", ["მელაძე ნინო"]),
        ("Сем", ["Семенов Игорь", "Семёнова-Тян Алёна"]),
        ("емёнов", ["Семенов Игорь", "Семёнова-Тян Алёна"]),
        ("Семёнова Лука", []),
        ("Игорев Иван", []),
        ("%", []),
        ("_____", []),
        ("!!!", []),
        ("  ", [f"{surname} {given}" for surname, given, _, _ in reversed(KNOWN)]),
        ("{", []),
        ("\U0001f642", []),
    ],
)
def test_a_name_is_found(known: Portal, query: str, found: list[str]) -> None:
    with known.app_context():
        assert names(find(query)) == found


@pytest.fixture
def known(app: Portal) -> Portal:
    """An application with ``KNOWN`` people."""
    fill(app, KNOWN)
    return app


def test_a_search_can_be_narrowed_to_a_kind(known: Portal) -> None:
    with known.app_context():
        assert names(find("семенов", Filters(category=Category.SOLDIER))) == ["Семенов Игорь", "Семёнова-Тян Алёна"]
        assert names(find("семенов", Filters(category=Category.PRESS))) == []


def test_too_many_matches_are_said_to_be(app: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_MATCHES", 5)
    fill(app, [(f"Иванов{number}", "Пётр", "", "soldier") for number in range(8)])
    with app.app_context():
        page = find("иванов")
        assert (page.too_many, len(page.cards)) == (True, 5)
        assert not find("сидоров").too_many


MANY = [
    *((f"Иванов{number}", "Пётр", "", "soldier") for number in range(20)),
    *(("Орлов", "Пётр" if number % 2 else "Иван", "", "medical") for number in range(16)),
    ("Щукина", "Вера", "", "press"),
]


@pytest.mark.parametrize(
    ("query", "filters", "number", "exact", "too_many", "why"),
    [
        ("орлов", {}, None, 16, False, "all of one name, though a page shows only some"),
        ("орлов пётр", {}, None, 8, False, "and of two"),
        ("орлов п", {}, None, 8, False, "and with an initial"),
        ("пётр", {}, None, 21, True, "no more are counted than one can leaf through"),
        ("пётр", {"category": Category.MEDICAL}, None, None, False, "to count them could cost more than to find them"),
        ("иванов", {}, None, 0, False, "nobody has the name itself"),
        ("щукина", {}, 1, None, False, "one page shows them all"),
        ("", {"fate": Fate.KILLED}, 18, None, False, "a fate is counted already"),
        ("", {"country": "AM"}, 9, None, False, "and a country"),
        ("", {"fate": Fate.KILLED, "country": "AM"}, None, None, False, "but not both at once"),
        ("", {"born_from": 1900, "born_to": 1902}, 3, None, False, "one page shows them all without a name, too"),
        ("", {"country": "KZ"}, 0, None, False, "nobody"),
        ("", {"fate": Fate.MISSING}, None, None, False, "more than are counted"),
        ("", {"category": Category.MEDICAL}, None, None, False, "that stands beside the kind"),
        ("", {}, None, None, False, "and of everybody on the first page"),
    ],
)
def test_how_many_were_found_is_said_where_it_costs_little(
    app: Portal,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    filters: Mapping[str, Any],
    number: int | None,
    exact: int | None,
    too_many: bool,
    why: str,
) -> None:
    fill(app, MANY)
    with work(app):
        for place, participant in enumerate(db.session.scalars(select(Participant).order_by(Participant.id))):
            more = {
                "fate": Fate.KILLED.value if place % 2 else Fate.MISSING.value,
                "birth_country": "AM" if place % 4 == 1 else "RU",
                "birth_date": str(1900 + place),
            }
            restate(participant, {**participant.facts, **more})
    monkeypatch.setattr(search, "MOST_MATCHES", 17 if filters == {"fate": Fate.MISSING} else 20)
    with app.app_context():
        page = find(query, Filters(**filters), size=5)
    assert (page.number, page.exact, page.too_many) == (number, exact, too_many), why


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "=",
        "é",
        "\x00",
        "a" * 5000,
        base64.urlsafe_b64encode(b"1").decode(),
        base64.urlsafe_b64encode(b"x.0000000a0").decode(),
        base64.urlsafe_b64encode(b"-1.000000000").decode(),
        base64.urlsafe_b64encode(b"99999999999999999999999.000000000").decode(),
        base64.urlsafe_b64encode(b"-62135596800000000.000000000").decode(),
        base64.urlsafe_b64encode(b"253402300799999999.000000000").decode(),
        base64.urlsafe_b64encode(b"1.0.0").decode(),
        base64.urlsafe_b64encode(b"\xff\xfe.1").decode(),
        base64.urlsafe_b64encode(b"1." + b"\x00" * 9).decode(),
        base64.urlsafe_b64encode(b"1.' OR 1=1 --").decode(),
    ],
)
def test_a_cursor_that_is_not_ours_breaks_nothing(known: Portal, cursor: str) -> None:
    with known.app_context():
        assert len(find(after=cursor).cards) in {0, len(KNOWN)}
        assert len(find(filters=Filters(category=Category.SOLDIER), after=cursor).cards) in {0, 3}


def test_an_entry_is_found_by_its_number_as_people_read_it_out(app: Portal) -> None:
    fill(app, [("Иванов", "Пётр", "", "soldier")] * 11)
    with app.app_context():
        for typed in ("00000000a", "00000000A", "OOO-OOO-OOA", "ooo 000 00a"):
            found = entry(typed)
            assert found is not None, typed
            assert found.id == "00000000a"
        for typed in ("", "00000000", "00000000aa", "00000000z", "я" * 9, "\x00" * 9):
            assert entry(typed) is None, typed
        assert number_of_entries() == 11
