"""The lines of a GEDCOM file, however its writer broke the standard's rules about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from memory_road.gedcom.limits import LONGEST_VALUE

LINE = re.compile(
    r"[\r\n]*(?:[ \t]*([0-9]{1,2})[ \t]+(?:@[^@#\s][^@\r\n]{0,999}@[ \t]+)?(\w{1,40})(?: ([^\r\n]*)|(?=[\r\n]|\Z))"
    r"|([^\r\n]+))"
)
"""Level, tag and value of a line; or, if it has none, all of it."""
POINTER = re.compile(r"@([^@#\s][^@]{0,999})@")
CONTINUED = frozenset({"CONT", "CONC"})
NO_RECORD = "VOID"
"""GEDCOM 7.0's pointer to nothing."""


@dataclass(slots=True)
class Node:
    """One line with the lines below it. ``value`` is its text with all continued lines; ``pointer`` names a record."""

    tag: str
    value: str = ""
    pointer: str = ""
    children: list["Node"] = field(default_factory=list["Node"])

    def all(self, *tags: str) -> Iterator["Node"]:
        """The nodes right below with one of ``tags``."""
        return (child for child in self.children if child.tag in tags)

    def first(self, *tags: str) -> "Node | None":
        """The first of them."""
        return next(self.all(*tags), None)

    def text(self, *tags: str) -> str:
        """The value of the first of them; empty: there is none."""
        return next((child.value.strip() for child in self.all(*tags) if child.value.strip()), "")


def read_record(text: str, start: int, end: int, *, escapes: bool) -> Node:
    """The record that stands in ``text`` from ``start`` to ``end``. ``escapes``: each ``@@`` means one ``@``, as up to
    GEDCOM 5.5.1; in 7.0 only one at the beginning of a line does.

    A line without level and tag belongs to the value before it: programs write notes with plain line ends. A level that
    skips some is taken for the next one below.
    """
    top = Node("")
    stack = [top]
    parts: list[str] = []
    length = 0
    for found in LINE.finditer(text, start, end):
        level, tag, value, other = found.groups()
        tag = tag.upper() if tag else "CONT"
        said = value or (other.strip() if other else "")
        if "@" in said:
            said = _unescaped(said, escapes)
        if tag not in CONTINUED:
            _close(stack[-1], parts)
            del stack[int(level) + 1 :]
            node = Node(tag)
            stack[-1].children.append(node)
            stack.append(node)
            parts, length = [said], len(said)
        elif length < LONGEST_VALUE:
            parts.append(said if tag == "CONC" else "\n" + said)
            length += len(parts[-1])
    _close(stack[-1], parts)
    return top.children[0] if top.children else top


def _unescaped(value: str, escapes: bool) -> str:
    if escapes:
        return value.replace("@@", "@")
    return value[1:] if value.startswith("@@") else value


def _close(node: Node, parts: list[str]) -> None:
    """Give a node the value that its lines make."""
    value = parts[0] if len(parts) == 1 else "".join(parts)[:LONGEST_VALUE]
    pointer = POINTER.fullmatch(value.strip()) if "@" in value else None
    if pointer:
        node.pointer = "" if pointer[1] == NO_RECORD else pointer[1]
    else:
        node.value = value
