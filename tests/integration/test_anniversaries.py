"""On this day: everybody of a day once, born and died apart, and nobody whose day is not known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from memory_road.app import create_app
from memory_road.archive.anniversaries import Anniversary, remembered_on
from memory_road.archive.participant import Participant
from memory_road.archive.restate import restate, say_nothing
from memory_road.config import Settings
from memory_road.db import db, now
from memory_road.facts.calendar_day import CalendarDay, day_in_calendar
from memory_road.web.caching import A_MOMENT
from memory_road.web.edge import Portal
from tests.application import Browser, work

ClientOf = Callable[[str], Browser]
BEGIN = datetime(2026, 5, 9, 12, tzinfo=UTC)
MAY = CalendarDay(5, 9)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def add(app: Portal, *lives: tuple[str, str]) -> list[str]:
    """Publish people by the days of their birth and death, one after the other; returns their ids."""
    made: list[str] = []
    with work(app):
        for number, (birth, death) in enumerate(lives):
            at = BEGIN + timedelta(seconds=number)
            facts = {"surname": "Орлов", "given_name": "Пётр", "birth_date": birth, "death_date": death}
            identifier = f"00000000{ALPHABET[number]}"
            participant = Participant(id=identifier, language="ru", published_at=at, updated_at=at)
            restate(participant, {name: fact for name, fact in facts.items() if fact})
            db.session.add(participant)
            made.append(identifier)
    return made


def found(app: Portal, day: CalendarDay, which: Anniversary = Anniversary.BORN) -> list[str]:
    with app.app_context():
        return [card.id for card in remembered_on(day, which).cards]


@pytest.mark.parametrize(
    ("birth", "is_there", "why"),
    [
        ("1915-05-09", True, "the day of any year"),
        ("1899-05-09", True, "of another year"),
        ("1915-05-10", False, "another day"),
        ("1915-09-05", False, "the same figures in another order"),
        ("1915-05", False, "only the month is known"),
        ("1915", False, "only the year is known"),
        ("1915-05-09~", False, "about that day"),
        ("1915-05-09?", False, "perhaps that day"),
        ("[1915-05-09,1915-05-10]", False, "that day or the next"),
        ("XXXX", False, "nothing is known"),
    ],
)
def test_only_those_appear_of_whom_the_day_is_known(app: Portal, birth: str, is_there: bool, why: str) -> None:
    (one,) = add(app, (birth, ""))
    assert found(app, MAY) == ([one] if is_there else []), why


def test_the_born_and_the_dead_stand_apart(app: Portal) -> None:
    born, died, both = add(app, ("1915-05-09", "1942"), ("1915", "1945-05-09"), ("1900-05-09", "1950-05-09"))
    assert found(app, MAY) == [both, born]
    assert found(app, MAY, Anniversary.DIED) == [both, died]


def test_the_last_day_of_february_is_a_day_of_its_own(app: Portal) -> None:
    leap, usual = add(app, ("1916-02-29", ""), ("1916-02-28", ""))
    assert found(app, CalendarDay(2, 29)) == [leap]
    assert found(app, CalendarDay(2, 28)) == [usual]


def test_pages_show_everybody_once_newest_first(app: Portal) -> None:
    everybody = add(app, *[("1915-05-09", "")] * 17)
    seen: list[str] = []
    after: str | None = ""
    with app.app_context():
        while after is not None:
            page = remembered_on(MAY, Anniversary.BORN, after, 5)
            seen += [card.id for card in page.cards]
            after = page.after
        assert seen == everybody[::-1]
        assert len(remembered_on(MAY, Anniversary.BORN, "nonsense", 5).cards) == 5


def test_who_is_gone_is_not_remembered_on_any_day(app: Portal) -> None:
    (one,) = add(app, ("1915-05-09", "1945-05-09"))
    with work(app):
        entry = db.session.get_one(Participant, one)
        entry.gone_at, entry.gone_how, entry.gone_reason = now(), "taken_down", "rights"
        say_nothing(entry)
    assert found(app, MAY) == found(app, MAY, Anniversary.DIED) == []


def test_a_page_has_the_born_the_dead_and_the_days_beside_it(app: Portal, client_of: ClientOf) -> None:
    born, died = add(app, ("1915-02-28", ""), ("", "1945-02-28"))
    client = client_of("visitor")
    answer = client.get("/en/on-this-day/02-28")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, A_MOMENT)
    page = answer.text
    assert "<h1>On this day: 28 February</h1>" in page
    assert page.index("Born on this day") < page.index(born) < page.index("Died on this day") < page.index(died)
    assert 'rel="prev" href="/en/on-this-day/02-27"' in page
    assert 'rel="next" href="/en/on-this-day/02-29"' in page
    assert died not in client.get("/en/on-this-day/02-28?of=born").text
    assert "28 февраля" in client.get("/ru/on-this-day/02-28").text


def test_many_of_one_day_are_on_several_pages(app: Portal, client_of: ClientOf) -> None:
    everybody = add(app, *[("1915-05-09", "1945-05-09")] * 30)
    client = client_of("visitor")
    first = client.get("/en/on-this-day/05-09").text
    address = first.split("More people who were born on this day")[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(address.replace("&amp;", "&")).text
    assert everybody[0] not in first
    assert everybody[0] in second
    assert everybody[-1] not in second
    assert "Died on this day" not in second
    assert 'content="noindex"' in second


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("?month=5&day=9", "05-09"),
        ("?month=2&day=31", "02-31"),
        ("?day=9", "00-09"),
        ("?month=12345&day=x", "12-0x"),
    ],
)
def test_a_chosen_day_has_its_page(sqlite_app: Portal, asked: str, to: str) -> None:
    answer = sqlite_app.test_client().get("/en/on-this-day" + asked)
    assert (answer.status_code, answer.location) == (302, f"/en/on-this-day/{to}")


def test_without_a_day_it_is_that_of_today(sqlite_app: Portal) -> None:
    answer = sqlite_app.test_client().get("/en/on-this-day")
    today = day_in_calendar(now().date())
    assert answer.location in {f"/en/on-this-day/{each.code}" for each in (today, today.before)}
    assert answer.headers["Cache-Control"] == "no-store"


def test_today_is_a_day_of_the_sites_time_zone(settings: Settings, sqlite_url: str) -> None:
    days: list[str] = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # it is never the same day in both
        there = create_app(replace(settings, database_url=sqlite_url, time_zone=zone))
        location = there.test_client().get("/en/on-this-day").location or ""
        assert location.endswith(f"/{day_in_calendar(datetime.now(ZoneInfo(zone)).date()).code}"), zone
        days.append(location)
    assert days[0] != days[1]


@pytest.mark.parametrize("code", ["02-30", "13-01", "yesterday", "05-09-1945"])
def test_a_wrong_day_says_what_to_do(sqlite_app: Portal, code: str) -> None:
    answer = sqlite_app.test_client().get(f"/en/on-this-day/{code}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, A_MOMENT)
    assert "There is no such day" in answer.text
    assert 'action="/en/on-this-day"' in answer.text


def test_an_address_without_zeros_is_put_right(sqlite_app: Portal) -> None:
    answer = sqlite_app.test_client().get("/en/on-this-day/5-9")
    assert (answer.status_code, answer.location) == (301, "/en/on-this-day/05-09")


def test_the_first_page_shows_some_who_were_born_today(app: Portal, client_of: ClientOf) -> None:
    client = client_of("visitor")
    today = day_in_calendar(now().date())
    born = add(app, *[(f"1916-{today.code}", "")] * 20)
    page = client.get("/en/").text
    if day_in_calendar(now().date()) == today:
        assert "Born on this day" in page
        assert page.split("Born on this day")[1].count('class="face"') == 6
        assert born[-1] in page.split("Born on this day")[1]
    assert f"/en/on-this-day/{today.code}" in page
    assert '<a href="/en/on-this-day">' in client.get("/en/gallery").text
