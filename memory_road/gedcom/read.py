"""A whole file: how many people it names, and what is said of those who may have lived in the war.

Everybody else is left out here, and nothing of them goes any further.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from memory_road.facts.fields import FIELD
from memory_road.gedcom.container import opened
from memory_road.gedcom.encoding import decode
from memory_road.gedcom.events import Events
from memory_road.gedcom.families import Families
from memory_road.gedcom.index import Index
from memory_road.gedcom.lifetime import BIRTH, BURIAL, DEATH, Life, read_life
from memory_road.gedcom.limits import LONGEST_STORY, MOST_OFFERED
from memory_road.gedcom.line import Node
from memory_road.gedcom.names import Names, read_names
from memory_road.gedcom.person import Person
from memory_road.gedcom.pictures import Pictures, portraits
from memory_road.gedcom.refusal import RefusalCode, TreeRefused
from memory_road.gedcom.service import military
from memory_road.gedcom.sources import references
from memory_road.gedcom.text import fit, on_one_line, paragraphs

SEX = {"M": "male", "F": "female"}
PARENT = {"male": "father", "female": "mother"}
SPOUSE = {"male": "husband", "female": "wife"}
NAME_FACTS = ("surname", "given_name", "patronymic", "former_surname")


@contextmanager
def read(path: Path, today: date, folder: Path) -> Generator["Tree"]:
    """Read the file at ``path``; portraits are taken out into ``folder``. Raises ``TreeRefused``."""
    with opened(path) as container:
        yield Tree(Index(decode(container.tree)), today, Pictures(container.archive, folder))


@dataclass
class Tree:
    """The people of one file."""

    index: Index
    today: date
    pictures: Pictures

    @property
    def people(self) -> int:
        """How many the file names."""
        return len(self.index.people)

    @cached_property
    def families(self) -> Families:
        return Families.of(self.index)

    @cached_property
    def lives(self) -> dict[str, Life]:
        """The years of everybody, by the names of their records."""
        lives = {name: read_life(self.index.read(name)) for name in self.index.people}
        self.families.estimate(lives)
        return lives

    def offered(self) -> Iterator[Person]:
        """Those who may have lived in the war, sorted by surname. Raises ``TreeRefused`` when there are too many."""
        chosen = [name for name, life in self.lives.items() if life.took_part()]
        if len(chosen) > MOST_OFFERED:
            raise TreeRefused(RefusalCode.TOO_MANY_TO_OFFER, {"most": MOST_OFFERED})
        named = ((name, _names(self.index.read(name))) for name in chosen)
        in_order = sorted((_sort_key(names), name) for name, names in named if names.full)
        return (self._person(name) for _, name in in_order)

    def _person(self, name: str) -> Person:
        record, events = self.index.read(name), Events()
        events.read(record)
        names, sex, facts = _names(record), _sex(record), events.facts
        said = {fact: fit(fact, text) for fact in NAME_FACTS if (text := getattr(names, fact))}
        facts.update(said | ({"sex": sex} if sex else {}))
        if events.also_recorded:
            facts["also_recorded"] = events.also_recorded
        if sources := references(self.index, {"": [record], **events.cited}):
            facts["references"] = sources[: FIELD["references"].most]
        if kin := self._kin(name, record):
            facts["kin"] = kin
        picture, picture_name = self.pictures.take(portraits(self.index, record))
        return Person(
            facts=facts,
            unread=events.unread,
            story=_within(self._story(record), LONGEST_STORY),
            cause=on_one_line(next((text for node in record.all(*DEATH) if (text := node.text("CAUS"))), "")),
            perhaps_living=self.lives[name].perhaps_living(self.today),
            picture=picture,
            picture_name=picture_name,
        )

    def _kin(self, name: str, record: Node) -> list[dict[str, str]]:
        """Parents and spouses who cannot be living; nobody else is ever named."""
        kin: list[dict[str, str]] = []
        father, mother = self.families.parents(name, record)
        parents, spouses = {father: "male", mother: "female"}, self.families.spouses(name, record)
        for relations, others in ((PARENT, parents), (SPOUSE, spouses)):
            for other, sex in others.items():
                if self._certainly_dead(other):
                    relative = self.index.read(other)
                    relation = relations[_sex(relative) or sex]
                    kin.append({"relation": relation, "name": fit("kin", _names(relative).full, "name")})
        return [each for each in kin if each["name"]][: FIELD["kin"].most]

    def _certainly_dead(self, name: str) -> bool:
        life = self.lives.get(name)
        return life is not None and not life.restricted and not life.perhaps_living(self.today)

    def _story(self, record: Node) -> Iterator[str]:
        """Notes about the person, and about those events that facts come from."""
        service = [node for _, node in military(record)]
        for node in (record, *record.all(*BIRTH), *service, *record.all(*DEATH), *record.all(*BURIAL)):
            for note in node.all("NOTE", "SNOTE"):
                told = paragraphs(self.index.resolved(note).value)
                if told:
                    yield told


def _within(notes: Iterator[str], most: int) -> list[str]:
    """The first of ``notes``, ``most`` characters altogether."""
    kept: list[str] = []
    for note in notes:
        kept.append(note[:most])
        most -= len(note)
        if most <= 0:
            break
    return kept


def _sex(record: Node) -> str:
    return SEX.get(record.text("SEX").upper(), "")


def _names(record: Node) -> Names:
    return read_names(record, _sex(record))


def _sort_key(names: Names) -> tuple[str, str]:
    """As a reader looks for a name: ё among е, those without a surname last."""
    return (names.surname or "\uffff").casefold().replace("ё", "е"), names.full.casefold().replace("ё", "е")
