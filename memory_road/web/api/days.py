"""The people of a day of the calendar, for programs."""

from typing import Any

from flask import abort

from memory_road.accounts.permissions import Audience
from memory_road.archive.anniversaries import Anniversary, remembered_on
from memory_road.facts.calendar_day import read_day
from memory_road.web.addresses import absolute
from memory_road.web.api.people import summary
from memory_road.web.api.schemas import DayAsked, PeopleOfADay
from memory_road.web.api.service import Reads
from memory_road.web.audience import audience

days = Reads("api_days", "/api/v1/days", "Days of the calendar")


@days.route("/<day>")
@audience(Audience.EVERYONE)
@days.arguments(DayAsked, location="query", error_status_code=400)
@days.response(200, PeopleOfADay, description="One page, the newest entries first")
@days.alt_response(404, "NOT_FOUND")
def of(asked: dict[str, Any], day: str) -> dict[str, Any]:
    """People who were born, or died, on a day like `05-09` of any year; only those of whom the day is known."""
    found = read_day(day)
    if found is None:
        abort(404)
    page = remembered_on(found, Anniversary(asked["of"]), asked["after"], asked["limit"])
    following = absolute("api_days.of", day=found.code, **{**asked, "after": page.after}) if page.after else None
    return {"people": [summary(card) for card in page.cards], "next": following}
