"""Every kind of letter has its words, and there are no words of which no kind is."""

import pytest

from memory_road.mail.letter import LetterKind
from memory_road.mail.words import FOOT, PAGE, SUFFIX, TEMPLATES, Part, PartKind, Words, words_of


def test_every_kind_of_letter_has_its_template() -> None:
    templates = {path.name for path in TEMPLATES.iterdir()}
    assert templates == {f"{kind}{SUFFIX}" for kind in LetterKind} | {PAGE, f"{FOOT}{SUFFIX}"}


def test_a_kind_fits_its_column() -> None:
    assert all(len(kind) <= 20 for kind in LetterKind)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_template_writes_nothing_beside_its_parts(kind: LetterKind) -> None:
    """Words outside ``say``, ``quote`` and ``link`` would be in no letter."""
    source = (TEMPLATES / f"{kind}{SUFFIX}").read_text(encoding="utf-8")
    outside = "".join(line for line in source.splitlines() if not line.startswith(("{{ ", "{% ", "{# ")))
    assert not outside.strip()


def test_a_link_stands_in_the_text_in_full_and_alone_on_its_line() -> None:
    words = Words()
    words.set_subject("A letter")
    words.say("Good day.")
    words.link("See here:", "https://memory.example.org/p/1", "Open")
    assert words.as_text() == "Good day.\n\nSee here:\n\nhttps://memory.example.org/p/1\n"
    words.foot.append(Part(PartKind.SAYING, "The operator"))
    assert words.as_text().endswith("/p/1\n\n—\n\nThe operator\n"), "what stands beneath is set apart"
    assert [part.kind for part in words.parts] == [PartKind.SAYING, PartKind.LINK]


def test_the_page_has_the_link_as_a_button_and_in_full() -> None:
    words = words_of(
        LetterKind.APPROVED, "en", {"name": "Тян Анна", "entry": "000000002", "home": "https://memory.example.org"}
    )
    page = words.as_page("en", "Memory Road")
    assert '<a class="button" href="https://memory.example.org/p/000000002">Open the entry</a>' in page
    assert ">https://memory.example.org/p/000000002</a>" in page
    assert page.startswith('<!doctype html>\n<html lang="en">')
