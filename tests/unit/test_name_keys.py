"""Names meet under their keys in every script of the member states, and are told apart afterwards."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

from memory_road.facts.name_keys import LONGEST_KEY, index_keys, name_keys, spelled
from memory_road.facts.name_likeness import MOST_COMPARED, nearest, nearness, rank
from memory_road.facts.name_skeleton import MOST_KEYS, skeletons, with_vowels
from memory_road.facts.name_sound import LONGEST_SOUND, sound
from memory_road.facts.name_words import joined, words_of

VARIANTS = Path(__file__).parents[2] / "../shared/data/names/wikidata_name_variants_open.txt"
NEAR = 0.6


@pytest.mark.parametrize(
    ("name", "spellings", "why"),
    [
        (
            "Иванович",
            "Ivanovitj Ivanovitsj Ivanovitx Iwanowicz Ivanovics Ivanovytch",
            "Swedish, Norwegian, Catalan, Hungarian",
        ),
        ("Дмитрий", "Дзмітрый Dmitri Dmitrij Dzmitry Dmytro", "a Belarusian дз is д"),
        ("Степан", "Сцяпан Stepan Степан", "and a Belarusian ць is т"),
        ("Мирецкий", "Mirecki Mirecká Miretski Мірэцкі", "a Polish -cki is two consonants"),
        ("Георгадзе", "Guiorgadzé Giorgadze გიორგაძე", "a French gu"),
        ("Горбунов", "Гарбуноў Harbunou Gorbunoff", "an ў that is u in Latin letters"),
        ("Анна", "Ганна Hanna Anna", "г before a vowel"),
        ("Кацура", "Katsura Katura", "two ways to write Japanese"),
        ("Roland", "Ролан", "a French letter that is not heard"),
        ("Авксентий", "Auksenty Awksentij", "a Greek au"),
        ("Афанасий", "Athanasius Afanasiy", "th is ф or т"),
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
        ("Верещагина", ["FRSKN", "FRSTKN"], "consonants alone; щ is one or two"),
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


@pytest.mark.parametrize(
    ("word", "heard", "why"),
    [
        ("Верещагина", "vereŝaginɐ", "a sign for each sound, and one for a woman's ending"),
        ("Вішнеўскі", "višnewskÿ", "one for all endings of adjectives"),
        ("Wiśniewski", "WišnIWskÿ", "a w is not always a в"),
        ("Ջուղաշվիլի", "ǰuɣašvilÿ", "Armenian"),
        ("ჯუღაშვილი", "ǰuɣašvilÿ", "Georgian"),
        ("Фёдо\u0301р", "fëdor", "a stress is no letter"),
        ("Ёлка’s", "ëlkas", "letters of two scripts"),
        ("Νίκος", "nikos", "a script without a table is read by its Latin letters"),
        ("5", "", "no letters"),
        ("", "", "nothing"),
    ],
)
def test_how_a_word_sounds(word: str, heard: str, why: str) -> None:
    assert sound(word) == heard, why


def test_a_sound_is_not_too_long() -> None:
    assert len(sound("Щ" + "аб" * 50)) == LONGEST_SOUND


@pytest.mark.parametrize(
    ("name", "words", "together"),
    [
        ("Верещагина", ["vereshchagina"], None),
        ("Тер-Петросян", ["ter", "petrosyan"], "terpetrosyan"),
        ("О’Нил", ["onil"], None),
        ("де ла Круз", ["de", "la", "kruz"], "delakruz"),
        ("а б в г", ["a", "b", "v", "g"], None),
        ("…", [], None),
    ],
)
def test_the_words_of_a_name(name: str, words: list[str], together: str | None) -> None:
    assert [word.word for word in words_of(name)] == words
    as_one = joined(name)
    assert (as_one.word if as_one is not None else None) == together


@pytest.mark.parametrize(
    ("entry", "typed", "why"),
    [
        ("Верещагин", "Wereschtschagin", "another spelling"),
        ("Nováková", "Novák", "a woman's surname, and a man's"),
        ("Нович", "Nowiczówna", "a daughter's"),
        ("Верещагин", "Верещатин", "one letter is another"),
        ("Верещагин", "Верещаинг", "two have changed places"),
        ("Верещагин", "Верещаин", "one is missing"),
        ("Верещагин", "Верещлагин", "one too many"),
        ("Верещагин", "Верещигин", "one vowel is another"),
        ("Верещагин", "Керещагин", "the first letter is another"),
        ("Ганул", "Гашул", "a short word in which one letter is another"),
        ("Ганул", "Hanoulk", "one too many, and another spelling"),
        ("Семёнов", "емёнов", "without its first letter"),
        ("Ганул", "Агнул", "its first two have changed places"),
    ],
)
def test_an_entry_is_found_by_equal_keys(entry: str, typed: str, why: str) -> None:
    stored = set(index_keys(sound(entry)))
    assert stored & set(index_keys(sound(typed))), why
    assert all(0 < len(key) <= LONGEST_KEY for key in stored)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("Иванов", "Петров", "two names"),
        ("Ганул", "Гнилович", "consonants in common, with others and other vowels between them"),
        ("Ли", "Мо", "of so few sounds none may be wrong"),
    ],
)
def test_other_names_are_not_met(first: str, second: str, why: str) -> None:
    assert not set(index_keys(sound(first))) & set(index_keys(sound(second))), why


def test_a_search_asks_for_few_keys() -> None:
    for text in ("Ганул", "Верещагин", "Джугашвили", "щ" * 50 + "b" * 50, "jcxhchjcxhchjcxhch" * 5):
        assert len(index_keys(sound(text))) <= 45


@pytest.mark.parametrize(
    ("word", "without", "between", "why"),
    [
        ("Ганул", ["KNL", "ANL"], ["KaNaL", "aNaL"], "which consonants, and where there are vowels"),
        ("Іваноў", ["AFNF", "AFN"], ["aFaNaF", "aFaN"], "a ў is a consonant, or not heard"),
        ("Мария", ["MR"], ["MaR"], "vowels beside each other are one, and none is at the end"),
    ],
)
def test_a_skeleton_with_vowels(word: str, without: list[str], between: list[str], why: str) -> None:
    assert skeletons(sound(word)) == without, why
    assert with_vowels(sound(word)) == between, why


@pytest.mark.parametrize(
    ("typed", "first", "others", "why"),
    [
        ("Wereschtschagin", "Верещагин", "Воротчагин Фараджган", "what sounds alike is nearer"),
        ("Ivanova", "Иванова", "Иванов Иванов", "a woman's name before a man's"),
        ("Harbunou", "Гарбуноў", "Гербанов Горбань", "in Latin letters as Belarus writes them"),
        ("Novák", "Nováková", "Novikov Навицкий", "with a woman's ending and without"),
        ("Petrov", "Petrov", "Петров", "written in the same letters"),
        ("Брасов", "Барсов", "Браков", "two letters have changed places rather than one is another"),
    ],
)
def test_the_nearest_come_first(typed: str, first: str, others: str, why: str) -> None:
    (asked,) = words_of(typed)
    ranked = rank(asked, words_of(f"{others} {first}"))
    assert ranked[0][0] in words_of(first), why
    assert [like for _, like in ranked] == sorted((like for _, like in ranked), reverse=True)


def test_other_names_are_left_out() -> None:
    (asked,) = words_of("Петров")
    assert rank(asked, words_of("Бодряков Полуэктов")) == []
    assert rank(asked, []) == []


def test_of_very_many_the_nearest_are_judged() -> None:
    many = {str(number): "vršg" + "o" * (number % 7) for number in range(2000)}
    found = nearest(sound("Верещагин"), {"spelt": sound("Wereschtschagin")}, {**many, "slip": sound("Верещатин")})
    assert {"spelt", "slip"} <= set(found)
    assert len(found) == MOST_COMPARED


def test_a_whole_key_in_common_is_worth_a_sign() -> None:
    as_near = {f"slip {number}": sound("Петрог") for number in range(MOST_COMPARED)}
    assert "whole" in nearest(sound("Петров"), {"whole": sound("Питров")}, as_near)
    assert nearest(sound("Петров"), {}, {}) == []


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
