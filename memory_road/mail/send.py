"""Send the letters that are due: to an SMTP server, or into a folder where the operator can read them."""

import logging
import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, or_, select, update

from memory_road.config import Settings
from memory_road.db import db, now, writing
from memory_road.mail.compose import compose
from memory_road.mail.letter import Letter, is_stale

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
TIMEOUT_SECONDS = 30
LONGEST_WAIT = timedelta(hours=6)


def send_due(settings: Settings, most: int = 50) -> int:
    """Send up to ``most`` due letters, each in transactions of its own; returns how many were sent. One that fails is
    tried again later, after 1, 2, 4 … minutes and at last every six hours; its row says why."""
    sent = 0
    for _ in range(most):
        letter = _lease()
        if letter is None:
            break
        sent += _send(letter, settings)
    return sent


def send_one(settings: Settings, letter_id: str) -> bool:
    """Send the letter ``letter_id`` if it is due and nobody else is at it; tells whether it was sent."""
    letter = _lease(letter_id)
    return letter is not None and _send(letter, settings)


def overdue(most: int, patience: timedelta) -> list[str]:
    """The ids of up to ``most`` letters that are due for longer than ``patience``, the oldest first."""
    waiting = select(Letter.id).where(_is_due(), Letter.due_at <= now() - patience)
    found = list(db.session.scalars(waiting.order_by(Letter.due_at).limit(most)))
    db.session.rollback()
    return found


def _is_due() -> ColumnElement[bool]:
    free = or_(Letter.leased_until.is_(None), Letter.leased_until < now())
    return Letter.sent_at.is_(None) & Letter.daily.is_(False) & (Letter.due_at <= now()) & free & ~is_stale()


def _lease(letter_id: str | None = None) -> Letter | None:
    """Take the lease on a letter: on ``letter_id``, or on the one that is due for longest."""
    due = select(Letter.id).where(_is_due())
    if letter_id is not None:
        due = due.where(Letter.id == letter_id)
    due = due.order_by(Letter.due_at).limit(1)
    # Mostly there is nothing: that is found out without asking for the right to write.
    something = db.session.scalar(due)
    db.session.rollback()
    if something is None:
        return None
    with writing():
        chosen = db.session.scalar(due.with_for_update(skip_locked=True))
        if chosen is None:
            db.session.rollback()
            return None
        db.session.execute(update(Letter).where(Letter.id == chosen).values(leased_until=now() + LEASE))
        db.session.commit()
    letter = db.session.get(Letter, chosen)
    db.session.commit()  # nothing is held open while a server is talked to
    return letter


def _send(letter: Letter, settings: Settings) -> bool:
    letter_id = letter.id
    try:
        message = compose(letter, settings)
        db.session.commit()
        if settings.mail_url:
            _to_server(message, settings.mail_url)
        else:
            _to_folder(message, letter, settings)
        failure = ""
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with one letter, it must not hold up the others
        failure = f"{type(error).__name__}: {error}"
        # Mail servers repeat the address that they refuse: that stands in the letter's row, and in no log.
        log.warning("Letter %s could not be sent now, and will be tried again: %s", letter_id, type(error).__name__)
    db.session.rollback()  # a transaction that began with reading must not go on to write
    with writing():
        # Whoever takes it back, or closes the account that it was for, does not wait until it is sent.
        kept = db.session.get(Letter, letter_id, with_for_update=True, populate_existing=True)
        if kept is not None:
            _note(kept, failure)
        db.session.commit()
    return not failure


def _note(letter: Letter, failure: str) -> None:
    """Write down what came of sending ``letter``: why it failed, or that it was sent. Then it forgets what lets
    somebody in."""
    letter.attempts += 1
    letter.leased_until = None
    letter.last_error = failure
    if failure:
        letter.due_at = now() + min(timedelta(minutes=2 ** min(letter.attempts - 1, 10)), LONGEST_WAIT)
    else:
        letter.sent_at = now()
        letter.forget_secrets()


def _to_server(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    server: smtplib.SMTP
    # A context reads all the authorities that the machine trusts: it is made only for whom it is needed.
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _to_folder(message: EmailMessage, letter: Letter, settings: Settings) -> None:
    folder = settings.data_dir / "mail"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{letter.created_at:%Y%m%dT%H%M%S%f}-{letter.id}.eml"
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(message.as_bytes())
    unfinished.rename(path)
