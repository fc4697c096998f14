"""Names in several spellings, as a file has them: one becomes a surname, the others are typed."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from memory_road.facts.names import fold

OF_OURS = {"CYRILLIC", "ARMENIAN", "GEORGIAN"}
SCRIPTS = OF_OURS | {"LATIN"}
EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7ff]")
LETTERS = {
    "CYRILLIC": "абвгдежзийклмнопрстуфхцчшщыьэюя",
    "ARMENIAN": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆ",
    "GEORGIAN": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "LATIN": "abcdefghijklmnopqrstuvwxyz",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A line of the file: its spellings in the scripts of this portal, which of them is the surname, and whether
    there is a Chinese, Japanese or Korean spelling too: for those there are many systems of other letters."""

    spellings: tuple[str, ...]
    chosen: str
    is_east_asian: bool

    @property
    def is_relevant(self) -> bool:
        """Whether it has a spelling in Cyrillic, Armenian or Georgian."""
        return any(script_of(spelling) in OF_OURS for spelling in self.spellings)

    @property
    def typed(self) -> Iterator[str]:
        """What is looked for: every other spelling."""
        return (spelling for spelling in self.spellings if spelling != self.chosen)


def read_names(file: Path, seed: int) -> list[Name]:
    """The lines that have at least two spellings in Cyrillic, Armenian, Georgian or Latin letters: others ask for
    nothing that a visitor of this portal types. A line is spellings by a comma, and ``=>`` before whose name it is."""
    draw = random.Random(seed)
    names: list[Name] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        written = dict.fromkeys(part.strip() for part in line.rsplit("=>", 1)[0].split(","))
        spellings = tuple(part for part in written if fold(part) and script_of(part) in SCRIPTS)
        if len(spellings) > 1:
            names.append(Name(spellings, draw.choice(spellings), EAST_ASIAN.search(line) is not None))
    return names


def script_of(text: str) -> str:
    """The script of all letters; of several, the one that is not Latin, and nothing where that is not one of ours."""
    scripts = {
        unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        for letter in text
        if letter.isalpha() and unicodedata.category(letter) != "Lm"
    }
    others = scripts - {"LATIN"}
    return "LATIN" if not others else others.pop() if len(others) == 1 else ""


def mistyped(text: str, draw: random.Random) -> str:
    """``text`` with one letter exchanged, left out or doubled, or two beside each other exchanged."""
    places = [place for place, letter in enumerate(text) if letter.isalpha()]
    if len(places) < 2:
        return text
    place = draw.choice(places)
    before, letter, behind = text[:place], text[place], text[place + 1 :]
    match draw.randrange(4):
        case 0:
            return before + draw.choice(LETTERS[script_of(text)].replace(letter, "")) + behind
        case 1:
            return before + behind
        case 2:
            return before + letter + letter + behind
        case _:
            place = min(place, len(text) - 2)
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
