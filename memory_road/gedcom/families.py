"""Who belongs to whom, and what the years of a family say of a member without dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from memory_road.gedcom.index import Index
from memory_road.gedcom.lifetime import BETWEEN_SPOUSES, OLDEST_PARENT, YOUNGEST_PARENT, Life, Years, years_of
from memory_road.gedcom.line import Node

ROUNDS = 3
"""So many generations without any date are bridged."""
BY_BIRTH = frozenset({"", "BIRTH", "BIOLOGICAL"})


@dataclass(frozen=True, slots=True)
class Family:
    """The names of the records of a couple and their children."""

    husband: str
    wife: str
    children: tuple[str, ...]
    married: Years

    @property
    def couple(self) -> tuple[str, ...]:
        return tuple(name for name in (self.husband, self.wife) if name)


@dataclass(frozen=True, slots=True)
class Families:
    """The families of a tree by the names of their records; ``of_child`` and ``of_spouse`` as the families say it."""

    by_name: dict[str, Family] = field(default_factory=dict[str, Family])
    of_child: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    of_spouse: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @classmethod
    def of(cls, index: Index) -> "Families":
        """Read all families of a tree."""
        families = cls()
        for name, record in index.families():
            children = tuple(node.pointer for node in record.all("CHIL") if node.pointer)
            husband, wife = (_pointer(record.first(tag)) for tag in ("HUSB", "WIFE"))
            family = Family(husband, wife, children, years_of(record, "MARR"))
            families.by_name[name] = family
            for child in children:
                families.of_child.setdefault(child, []).append(name)
            for spouse in family.couple:
                families.of_spouse.setdefault(spouse, []).append(name)
        return families

    def parents(self, name: str, person: Node) -> tuple[str, str]:
        """Father's and mother's names in the first family that somebody was born into; empty: not there."""
        links = [node for node in person.all("FAMC") if node.pointer in self.by_name]
        born_into = [node.pointer for node in links if node.text("PEDI").upper() in BY_BIRTH]
        listed = born_into if links else self.of_child.get(name, [])
        family = self.by_name[listed[0]] if listed else None
        return (family.husband, family.wife) if family else ("", "")

    def spouses(self, name: str, person: Node) -> dict[str, str]:
        """The others of all couples of which somebody is one, in the order of the file, each with the sex of their
        place in it."""
        links = [node.pointer for node in person.all("FAMS") if node.pointer in self.by_name]
        found: dict[str, str] = {}
        for family in links or self.of_spouse.get(name, []):
            couple = self.by_name[family]
            found |= {couple.husband: "male", couple.wife: "female"}
        return {other: sex for other, sex in found.items() if other not in {"", name}}

    def estimate(self, lives: Mapping[str, Life]) -> None:
        """Narrow when those without any date were born: parents are older than their children, and not too much."""
        undated = {name for name, life in lives.items() if not life.born.is_known}
        for _ in range(ROUNDS if undated else 0):
            for family in self.by_name.values():
                self._estimate_couple(family, lives, undated)
                self._estimate_children(family, lives, undated)

    def _estimate_couple(self, family: Family, lives: Mapping[str, Life], undated: set[str]) -> None:
        for name in family.couple:
            if name not in undated or name not in lives:
                continue
            life = lives[name]
            for child in family.children:
                if child in lives:
                    life.born.narrow(*_earlier(lives[child].born, OLDEST_PARENT, YOUNGEST_PARENT))
                    life.bear_by(_less(lives[child].born_by, YOUNGEST_PARENT))
            life.born.narrow(*_earlier(family.married, OLDEST_PARENT, YOUNGEST_PARENT))
            life.bear_by(_less(family.married.last, YOUNGEST_PARENT))
            for other in family.couple:
                if other != name and other in lives:
                    life.born.narrow(*_earlier(lives[other].born, BETWEEN_SPOUSES, -BETWEEN_SPOUSES))

    def _estimate_children(self, family: Family, lives: Mapping[str, Life], undated: set[str]) -> None:
        for child in family.children:
            for parent in family.couple:
                if child in undated and child in lives and parent in lives:
                    lives[child].born.narrow(*_earlier(lives[parent].born, -YOUNGEST_PARENT, -OLDEST_PARENT))


def _earlier(years: Years, first: int, last: int) -> tuple[int | None, int | None]:
    return _less(years.first, first), _less(years.last, last)


def _less(year: int | None, by: int) -> int | None:
    return None if year is None else year - by


def _pointer(node: Node | None) -> str:
    return node.pointer if node else ""
