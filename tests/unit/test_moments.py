"""How pages say when something was and how long it takes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g
from flask_babel import Babel

from memory_road.web.moments import ago, day, moment, span

WHEN = datetime(2026, 7, 17, 5, 6, tzinfo=UTC)

SAID = [
    ("ru", day, WHEN, "17 июля 2026", "the genitive beside a day"),
    ("en", day, WHEN, "17 July 2026", "British: the day first"),
    ("be", day, WHEN, "17 ліпеня 2026", "the genitive beside a day"),
    ("tg", day, WHEN, "17 июли соли 2026", "the CLDR would say 17 Июл 2026"),
    ("kk", day, WHEN, "2026 жылғы 17 шілде", "the year first"),
    ("ky", day, WHEN, "2026-жылдын 17-июлу", "the year first"),
    ("hy", day, WHEN, "2026 թ. հուլիսի 17", "the year first"),
    ("hy", span, timedelta(minutes=22), "22 րոպե", "one form for every number"),
    ("hy", ago, timedelta(minutes=5), "5 րոպե առաջ", "ago"),
    ("ru", moment, WHEN, "17 июля 2026, 05:06", "hours in two digits"),
    ("tg", moment, WHEN, "17 июли соли 2026, 05:06", "the same day as above"),
    ("be", span, timedelta(minutes=22), "22 хвіліны", "two of many plurals"),
    ("tg", span, timedelta(minutes=22), "22 дақиқа", "the CLDR would say 22 min"),
    ("tg", span, timedelta(minutes=52), "1 соат", "nearly an hour is an hour, as in other languages"),
    ("tg", span, timedelta(0), "1 дақиқа", "never nothing"),
    ("tg", span, timedelta(days=40), "1 моҳ", "a month and more"),
    ("be", ago, timedelta(minutes=5), "5 хвілін таму", "ago"),
    ("tg", ago, timedelta(minutes=5), "5 дақиқа пеш", "ago"),
]


@pytest.mark.parametrize(("language", "say", "what", "said", "why"), SAID)
def test_time_is_said_in_the_words_of_the_page(
    language: str, say: Callable[..., str], what: datetime | timedelta, said: str, why: str
) -> None:
    app = Flask("memory_road")
    Babel(app, default_locale=language)
    with app.test_request_context():
        g.language = language
        assert say(what) == said, why
