"""Letters: written with what they tell, sent once, tried again when it fails, in their reader's language."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from jinja2.meta import find_undeclared_variables
from markupsafe import escape
from sqlalchemy import func, select, update

from memory_road.accounts import code
from memory_road.config import Settings
from memory_road.contributions.move import Refused
from memory_road.db import db, now
from memory_road.family import invitation
from memory_road.jobs.tidy import forget_stale_letters
from memory_road.mail.compose import compose
from memory_road.mail.letter import LAST_WORD, LASTS, SECRETS, Letter, LetterKind, write
from memory_road.mail.send import LONGEST_WAIT, overdue, send_due
from memory_road.mail.words import SUFFIX, TEMPLATES
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject
from memory_road.people import invite
from memory_road.searches.kept_search import UNCONFIRMED
from memory_road.web.edge import Portal
from tests.application import Accounts, filled_in, send_in, work
from tests.smtp import SmtpSink, page_of, text_of


def make(app: Portal, recipient: str = "reader@example.org") -> str:
    with work(app):
        letter = write(LetterKind.NEW_PASSWORD, recipient, "en", address="http://127.0.0.1:8000/en/account/reset/x")
        db.session.flush()
        return letter.id


def send(app: Portal, settings: Settings) -> int:
    with app.app_context():
        return send_due(settings)


def row(app: Portal) -> Letter:
    with app.app_context():
        return db.session.execute(select(Letter)).scalar_one()


def due_now(app: Portal) -> None:
    with work(app):
        db.session.execute(update(Letter).values(due_at=now()))


def test_a_letter_is_written_with_what_it_tells_or_not_at_all(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
    with app.app_context():
        reject(case, accounts.moderator.actor, "other", "Нет.")
        db.session.rollback()
    with pytest.raises(Refused), work(app):
        reject(case, accounts.second_moderator.actor, "other", "Нет.")
    with app.app_context():
        assert db.session.scalars(select(Letter.kind)).all() == [LetterKind.RECEIVED]


def test_a_letter_goes_to_the_server_once(app: Portal, settings: Settings, smtp_sink: SmtpSink) -> None:
    identifier = make(app)
    with_server = replace(settings, mail_url=smtp_sink.url)
    assert send(app, with_server) == 1
    assert send(app, with_server) == 0
    (message,) = smtp_sink.messages
    assert message["Message-ID"] == f"<{identifier}@127.0.0.1>"
    assert (message["Subject"], message["To"]) == ("A new password", "reader@example.org")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert "http://127.0.0.1:8000/en/account/reset/x" in text_of(message).splitlines()
    assert 'href="http://127.0.0.1:8000/en/account/reset/x"' in page_of(message)
    sent = row(app)
    assert (sent.attempts, sent.last_error, sent.leased_until, sent.sent_at is None) == (1, "", None, False)


def test_a_letter_that_was_refused_is_sent_later_as_the_same_letter(
    app: Portal, settings: Settings, smtp_sink: SmtpSink
) -> None:
    identifier = make(app)
    with_server = replace(settings, mail_url=smtp_sink.url)
    smtp_sink.answer = "451 try again later"
    for attempt, minutes in enumerate((1, 2, 4), start=1):
        assert send(app, with_server) == 0
        waits = row(app)
        assert waits.attempts == attempt
        assert "451" in waits.last_error
        assert waits.due_at - now() == pytest.approx(timedelta(minutes=minutes), abs=timedelta(seconds=5))
        assert send(app, with_server) == 0, "before its time it is left alone"
        assert row(app).attempts == attempt
        due_now(app)
    smtp_sink.answer = "250 OK"
    assert send(app, with_server) == 1
    assert [message["Message-ID"] for message in smtp_sink.messages] == [f"<{identifier}@127.0.0.1>"]


SECRET_WORDS = {"code": "012345", "address": "http://127.0.0.1:8000/en/account/reset/x", "token": "a-secret-token"}
"""What of a letter lets somebody in."""


def secret_letter(app: Portal, kind: LetterKind) -> str:
    """A letter with everything that its kind may carry; gives its id."""
    said: dict[str, Any] = {"name": "Тян Анна", "giver": "", "words": "", "entry": "000000001", "closing": ""}
    with work(app):
        letter = write(kind, "reader@example.org", "en", **{**said, **SECRET_WORDS})
        db.session.flush()
        return letter.id


def rows_as_text(app: Portal) -> str:
    with app.app_context():
        return str([list(found) for found in db.session.execute(select(Letter.__table__))])


@pytest.mark.parametrize("kind", sorted(LASTS))
def test_a_sent_letter_forgets_what_lets_somebody_in(
    app: Portal, settings: Settings, smtp_sink: SmtpSink, kind: LetterKind
) -> None:
    secret_letter(app, kind)
    with_server = replace(settings, mail_url=smtp_sink.url)
    smtp_sink.answer = "451 try again later"
    assert send(app, with_server) == 0
    assert row(app).content["token"] == SECRET_WORDS["token"], "until it is sent it needs them"
    smtp_sink.answer = "250 OK"
    due_now(app)
    assert send(app, with_server) == 1
    assert [word for word in SECRET_WORDS.values() if word in rows_as_text(app)] == []
    assert row(app).content["name"] == "Тян Анна"
    (message,) = smtp_sink.messages
    assert [word for word in SECRET_WORDS.values() if word in text_of(message)], "its receiver has them"


@pytest.mark.parametrize("kind", [*sorted(LASTS), LetterKind.CLOSED])
def test_a_letter_that_opens_nothing_any_more_is_neither_sent_nor_kept(
    app: Portal, settings: Settings, tmp_path: Path, kind: LetterKind
) -> None:
    secret_letter(app, kind)
    lasts, minute = {**LASTS, LetterKind.CLOSED: LAST_WORD}[kind], timedelta(minutes=1)
    with work(app):
        db.session.execute(update(Letter).values(created_at=now() - lasts + minute))
    with app.app_context():
        assert forget_stale_letters() == 0
        assert len(overdue(9, timedelta(0))) == 1
    with work(app):
        db.session.execute(update(Letter).values(created_at=now() - lasts))
    assert send(app, replace(settings, data_dir=tmp_path)) == 0
    with app.app_context():
        assert overdue(9, timedelta(0)) == []
        assert forget_stale_letters() == 1
        assert db.session.scalars(select(Letter)).all() == []


def test_other_letters_wait_for_ever(app: Portal) -> None:
    with work(app):
        write(LetterKind.RECEIVED, "reader@example.org", "en", name="Тян Анна", contribution="000000001")
        db.session.execute(update(Letter).values(created_at=now() - timedelta(days=400)))
    with app.app_context():
        assert forget_stale_letters() == 0
        assert len(overdue(9, timedelta(0))) == 1


def test_letters_last_as_long_as_what_they_carry(app: Portal) -> None:
    confirm, reset = (app.config[f"SECURITY_{name}_WITHIN"] for name in ("CONFIRM_EMAIL", "RESET_PASSWORD"))
    assert {
        LetterKind.CODE: code.VALID,
        LetterKind.CONFIRM: confirm,
        LetterKind.REGISTERED_ALREADY: reset,
        LetterKind.NEW_PASSWORD: reset,
        LetterKind.STAFF_INVITED: invite.VALID,
        LetterKind.CARE_OFFERED: invitation.VALID,
        LetterKind.CARE_LEFT: invitation.VALID,
        LetterKind.SEARCH_ASKED: UNCONFIRMED,
    } == LASTS


def test_whatever_carries_a_secret_has_an_end() -> None:
    templates = {path.stem: Environment().parse(path.read_text("utf-8")) for path in TEMPLATES.glob(f"*{SUFFIX}")}  # noqa: S701
    speaks = {name for name, words in templates.items() if find_undeclared_variables(words) & set(SECRETS)}
    assert speaks == set(LASTS)


def test_a_letter_is_tried_at_least_every_six_hours(app: Portal, settings: Settings, tmp_path: Path) -> None:
    make(app)
    with work(app):
        db.session.execute(update(Letter).values(attempts=200))
    assert send(app, replace(settings, mail_url="smtp://127.0.0.1:1")) == 0
    assert row(app).due_at - now() <= LONGEST_WAIT
    assert "Error" in row(app).last_error


def test_what_another_worker_is_sending_is_left_to_it(app: Portal, settings: Settings, tmp_path: Path) -> None:
    make(app)
    with work(app):
        db.session.execute(update(Letter).values(leased_until=now() + timedelta(minutes=1)))
    to_folder = replace(settings, data_dir=tmp_path)
    assert send(app, to_folder) == 0
    with work(app):
        db.session.execute(update(Letter).values(leased_until=now() - timedelta(seconds=1)))
    assert send(app, to_folder) == 1, "a worker that died does not keep it for ever"


def test_what_a_mail_server_answers_stands_in_no_log(
    app: Portal, settings: Settings, smtp_sink: SmtpSink, caplog: pytest.LogCaptureFixture
) -> None:
    """It mostly repeats the address that it refuses."""
    identifier = make(app)
    with app.app_context():
        address = db.session.get_one(Letter, identifier).recipient
    smtp_sink.answer = f"550 5.1.1 <{address}>: Recipient address rejected"
    assert send(app, replace(settings, mail_url=smtp_sink.url)) == 0
    assert address not in caplog.text
    assert identifier in caplog.text, "by which the operator finds the letter, and in its row why"
    assert address in row(app).last_error


def test_a_letter_that_cannot_be_put_together_holds_up_no_other(
    app: Portal, settings: Settings, tmp_path: Path
) -> None:
    with work(app):
        write(LetterKind.RETURNED, "reader@example.org", "en", contribution="000000000")  # lacks name and message
        db.session.flush()
    make(app, "other@example.org")
    assert send(app, replace(settings, data_dir=tmp_path)) == 1
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
    with app.app_context():
        failed = db.session.execute(select(Letter).where(Letter.sent_at.is_(None))).scalar_one()
        assert (failed.attempts, failed.recipient) == (1, "reader@example.org")
        assert failed.last_error


def test_without_a_server_letters_lie_in_a_folder_for_the_operator(
    app: Portal, settings: Settings, tmp_path: Path
) -> None:
    make(app)
    assert send(app, replace(settings, data_dir=tmp_path)) == 1
    (path,) = (tmp_path / "mail").iterdir()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (letter["To"], letter["Subject"]) == ("reader@example.org", "A new password")
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0, "letters hold links that open accounts"


@pytest.mark.parametrize(
    ("kind", "language", "parts_of_it"),
    [
        (LetterKind.RECEIVED, "en", ["Тян <b>Анна</b> & Co", "/en/my/000000001", "000000001"]),
        (LetterKind.APPROVED, "en", ["Тян <b>Анна</b> & Co", "http://127.0.0.1:8000/p/000000002"]),
        (LetterKind.RETURNED, "en", ["Откуда это?", "/en/contribute/000000001"]),
        (LetterKind.REJECTED, "en", ["Откуда это?", "/en/my/000000001"]),
        (LetterKind.RECEIVED, "ru", ["Спасибо", "/ru/my/000000001"]),
        (LetterKind.APPROVED, "ru", ["Тян <b>Анна</b> & Co", "/p/000000002"]),
        (LetterKind.RETURNED, "ru", ["Откуда это?", "/ru/contribute/000000001"]),
        (LetterKind.REJECTED, "ru", ["Откуда это?", "/ru/my/000000001"]),
    ],
)
def test_a_letter_says_what_happened_in_the_readers_language(
    settings: Settings, kind: LetterKind, language: str, parts_of_it: list[str]
) -> None:
    content = {
        "name": "Тян <b>Анна</b> & Co",
        "message": "Откуда это?",
        "contribution": "000000001",
        "entry": "000000002",
        "reason": "other",
    }
    message = compose(letter_of(kind, language, **content), settings)
    assert message["Content-Language"] == language
    assert "\n" not in message["Subject"]
    assert message["Subject"].strip()
    for part in parts_of_it:
        assert part in text_of(message)
        assert escape(part) in page_of(message)


def letter_of(kind: LetterKind, language: str = "en", **content: str) -> Letter:
    letter = Letter(id="000000003", kind=kind, recipient="a@example.org", language=language, content=content)
    letter.created_at = now()
    return letter


def test_letters_about_one_contribution_stand_together(settings: Settings) -> None:
    said: dict[str, Any] = {"name": "Тян Анна", "message": "Откуда это?", "entry": "000000002", "reason": "other"}
    first = compose(letter_of(LetterKind.RECEIVED, contribution="000000001", **said), settings)
    later = compose(letter_of(LetterKind.RETURNED, contribution="000000001", **said), settings)
    other = compose(letter_of(LetterKind.RECEIVED, contribution="000000009", **said), settings)
    for header in ("In-Reply-To", "References"):
        assert first[header] == later[header] == "<contribution-000000001@127.0.0.1>"
        assert other[header] != first[header]
    account = compose(letter_of(LetterKind.PASSWORD_CHANGED), settings)
    assert account["References"] is None


def test_the_page_of_a_letter_fetches_nothing_and_runs_nothing(settings: Settings) -> None:
    """Whatever somebody wrote, it is text: no picture tells the sender that a letter was opened."""
    hostile = '<img src="https://spy.example/x.png"><script>alert(1)</script> {{ 7 * 7 }} %(name)s'
    letter = letter_of(LetterKind.RETURNED, name=hostile, message=hostile, contribution="000000001", reason="other")
    page = page_of(compose(letter, settings))
    assert not re.search(r"<(img|script|link|iframe)|url\(|@import|style=", page)
    assert str(escape(hostile)) in page
    assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) == {"http://127.0.0.1:8000/en/contribute/000000001"}


def test_what_somebody_wrote_keeps_its_lines(settings: Settings) -> None:
    written = "Дорогая Анна!\n\nОткуда это?\nС уважением"
    letter = letter_of(LetterKind.RETURNED, name="Тян", message=written, contribution="000000001", reason="other")
    message = compose(letter, settings)
    assert written in text_of(message)
    assert f"<blockquote>{written}</blockquote>" in page_of(message)
    assert "white-space: pre-line" in page_of(message)


def test_no_name_adds_a_header(settings: Settings) -> None:
    named = "Anna\r\nBcc: victim@example.org"
    message = compose(letter_of(LetterKind.APPROVED, name=named, contribution="000000001", entry="000000002"), settings)
    assert message["Bcc"] is None
    assert message["Subject"] == "Published: Anna Bcc: victim@example.org"


def test_every_submission_is_confirmed_to_its_sender(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor, form=filled_in({"surname": "Тян"}))
    letter = row(app)
    assert (letter.kind, letter.recipient) == (LetterKind.RECEIVED, accounts.contributor.email)
    assert letter.content == {"name": "Тян Анна", "contribution": case}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 1
