"""Every kind of letter has its words, and there are no words of which no kind is."""

from memory_road.mail.compose import TEMPLATES
from memory_road.mail.letter import LetterKind


def test_every_kind_of_letter_has_its_template() -> None:
    templates = {path.name for path in TEMPLATES.iterdir()}
    assert templates == {f"{kind}.txt" for kind in LetterKind if kind is not LetterKind.ACCOUNT}


def test_a_kind_fits_its_column() -> None:
    assert all(len(kind) <= 20 for kind in LetterKind)
