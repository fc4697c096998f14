"""Ready-made queries to the search pages of public archives, which a moderator opens in a window of its own."""

from urllib.parse import urlencode

from memory_road.facts.check import date_of
from memory_road.facts.document import Facts, text_of
from memory_road.facts.names import full_name


def archive_searches(facts: Facts) -> list[tuple[str, str]]:
    """The names of archives and the addresses that look for whom ``facts`` are about. Nothing is asked of them from
    here: an archive learns the name when a moderator follows the link."""
    surname, given, patronymic = (text_of(facts, name) for name in ("surname", "given_name", "patronymic"))
    birth = date_of(facts, "birth_date")
    year = str(birth.earliest.year) if birth is not None and birth.earliest is not None else ""
    heroes = {"last_name": surname, "first_name": given, "middle_name": patronymic, "date_birth_from": year}
    fallen = {"f": surname, "n": given, "s": patronymic, "y": year}
    return [
        ("Память народа", f"https://pamyat-naroda.ru/heroes/?{urlencode({'adv_search': 'y', **heroes})}"),
        ("ОБД «Мемориал»", f"https://obd-memorial.ru/html/search.htm?{urlencode(fallen)}"),
        (
            "Arolsen Archives",
            f"https://collections.arolsen-archives.org/en/search/?{urlencode({'s': full_name(facts)})}",
        ),
    ]
