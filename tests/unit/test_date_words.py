"""What families type for a date, what is understood of it, what is said back, and what is sent back."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as draws

from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_words import LONGEST_TEXT, read_date, say_date, say_years
from memory_road.facts.uncertain_date import DateNotUnderstood, DateRefusal, UncertainDate, parse_edtf
from tests.unit import (
    date_phrases_be,
    date_phrases_en,
    date_phrases_hy,
    date_phrases_kk,
    date_phrases_ky,
    date_phrases_ru,
    date_phrases_tg,
)
from tests.unit.uncertain_dates import uncertain_dates

PHRASES_IN = {
    "ru": date_phrases_ru,
    "en": date_phrases_en,
    "be": date_phrases_be,
    "kk": date_phrases_kk,
    "ky": date_phrases_ky,
    "tg": date_phrases_tg,
    "hy": date_phrases_hy,
}
"""A further language needs a module here: phrases, refusals, what it says of dates and lives. Tests demand it."""

IN_ANOTHER_LANGUAGE = [
    ("12 мая 1942 г.", "en", "1942-05-12", "a Russian phrase on the English form"),
    ("весной 1943", "en", "1943-21", "a Russian phrase on the English form"),
    ("03/04/1942 г.", "en", "1942-04-03", "the Russian word for year tells the order"),
    ("не знаем", "en", "XXXX", "a Russian phrase on the English form"),
    ("about 1915", "ru", "1915~", "an English phrase on the Russian form"),
    ("каля 1915", "ru", "1915~", "a Belarusian phrase on the Russian form"),
    ("12 майи соли 1942", "ru", "1942-05-12", "a Tajik phrase on the Russian form"),
    ("до весны 1943 года", "be", "../1943-21", "a Russian phrase on the Belarusian form"),
    ("не позднее мая 1942", "tg", "../1942-05", "a Russian phrase on the Tajik form"),
    ("May 12, 1942", "ru", "1942-05-12", "an English phrase on the Russian form"),
]

LIVES = [
    ("1899", "1978", "years in figures stand close"),
    ("1899-03-04", "1942-05-12", "a card shows years"),
    ("1888~", "1942", "a word needs space"),
    ("[1914,1915]", "1942", "neighbouring years in short"),
    ("[1899,1900]", "1942", "but not over the end of a century"),
    ("[1912,1915]", "1942", "others in words"),
    ("191X", "1942?", "a decade, and a doubt as a mark"),
    ("1915%", "1942", "both doubts"),
    ("1915", "1941-12/1942-02", "the winter of two years"),
    ("1915", "1942-01/1942-04", "a part of one year is that year"),
    ("1915", "1942-05~", "about a month is in its year"),
    ("1915", "../1943", "an open end"),
    ("1915", "1942/1944", "more than two years"),
    ("1891", None, "nothing stated of the death"),
    ("1891", "XXXX", "nothing known of the death"),
    ("XXXX", "1942", "nothing known of the birth"),
    ("1891~", None, "a doubt with the word"),
    (None, None, "nothing stated"),
    ("XXXX", "XXXX", "nothing known"),
]


def _parsed(edtf: str | None) -> UncertainDate | None:
    return None if edtf is None else parse_edtf(edtf)


@pytest.mark.parametrize(
    ("language", "phrase", "edtf"),
    [
        (language, phrase, edtf)
        for language, module in PHRASES_IN.items()
        for phrases in module.PHRASES.values()
        for phrase, edtf in phrases.items()
    ],
)
def test_what_a_family_types_is_understood(language: str, phrase: str, edtf: str) -> None:
    assert read_date(phrase, language).edtf == edtf


@pytest.mark.parametrize(
    ("language", "phrase", "code"),
    [
        *((language, *row) for language, module in PHRASES_IN.items() for row in module.REFUSALS.items()),
        ("en", "31 февраля 1942", DateRefusal.IMPOSSIBLE_DAY),
        ("en", "12 мая 42", DateRefusal.SHORT_YEAR),
        ("ru", "May 12", DateRefusal.NO_YEAR),
        ("ru", "1" * (LONGEST_TEXT + 1), DateRefusal.NOT_UNDERSTOOD),
    ],
)
def test_what_is_not_wholly_understood_goes_back_with_its_reason(language: str, phrase: str, code: DateRefusal) -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        read_date(phrase, language)
    assert refused.value.code is code
    assert refused.value.values["text"] == phrase


@pytest.mark.parametrize(
    ("phrase", "language", "first", "second"),
    [
        ("03/04/1942", "en", "1942-04-03", "1942-03-04"),
        ("1909–12", "ru", "1909-12", "1909/1912"),
        # «Жаз» is summer in Kazakh and spring in Kyrgyz.
        ("жаз 1942", "ru", "1942-21", "1942-22"),
    ],
)
def test_an_ambiguous_date_goes_back_with_both_readings(phrase: str, language: str, first: str, second: str) -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        read_date(phrase, language)
    assert refused.value.values == {"text": phrase, "first": first, "second": second}
    assert parse_edtf(first) != parse_edtf(second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_tried_with_at_least_eighty_phrases(language: str) -> None:
    assert sum(map(len, PHRASES_IN[language].PHRASES.values())) >= 80


@pytest.mark.parametrize(("phrase", "language", "edtf", "why"), IN_ANOTHER_LANGUAGE)
def test_a_phrase_in_another_language_is_understood_too(phrase: str, language: str, edtf: str, why: str) -> None:
    assert read_date(phrase, language).edtf == edtf, why


@pytest.mark.parametrize("other", LANGUAGES)
def test_every_language_is_tried_with_the_same_dates_to_say(other: str) -> None:
    assert PHRASES_IN[other].SAID.keys() >= date_phrases_en.SAID.keys()


@pytest.mark.parametrize(
    ("language", "edtf", "said"),
    [(language, *row) for language, module in PHRASES_IN.items() for row in module.SAID.items()],
)
def test_a_date_is_said_in_plain_words(language: str, edtf: str, said: str) -> None:
    assert say_date(parse_edtf(edtf), language) == said


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)
@given(made=uncertain_dates())
def test_every_date_that_is_said_is_read_back(language: str, made: UncertainDate) -> None:
    assert read_date(say_date(made, language), language) == made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("birth", "death", "why"), LIVES)
def test_a_card_shows_the_years_of_a_life(birth: str | None, death: str | None, why: str, language: str) -> None:
    said = PHRASES_IN[language].LIVES[birth, death]
    assert say_years(_parsed(birth), _parsed(death), language) == said, why


@settings(deadline=None)
@given(uncertain_dates(), uncertain_dates())
def test_every_life_has_its_years(birth: UncertainDate, death: UncertainDate) -> None:
    for language in LANGUAGES:
        assert bool(say_years(birth, death, language)) is (birth.is_known or death.is_known)


WORDS = (
    "12 5 1942 1943 42 191? 1910-е мая май весной около возможно между и или с по не ранее до г. года "
    "May 12th spring about perhaps between and or from to not before early of the , . - – / ( ) ? ~"
)


@settings(deadline=None)
@given(draws.lists(draws.sampled_from(WORDS.split()), max_size=12).map(" ".join) | draws.text(max_size=40))
def test_whatever_is_typed_is_understood_to_be_a_date_or_refused(text: str) -> None:
    for language in LANGUAGES:
        try:
            understood = read_date(text, language)
        except DateNotUnderstood:
            continue
        assert parse_edtf(understood.edtf) == understood
        assert read_date(say_date(understood, language), language) == understood


HOSTILE = [
    "около ",
    "1-",
    "1/",
    "12 или ",
    "1, ",
    "(",
    "~",
    " -",
    "возможно 1942 ",
    "между 12 и ",
    "1942 to ",
    "(1 or ",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_does_not_hold_up_the_site(unit: str, language: str) -> None:
    text = (unit * LONGEST_TEXT)[:LONGEST_TEXT]
    with pytest.raises(DateNotUnderstood):
        read_date("soon", language)  # the patterns of all languages are made once, when they are first asked for
    started = time.process_time()
    with pytest.raises(DateNotUnderstood):
        read_date(text, language)
    assert time.process_time() - started < 0.25, "it takes some milliseconds; exponential growth would take hours"


def test_the_languages_that_readers_type_as_well_have_tables() -> None:
    for language in LANGUAGES.values():
        assert set(language.also) <= LANGUAGES.keys() - {language.code}


def test_a_language_without_a_table_is_an_error_of_ours_and_not_of_the_family() -> None:
    with pytest.raises(KeyError):
        read_date("1942", "la")
    with pytest.raises(KeyError):
        say_date(parse_edtf("1942"), "la")
