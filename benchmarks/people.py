"""People who never lived, as many as are wanted: the same for the same number, with names as common and as rare as in a
real list, and a life that fits."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from memory_road.facts.document import Facts
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
PLACES = "Тверь Вологда Рязань Гомель Ереван Ош Худжанд Шымкент Тула Орёл Псков Гродно Караганда Гюмри".split()
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

    def facts(self) -> Facts:
        """The facts of the next person."""
        draw = self._draw
        is_woman = draw.random() < 0.3
        surname = self.names[int(len(self.names) * draw.random() ** 3)]
        if is_woman and surname.endswith(("ов", "ев", "ин")):
            surname += "а"
        father = draw.choice(FATHERS)
        place, unit = draw.choice(PLACES), draw.randrange(1, UNITS)
        facts: Facts = {
            "surname": surname,
            "given_name": draw.choice(WOMEN if is_woman else MEN),
            "patronymic": father + ("овна" if is_woman else "ович"),
            "sex": "female" if is_woman else "male",
            "birth_date": f"{draw.randrange(1880, 1927)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
            "birth_place": f"деревня {draw.choice(FIRST)}{draw.choice(SECOND)}во, {place}",
            "birth_country": draw.choice(COUNTRIES),
            "categories": [draw.choice(CATEGORIES)],
            "fate": draw.choice(FATES),
            "unit": f"{unit}-й стрелковый полк",
            "biography": " ".join(draw.choices(STORY, k=12)),
            "living": "no",
        }
        if draw.random() < 0.5:
            facts["death_date"] = str(draw.randrange(1941, 1999))
        return facts

    def __iter__(self) -> Iterator[Facts]:
        while True:
            yield self.facts()


CATEGORIES = [Category.SOLDIER.value] * 7 + [term.value for term in Category]
FATES = [term.value for term in Fate]
