"""People who never lived, as many as are wanted: the same for the same number, with names as common and as rare as in a
real list, and a life that fits."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from memory_road.facts.document import Facts
from memory_road.facts.point import Point
from memory_road.facts.vocabulary import Category, Fate

FIRST = (
    "Ба Бе Бо Бу Ва Ве Во Га Го Гу Да До Ду За Зу Ка Ко Ку Ла Ле Лу Ма Ми Му На Не Но Па Пе По Ра Ре Са Се Со Та Ти"
).split()
SECOND = (
    "ба бе бо ва ве га го да до жа за ка ко ла ле ли ма ме ми на не ни но па ра ре ри ро ру са си со та те ти ха ча ша"
).split()
ENDING = (
    "бов вин гин дов жин зов кин лев лов мин нин нов пин ров рин сов тин тов хин шин чук ский ренко дзе сян мбеков"
).split()
MEN = "Иван Пётр Николай Василий Михаил Алексей Григорий Павел Фёдор Степан Арам Нурлан Ахмед Тимофей Янка".split()
WOMEN = "Мария Анна Елена Вера Надежда Ольга Зоя Татьяна Прасковья Ануш Айгуль Галина Евдокия".split()
FATHERS = "Иван Пётр Николай Степан Семён Ефим Захар Фома Лукьян Карп Осип Прохор".split()
PLACES = {
    "Тверь": (56.86, 35.92), "Вологда": (59.22, 39.89), "Рязань": (54.63, 39.74), "Гомель": (52.43, 31.0),
    "Ереван": (40.18, 44.51), "Ош": (40.53, 72.8), "Худжанд": (40.28, 69.62), "Шымкент": (42.32, 69.59),
    "Тула": (54.19, 37.62), "Орёл": (52.97, 36.08), "Псков": (57.82, 28.33), "Гродно": (53.68, 23.83),
    "Караганда": (49.8, 73.1), "Гюмри": (40.79, 43.85),
}  # fmt: skip
"""Towns, with villages around them."""
FAR = 1.5
"""Degrees from its town that a village can be."""
WITH_DAY_OF_DEATH = 0.5
WITH_BIRTH_POINT, WITH_BURIAL_POINT = 0.3, 0.15
GRAVES = 20_000
COUNTRIES = ("RU", "RU", "RU", "RU", "BY", "KZ", "AM", "KG", "TJ")
STORY = "Он ушёл на фронт в первые дни войны и прошёл её до конца. Семья хранит его письма.".split()
UNITS = 900


def surnames() -> list[str]:
    """Some tens of thousands of surnames that sound like names, in an order of their own."""
    made = ["".join(parts) for parts in product(FIRST, SECOND, ENDING)]
    random.Random(1941).shuffle(made)
    return made


@dataclass
class People:
    """Draws people one after the other. Of the surnames the first are borne by many, the last by few."""

    seed: int = 0
    names: Sequence[str] = field(default_factory=surnames)

    def __post_init__(self) -> None:
        self._draw = random.Random(self.seed)
        self._towns = list(PLACES)

    def facts(self) -> Facts:
        """The facts of the next person."""
        draw = self._draw
        is_woman = draw.random() < 0.3
        surname = self.names[int(len(self.names) * draw.random() ** 3)]
        if is_woman and surname.endswith(("ов", "ев", "ин")):
            surname += "а"
        father = draw.choice(FATHERS)
        place, unit = draw.choice(self._towns), draw.randrange(1, UNITS)
        village = f"{draw.choice(FIRST)}{draw.choice(SECOND)}во"
        facts: Facts = {
            "surname": surname,
            "given_name": draw.choice(WOMEN if is_woman else MEN),
            "patronymic": father + ("овна" if is_woman else "ович"),
            "sex": "female" if is_woman else "male",
            "birth_date": f"{draw.randrange(1880, 1927)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
            "birth_place": f"деревня {village}, {place}",
            "birth_country": draw.choice(COUNTRIES),
            "categories": [draw.choice(CATEGORIES)],
            "fate": draw.choice(FATES),
            "unit": f"{unit}-й стрелковый полк",
            "biography": " ".join(draw.choices(STORY, k=12)),
            "living": "no",
        }
        if draw.random() < 0.5:
            day = f"-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}" if draw.random() < WITH_DAY_OF_DEATH else ""
            facts["death_date"] = f"{draw.randrange(1941, 1999)}{day}"
        if draw.random() < WITH_BIRTH_POINT:
            facts["birth_point"] = _near(place, village)
        if draw.random() < WITH_BURIAL_POINT:
            facts["burial_point"] = _near(draw.choice(self._towns), str(draw.randrange(GRAVES)))
        return facts

    def __iter__(self) -> Iterator[Facts]:
        while True:
            yield self.facts()


@lru_cache(1 << 16)
def _near(town: str, name: str) -> str:
    """Where the village or grave of this name near a town is: always at the same place."""
    draw = random.Random(f"{town} {name}")
    latitude, longitude = PLACES[town]
    return str(Point.at(latitude + draw.uniform(-FAR, FAR), longitude + draw.uniform(-FAR, FAR)))


CATEGORIES = [Category.SOLDIER.value] * 7 + [term.value for term in Category]
FATES = [term.value for term in Fate]
