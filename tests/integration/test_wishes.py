"""Which letters somebody gets: each at once, once a day in one, or only what needs an answer; and how they are left."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from jinja2 import Environment
from jinja2.meta import find_undeclared_variables
from sqlalchemy import select, update

from memory_road.accounts.tell import UNDO_TIME, tell, wish
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.jobs.gather import FROM_HOUR, gather
from memory_road.jobs.sweep import Sweep
from memory_road.mail.compose import compose
from memory_road.mail.letter import ALWAYS, DECISIONS, Letter, LetterKind, Wish
from memory_road.mail.send import overdue, send_due
from memory_road.mail.unsubscribe import leave_address
from memory_road.mail.words import SUFFIX, TEMPLATES
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Person, send_in, signed_in, work
from tests.smtp import SmtpSink, page_of, text_of

NOON = datetime.fromisoformat("2026-05-09T12:00:00+00:00")
EVENING = NOON.replace(hour=FROM_HOUR)
SOURCES = [path.read_text(encoding="utf-8") for path in TEMPLATES.glob(f"*{SUFFIX}")]
SPOKEN_OF = set[str]().union(*(find_undeclared_variables(Environment(autoescape=True).parse(each)) for each in SOURCES))
CONTENT = {
    **dict.fromkeys(SPOKEN_OF - {"_", "ngettext", "correction"}, "x"),
    "name": "Тян Анна",
    "contribution": "000000001",
    "entry": "000000002",
    "letters": [],
}
"""Whatever any of the letters speaks of."""


@pytest.fixture(autouse=True)
def undo_time(app: Portal) -> Iterator[None]:
    """Most of these tests are about something else than the time in which a decision can be undone."""
    kept = app.config[UNDO_TIME]
    app.config[UNDO_TIME] = timedelta(0)
    yield
    app.config[UNDO_TIME] = kept


def told(app: Portal, person: Person, wished: Wish, *kinds: LetterKind, at: datetime = NOON) -> None:
    with work(app):
        account = db.session.get_one(Account, person.actor.id)
        wish(account, wished)
        for number, kind in enumerate(kinds):
            letter = tell(account, kind, **CONTENT)
            if letter is not None:
                letter.created_at = letter.due_at = at + timedelta(seconds=number)


def rows(app: Portal) -> list[Letter]:
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.created_at)))


def gathered(app: Portal, at: datetime) -> int:
    with app.app_context():
        return gather(at)


def delivered(app: Portal, sink: SmtpSink) -> list[EmailMessage]:
    with app.app_context():
        send_due(replace(parts().settings, mail_url=sink.url))
    return sink.messages


ANY = (LetterKind.RECEIVED, LetterKind.APPROVED, LetterKind.RETURNED, LetterKind.REJECTED)


@pytest.mark.parametrize(
    ("wished", "come", "wait"),
    [
        (Wish.AT_ONCE, {"received", "approved", "returned", "rejected"}, set[str]()),
        (Wish.DAILY, {"returned"}, {"received", "approved", "rejected"}),
        (Wish.QUESTIONS, {"returned"}, set[str]()),
    ],
)
def test_a_question_comes_at_once_and_all_else_as_wished(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink, wished: Wish, come: set[str], wait: set[str]
) -> None:
    told(app, accounts.contributor, wished, *ANY)
    delivered(app, smtp_sink)
    sent = {letter.kind: letter.sent_at for letter in rows(app)}
    assert {kind for kind, moment in sent.items() if moment} == come
    assert {kind for kind, moment in sent.items() if moment is None} == wait
    with app.app_context():
        assert overdue(9, timedelta(0)) == [], "the sweep leaves the others alone"


def test_the_letter_of_a_day_holds_them_all_in_its_readers_language(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    with work(app):
        db.session.get_one(Account, accounts.contributor.actor.id).language = "ru"
    told(app, accounts.contributor, Wish.DAILY, LetterKind.RECEIVED, LetterKind.APPROVED)
    assert gathered(app, EVENING) == 1
    (message,) = delivered(app, smtp_sink)
    text = text_of(message)
    assert text.index("* Мы получили ваш рассказ: Тян Анна") < text.index("* Опубликовано: Тян Анна")
    assert "/ru/my/000000001" in text
    assert "/p/000000002" in text
    assert "<h2>Опубликовано: Тян Анна</h2>" in page_of(message)
    assert message["Content-Language"] == "ru"
    assert message["References"] is None, "it is about several"
    assert all(letter.sent_at is not None for letter in rows(app))


def test_there_is_one_letter_a_day_however_often_it_is_gathered(app: Portal, accounts: Accounts) -> None:
    told(app, accounts.contributor, Wish.DAILY, LetterKind.RECEIVED)
    told(app, accounts.stranger, Wish.DAILY, LetterKind.RECEIVED)
    assert gathered(app, EVENING - timedelta(minutes=1)) == 0, "not before its hour"
    assert gathered(app, EVENING) == 2
    assert gathered(app, EVENING) == 0
    told(app, accounts.contributor, Wish.DAILY, LetterKind.APPROVED, at=EVENING + timedelta(minutes=1))
    assert gathered(app, EVENING + timedelta(hours=8)) == 0, "what comes later waits for the next day"
    assert gathered(app, EVENING + timedelta(hours=10)) == 0
    assert gathered(app, EVENING + timedelta(days=1)) == 1
    digests = [letter for letter in rows(app) if letter.kind == LetterKind.DIGEST]
    assert sorted(len(letter.content["letters"]) for letter in digests) == [1, 1, 1]


def test_several_who_gather_at_once_write_one_letter(app: Portal, accounts: Accounts) -> None:
    told(app, accounts.contributor, Wish.DAILY, LetterKind.RECEIVED, LetterKind.APPROVED)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: gathered(app, EVENING), range(4))) == 1
    (digest,) = [letter for letter in rows(app) if letter.kind == LetterKind.DIGEST]
    assert [told["kind"] for told in digest.content["letters"]] == ["received", "approved"]


def test_the_sweep_gathers(app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    told(app, accounts.contributor, Wish.DAILY, LetterKind.RECEIVED)
    monkeypatch.setattr("memory_road.jobs.gather.FROM_HOUR", 0)
    with app.app_context():
        executor, store = parts().worker, parts().store
    Sweep(app, store).once(executor)
    assert LetterKind.DIGEST in {letter.kind for letter in rows(app)}


ALMATY = "Asia/Almaty"
"""Five hours before UTC: there a day begins while it is still the day before in UTC."""


@pytest.mark.parametrize(
    ("moments", "digests", "why"),
    [
        (("09T09:59",), 0, "not before its hour there"),
        (("09T10:00",), 1, "from its hour there on, though it is morning in UTC"),
        (("09T18:30", "09T19:30"), 1, "a new day there does not begin with a letter, however late it is in UTC"),
        (("08T23:30", "09T10:00"), 1, "the early morning there is of the same day"),
        (("09T10:00", "10T10:00"), 2, "and the next one comes on the next day"),
    ],
)
def test_a_day_of_letters_is_one_of_the_sites_time_zone(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch, moments: tuple[str, ...], digests: int, why: str
) -> None:
    monkeypatch.setitem(app.config, "BABEL_DEFAULT_TIMEZONE", ALMATY)
    with app.app_context():
        executor, store = parts().worker, parts().store
    for moment in moments:
        at = datetime.fromisoformat(f"2026-05-{moment}:00+00:00")
        told(app, accounts.contributor, Wish.DAILY, LetterKind.RECEIVED, at=at)
        monkeypatch.setattr("memory_road.jobs.sweep.now", lambda at=at: at)
        Sweep(app, store).once(executor)
    assert sum(letter.kind == LetterKind.DIGEST for letter in rows(app)) == digests, why


def test_who_wishes_otherwise_need_not_wait(app: Portal, accounts: Accounts, smtp_sink: SmtpSink) -> None:
    told(app, accounts.contributor, Wish.DAILY, LetterKind.RECEIVED, LetterKind.APPROVED)
    told(app, accounts.contributor, Wish.AT_ONCE)
    assert len(delivered(app, smtp_sink)) == 2
    told(app, accounts.contributor, Wish.DAILY, LetterKind.REJECTED)
    told(app, accounts.contributor, Wish.QUESTIONS)
    assert gathered(app, EVENING) == 0
    assert len(rows(app)) == 2, "what is no longer wished is not kept"


def test_a_closed_account_is_told_nothing(app: Portal, accounts: Accounts) -> None:
    with work(app):
        db.session.get_one(Account, accounts.contributor.actor.id).active = False
    told(app, accounts.contributor, Wish.AT_ONCE, *ANY)
    assert rows(app) == []


def test_a_letter_about_a_decision_waits_until_it_can_no_longer_be_undone(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    app.config[UNDO_TIME] = timedelta(minutes=5)
    cases = [send_in(app, accounts.contributor) for _ in range(2)]
    delivered(app, smtp_sink)
    with work(app):
        for case, verb in zip(cases, (reject, return_to_sender), strict=True):
            claim(case, accounts.moderator.actor)
            verb(case, accounts.moderator.actor, "other", "Откуда это?")
    assert len(delivered(app, smtp_sink)) == 2, "only that they were received"
    waiting = [letter for letter in rows(app) if letter.sent_at is None]
    assert {letter.kind for letter in waiting} == {LetterKind.RETURNED, LetterKind.REJECTED}
    for letter in waiting:
        assert letter.due_at - letter.created_at == timedelta(minutes=5)
    with work(app):
        db.session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(due_at=now()))
    assert len(delivered(app, smtp_sink)) == 4


def test_every_letter_about_a_decision_waits_and_no_other() -> None:
    assert {LetterKind.RETURNED, LetterKind.REJECTED, LetterKind.HELD} <= DECISIONS
    assert LetterKind.RECEIVED not in DECISIONS
    assert LetterKind.APPROVED not in DECISIONS, "it is written when the entry is published, which waits itself"


# --- leaving ---------------------------------------------------------------------------------------------------------


def test_a_letter_that_is_not_needed_can_be_left_with_one_press(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    """Both headers of RFC 8058, whole on the wire; the address works without a session and without a form's token."""
    told(app, accounts.contributor, Wish.AT_ONCE, LetterKind.RECEIVED)
    (message,) = delivered(app, smtp_sink)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<(http://127\.0\.0\.1:8000(/en/letters/[\w.-]+))>", message["List-Unsubscribe"])
    assert found is not None, message["List-Unsubscribe"]
    assert found[1] in text_of(message)
    assert f'href="{found[1]}"' in page_of(message)
    client = signed_in(app, None)
    page = client.get(found[2])
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Set-Cookie" not in page.headers
    assert wished(app, accounts.contributor) == Wish.AT_ONCE, "looking changes nothing: scanners follow links"
    for _ in range(2):
        answer = client.post(found[2], data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
        assert "only when we need an answer" in answer.text
        assert wished(app, accounts.contributor) == Wish.QUESTIONS
    assert wished(app, accounts.stranger) == Wish.AT_ONCE


def test_where_the_operator_has_an_address_a_letter_can_be_left_by_mail(app: Portal, accounts: Accounts) -> None:
    told(app, accounts.contributor, Wish.AT_ONCE, LetterKind.RECEIVED)
    (letter,) = rows(app)
    with app.app_context():
        settings = replace(
            parts().settings,
            base_url="https://memory-road.a-village-with-a-long-name.example.org",
            operator_email="post@a-village-with-a-long-name.example.org",
        )
        message = compose(letter, settings)
    raw = message.as_bytes().decode()
    assert "=?" not in message["List-Unsubscribe"]
    line = next(line for line in raw.splitlines() if line.startswith("List-Unsubscribe:"))
    assert line.endswith(f"<mailto:post@a-village-with-a-long-name.example.org?subject=unsubscribe%20{letter.id}>")
    assert f"<{leave_address(accounts.contributor.actor.id, 'en', settings)}>, <mailto:" in line
    assert max(map(len, raw.splitlines())) < 998


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_what_is_needed_cannot_be_left(app: Portal, accounts: Accounts, smtp_sink: SmtpSink, kind: LetterKind) -> None:
    told(app, accounts.contributor, Wish.AT_ONCE, kind, at=now())
    (message,) = delivered(app, smtp_sink)
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (None, None)
    assert "/letters/" not in text_of(message)


@pytest.mark.parametrize("token", ["nonsense", "MQ.xyz", "1", "x" * 5000])
def test_an_address_that_we_did_not_sign_leaves_nothing(app: Portal, accounts: Accounts, token: str) -> None:
    client = signed_in(app, None)
    assert client.get(f"/en/letters/{token}").status_code == 404
    assert client.post(f"/en/letters/{token}").status_code == 404


def test_the_profile_changes_it_back(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.contributor)
    typed = {"display_name": "Anna", "language": "en"}
    for letters in (Wish.QUESTIONS, Wish.DAILY, Wish.AT_ONCE):
        assert client.send("/en/account/profile", {**typed, "letters": letters}).status_code == 303
        assert wished(app, accounts.contributor) == letters
        assert re.search(f'value="{letters}"[^>]* checked', client.get("/en/account/profile").text)
    refused = client.send("/en/account/profile", {**typed, "letters": "never"})
    assert refused.status_code == 200
    assert wished(app, accounts.contributor) == Wish.AT_ONCE


def wished(app: Portal, person: Person) -> str:
    with app.app_context():
        return db.session.get_one(Account, person.actor.id).letters
