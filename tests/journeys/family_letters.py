"""Three letters of families that never were: everybody in them is invented."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """What a family writes, and where its form asks for it: ``brief`` on the short way, the rest by step. ``kinds`` and
    ``fate`` are chosen; ``meant`` is what the page says of dates, by field."""

    language: str
    words: str
    kind: str
    fate: str
    brief: Mapping[str, str]
    steps: Mapping[str, Mapping[str, str]]
    meant: Mapping[str, str]
    never_asked: tuple[str, ...]


SOLDIER = Letter(
    language="ru",
    words="Вымышленное письмо. Мой дед Степан Ильич Кедров родился около 1915 года в деревне Малые Ключи. Весной 1943 "
    "его призвали из Ижевска, он был сапёром. Не вернулся: погиб 12 октября 1943 под Лоевом.",
    kind="soldier",
    fate="killed",
    brief={"given_name": "Степан", "patronymic": "Ильич", "birth_date": "около 1915"},
    steps={
        "life": {"birth_place": "деревня Малые Ключи", "death_date": "12.10.1943", "death_place": "под Лоевом"},
        "service": {"conscription_place": "Ижевск", "service_from": "весной 1943", "rank": "Красноармеец"},
        "story": {"biography": "Он был сапёром и строил мосты. Это вымышленная история."},
    },
    meant={"birth_date": "около 1915", "death_date": "12 октября 1943", "service_from": "весна 1943"},
    never_asked=("workplace", "occupation"),
)
WORKER = Letter(
    language="kk",
    words="Ойдан шығарылған хат. Әжем 1914 немесе 1915 жылы туған, соғыс жылдары Алматыдағы зауытта токарь болды.",
    kind="defence_worker",
    fate="survived",
    brief={"given_name": "Бибігүл", "birth_date": "1914 немесе 1915"},
    steps={
        "life": {"birth_place": "Алматы облысы", "death_date": "1978"},
        "work": {"workplace": "Зауыт № 175", "occupation": "Токарь"},
        "story": {"biography": "Түнде жұмыс істеді, күндіз балаларын бақты. Бұл ойдан шығарылған."},
    },
    meant={"birth_date": "1914", "death_date": "1978"},
    never_asked=("unit", "rank", "conscription_place"),
)
RESIDENT = Letter(
    language="hy",
    words="Հորինված նամակ։ Մեծ մայրս ծնվել է 1912 թվականին, պաշարման տարիներին աշխատել է Լենինգրադի գրադարանում։",
    kind="leningrad",
    fate="survived",
    brief={"given_name": "Աննա", "birth_date": "1912"},
    steps={
        "life": {"birth_place": "Գյումրի", "death_date": "1943-ից հետո"},
        "work": {"workplace": "Գրադարան", "occupation": "Գրադարանավար", "award_certificate": "АВ 012345"},
        "story": {"biography": "Նա պահեց գրքերը։ Սա հորինված պատմություն է։"},
    },
    meant={"birth_date": "1912", "death_date": "1943"},
    never_asked=("unit", "rank", "service_from"),
)
LETTERS = (SOLDIER, WORKER, RESIDENT)
