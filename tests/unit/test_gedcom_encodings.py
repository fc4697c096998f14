"""Encodings of a family tree: the bytes decide, since what the header says of them is wrong more often than not."""

import codecs

import pytest

from memory_road.gedcom.encoding import decode
from tests.gedcom import HEADER, SOLDIER, tree

WESTERN = "0 @I1@ INDI\n1 NAME Jürgen /Müller/\n1 BIRT\n2 PLAC Köln, Żary\n"
SHORT = "0 @I1@ INDI\n1 NAME Пётр /Юхно/\n"


def declared(name: str, record: str = SOLDIER) -> str:
    return tree(record, header=HEADER.replace("UTF-8", name) if name else HEADER.replace("1 CHAR UTF-8\n", ""))


@pytest.mark.parametrize("name", ["ANSI", "ASCII", "WINDOWS", "IBMPC", "ANSEL", "UTF-8", "UNICODE", "", "nonsense"])
@pytest.mark.parametrize("codec", ["cp1251", "cp866", "koi8_r", "koi8_u", "iso8859_5", "utf_8"])
@pytest.mark.parametrize("record", [SOLDIER, SHORT], ids=["long", "one name"])
def test_russian_in_any_page_under_any_name(name: str, codec: str, record: str) -> None:
    text = declared(name, record)
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("name", "codec"),
    [("WINDOWS-1251", "cp1251"), ("CP1251", "cp1251"), ("CP866", "cp866"), ("KOI8-R", "koi8_u"), ("CP1252", "cp1252")],
)
def test_a_page_that_is_named_is_believed(name: str, codec: str) -> None:
    text = declared(name, WESTERN.replace("Ż", "Z") if codec == "cp1252" else SHORT)
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf_8", codecs.BOM_UTF8),
        ("utf_16_le", codecs.BOM_UTF16_LE),
        ("utf_16_be", codecs.BOM_UTF16_BE),
        ("utf_16_le", b""),
        ("utf_16_be", b""),
    ],
)
def test_unicode_with_a_mark_and_without(codec: str, mark: bytes) -> None:
    text = declared("UNICODE")
    assert decode(mark + text.encode(codec)) == text


@pytest.mark.parametrize(
    ("name", "codec"), [("ANSI", "cp1252"), ("ASCII", "cp1252"), ("IBMPC", "cp437"), ("MACINTOSH", "mac_roman")]
)
def test_western_letters(name: str, codec: str) -> None:
    text = declared(name, WESTERN.replace("Ż", "Z"))
    assert decode(text.encode(codec)) == text


def test_the_language_of_the_header_tells_the_page_of_central_europe() -> None:
    text = declared("ANSI", WESTERN.replace("ü", "ł")).replace("1 CHAR", "1 LANG Polish\n1 CHAR")
    assert decode(text.encode("cp1250")) == text


def test_ansel_writes_the_diacritic_before_its_letter() -> None:
    read = decode(declared("ANSEL", "0 @I1@ INDI\n1 NAME J\u00e8urgen /Müller/\n").encode("latin_1"))
    assert "J\u0308" not in read
    assert "Ju\u0308rgen" in read


def test_a_letter_that_a_program_cut_between_two_lines_is_joined() -> None:
    text = tree("0 @I1@ INDI\n1 NOTE слово\n")
    raw = text.encode().replace("о\n".encode(), b"\xd0\r\n2 CONC \xbe\n")
    assert decode(raw) == text


def test_a_few_broken_bytes_do_not_make_utf_8_something_else() -> None:
    text = tree(SOLDIER * 20)
    raw = text.encode().replace("дер.".encode(), "дер".encode() + b"\xff", 1)
    assert decode(raw) == text.replace("дер.", "дер\ufffd", 1)


@pytest.mark.parametrize("raw", [b"", b"\xff", b"\xff\xfe", b"0\x00", bytes(range(256)) * 100, b"\x80" * 100_000])
def test_nothing_raises(raw: bytes) -> None:
    assert isinstance(decode(raw), str)
