"""From the bytes of a GEDCOM file to its text, whatever its header says of them.

The declaration is wrong more often than not: programs write ``CHAR ANSI`` and mean the code page of their machine,
which in the former Soviet Union is Windows-1251, before that the DOS page 866, and on Unix KOI8. So the bytes decide
first; the declaration decides where they leave a choice.
"""

import codecs
import re
from collections.abc import Iterable
from itertools import pairwise

import ged4py  # registers the codec of ANSEL (ANSI/NISO Z39.47) as "gedcom"

assert ged4py
ANSEL = "gedcom"
DECLARED = re.compile(rb"[\r\n]\s*1\s+CHAR(?:ACTER)?[ \t]+([^\r\n]{1,40})", re.IGNORECASE)
LANGUAGE = re.compile(rb"[\r\n]\s*1\s+LANG[ \t]+([^\r\n]{1,40})", re.IGNORECASE)
HEADER_BYTES = 20_000
SPLIT_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})[\r\n]+[ \t]*[0-9]{1,2} CONC (?=[\x80-\xbf])")
"""Some programs cut long lines between the bytes of one letter."""
WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
ASCII_LETTER = re.compile(rb"[A-Za-z]")
NO_ANSEL = re.compile(rb"[\x80-\xa0\xc9-\xcc\xd0-\xdf\xff]|[\xe0-\xfe](?![\xe0-\xfeA-Za-z])")
"""Bytes that mean nothing in ANSEL, and diacritics without a letter behind them."""
SAMPLE_WORDS = 20_000
BROKEN_PART = 0.1
"""To so many whole letters one may be broken in a file that says it is UTF-8."""
LATIN_PART = 0.35
"""From so many ASCII letters in the words with others, the alphabet is Latin: "Łódź" has one in four, Cyrillic none."""

CYRILLIC = ("cp1251", "cp866", "koi8_u", "iso8859_5", "mac_cyrillic")
COMMON = frozenset("оеаинтсрвлкмдпуыі")
NAMED = {
    "WINDOWS-1250": "cp1250", "CP1250": "cp1250", "WINDOWS-1251": "cp1251", "CP1251": "cp1251",
    "WINDOWS-1252": "cp1252", "CP1252": "cp1252", "CP866": "cp866", "IBM866": "cp866", "KOI8-R": "koi8_u",
    "KOI8-U": "koi8_u", "ISO-8859-5": "iso8859_5", "ISO-8859-2": "iso8859_2", "CP437": "cp437", "CP850": "cp850",
}  # fmt: skip
"""Declarations that mean one page and no other."""
VAGUE = {
    "IBMPC": "cp437", "IBM": "cp437", "IBM-PC": "cp437", "OEM": "cp437", "MSDOS": "cp850", "MS-DOS": "cp850",
    "IBM DOS": "cp850", "DOS": "cp850", "MACINTOSH": "mac_roman", "MAC": "mac_roman",
}  # fmt: skip
"""Those that mean the page of some machine, and which one that is in the West."""
OF_LANGUAGE = {
    **dict.fromkeys("POLISH CZECH SLOVAK HUNGARIAN ROMANIAN CROATIAN SLOVENE".split(), "cp1250"),
    **dict.fromkeys("LITHUANIAN LATVIAN ESTONIAN".split(), "cp1257"),
}
"""Which page ANSI means where the header names one of these languages."""


def decode(raw: bytes) -> str:
    """The text of a whole file. Nothing raises: what cannot be a letter becomes U+FFFD."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf_8"),
        (codecs.BOM_UTF16_LE, "utf_16_le"),
        (codecs.BOM_UTF16_BE, "utf_16_be"),
    ):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(codec, "replace")
    for beginning, codec in ((b"0\x00", "utf_16_le"), (b"\x000", "utf_16_be")):
        if raw.startswith(beginning):
            return raw.decode(codec, "replace")
    raw = SPLIT_LETTER.sub(rb"\1", raw)
    return _decode_bytes(raw, _header_value(DECLARED, raw))


def _header_value(pattern: re.Pattern[bytes], raw: bytes) -> str:
    found = pattern.search(raw, 0, HEADER_BYTES)
    return found[1].decode("ascii", "replace").strip().upper() if found else ""


def _decode_bytes(raw: bytes, declared: str) -> str:
    try:
        return raw.decode("utf_8")
    except UnicodeDecodeError:
        pass
    if declared in {"UTF-8", "UTF8", "UNICODE"}:
        text = raw.decode("utf_8", "replace")
        broken = text.count("\ufffd")
        if broken <= BROKEN_PART * sum("\x7f" < letter != "\ufffd" for letter in text):
            return text
    codec = _codec(raw, declared)
    return _decode_ansel(raw) if codec == ANSEL else raw.decode(codec, "replace")


def _codec(raw: bytes, declared: str) -> str:
    if declared in NAMED:
        return NAMED[declared]
    words = _sample(raw)
    if _are_cyrillic(words, declared):
        return max(CYRILLIC, key=lambda codec: score(words, codec))
    if declared == "ANSEL":
        return ANSEL
    return VAGUE.get(declared) or OF_LANGUAGE.get(_header_value(LANGUAGE, raw), "cp1252")


def _are_cyrillic(words: list[bytes], declared: str) -> bool:
    letters = sum(map(len, words))
    latin = sum(len(ASCII_LETTER.findall(word)) for word in words)
    if not letters or latin > letters * LATIN_PART:
        return False
    # What says that it is ANSEL and hardly can be was written by a careless program.
    return declared != "ANSEL" or sum(bool(NO_ANSEL.search(word)) for word in words) > len(words) / 2


def _sample(raw: bytes) -> list[bytes]:
    found: list[bytes] = []
    for word in WORD.finditer(raw):
        found.append(word[0][:100])
        if len(found) == SAMPLE_WORDS:
            break
    return found


def score(words: Iterable[bytes], codec: str) -> float:
    """How much ``words`` read in ``codec`` look like words of a Cyrillic language: common small letters, capitals only
    in front or throughout."""
    points = 0.0
    for word in words:
        text = word.decode(codec, "replace")
        points += sum(1.0 if letter in COMMON else 0.0 if letter.isalpha() else -1.0 for letter in text)
        points -= 2 * sum(first.islower() and second.isupper() for first, second in pairwise(text))
        points += text.istitle() or text.isupper()
    return points


def _decode_ansel(raw: bytes) -> str:
    """Line by line: the decoder looks at every byte by itself, and most lines are ASCII."""
    lines = raw.splitlines(keepends=True)
    return "".join(line.decode("ascii" if line.isascii() else ANSEL, "replace") for line in lines)
