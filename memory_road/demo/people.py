"""The people of the demonstration. None of them ever lived: every story is closed by a sentence that says so."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from PIL import Image

from memory_road.demo.portrait import Age, Clothing, Hair, Headwear, Look, draw_portrait
from memory_road.demo.portrait_document import draw_document
from memory_road.demo.portrait_scene import Place, draw_scene
from memory_road.facts.document import Typed
from memory_road.facts.vocabulary import PhotographKind, Relationship

INVENTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ru": "Вымышленный образец: такого человека не было.",
        "en": "Invented sample: there was no such person.",
        "be": "Выдуманы ўзор: такога чалавека не было.",
        "kk": "Ойдан шығарылған үлгі: мұндай адам болмаған.",
        "uk": "Вигаданий зразок: такої людини не було.",
    }
)
"""The sentence that closes every story, by the language in which the story is told."""

DRAWN: Final[Mapping[str, str]] = MappingProxyType({"ru": "Нарисовано программой", "en": "Drawn by the program"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A further picture of a person. ``drawn_from`` is the title of an invented paper for ``PhotographKind.DOCUMENT``
    and the value of a ``Place`` for ``PhotographKind.PHOTOGRAPH``."""

    kind: PhotographKind
    caption: str
    drawn_from: str
    seed: str

    def draw(self) -> Image.Image:
        if self.kind is PhotographKind.DOCUMENT:
            return draw_document(self.seed, self.drawn_from)
        return draw_scene(self.seed, Place(self.drawn_from))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One contribution as a relative would send it. ``typed`` is what the form sends, dates in words of ``language``;
    ``look`` is ``None`` when no portrait survives; ``sender`` numbers the demonstration's contributors from 0 to 5;
    ``named`` tells whether the sender wishes to be named."""

    key: str
    typed: Typed
    language: str
    relationship: Relationship
    sender: int
    named: bool
    look: Look | None
    pictures: tuple[Picture, ...]

    def portrait(self) -> Image.Image | None:
        """The portrait, drawn anew at each call, or ``None``."""
        return draw_portrait(self.key, self.look) if self.look else None


def _person(key: str, entry: Mapping[str, Any]) -> Person:
    language: str = entry.get("language", "ru")
    label = INVENTED[entry.get("story_language", language)]
    story: str = entry["story"].strip()
    typed = {name: value for name, value in entry["typed"].items() if value}
    return Person(
        key=key,
        typed=MappingProxyType(typed | {"biography": f"{story}\n\n{label}" if story else label}),
        language=language,
        relationship=Relationship(entry["relationship"]),
        sender=entry["sender"],
        named=entry.get("named", True),
        look=_look(entry["look"]) if "look" in entry else None,
        pictures=tuple(
            Picture(
                PhotographKind(given["kind"]), f"{given['caption']}. {DRAWN[language]}", given["of"], f"{key} {number}"
            )
            for number, given in enumerate(entry.get("pictures", ()))
        ),
    )


def _look(given: Mapping[str, Any]) -> Look:
    return Look(
        female=given["female"],
        age=Age(given["age"]),
        clothing=Clothing(given["clothing"]),
        hair=Hair(given["hair"]),
        headwear=Headwear(given.get("headwear", Headwear.NONE)),
        hair_tone=given["hair_tone"],
        moustache=given.get("moustache", False),
        glasses=given.get("glasses", False),
    )


@cache
def _read(file: str, table: str) -> tuple[Person, ...]:
    text = files("memory_road.demo").joinpath(file).read_text(encoding="utf-8")
    return tuple(_person(f"{table} {number}", entry) for number, entry in enumerate(tomllib.loads(text)[table]))


PUBLISHED: Final = _read("people_published.toml", "person")
WAITING: Final = _read("people_unpublished.toml", "waiting")
DRAFTS: Final = _read("people_unpublished.toml", "draft")
