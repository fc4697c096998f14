"""Names in the letters of their readers, beside the letters of their owners.

Georgian and Armenian by the tables with which the cartographers of the Soviet Union put names of places into Russian
(«Грузинско-русская» and «Армянско-русская практическая транскрипция» in the Russian Wikipedia; for Armenian that of
Кузьмина, 1974), but ղ and հ as names of people have them (Вартапетян, «Справочник по русской транскрипции армянских
имён, фамилий и географических названий», 1961): Погосян, Акоб. Latin by the table of BGN/PCGN for Russian (1947), read
backwards, and letters that it lacks as in German, Polish and Baltic names: «Schmidt» is Шмидт. Into Latin everything
goes by AnyAscii.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from anyascii import anyascii

from memory_road.facts.names import WORDS_AT_HAND, in_latin


class Script(StrEnum):
    """Scripts as ISO 15924 calls them."""

    ARMENIAN = "Armn"
    CYRILLIC = "Cyrl"
    GEORGIAN = "Geor"
    LATIN = "Latn"


READ_BY: Mapping[str, tuple[Script, ...]] = {"en": (Script.LATIN,), "hy": (Script.LATIN, Script.ARMENIAN)}
"""The scripts that readers of a language read; the first is the one that names are put into. All others: Cyrillic."""

READERS = ("ru", *READ_BY)
"""One language of each group whose readers read the same scripts; ``reader_of`` says to which one belongs."""

VOWELS = "аеёиоуыэюяաեէըիոօაეიოუaeiouy"

# A key is what stands in the name; ^ is the beginning of a word, $ its end, + a vowel before, - a consonant before.
GEORGIAN = {
    "^ე": "э", "+ია$": "я", "ა": "а", "ბ": "б", "გ": "г", "დ": "д", "ე": "е", "ვ": "в", "ზ": "з", "თ": "т", "ი": "и",
    "კ": "к", "ლ": "л", "მ": "м", "ნ": "н", "ია$": "ия", "ო": "о", "პ": "п", "ჟ": "ж", "რ": "р", "ს": "с", "ტ": "т",
    "უ": "у", "ფ": "п", "ქ": "к", "ღ": "г", "ყ": "к", "შ": "ш", "ჩ": "ч", "ც": "ц", "ძ": "дз", "წ": "ц", "ჭ": "ч",
    "ხ": "х", "ჯ": "дж", "ჰ": "х", "ეიშვილი$": "ейшвили",
}  # fmt: skip
ARMENIAN = {
    "ա": "а", "բ": "б", "գ": "г", "դ": "д", "ե": "е", "զ": "з", "է": "э", "ը": "ы", "թ": "т", "ժ": "ж", "ի": "и",
    "լ": "л", "խ": "х", "ծ": "ц", "կ": "к", "հ": "", "ձ": "дз", "ղ": "г", "ճ": "ч", "մ": "м", "յ": "й", "ն": "н",
    "շ": "ш", "^ո": "во", "ո": "о", "չ": "ч", "պ": "п", "ջ": "дж", "ռ": "р", "ս": "с", "վ": "в", "տ": "т", "ր": "р",
    "ց": "ц", "ւ": "в", "փ": "п", "ք": "к", "և": "ев", "օ": "о", "ֆ": "ф", "ու": "у", "իա$": "ия", "հր": "гр",
    "^հմ": "ам", "^մհ": "мг", "յա": "я", "-յա$": "ья", "+յե": "е", "յու": "ю", "-յո": "ё", "սկի$": "ский",
}  # fmt: skip
LATIN = {
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "^e": "э", "e": "е", "ye": "е", "ë": "ё", "yo": "ё", "yë": "ё",
    "zh": "ж", "z": "з", "i": "и", "iy$": "ий", "-ia$": "ия", "yy$": "ый", "+y": "й", "^y": "й", "-yi": "ьи",
    "y": "ы", "-y$": "и", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т",
    "u": "у", "f": "ф", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "shch": "щ", "yu": "ю", "ya": "я", "'": "ь",
    "sky$": "ский", "tsky$": "цкий", "ski$": "ский", "cki$": "цкий", "sch": "ш", "tsch": "ч", "sz": "ш", "cz": "ч",
    "ck": "к", "ph": "ф", "th": "т", "w": "в", "h": "х", "j": "й", "ja": "я", "ju": "ю", "je": "е", "c": "к",
    "ce": "це", "ci": "ци", "x": "кс", "q": "к", "qu": "кв", "č": "ч", "š": "ш", "ž": "ж", "ł": "л", "ń": "нь",
    "ö": "ё", "ü": "ю", "ä": "е", "ß": "с", "ø": "ё", "å": "о", "þ": "т", "ð": "д",
}  # fmt: skip

CONTEXTS = {"^": r"(?<![^\W_])", "$": r"(?![^\W_])", "+": f"(?<=[{VOWELS}])", "-": rf"(?<=[^\W\d_{VOWELS}])"}


def _table(letters: Mapping[str, str]) -> tuple[re.Pattern[str], list[str]]:
    """One pattern of all keys, longest first, and of those the ones that ask for a place in the word."""
    keys = sorted(letters, key=lambda key: (len(key.strip("^$+-")), len(key)), reverse=True)
    parts = ["".join(CONTEXTS.get(letter, letter) for letter in key) for key in keys]
    return re.compile("|".join(f"({part})" for part in parts)), [letters[key] for key in keys]


TABLES = {Script.ARMENIAN: _table(ARMENIAN), Script.GEORGIAN: _table(GEORGIAN), Script.LATIN: _table(LATIN)}
SON_AND_DAUGHTER = {"ძე", "ასული"}
"""Georgian has no capitals, and these stand behind the father's name."""
A_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

