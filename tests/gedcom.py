"""Tiny family trees, for the tests."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from memory_road.gedcom.index import Index
from memory_road.gedcom.line import Node
from memory_road.gedcom.person import Person
from memory_road.gedcom.read import read

TODAY = date(2026, 5, 9)
HEADER = "0 HEAD\n1 SOUR TEST\n1 GEDC\n2 VERS 5.5.1\n2 FORM LINEAGE-LINKED\n1 CHAR UTF-8\n"
SOLDIER = """0 @I1@ INDI
1 NAME Иван Петрович /Орлов/
1 SEX M
1 BIRT
2 DATE 12 MAY 1915
2 PLAC дер. Выдуманная
1 DEAT
2 DATE ABT 1985
"""


def tree(*records: str, header: str = HEADER) -> str:
    """A whole file of ``records``."""
    return header + "".join(record if record.endswith("\n") else record + "\n" for record in records) + "0 TRLR\n"


def person(*lines: str, name: str = "I1") -> str:
    """A record of one person with ``lines`` below it."""
    return "\n".join([f"0 @{name}@ INDI", *lines, ""])


def node(*lines: str) -> Node:
    """The record that ``person`` makes, as it is read."""
    return Index(tree(person(*lines))).read("I1")


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip of ``members``."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def offered(folder: Path, content: str | bytes, today: date = TODAY) -> list[Person]:
    """Whom a file offers; portraits are taken out into ``folder``."""
    source = folder / "tree.ged"
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    with read(source, today, folder) as read_tree:
        return list(read_tree.offered())
