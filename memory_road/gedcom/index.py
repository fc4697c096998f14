"""Where each record of a file stands. Records are read when they are asked for: of a tree of 200,000 people only the
few that are offered are ever in memory."""

import re
from collections.abc import Iterator
from functools import lru_cache

from memory_road.gedcom.limits import MOST_PEOPLE
from memory_road.gedcom.line import Node, read_record
from memory_road.gedcom.refusal import RefusalCode, TreeRefused

HEADER = re.compile(r"\s*0+\s+HEAD\b", re.IGNORECASE)
RECORD = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*0{1,2}[ \t]+(?:@(?P<xref>[^@#\s][^@\r\n]{0,999})@[ \t]+)?(?P<tag>\w+)")
RECENT = 2000


class Index:
    """The records of the tree in ``text``. Raises ``TreeRefused`` where that is none, or names too many people."""

    def __init__(self, text: str) -> None:
        if not HEADER.match(text):
            raise TreeRefused(RefusalCode.NOT_A_TREE)
        self._text = text
        self._escapes = True
        self._head = ""
        self._places: dict[str, tuple[int, int]] = {}
        self._of_tag: dict[str, list[str]] = {"INDI": [], "FAM": []}
        self.record = lru_cache(RECENT)(self.read)
        name, tag, start = "", "", 0
        for found in RECORD.finditer(text):
            self._add(name, tag, start, found.start())
            # What has no name of its own is still a person; no pointer can have this one.
            name, tag, start = found["xref"] or f"@{found.start()}", found["tag"].upper(), found.start()
        self._add(name, tag, start, len(text))
        form = self.read(self._head).first("GEDC")
        self._escapes = not (form and form.text("VERS").startswith("7"))

    def _add(self, name: str, tag: str, start: int, end: int) -> None:
        if not name or name in self._places:
            return
        self._places[name] = (start, end)
        if tag == "HEAD":
            self._head = self._head or name
        if tag in self._of_tag:
            self._of_tag[tag].append(name)
            if tag == "INDI" and len(self._of_tag[tag]) > MOST_PEOPLE:
                raise TreeRefused(RefusalCode.TOO_MANY_PEOPLE, {"most": MOST_PEOPLE})

    @property
    def people(self) -> list[str]:
        """The names of the records of people."""
        return self._of_tag["INDI"]

    def families(self) -> Iterator[tuple[str, Node]]:
        """The names and records of families, each read anew."""
        return ((name, self.read(name)) for name in self._of_tag["FAM"])

    def read(self, name: str) -> Node:
        """The record ``name``, an empty one where there is none."""
        place = self._places.get(name)
        return read_record(self._text, *place, escapes=self._escapes) if place else Node("")

    def resolved(self, node: Node) -> Node:
        """The record that ``node`` points at, or itself. What several records share is kept at hand."""
        return self.record(node.pointer) if node.pointer else node