# Sets, made once: members of an enumeration are dear to look up, and three readers are asked for of every card.
_NONE = frozenset[Script | None]()
_CYRILLIC = frozenset[Script | None]({Script.CYRILLIC})
_INTO_CYRILLIC = _CYRILLIC.union(TABLES)
_READ = {language: frozenset[Script | None](scripts) for language, scripts in READ_BY.items()}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is put into another script."""

    text: str
    script: Script


def spelt_for(name: str, language: str) -> Spelling | None:
    """``name`` as the readers of ``language`` can read it, or None where they can read it as it stands.

    A name in a script without a table is put into Latin letters for everybody.
    """
    scripts = _NONE.union(*map(_scripts, name.split()))
    if scripts <= _READ.get(language, _CYRILLIC):
        return None
    if language not in _READ and scripts <= _INTO_CYRILLIC:
        return Spelling(A_WORD.sub(lambda found: _in_cyrillic(found[0]), _composed(name)), Script.CYRILLIC)
    return Spelling(in_latin(name), Script.LATIN)


def reader_of(language: str) -> str:
    """The language of ``READERS`` whose readers read the same scripts as those of ``language``."""
    return language if language in READ_BY else READERS[0]


@lru_cache(WORDS_AT_HAND)
def _scripts(word: str) -> frozenset[Script | None]:
    return frozenset(_script(letter) for letter in word if letter.isalpha())


@cache
def _script(letter: str) -> Script | None:
    return next((script for script in Script if script.name == unicodedata.name(letter, "").split(" ")[0]), None)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("’", "'").replace("ʼ", "'")


def _in_cyrillic(word: str) -> str:
    script = _script(word[0])
    if script is None or script not in TABLES:
        return word
    pattern, spelt = TABLES[script]
    letters = "".join(map(_plain, word.lower())) if script is Script.LATIN else word.lower()
    said = pattern.sub(lambda found: spelt[(found.lastindex or 0) - 1], letters)
    if word in SON_AND_DAUGHTER:
        return said
    is_loud = script is not Script.GEORGIAN and len(word) > 1 and word.isupper()
    return said.upper() if is_loud else said[:1].upper() + said[1:]


def _plain(letter: str) -> str:
    """A Latin letter that the table knows instead of one that it does not."""
    return letter if letter in LATIN else anyascii(letter).lower()
