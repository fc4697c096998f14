"""Family trees that nobody here wrote: each is read, and read as the libraries of the two standards read it."""

from pathlib import Path

import gedcom7
import pytest
from ged4py.parser import GedcomReader
from gedcom7.types import GedcomStructure

from memory_road.facts.read import read_facts
from memory_road.gedcom.encoding import decode
from memory_road.gedcom.index import Index
from memory_road.gedcom.line import NO_RECORD, Node
from memory_road.gedcom.read import read
from memory_road.gedcom.typed import typed
from tests.gedcom import TODAY

FORMATS = Path(__file__).parents[3] / "shared" / "data" / "formats"
OLD = sorted((FORMATS / "gedcom551").glob("*.ged"))
NEW = sorted((FORMATS / "gedcom70").glob("*.ged"))
FILES = [*OLD, *NEW, *sorted((FORMATS / "gedcom70").glob("*.gdz"))]
PEOPLE = {
    "Sample_Russia.ged": 524,
    "TGC551.ged": 15,
    "TGC551LF.ged": 15,
    "TGC55C.ged": 15,
    "gramps_imp_UTF_16_BE_BOM_LF.ged": 35,
    "gramps_imp_UTF_16_LE_BOM_CRLF.ged": 35,
    "gramps_imp_UTF_8_BOM_CRLF.ged": 35,
    "maximal70.gdz": 4,
    "minimal70.gdz": 0,
}
UNREADABLE_BY_GED4PY = {
    "gramps_imp_UTF_16_BE_BOM_LF.ged",
    "gramps_imp_UTF_16_LE_BOM_CRLF.ged",
    "gramps_imp_sample.ged",
}
"""Of UTF-16 it reads single bytes; the last one ends with an empty line."""


@pytest.fixture(autouse=True)
def needs_files() -> None:
    if not FILES:
        pytest.skip("needs ../shared/data beside the checkout")


def each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", files or [Path()], ids=[path.name for path in files] or None)


@each(FILES)
def test_every_file_is_read_and_fills_the_form(path: Path, tmp_path: Path) -> None:
    with read(path, TODAY, tmp_path) as family:
        people = list(family.offered())
        assert family.people == PEOPLE.get(path.name, family.people)
    for person in people:
        told = typed(person, "ru", str, story=True)
        back = read_facts(told, "ru", TODAY)
        asked = {"surname", "given_name", "birth_date", "categories", "fate", "living"}
        assert {problem.field for problem in back.problems} <= asked | set(person.unread)
        for name in person.facts.keys() & back.dates.keys():
            assert back.facts[name] == person.facts[name]


@each([path for path in OLD if path.name not in UNREADABLE_BY_GED4PY])
def test_the_older_standard_is_read_as_ged4py_reads_it(path: Path) -> None:
    index = Index(decode(path.read_bytes()))
    with GedcomReader(str(path), encoding=None, errors="replace") as reader:
        theirs = [record.xref_id for record in reader.records0("INDI")]
    assert [f"@{name}@" for name in index.people] == theirs


@each(NEW)
def test_the_newer_standard_is_read_as_gedcom7_reads_it(path: Path) -> None:
    text = decode(path.read_bytes())
    index = Index(text)
    for record in gedcom7.loads(text):
        if record.xref:
            assert shape(index.read(record.xref.strip("@"))) == their_shape(record)


def shape(node: Node) -> object:
    return _tag(node.tag), node.value, node.pointer, [shape(child) for child in node.children]


def their_shape(record: GedcomStructure) -> object:
    """As ``shape``."""
    pointer = (record.pointer or "").strip("@")
    children = [their_shape(child) for child in record.children]
    return _tag(record.tag), record.text, "" if pointer == NO_RECORD else pointer, children


def _tag(written: str) -> str:
    """For a declared extension they put its address in place of the tag."""
    return "_" if written.startswith("_") or "://" in written else written
