"""What the cards of a search say beside the name: by which other name somebody was found, how many there are, and what
tells namesakes apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from memory_road.archive.participant import Participant
from memory_road.archive.restate import restate
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import Browser, work

ClientOf = Callable[[str], Browser]
AT = datetime(2026, 5, 9, tzinfo=UTC)
PEOPLE: list[dict[str, Any]] = [
    {
        "surname": "Дорохова",
        "given_name": "Вера",
        "former_surname": "Лисицына",
        "also_recorded": [{"field": "surname", "value": "Дорахава", "source": "Книга памяти"}],
    },
    {"surname": "Кузнецов", "given_name": "Иван", "birth_date": "1910", "birth_place": "Псков"},
    {"surname": "Кузнецов", "given_name": "Иван", "birth_date": "1912", "birth_place": "деревня <Ольхово>"},
    {"surname": "Кузнецов", "given_name": "Пётр", "birth_place": "Гомель"},
]


@pytest.fixture
def visitor(app: Portal, client_of: ClientOf) -> Browser:
    """A visitor of a gallery in which ``PEOPLE`` are."""
    with work(app):
        for number, facts in enumerate(PEOPLE):
            entry = Participant(id=f"00000000{number}", language="ru", published_at=AT, updated_at=AT)
            restate(entry, facts)
            db.session.add(entry)
    return client_of("visitor")


@pytest.mark.parametrize(
    ("query", "said", "unsaid", "why"),
    [
        ("Дорохова", "Дорохова", "Also recorded", "her name is shown: it says itself why"),
        ("dorokhova vera", "Дорохова", "Also recorded", "in other letters too"),
        ("Лисицына", "Also recorded: Лисицына", "Дорахава", "by the name that she had before"),
        ("Дорахава Вера", "Also recorded: Дорахава", "Лисицына", "by a spelling that one document has"),
        ("Кузнецов Иван", "деревня &lt;Ольхово&gt;", "Гомель", "namesakes are told apart by where they were born"),
        ("Кузнецов Пётр", "Пётр", "Гомель", "who has no namesake on the page is not"),
        ("Кузнецов Иван", "2 people found.", "Пётр", "how many there are is said"),
        ("Кузнецов Пётр", "1 person found.", "Иван", "also of one"),
        ("Нехорошев", "Nobody like this is here yet", "found.", "of nobody it is said otherwise"),
    ],
)
def test_cards_say_why_somebody_was_found(visitor: Browser, query: str, said: str, unsaid: str, why: str) -> None:
    page = visitor.get("/en/gallery", query_string={"q": query})
    assert said in page.text, why
    assert unsaid not in page.text, why


def test_the_gallery_itself_is_not_counted(visitor: Browser) -> None:
    assert "found." not in visitor.get("/en/gallery").text
