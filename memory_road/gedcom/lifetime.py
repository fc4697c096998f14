"""When somebody may have been born and died, and so: may they have lived in the war, may they be living today."""

import re
from dataclasses import dataclass
from datetime import date

from memory_road.facts.uncertain_date import ABOUT_MARGIN, UncertainDate, parse_edtf
from memory_road.gedcom.line import Node
from memory_road.gedcom.told import read_told

FIRST_BIRTH = 1860
LAST_BIRTH = 1936
"""Who was born before was too old to take part in the war; who was born after, too young."""
LONGEST_LIFE = 110
YOUNGEST_PARENT, OLDEST_PARENT = 12, 75
BETWEEN_SPOUSES = 20
WAR_BEGINS = 1939
PLAIN = re.compile(
    r"(?:(?:[0-9]{1,2} )?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) )?([12][0-9]{3})", re.IGNORECASE
)
"""Nearly every date of a tree, whose year can be had a hundred times as fast."""
BIRTH = ("BIRT",)
BAPTISM = ("CHR", "BAPM")
DEATH = ("DEAT",)
BURIAL = ("BURI", "CREM")


@dataclass(slots=True)
class Years:
    """The first and the last year that an event can have happened in; None where that is open."""

    first: int | None = None
    last: int | None = None

    def narrow(self, first: int | None, last: int | None) -> None:
        """Take what is known from elsewhere; what contradicts is left aside."""
        if first is not None and (self.first is None or first > self.first) and (self.last or first) >= first:
            self.first = first
        if last is not None and (self.last is None or last < self.last) and (self.first or last) <= last:
            self.last = last

    @property
    def is_known(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(slots=True)
class Life:
    """What the file says of somebody's years. ``dead`` only where it says so outright. ``born`` is narrowed by the
    years of the family when nothing else is known; ``born_by`` is the last possible year of birth by what cannot err:
    own dates, weddings and children."""

    born: Years
    died: Years
    dead: bool
    born_by: int | None
    restricted: bool = False
    """The family's own mark that this record is nobody else's business."""

    def bear_by(self, year: int | None) -> None:
        """They were born by ``year``, as somebody's years show that are sure."""
        if year is not None and (self.born_by is None or year < self.born_by):
            self.born_by = year

    def took_part(self) -> bool:
        """Whether this may be somebody who lived in the war and was old enough to take part."""
        if self.restricted or (self.died.last is not None and self.died.last < WAR_BEGINS):
            return False
        too_late = self.born.first is not None and self.born.first > LAST_BIRTH
        too_early = self.born.last is not None and self.born.last < FIRST_BIRTH
        return not too_late and not too_early

    def perhaps_living(self, today: date) -> bool:
        """Whether nothing says that they are dead: neither the file nor their age."""
        return not self.dead and (self.born_by is None or self.born_by >= today.year - LONGEST_LIFE)


def read_life(person: Node) -> Life:
    """The years of a person's record."""
    born, died = years_of(person, *BIRTH), years_of(person, *DEATH)
    if not born.is_known:
        born.narrow(None, years_of(person, *BAPTISM).last)
    if not died.is_known:
        died.narrow(None, years_of(person, *BURIAL).last)
    restricted = any(word in person.text("RESN").lower() for word in ("privacy", "confidential"))
    return Life(born, died, says_dead(person), born.last, restricted)


def says_dead(person: Node) -> bool:
    """An empty DEAT says nothing, by the standard: it must say Y, or something of the death."""
    return any(
        node.value.strip().upper() == "Y" or any(child.value.strip() or child.children for child in node.children)
        for node in person.all(*DEATH, *BURIAL)
    )


def years_of(record: Node, *tags: str) -> Years:
    """The bounds of the first event of ``tags`` that has a date; "about" and "perhaps" widen them by five years, as in
    the checks of facts."""
    for event in record.all(*tags):
        stated = event.first("DATE")
        if stated is None:
            continue
        if plain := PLAIN.fullmatch(stated.value):
            return Years(int(plain[1]), int(plain[1]))
        told = read_told(stated.value, stated.text("PHRASE"))
        if told.edtf:
            return _bounds(parse_edtf(told.edtf))
    return Years()


def _bounds(understood: UncertainDate) -> Years:
    margin = ABOUT_MARGIN.days // 365 if understood.is_about or understood.is_perhaps else 0
    earliest, latest = understood.earliest, understood.latest
    return Years(earliest.year - margin if earliest else None, latest.year + margin if latest else None)
