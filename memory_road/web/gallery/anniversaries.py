"""On this day: who was born, and who died, on a day of the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import to_user_timezone
from markupsafe import Markup

from memory_road.accounts.permissions import Audience
from memory_road.archive.anniversaries import Anniversary, remembered_on
from memory_road.db import now
from memory_road.facts.calendar_day import CalendarDay, day_in_calendar, read_day
from memory_road.facts.date_words import months_of, say_day
from memory_road.web.audience import audience
from memory_road.web.gallery.cards import faces
from memory_road.web.language import language

anniversaries = Blueprint("anniversaries", __name__, url_prefix="/<lang>/on-this-day", template_folder="templates")
ON_THE_FIRST_PAGE = 6
LONGEST_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Day:
    """A day as pages speak of it: its words and its address."""

    said: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """Those who were born, or died, on a day: their cards, and the address of the next ones, empty on the last page."""

    which: Anniversary
    faces: Markup
    further: str


@anniversaries.get("")
@audience(Audience.EVERYONE)
def today() -> ResponseReturnValue:
    """To the page of today, by the site's clock, or to that of the day and month that were chosen."""
    asked = [request.args.get(name) for name in ("month", "day")]
    chosen = "-".join((number or "")[:LONGEST_NUMBER].zfill(LONGEST_NUMBER) for number in asked)
    code = chosen if any(asked) else _today().code
    response = redirect(url_for("anniversaries.of", day=code))
    response.headers["Cache-Control"] = "no-store"
    return response


@anniversaries.get("/<day>")
@audience(Audience.EVERYONE)
def of(day: str) -> ResponseReturnValue:
    """The page of one day; of a wrong one, what to do."""
    asked = read_day(day)
    choice = {"months": months_of(language()), "present": asked}
    if asked is None:
        return render_template("gallery/no_such_day.html", **choice), 404
    if asked.code != day:
        return redirect(url_for("anniversaries.of", day=asked.code), 301)
    which, after = request.args.get("of"), request.args.get("after", "")
    kinds = [kind for kind in Anniversary if kind == which] or list(Anniversary)
    return render_template(
        "gallery/on_this_day.html",
        day=_day(asked),
        before=_day(asked.before),
        following=_day(asked.following),
        parts=list(_parts(asked, kinds, after if which else "")),
        of=kinds[0] if len(kinds) == 1 else None,
        first=not after,
        **choice,
    )


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page says of today; ``faces`` are empty where nobody was born on this day."""

    day: Day
    faces: Markup


def of_today() -> Today:
    """Some of those who were born on this day, for the first page: one read of the index, whatever there is."""
    present = _today()
    born = remembered_on(present, Anniversary.BORN, size=ON_THE_FIRST_PAGE).cards
    return Today(_day(present), faces(born, language(), at_once=0) if born else Markup())


def _today() -> CalendarDay:
    return day_in_calendar(to_user_timezone(now()).date())


def _day(day: CalendarDay) -> Day:
    return Day(say_day(day, language()), url_for("anniversaries.of", day=day.code))


def _parts(day: CalendarDay, kinds: list[Anniversary], after: str) -> Iterator[Part]:
    for which in kinds:
        found = remembered_on(day, which, after)
        further = url_for("anniversaries.of", day=day.code, of=which.value, after=found.after) if found.after else ""
        if found.cards:
            yield Part(which, faces(found.cards, language()), further)
