"""Files that are sent for a family tree: what is taken, what is refused and why, and what cannot do harm."""

import struct
import zlib
from pathlib import Path

import pytest

from memory_road.gedcom import container, index, read
from memory_road.gedcom.limits import LONGEST_VALUE, MOST_BYTES
from memory_road.gedcom.person import Person
from memory_road.gedcom.refusal import RefusalCode, TreeRefused
from tests.gedcom import HEADER, SOLDIER, TODAY, archive, offered, person, tree

WHOLE = tree(SOLDIER).encode()
PICTURE = b"\xff\xd8\xff\xe0 looks like a picture"

REFUSED = [
    (b"", RefusalCode.EMPTY, {}),
    (b"\0" * 20, RefusalCode.EMPTY, {}),
    (b"\n \n", RefusalCode.EMPTY, {}),
    (b"Dear Sirs", RefusalCode.NOT_A_TREE, {}),
    (b"1 HEAD\n", RefusalCode.NOT_A_TREE, {}),
    (b"0 HEADLINE\n", RefusalCode.NOT_A_TREE, {}),
    (b"\xff\xfe" + "нет".encode("utf_16_le"), RefusalCode.NOT_A_TREE, {}),
    (bytes(range(1, 256)), RefusalCode.NOT_A_TREE, {}),
    (b"\x1f\x8b\x08 gramps", RefusalCode.OTHER_FORMAT, {"format": "packed"}),
    (b"Rar!\x1a\x07", RefusalCode.OTHER_FORMAT, {"format": "packed"}),
    (b"\xff\xd8\xff\xe0", RefusalCode.OTHER_FORMAT, {"format": "picture"}),
    (b"%PDF-1.4", RefusalCode.OTHER_FORMAT, {"format": "document"}),
    (b"<?xml version='1.0'?>", RefusalCode.OTHER_FORMAT, {"format": "own"}),
    (b"SQLite format 3\0", RefusalCode.OTHER_FORMAT, {"format": "own"}),
    (b"PK\x03\x04 and no more", RefusalCode.DAMAGED, {}),
    (archive({"a.ged": WHOLE})[:-30], RefusalCode.DAMAGED, {}),
    (archive({"a.txt": b"x", "b/c.jpg": PICTURE}), RefusalCode.NO_TREE_INSIDE, {}),
    (archive({}), RefusalCode.NO_TREE_INSIDE, {}),
    (archive({"a.ged": WHOLE, "b.ged": WHOLE}), RefusalCode.SEVERAL_TREES, {}),
    (archive({"a.ged": b"no tree"}), RefusalCode.NOT_A_TREE, {}),
    (archive({"a.ged": b""}), RefusalCode.NOT_A_TREE, {}),
    (archive({"a.ged": b"0 HEAD\n" + b"\0" * (MOST_BYTES + 1)}), RefusalCode.TOO_LARGE, {"limit": 50}),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code", "values"), REFUSED, ids=[f"{n} {row[1]}" for n, row in enumerate(REFUSED)])
def test_what_is_no_family_tree_is_refused(
    tmp_path: Path, content: bytes, code: RefusalCode, values: dict[str, str]
) -> None:
    with pytest.raises(TreeRefused) as refused:
        offered(tmp_path, content)
    assert (refused.value.code, refused.value.values) == (code, values)


def encrypted(content: bytes) -> bytes:
    """The archive as if its members had a password."""
    local = content.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
    return local.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def miscounted(content: bytes) -> bytes:
    """The archive with another checksum of its first member."""
    return content.replace(struct.pack("<I", zlib.crc32(WHOLE)), b"\1\2\3\4")


def test_an_archive_with_a_password_or_a_wrong_checksum(tmp_path: Path) -> None:
    packed = archive({"a.ged": WHOLE})
    for broken, code in ((encrypted(packed), RefusalCode.LOCKED), (miscounted(packed), RefusalCode.DAMAGED)):
        with pytest.raises(TreeRefused) as refused:
            offered(tmp_path, broken)
        assert refused.value.code is code


TAKEN = [
    ("plain", WHOLE),
    ("carriage returns", WHOLE.replace(b"\n", b"\r")),
    ("both", WHOLE.replace(b"\n", b"\r\n")),
    ("empty lines between", WHOLE.replace(b"\n", b"\n\n")),
    ("indented", WHOLE.replace(b"\n1", b"\n  1").replace(b"\n2", b"\n\t2")),
    ("lower case", WHOLE.replace(b"NAME", b"name").replace(b"INDI", b"indi")),
    ("no trailer", WHOLE.replace(b"0 TRLR\n", b"")),
    ("cut off", WHOLE.replace(b"0 TRLR\n", b"2 NOTE \xd0")),
    ("empty lines before", b"\r\n\r\n" + WHOLE),
    ("a skipped level", WHOLE.replace(b"2 DATE 12", b"5 DATE 12")),
    ("leading zeros", WHOLE.replace(b"0 HEAD", b"00 HEAD")),
    ("version 7", WHOLE.replace(b"5.5.1", b"7.0")),
    ("an archive", archive({"семья.ged": WHOLE})),
    ("GEDZip", archive({"gedcom.ged": WHOLE, "media/other.ged": b"x", "media/a.jpg": PICTURE})),
    ("a Mac's archive", archive({"a.GED": WHOLE, "__MACOSX/._a.GED": b"shadow", "._a.ged": b"shadow"})),
]  # fmt: skip


@pytest.mark.parametrize("content", [row[1] for row in TAKEN], ids=[row[0] for row in TAKEN])
def test_what_programs_write_is_taken(tmp_path: Path, content: bytes) -> None:
    (found,) = offered(tmp_path, content)
    assert found.facts["surname"] == "Орлов"
    assert found.facts["birth_date"] == "1915-05-12"


def with_picture(folder: Path, named: str, *members: str, lines: tuple[str, ...] = ()) -> tuple[Person, list[bytes]]:
    """The person whose OBJE names a file, of an archive with ``members``, and what was taken out."""
    record = person("1 NAME Иван /Орлов/", "1 DEAT Y", "1 OBJE", f"2 FILE {named}", *lines)
    pictures = {name: PICTURE + name.encode() for name in members}
    out = folder / "out"
    out.mkdir()
    source = folder / "tree.zip"
    source.write_bytes(archive({"tree.ged": tree(record).encode(), **pictures}))
    with read.read(source, TODAY, out) as family:
        (found,) = family.offered()
    return found, [path.read_bytes().removeprefix(PICTURE) for path in sorted(out.iterdir())]


PORTRAITS = [
    # the tree names; members of the archive; the one that is taken
    ("media/иван.jpg", ["media/иван.jpg", "media/пётр.jpg"], "media/иван.jpg"),
    ("media\\Иван.JPG", ["Media/иван.jpg"], "Media/иван.jpg"),
    ("C:\\Фото\\иван.jpg", ["иван.jpg"], "иван.jpg"),
    ("/home/anna/иван.jpg", ["pictures/иван.jpg"], "pictures/иван.jpg"),
    ("file:///C:/фото/иван.jpg", ["иван.jpg"], "иван.jpg"),
    ("media/a%20b.jpg", ["media/a b.jpg"], "media/a b.jpg"),
    ("media/a%20b.jpg", ["media/a%20b.jpg"], "media/a%20b.jpg"),
    ("иван.jpg", ["1/иван.jpg", "2/иван.jpg"], None),
    ("иван.jpg", ["пётр.jpg"], None),
    ("рассказ.mp3", ["рассказ.mp3"], None),
    ("https://example.org/иван.jpg", ["иван.jpg"], None),
    ("http:\\\\example.org\\иван.jpg", ["иван.jpg"], None),
    ("ftp://example.org/иван.jpg", ["иван.jpg"], None),
    ("../../../../etc/иван.jpg", ["../../../../etc/иван.jpg"], "../../../../etc/иван.jpg"),
]


@pytest.mark.parametrize(
    ("named", "members", "taken"), PORTRAITS, ids=[f"{n} {row[0]}" for n, row in enumerate(PORTRAITS)]
)
def test_a_portrait_is_found_in_the_archive_and_never_elsewhere(
    tmp_path: Path, named: str, members: list[str], taken: str | None
) -> None:
    found, out = with_picture(tmp_path, named, *members)
    assert [each.decode() for each in out] == ([taken] if taken else [])
    assert bool(found.picture) is bool(taken)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "tree.zip"}, "nothing is written elsewhere"


