"""The portrait of somebody: which of their pictures it is, and where it lies in the archive."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile, ZipInfo

from memory_road.gedcom.container import read_member
from memory_road.gedcom.index import Index
from memory_road.gedcom.limits import MOST_PICTURE_BYTES, MOST_PICTURES_BYTES
from memory_road.gedcom.line import Node
from memory_road.gedcom.refusal import TreeRefused
from memory_road.gedcom.text import on_one_line

ENDINGS = re.compile(r".*\.(?:jpe?g|jpe|png|webp|tiff?|bmp|gif|hei[cf]|avif)", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:(?:[/\\]|[^/\\]*@)", re.IGNORECASE)
"""Addresses on the web, of mail and the like; a drive's letter is not one. Nothing is ever fetched."""
FILE_ADDRESS = re.compile(r"file:(?://[^/]*)?", re.IGNORECASE)
CHOSEN = ("_PRIM", "_PRIMARY", "_PERSONALPHOTO")
"""How programs mark the picture that stands for the person."""
UTF_8_NAMES = 0x800
OLD_NAMES = ("cp866", "cp1251")
"""Zip programs of our countries write names in the page of the machine, and Python reads them as cp437."""


def portraits(index: Index, person: Node) -> Iterator[str]:
    """The files of somebody's pictures, the likeliest portrait first."""
    linked = [*person.all("_PHOTO"), *person.all("OBJE")]
    objects = [(node, index.resolved(node)) for node in linked]
    objects.sort(key=lambda pair: not _is_chosen(*pair))
    for _, record in objects:
        if record.text("RESN"):
            continue
        for file in record.all("FILE"):
            name = file.value.strip()
            if ENDINGS.fullmatch(name) and not ELSEWHERE.match(name):
                yield name


def _is_chosen(link: Node, record: Node) -> bool:
    said = [node.text(tag).upper() for node in (link, record) for tag in CHOSEN]
    return link.tag == "_PHOTO" or "Y" in said


@dataclass
class Pictures:
    """Takes pictures out of ``archive`` into ``folder``, under numbers. Only members that the tree names are read."""

    archive: ZipFile | None
    folder: Path
    _members: dict[str, ZipInfo] = field(default_factory=dict[str, ZipInfo])
    _by_name: dict[str, list[ZipInfo]] = field(default_factory=dict[str, list[ZipInfo]])
    _taken: dict[str, str] = field(default_factory=dict[str, str])
    _bytes: int = 0

    def __post_init__(self) -> None:
        for member in self.archive.infolist() if self.archive is not None else []:
            for name in _names(member):
                self._members.setdefault(name, member)
                self._by_name.setdefault(name.rsplit("/", 1)[-1], []).append(member)

    def take(self, files: Iterator[str]) -> tuple[str, str]:
        """Take out the first of ``files`` that is there and can be read; gives its number and its name, or nothing."""
        for name in files if self.archive is not None else ():
            member = self._find(name)
            if member is None:
                continue
            if member.filename not in self._taken:
                self._taken[member.filename] = self._write(member)
            if number := self._taken[member.filename]:
                return number, on_one_line(_even(name).rsplit("/", 1)[-1])[:100]
        return "", ""

    def _find(self, name: str) -> ZipInfo | None:
        """By its whole path or, where the tree remembers the path of somebody's machine, by its last part."""
        paths = [_even(name), _even(unquote(name))]
        whole = next((self._members[path] for path in paths if path in self._members), None)
        if whole is not None:
            return whole
        alike = [self._by_name.get(path.rsplit("/", 1)[-1], []) for path in paths]
        return next((found[0] for found in alike if len({member.filename for member in found}) == 1), None)

    def _write(self, member: ZipInfo) -> str:
        assert self.archive is not None
        room = min(MOST_PICTURE_BYTES, MOST_PICTURES_BYTES - self._bytes)
        try:
            read = read_member(self.archive, member, room)
        except TreeRefused:  # one bad picture costs nobody the tree
            return ""
        self._bytes += len(read)
        number = str(len(self._taken))
        (self.folder / number).write_bytes(read)
        return number


def _names(member: ZipInfo) -> set[str]:
    names = {_even(member.filename)}
    if not member.flag_bits & UTF_8_NAMES and not member.filename.isascii():
        for page in OLD_NAMES:
            try:
                names.add(_even(member.filename.encode("cp437").decode(page)))
            except UnicodeError:
                continue
    return names


def _even(name: str) -> str:
    """A path without regard to case, to slashes, and to how letters are composed."""
    path = unicodedata.normalize("NFC", FILE_ADDRESS.sub("", name).replace("\\", "/"))
    return "/".join(part for part in path.casefold().split("/") if part not in {"", "."})
