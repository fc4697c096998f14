"""A draft that is opened in another language: its dates are said anew, everything else stays as it was typed."""

import pytest

from memory_road.facts.retell import retell, retell_date

DATES = [
    ("12 мая 1915", "ru", "en", "12 May 1915", "a day"),
    ("около 1915", "ru", "en", "about 1915", "a doubt"),
    ("spring 1943", "en", "ru", "весна 1943", "a season"),
    ("в среду", "ru", "en", "в среду", "what is not understood stays as it is"),
    ("", "ru", "en", "", "nothing stays nothing"),
    ("12.05.1915", "ru", "ru", "12.05.1915", "in one's own language nothing is changed"),
]


@pytest.mark.parametrize(("typed", "told_in", "language", "said", "shows"), DATES, ids=[row[4] for row in DATES])
def test_a_date_is_retold(typed: str, told_in: str, language: str, said: str, shows: str) -> None:
    assert retell_date(typed, told_in, language) == said


def test_dates_in_lists_are_retold_and_nothing_else() -> None:
    typed = {
        "surname": "Май",
        "birth_date": "май 1915",
        "categories": ["soldier"],
        "awards": [{"award": "1 мая 1943", "date": "1 мая 1943"}],
        "unknown": "май 1915",
    }
    told = retell(typed, "ru", "en")
    assert told == {
        "surname": "Май",
        "birth_date": "May 1915",
        "categories": ["soldier"],
        "awards": [{"award": "1 мая 1943", "date": "1 May 1943"}],
        "unknown": "май 1915",
    }
