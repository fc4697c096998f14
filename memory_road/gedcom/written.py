"""Lines of a GEDCOM 7 file as they are written (FamilySearch GEDCOM 7.0, chapter 1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A structure: its tag, what it says, and those below it. ``name`` is that of a record, to which a ``pointer`` of
    another structure leads."""

    tag: str
    value: str = ""
    below: Sequence["Written"] = ()
    name: str = ""
    pointer: str = ""

    def lines(self, level: int = 0) -> Iterator[str]:
        """The lines of it and of all below it. An @ that begins a line of text is doubled, for it would lead to a
        record."""
        first, *others = [f"@{line}" if line.startswith("@") else line for line in self.value.split("\n")]
        said = f"@{self.pointer}@" if self.pointer else first
        yield " ".join(part for part in (str(level), f"@{self.name}@" if self.name else "", self.tag, said) if part)
        for line in others:
            yield f"{level + 1} CONT {line}".rstrip(" ")
        for structure in self.below:
            yield from structure.lines(level + 1)


def document(records: Sequence[Written]) -> str:
    """A whole file, which begins with its header and ends with its trailer."""
    return "\ufeff" + "".join(f"{line}\n" for record in (*records, Written("TRLR")) for line in record.lines())