def test_the_picture_that_is_marked_comes_first(tmp_path: Path) -> None:
    marked = ("1 OBJE", "2 FILE b.jpg", "2 _PRIM Y")
    found, out = with_picture(tmp_path, "a.jpg", "a.jpg", "b.jpg", lines=marked)
    assert out == [b"b.jpg"]
    assert found.picture_name == "b.jpg"


def test_a_picture_that_cannot_be_read_costs_nobody_the_tree(tmp_path: Path) -> None:
    packed = archive({"a.ged": tree(person("1 NAME И /О/", "1 OBJE", "2 FILE a.jpg")).encode(), "a.jpg": PICTURE})
    broken = packed.replace(struct.pack("<I", zlib.crc32(PICTURE)), b"\1\2\3\4")
    (found,) = offered(tmp_path, broken)
    assert not found.picture


def test_more_people_than_anybody_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = "".join(person(f"1 NAME И /О{number}/", "1 DEAT Y", name=f"I{number}") for number in range(4))
    monkeypatch.setattr(read, "MOST_OFFERED", 3)
    with pytest.raises(TreeRefused) as refused:
        offered(tmp_path, tree(people))
    assert (refused.value.code, refused.value.values) == (RefusalCode.TOO_MANY_TO_OFFER, {"most": 3})
    monkeypatch.setattr(index, "MOST_PEOPLE", 3)
    with pytest.raises(TreeRefused) as refused:
        offered(tmp_path, tree(people))
    assert (refused.value.code, refused.value.values) == (RefusalCode.TOO_MANY_PEOPLE, {"most": 3})


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_MEMBERS", 2)
    with pytest.raises(TreeRefused) as refused:
        offered(tmp_path, archive({"a.ged": WHOLE, "b": b"", "c": b""}))
    assert refused.value.code is RefusalCode.TOO_DEMANDING


