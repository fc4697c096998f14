"""The table of phrases in every language, written down as people type them, and the benchmark that reads such."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.dates import Phrase, phrases_in, understood
from memory_road.facts.date_language.languages import LANGUAGES

TABLE = Path(__file__).with_name("date_phrases.tsv")
PHRASES = list(phrases_in(TABLE))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase.language}: {phrase.phrase}")
def test_what_people_type_is_understood_as_they_mean_it_or_goes_back(phrase: Phrase) -> None:
    assert understood(phrase) in phrase.accepted


def test_the_table_tries_every_language_alike() -> None:
    counted = Counter(phrase.language for phrase in PHRASES)
    assert counted.keys() == LANGUAGES.keys()
    assert min(counted.values()) >= 22
    refused = Counter(phrase.language for phrase in PHRASES if not phrase.expected)
    assert refused.keys() == LANGUAGES.keys()
    assert min(refused.values()) >= 3


@pytest.mark.parametrize(
    ("line", "accepted"),
    [
        ("en\tMay 1942\t1942-05", {"1942-05"}),
        ("en\t1914/15\t[1914,1915]|1914/1915", {"[1914,1915]", "1914/1915"}),
        ("en\tMay 1942\t1942-05-XX", {"1942-05"}),
        ("en\tsoon\t", {""}),
        ("en\tsoon", {""}),
    ],
)
def test_a_line_says_what_is_right(line: str, accepted: set[str], tmp_path: Path) -> None:
    file = tmp_path / "phrases.tsv"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    (phrase,) = phrases_in(file)
    assert phrase.accepted == accepted


@pytest.mark.parametrize("line", ["en", "en\tMay\t1942\t05"])
def test_a_line_that_is_none_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "phrases.tsv"
    file.write_text(f"en\t1942\t1942\n{line}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="Line 2 "):
        list(phrases_in(file))


def test_no_phrase_is_understood_in_a_language_without_a_table() -> None:
    assert understood(Phrase("la", "anno 1942", "1942")) is None
