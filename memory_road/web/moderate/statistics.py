"""How the desk fares: charts that the server draws, each with its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from memory_road.accounts.permissions import Audience
from memory_road.db import now
from memory_road.facts.date_point import DatePoint
from memory_road.facts.date_words import say_date
from memory_road.facts.uncertain_date import single
from memory_road.moderation.statistics import LOOKED_AT, WEEKS, Week, reasons_given, weeks
from memory_road.web.audience import audience
from memory_road.web.language import language

statistics = Blueprint("statistics", __name__, url_prefix="/<lang>/moderate/statistics", template_folder="templates")
HEIGHT, STEP, BAR = 120, 20, 14
"""Of a chart, of a week in it and of its column, in the chart's own units."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart, in its units; ``y`` is its upper edge."""

    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns, and what the highest of them stands for, in words."""

    name: str
    title: str
    columns: Sequence[Column]
    highest: str
    width: int = WEEKS * STEP
    height: int = HEIGHT
    bar: int = BAR


@statistics.get("")
@audience(Audience.MODERATORS)
def page() -> ResponseReturnValue:
    """The last half year, by weeks."""
    today = now().date()
    found = weeks(today)
    return render_template(
        "moderate/statistics.html",
        weeks=found,
        charts=_charts(found),
        given=_reasons(reasons_given(today)),
        looked_at=LOOKED_AT,
        number=format_decimal,
        monday=lambda week: say_date(single(DatePoint(week.year, week.month, week.day)), language()),
    )


def _charts(found: Sequence[Week]) -> list[Chart]:
    waited = [week.waited or (0.0, 0.0) for week in found]
    return [
        _chart("came", gettext("Came in"), [week.came for week in found]),
        _chart("left", gettext("Looked at"), [week.left for week in found]),
        _chart("backlog", gettext("Waited at the end of the week"), [week.backlog for week in found]),
        _chart("half", gettext("Days until half of them were looked at"), [half for half, _ in waited]),
        _chart("most", gettext("Days until nine out of ten were looked at"), [most for _, most in waited]),
    ]


def _chart(name: str, title: str, values: Sequence[float]) -> Chart:
    highest = max([*values, 0])
    columns = [
        Column(place * STEP + (STEP - BAR) // 2, round(HEIGHT - high, 1), round(high, 1))
        for place, value in enumerate(values)
        for high in [HEIGHT * max(value, 0) / highest if highest else 0.0]
    ]
    return Chart(name, title, columns, format_decimal(round(highest, 1)))


def _reasons(given: Sequence[tuple[str, int]]) -> list[tuple[str, int, float]]:
    """Each with its number, and its length beside the longest one, in hundredths."""
    longest = max((number for _, number in given), default=1)
    return [(key, number, round(100 * number / longest, 1)) for key, number in given]