@pytest.mark.parametrize(
    "lines",
    [
        ["1 NOTE " + "x" * 1_000_000],
        ["1 NOTE x", *["2 CONT " + "y" * 1000] * 1000],
        [f"{level} NOTE x" for level in range(1, 100)],
        ["1 NOTE x"] * 5_000,
        ["1 FAMC @I1@", "1 FAMS @I1@", "1 NOTE @I1@", "1 SOUR @I1@", "1 OBJE @I1@"],
        ["1 " + "A" * 100_000, "1 @@@@@@@", "@@", "1 NOTE @", "99999999999 NAME x", "-1 NAME x"],
        ["1 BIRT", "2 DATE " + "(" * 50_000, "1 DEAT", "2 DATE " + "1 " * 50_000],
        ["1 NAME " + "/" * 50_000, "1 NAME " + "(" * 50_000, "1 NOTE <" + "<![" * 20_000 + "<p>"],
    ],
    ids=["line", "continued", "deep", "many", "loops", "nonsense", "dates", "names"],
)
def test_records_of_any_shape_are_read(tmp_path: Path, lines: list[str]) -> None:
    (found,) = offered(tmp_path, tree(person("1 NAME Иван /Орлов/", "1 DEAT Y", *lines)))
    assert found.facts["surname"] == "Орлов"
    assert sum(map(len, found.story)) <= LONGEST_VALUE


def test_an_empty_tree_offers_nobody(tmp_path: Path) -> None:
    assert offered(tmp_path, HEADER) == []
    assert offered(tmp_path, "0 HEAD") == []
