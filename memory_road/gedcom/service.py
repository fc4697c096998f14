"""What a tree says of somebody's service and awards. The standards have no tag for it: programs write events with a
type in words, and tags of their own."""

import re
from collections.abc import Iterator

from memory_road.gedcom.line import Node

EVENTS = ("EVEN", "FACT")
OWN_TAGS = {
    "_MILT": "service", "_MILI": "service", "_MIL": "service", "_MILITARY": "service", "_MILITARY_SERVICE": "service",
    "_MILI_IND": "call", "_MILI_DIS": "discharge", "_MILI_RANK": "rank", "_MILTRANK": "rank",
    "_RANK": "rank", "_AWARD": "award",
}  # fmt: skip
KINDS = (
    ("award", re.compile(r"наград|медал|орден|award|medal|decorat|\bорд[.]", re.IGNORECASE)),
    ("rank", re.compile(r"звание|\brank\b", re.IGNORECASE)),
    ("discharge", re.compile(r"демобил|увол\w* в запас|discharge|demobil", re.IGNORECASE)),
    ("call", re.compile(r"призва|призыв|мобилиз|conscript|draft|enlist|called up", re.IGNORECASE)),
    ("service", re.compile(r"воен|воин|арми|служб\w* в|фронт|войн|militar|army|navy|war\b|service", re.IGNORECASE)),
)
NOT_OURS = re.compile(r"church|religio|funeral|civil service|memorial service|церк|отпева", re.IGNORECASE)


def military(person: Node) -> Iterator[tuple[str, Node]]:
    """The events of service, each with its kind: service, call, discharge, rank or award."""
    for node in person.children:
        kind = OWN_TAGS.get(node.tag, "")
        if node.tag in EVENTS:
            kind = _kind_of(node.text("TYPE"))
        if kind:
            yield kind, node


def _kind_of(words: str) -> str:
    if NOT_OURS.search(words):
        return ""
    return next((kind for kind, pattern in KINDS if pattern.search(words)), "")


def said(node: Node) -> str:
    """What the event says in words, beside date and place."""
    value = node.value.strip()
    return "" if value.upper() in {"Y", "YES"} else value
