"""Sources of a tree, as references of ours."""

import re

from memory_road.facts.read import is_web_address
from memory_road.gedcom.index import Index
from memory_road.gedcom.line import Node
from memory_road.gedcom.text import fit, on_one_line

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
ARCHIVAL = {
    "fond": re.compile(r"\b(?:фонд|ф\.|fond)\s*№?\s*([\w\-/]+)", re.IGNORECASE),
    "opis": re.compile(r"\b(?:опись|оп\.|opis)\s*№?\s*([\w\-/]+)", re.IGNORECASE),
    "delo": re.compile(r"\b(?:дело|д\.|delo)\s*№?\s*([\w\-/]+)", re.IGNORECASE),
    "sheet": re.compile(r"\b(?:листы?|лл?\.|list|sheet)\s*№?\s*([\w\-/]+)", re.IGNORECASE),
}
"""How archives of our countries cite a sheet: fond, opis, delo, list."""


def references(index: Index, cited: dict[str, list[Node]]) -> list[dict[str, str]]:
    """The sources cited by somebody's record; ``cited`` are the nodes by the fact that they support, empty for the
    person as a whole. What is cited twice stands once, with all that it supports."""
    merged: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for fact, nodes in cited.items():
        for node in nodes:
            for citation in node.all("SOUR"):
                read = _reference(index, citation)
                supports = merged.setdefault(tuple(read.items()), []) if read else []
                if fact and fact not in supports:
                    supports.append(fact)
    return [{**dict(read), **({"supports": " ".join(facts)} if facts else {})} for read, facts in merged.items()]


def _reference(index: Index, citation: Node) -> dict[str, str]:
    source = index.resolved(citation)
    repository = source.first("REPO")
    holder = index.resolved(repository).text("NAME") if repository is not None else ""
    title = on_one_line(source.text("TITL", "ABBR") or ("" if citation.pointer else citation.value))
    page = on_one_line(citation.text("PAGE"))
    archival = {name: found[1] for name, pattern in ARCHIVAL.items() if (found := pattern.search(page))}
    told = [on_one_line(holder), title]
    if len(archival) < 2:
        archival = {}
        told.append(page if not is_web_address(page) else "")
    read = {
        "archive": ", ".join(dict.fromkeys(part for part in told if part)),
        **archival,
        "url": _address(source, page),
    }
    return {name: fit("references", part, name) for name, part in read.items() if part}


def _address(source: Node, page: str) -> str:
    """The first web address that the source gives; nothing ever asks for it."""
    places = (page, *(source.text(tag) for tag in ("WWW", "_LINK", "_URL", "PUBL", "TITL")))
    found = next((match[0].rstrip(".,;)") for place in places if (match := ADDRESS.search(place))), "")
    return found if is_web_address(found) and len(found) <= 500 else ""
