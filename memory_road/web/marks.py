"""Which source confirms which fact: a small mark beside the fact, and a way back from the source."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext

from memory_road.facts.fields import FIELD


@dataclass(frozen=True, slots=True)
class Mark:
    """Stands beside facts that source ``number`` confirms; ``what`` names them. ``anchor`` is where it is on the
    page."""

    number: int
    anchor: str
    what: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a source confirms, as it is named beside the source; ``anchor`` is where a mark of it is on the page, empty
    where there is none."""

    label: str
    anchor: str


@dataclass
class Marks:
    """The marks of one page. ``references`` are the sources as facts hold them; they are numbered from 1."""

    references: Sequence[dict[str, str]]
    _anchors: dict[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])

    def beside(self, *names: str) -> tuple[Mark, ...]:
        """The marks that stand beside the facts called ``names``."""
        return tuple(self._found(names))

    def _found(self, names: Sequence[str]) -> list[Mark]:
        found: list[Mark] = []
        for number, reference in enumerate(self.references, start=1):
            confirmed = [name for name in names if name in pieces(reference.get("supports", ""))]
            if confirmed:
                anchor = f"told-{confirmed[0]}-{number}"
                self._anchors |= {(number, name): anchor for name in confirmed}
                found.append(Mark(number, anchor, ", ".join(named(name) for name in confirmed)))
        return found

    def confirmed(self) -> tuple[tuple[Confirmed, ...], ...]:
        """For each source what it confirms. Asked once all marks are made."""
        return tuple(
            tuple(Confirmed(named(piece), self._anchors.get((number, piece), "")) for piece in pieces(supports))
            for number, supports in enumerate((each.get("supports", "") for each in self.references), start=1)
        )


def pieces(facts: str) -> list[str]:
    """Names of facts that are kept in one text, and whatever else the family wrote among them."""
    return [piece.strip() for piece in facts.split(",") if piece.strip()]


def named(piece: str) -> str:
    """A fact by its label, and other words as they are."""
    return gettext(FIELD[piece].label) if piece in FIELD else piece
