"""Names in the letters of those who read them."""

import pytest

from memory_road.facts.transliterate import Script, spelt_for

IN_CYRILLIC = [
    ("Հակոբ", "Акоб", "h is not said before a vowel"),
    ("Հովհաննիսյան", "Ованнисян", "nor inside"),
    ("Հրանտ Զոհրաբյան", "Грант Зограбян", "before р it is г"),
    ("Պողոսյան Աղասի", "Погосян Агаси", "ղ as names of people have it"),
    ("Երեմյան", "Еремян", "е at the beginning"),
    ("Էդուարդ", "Эдуард", "and э"),
    ("Ոսկանյան", "Восканян", "ո at the beginning is said vo"),
    ("Ջուղաշվիլի", "Джугашвили", "one letter, two sounds"),
    ("Մարիա Մովսիսյան", "Мария Мовсисян", "ия at the end"),
    ("Լիանա", "Лиана", "but not inside"),
    ("Հրաչյա", "Грачья", "я after a consonant at the end"),
    ("Գյոզալյան", "Гёзалян", "ё"),
    ("Լևոն Թումանյան", "Левон Туманян", "the ligature"),
    ("ԲԱՂՐԱՄՅԱՆ", "БАГРАМЯН", "capitals stay"),
    ("Տեր-Պետրոսյան", "Тер-Петросян", "hyphens stay"),
    ("მელიტონ ქანთარია", "Мелитон Кантария", "Georgian has no capitals"),
    ("გიორგი ნიკოლოზის ძე", "Гиорги Николозис дзе", "but son of is no name"),
    ("ფალავა", "Палава", "ф is п"),
    ("ერისთავი", "Эристави", "э at the beginning only"),
    ("ცაგარეიშვილი", "Цагарейшвили", "й between"),
    ("ხორავა ჟორჟ", "Хорава Жорж", "х and ж"),
    ("ჭყონია", "Чкония", "two that Russian does not tell apart"),
    ("Vereshchagina", "Верещагина", "a Russian name read back"),
    ("Yevgeniya Ilyina", "Евгения Ильина", "what was lost on the way is lost"),
    ("Maria Arsenieva", "Мария Арсениева", "ия at the end"),
    ("Khrushchyov", "Хрущёв", "digraphs, the longest first"),
    ("Dostoyevsky", "Достоевский", "an adjective"),
    ("Schmidt", "Шмидт", "a German name"),
    ("Kowalczyk", "Ковалчык", "a Polish one"),
    ("Jānis Bērziņš", "Янис Берзинш", "a Latvian one, without its marks"),
    ("O'Brien", "Оьбриен", "an apostrophe is read as Russian has it"),
    ("Иван Müller", "Иван Мюллер", "only what is foreign is changed"),
]


@pytest.mark.parametrize(("name", "spelt", "why"), IN_CYRILLIC)
@pytest.mark.parametrize("language", ["ru", "be", "kk", "ky", "tg"])
def test_a_name_in_cyrillic(name: str, spelt: str, why: str, language: str) -> None:
    spelling = spelt_for(name, language)
    assert spelling is not None
    assert (spelling.text, spelling.script) == (spelt, Script.CYRILLIC), why


@pytest.mark.parametrize(
    ("name", "language", "spelt"),
    [
        ("Верещагина Анна", "en", "Vereshchagina Anna"),
        ("Верещагина Анна", "hy", "Vereshchagina Anna"),
        ("Հակոբյան", "en", "Hakobyan"),
        ("ქანთარია", "hy", "Kantaria"),
        ("李", "ru", "Li"),
    ],
)
def test_a_name_in_latin(name: str, language: str, spelt: str) -> None:
    spelling = spelt_for(name, language)
    assert spelling is not None
    assert (spelling.text, spelling.script) == (spelt, Script.LATIN)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Верещагина Анна", "ru"),
        ("Қасымов Әбілқайыр", "ru"),
        ("Верещагина Анна", "tg"),
        ("Müller", "en"),
        ("Հակոբյան", "hy"),
        ("Müller", "hy"),
        ("", "ru"),
        ("—", "en"),
    ],
)
def test_what_the_reader_can_read_is_not_spelt_anew(name: str, language: str) -> None:
    assert spelt_for(name, language) is None
