"""Checks between facts: contradictions must be mended, what is unlikely is shown to a moderator and stops nobody."""

from typing import Any

import pytest

from memory_road.facts.check import date_of, problems_between, warnings_about

FACTS: dict[str, Any] = {"categories": ["soldier"], "birth_date": "1915", "living": "no", "fate": "survived"}


@pytest.mark.parametrize(
    ("facts", "found", "why"),
    [
        ({"death_date": "1914"}, [("death_date", "death_before_birth")], "dead before born"),
        ({"death_date": "1915"}, [], "both in one year can be"),
        ({"birth_date": "1915-05-12", "death_date": "1915-05-11"}, [("death_date", "death_before_birth")], "a day"),
        ({"birth_date": "1915-05-12", "death_date": "1915-05"}, [], "the month holds the day"),
        ({"birth_date": "1915~", "death_date": "1912"}, [], "about 1915 can be 1912"),
        ({"birth_date": "1915~", "death_date": "1905"}, [("death_date", "death_before_birth")], "but not 1905"),
        ({"birth_date": "1915?", "death_date": "1905"}, [], "a doubted date accuses nobody"),
        ({"birth_date": "191X", "death_date": "1912"}, [], "the decade holds the year"),
        ({"birth_date": "[1914,1918]", "death_date": "1916"}, [], "one of the two fits"),
        ({"birth_date": "XXXX", "death_date": "1905"}, [], "what is not known contradicts nothing"),
        ({"birth_date": "1915/..", "death_date": "1914"}, [("death_date", "death_before_birth")], "not before 1915"),
        ({"birth_date": "../1915", "death_date": "1914"}, [], "an open beginning"),
        ({"service_from": "1914"}, [("service_from", "service_before_birth")], "called up before born"),
        ({"service_to": "1914"}, [("service_to", "service_before_birth")], "dismissed before born"),
        (
            {"service_from": "1943", "death_date": "1942"},
            [("service_from", "service_after_death")],
            "called up after death",
        ),
        ({"service_from": "1942", "death_date": "1942"}, [], "called up and killed in one year"),
        ({"service_to": "1946", "death_date": "1942"}, [], "on the rolls after death: it happened"),
        (
            {"service_from": "1944", "service_to": "1943"},
            [("service_to", "service_ends_before_start")],
            "the end before the beginning",
        ),
        ({"living": "yes", "death_date": "1990"}, [("living", "death_of_living")], "living and dead"),
        ({"living": "yes", "death_date": "XXXX"}, [("living", "death_of_living")], "a death that is not dated is one"),
        ({"living": "not_known", "death_date": "1990"}, [], "who does not know may be right"),
    ],
)
def test_contradictions(facts: dict[str, Any], found: list[tuple[str, str]], why: str) -> None:
    assert [(each.field, str(each.code)) for each in problems_between({**FACTS, **facts})] == found, why


@pytest.mark.parametrize(
    ("facts", "found", "why"),
    [
        ({}, [], "nothing unlikely"),
        ({"birth_date": "1933"}, [("birth_date", "very_young")], "a soldier of twelve"),
        ({"birth_date": "1931"}, [], "a soldier of fourteen"),
        ({"birth_date": "193X"}, [], "the decade begins early enough"),
        ({"birth_date": "1933", "categories": ["partisan"]}, [("birth_date", "very_young")], "a partisan of twelve"),
        ({"birth_date": "1940", "categories": ["leningrad"]}, [], "a child in the siege is no wonder"),
        ({"birth_date": "1870"}, [("birth_date", "very_old")], "a soldier of sixty-nine"),
        ({"birth_date": "1874"}, [], "a soldier of sixty-five"),
        ({"birth_date": "1870", "categories": ["culture"]}, [], "an old teacher is no wonder"),
        ({"birth_date": "XXXX"}, [], "what is not known is not unlikely"),
        ({"death_date": "2026"}, [("death_date", "lived_long")], "a hundred and eleven years"),
        ({"death_date": "2025"}, [], "a hundred and ten years"),
        ({"fate": "killed", "death_date": "1942"}, [], "killed in the war"),
        ({"fate": "killed", "death_date": "1950"}, [("fate", "fate_and_death")], "killed after it"),
        ({"fate": "died_in_siege", "death_date": "1937"}, [("fate", "fate_and_death")], "in the siege before it"),
        ({"fate": "killed", "death_date": "1945-09-02"}, [], "on its last day"),
        ({"fate": "died_of_wounds", "death_date": "1945/1946"}, [], "the span reaches into it"),
        ({"fate": "survived", "death_date": "1950"}, [], "who survived may die later"),
        ({"fate": "missing", "death_date": "1950"}, [], "the missing are declared dead later"),
        ({"fate": "killed"}, [], "without a date there is nothing to compare"),
        ({"birth_point": "55.7558, 37.6173", "birth_country": "RU"}, [], "Moscow is in Russia"),
        ({"birth_point": "66.0, -172.0", "birth_country": "RU"}, [], "and so is what lies beyond the date line"),
        (
            {"birth_point": "37.6173, 55.7558", "birth_country": "RU"},
            [("birth_point", "point_outside_country")],
            "the two numbers in the wrong order",
        ),
        (
            {"birth_point": "44.5125, 40.1778", "birth_country": "AM"},
            [("birth_point", "point_outside_country")],
            "the same in a small country",
        ),
        ({"birth_point": "37.6173, 55.7558", "birth_country": "FR"}, [], "of other countries nothing is known"),
        ({"birth_point": "37.6173, 55.7558"}, [], "where no country is named there is nothing to compare"),
        ({"burial_point": "37.6173, 55.7558", "birth_country": "RU"}, [], "many lie far from where they were born"),
        (
            {"burial_point": "55.7558, 37.6173", "living": "not_known"},
            [("burial_point", "point_of_living")],
            "a point that is not published",
        ),
    ],
)
def test_warnings(facts: dict[str, Any], found: list[tuple[str, str]], why: str) -> None:
    assert [(each.field, str(each.code)) for each in warnings_about({**FACTS, **facts})] == found, why


def test_nothing_known_warns_of_nothing() -> None:
    assert list(warnings_about({})) == []
    assert list(problems_between({})) == []
    assert date_of({}, "birth_date") is None
    assert date_of({"birth_date": "XXXX"}, "birth_date") is None
