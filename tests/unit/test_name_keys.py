"""Names meet under their keys in every script of the member states, and are told apart afterwards."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

from memory_road.facts.name_keys import LONGEST_KEY, MOST_KEYS, name_keys, spelled
from memory_road.facts.name_likeness import nearness

VARIANTS = Path(__file__).parents[2] / "../shared/data/names/wikidata_name_variants_open.txt"
NEAR = 0.6


@pytest.mark.parametrize(
    ("name", "spellings", "why"),
    [
        ("Верещагин", "Vereshchagin Wereschtschagin Vereščagin Wierieszczagin Vérechtchaguine", "one letter, щ"),
        ("Верещагин", "Վերեշչագին ვერეშჩაგინი Вярэшчагін Верещагіна ВЕРЕЩАГИН", "in the scripts of its neighbours"),
        ("Абдуллаев", "Abdullayev Абдуллоев Әбділдаев Abdulloyev Abdullajew", "Tajik o, Kazakh ld"),
        ("Иванов", "Иванова Ivanova Iwanow Ivanoff Іваноў Ivanovs იванови", "surnames of women, ў, a Latvian ending"),
        ("Вишневский", "Вишневская Wiśniewski Višņevskis Вішнеўскі Vyshnevskyi", "adjectives"),
        ("Гагарин", "Hagarin Гагарын Gagarina", "г is h in the west"),
        ("Саркисян", "Sargsyan Սարգսյան Sarkissian სარქისიანი", "k and g in Armenian"),
        ("Акопян", "Հակոբյան Hakobyan Akopian", "an h that Russian does not write"),
        ("Хачатрян", "Խաչատրյան Khachaturian Xačatryan", "խ"),
        ("Оганесян", "Օհանեսյան Ohanesyan", "h between vowels"),
        ("Հովհաննիսյան", "Оганесян Ованнисян Hovhannisyan Oganesian", "a name that became two in Russian"),
        ("Чхеидзе", "ჩხეიძე Chkheidze Tschcheidse", "a heap of consonants"),
        ("Джамал", "Jamal Жамал Ҷамал Djamal Dschamal Cemal ჯამალი", "дж in seven ways"),
        ("Қосимов", "Qosimov Касымов Қасымов Kassymov Kosimov", "қ"),
        ("Жұмабаев", "Джумабаев Jumabaev Zhumabayev Жумабоев", "ж at the beginning"),
        ("Валиханов", "Уәлиханов Valikhanov Walichanow", "уә is a v"),
        ("Токтоңбаев", "Токтонбаев Toktongbaev", "ң"),
        ("Ғафуров", "Гафуров Gafurov Gʻofurov Ghafurov", "ғ"),
        ("Һәкімов", "Хакимов Hakimov Khakimov", "һ"),
        ("Яковлев", "Jakowlew Yakovlev Iakovlev", "я at the beginning"),
        ("Евгений", "Yevgeny Eugen Jewgeni Яўген", "ев and eu"),
        ("Владимир", "Уладзімір Vladimir Wladimir Volodymyr ვლადიმერ", "a Belarusian beginning"),
        ("Юрий", "Yuri Juri Jurij Iouri", "short names too"),
        ("Мәриям", "Мариям Mariyam Maryam", "ә"),
        ("Щукин", "Schukin Shchukin Szczukin Ščukin", "щ at the beginning"),
        ("Цагараев", "Tsagaraev Zagarajew Cagaraev", "ц is c or z in Latin letters"),
        ("Семёнов", "Semenov Semyonov Semionov Семенов", "ё"),
    ],
)
def test_the_spellings_of_a_name_meet(name: str, spellings: str, why: str) -> None:
    keys = set(name_keys(name))
    apart = [spelling for spelling in spellings.split() if not keys & set(name_keys(spelling))]
    assert not apart, f"{why}: {apart}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Иванов", "Петров"),
        ("Иванов", "Ивашов"),
        ("Верещагин", "Верещак"),
        ("Пётр", "Павел"),
        ("Анна", "Мария"),
        ("Саркисян", "Сарьян"),
        ("Қасымов", "Қайратов"),
    ],
)
def test_other_names_have_other_keys(first: str, second: str) -> None:
    assert not set(name_keys(first)) & set(name_keys(second))


@pytest.mark.parametrize(
    ("text", "keys", "why"),
    [
        ("Верещагина", ["FRSKN"], "consonants alone"),
        ("Иванов", ["AFNF"], "a vowel at the beginning counts"),
        ("Мельников-Печерский", ["MLNKF", "PSRSK"], "a double name can be met under both parts"),
        ("Анна Мария", ["AN", "MR"], "so can two given names"),
        ("Jan", ["SN", "AN"], "a j is two sounds in Latin letters"),
        ("Ян", ["AN"], "and in no others"),
        ("О", ["A"], "a single letter"),
        ("5", [], "no letters, no key"),
        ("", [], "nothing"),
    ],
)
def test_keys(text: str, keys: list[str], why: str) -> None:
    assert name_keys(text) == keys, why


def test_keys_are_short_and_few() -> None:
    for text in ("Ш" * 100, "jcxhchjcxhchjcxhch" * 5, "щ" * 50 + "b" * 50):
        keys = name_keys(text)
        assert 0 < len(keys) <= MOST_KEYS
        assert all(0 < len(key) <= LONGEST_KEY for key in keys)


def test_words_in_plain_letters() -> None:
    assert spelled("Čapek Žižka, Ոսկանյան Ուլյանով") == ["chapek", "zhizhka", "voskanyan", "ulyanov"]


@pytest.mark.parametrize(
    ("first", "second", "is_near"),
    [
        ("Верещагин", "Wereschtschagin", True),
        ("Верещагина", "Վերեշչագին", True),
        ("Абдуллаев", "Әбділдаев", True),
        ("Қосимов", "Касымов", True),
        ("Саркисян", "Sargsyan", True),
        ("Акопян", "Hakobyan", True),
        ("Вишневская", "Wisniewski", True),
        ("Владимир", "Uladzimir", True),
        ("Мельников-Печерский", "Мельников", True),
        ("Петров", "Бодров", False),
        ("Иванов", "Анненков", False),
        ("Чернов", "Жаров", False),
        ("Иван", "Анна", False),
        ("Иван", "", False),
    ],
)
def test_names_that_share_a_key_are_told_apart(first: str, second: str, is_near: bool) -> None:
    assert (nearness(first, second) >= NEAR) is is_near, nearness(first, second)
    assert nearness(first, second) == nearness(second, first)
    assert 0 <= nearness(first, second) <= 1


@pytest.mark.skipif(not VARIANTS.exists(), reason="needs ../shared/data beside the checkout")
def test_real_names_in_many_spellings() -> None:
    lines = list(variants(random.Random(1941).sample(VARIANTS.read_text().splitlines(), 5000)))
    keys = {name: set(name_keys(name)) for line in lines for name in line}
    met = [mean(bool(keys[one] & keys[other]) for one, other in combinations(line, 2)) for line in lines]
    assert mean(met) > 0.9, "of the spellings of a name so many meet"
    names = [line[0] for line in lines]
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in keys[name]:
            found[key].add(name)
    strangers = mean(len({other for key in keys[name] for other in found[key]}) - 1 for name in names)
    assert strangers < 0.003 * len(names), "and so few strangers join them"


def variants(lines: Iterable[str]) -> Iterator[list[str]]:
    """The names that have a spelling in Cyrillic, Armenian or Georgian and another one beside it."""
    for line in lines:
        names = [name.strip() for name in line.rsplit("=>", 1)[0].split(",")]
        ours = [name for name in names if name and all(_is_ours(letter) for letter in name)]
        if len(ours) > 1 and any(letter >= "\u0370" for name in ours for letter in name):
            yield ours


def _is_ours(letter: str) -> bool:
    return not letter.isalpha() or letter < "\u0370" or "\u0400" <= letter < "\u0590" or "\u10a0" <= letter < "\u1100"
