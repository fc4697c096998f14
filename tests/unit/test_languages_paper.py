"""The paper on languages says what is shipped, and no more."""

import re
from pathlib import Path

from memory_road.config import SHIPPED_LANGUAGES
from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.web.language import NAMES

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "languages.md").read_text(encoding="utf-8"))
WRITTEN_IN = "en"


def catalogue(code: str) -> Path:
    return ROOT / "memory_road" / "translations" / code / "LC_MESSAGES" / "messages.po"


def test_the_table_holds_every_language_that_is_shipped_by_its_own_name() -> None:
    assert [row[0] for row in ROWS] == list(SHIPPED_LANGUAGES)
    assert {code: name for code, name, *_ in ROWS} == NAMES


def test_the_table_says_which_catalogues_there_are() -> None:
    told = {code for code, _, pages, *_ in ROWS if pages.startswith("yes")}
    assert told == {code for code in SHIPPED_LANGUAGES if code == WRITTEN_IN or catalogue(code).is_file()}


def test_the_table_says_in_which_languages_dates_are_read() -> None:
    assert {code for code, _, _, dates, _ in ROWS if dates == "yes"} == LANGUAGES.keys() & set(SHIPPED_LANGUAGES)


def test_nobody_is_said_to_have_checked_without_an_answer() -> None:
    assert {checked for *_, checked in ROWS} <= {"yes", "not yet", "not recorded"}


def test_every_catalogue_is_brought_up_to_date_by_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^LANGUAGES := (.+)$", makefile, re.MULTILINE)
    assert listed is not None
    assert set(listed[1].split()) == set(SHIPPED_LANGUAGES) - {WRITTEN_IN}


def test_operators_and_contributors_find_the_table() -> None:
    for paper, link in (
        ("README.md", "docs/languages.md"),
        ("docs/operating.md", "languages.md"),
        ("CONTRIBUTING.md", "docs/languages.md"),
    ):
        assert f"]({link})" in (ROOT / paper).read_text(encoding="utf-8"), paper
