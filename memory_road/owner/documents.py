"""What is known of an account beside its contributions, as plain documents that can be written as JSON.

Notes among moderators are in none of them, nor what other people wrote, nor what would let somebody in: links and codes
from letters.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from jinja2 import UndefinedError
from sqlalchemy import ColumnElement, or_, select, tuple_

from memory_road.accounts.passkey import Passkey
from memory_road.accounts.second_factor import app_of
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account
from memory_road.config import Settings
from memory_road.contributions.parked import ParkedForm
from memory_road.contributions.upload import Upload
from memory_road.db import Base, db, now
from memory_road.family.carer import Care
from memory_road.family.correspondence import ContactWish, RelativeMessage
from memory_road.family.dispute import Dispute, DisputeSide
from memory_road.family.invitation import Invitation
from memory_road.family.successor import Successor
from memory_road.family.takeover import Takeover
from memory_road.mail.compose import letter_words
from memory_road.mail.letter import ABOUT_ACCOUNTS, Letter, LetterKind
from memory_road.requests.answer import is_told
from memory_road.requests.entry_request import EntryRequest, RequestState
from memory_road.searches.kept_search import KeptSearch

Plain = dict[str, Any]
"""A document of JSON's types."""
PAGE = 100
"""So many letters are read at once."""
WITHOUT_WORDS = ABOUT_ACCOUNTS | {LetterKind.RELATIVE_WROTE, LetterKind.DISPUTE_ASKED}
"""Of these only is said that they were sent: they hold codes, or what other people wrote."""


def named(row: Base, *columns: str) -> Plain:
    """These columns of a row; points of time as ISO 8601."""
    return {column: _plain(getattr(row, column)) for column in columns}


def _plain(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def account_document(account_id: int) -> Plain:
    """The account itself, where it is signed in, and forms that wait to be gone on with."""
    account = db.session.get_one(Account, account_id)
    columns = ("email", "display_name", "pen_name", "language", "letters", "created_at", "confirmed_at")
    return {
        **named(account, *columns),
        "has_password": account.password is not None,
        "roles": sorted(role.name for role in account.roles),
        "has_authenticator_app": app_of(account_id) is not None,
        "passkeys": _rows(Passkey, Passkey.account_id == account_id, "name", "added_at", "used_at"),
        "sessions": _rows(SignIn, SignIn.account_id == account_id, "created_at", "expires_at"),
        "forms_kept": _rows(ParkedForm, ParkedForm.account_id == account_id, "address", "fields", "created_at"),
        "searches_kept": _rows(
            KeptSearch, KeptSearch.keeper.has(email=account.email), "sought_for", "made_at", "confirmed_at", "ends_at"
        ),
        "uploads_begun": _rows(
            Upload, Upload.account_id == account_id, "contribution_id", "file_name", "length", "received", "created_at"
        ),
    }


def own_letters(account_id: int, settings: Settings) -> Iterator[Plain]:
    """The letters that are still kept and are not held back, in words, the first one first. Between two pages of them
    no transaction is open."""
    place = tuple_(Letter.created_at, Letter.id)
    due = or_(Letter.sent_at.is_not(None), Letter.due_at <= now())
    query = select(Letter).where(Letter.account_id == account_id, due)
    query = query.order_by(Letter.created_at, Letter.id).limit(PAGE)
    following = query
    while True:
        letters = db.session.scalars(following).all()
        last = (letters[-1].created_at, letters[-1].id) if letters else None
        page = [_letter(letter, settings) for letter in letters]
        db.session.rollback()
        yield from page
        if last is None or len(page) < PAGE:
            return
        following = query.where(place > last)


def _letter(letter: Letter, settings: Settings) -> Plain:
    kept = named(letter, "kind", "recipient", "language", "created_at", "sent_at")
    if letter.kind in WITHOUT_WORDS:
        return kept
    try:
        words = letter_words(letter, settings)
    except UndefinedError:  # one that cannot be sent either: its row says so to the operator
        return kept
    return {**kept, "subject": words.subject, "text": words.as_text()}


def requests_document(account_id: int) -> list[Plain]:
    """What was asked about entries, and the answers."""
    found = db.session.scalars(select(EntryRequest).where(EntryRequest.account_id == account_id))
    return [_request(asked) for asked in found]


def _request(asked: EntryRequest) -> Plain:
    document = named(asked, "id", "participant_id", "kind", "ground", "words", "made_at")
    if not is_told(asked):
        return {**document, "state": RequestState.OPEN}
    # What was closed without an answer, such as abuse, is told nowhere else either.
    outcome = asked.outcome if asked.answer else ""
    return {**document, **named(asked, "state", "closed_at", "answer"), "outcome": outcome}


def family_document(account_id: int) -> Plain:
    """The care of entries, what is told differently in a family, and what was written to relatives."""
    held = _rows(Care, Care.holder_id == account_id, "participant_id", "since_at")
    named_for = Successor.participant_id.in_(select(Care.participant_id).where(Care.holder_id == account_id))
    invited = ("participant_id", "reason", "state", "email", "name", "words", "made_at", "expires_at", "ended_at")
    asked = ("id", "participant_id", "relationship_to", "words", "state", "made_at", "message")
    return {
        "care": held,
        "successors": _rows(Successor, named_for, "participant_id", "name", "email", "named_at"),
        "invitations": _rows(Invitation, Invitation.giver_id == account_id, *invited),
        "care_asked_for": _rows(Takeover, Takeover.asker_id == account_id, *asked),
        "answers_to_kin": _rows(
            Takeover, Takeover.carer_id == account_id, "participant_id", "answer", "carer_words", "answered_at"
        ),
        "disagreements_begun": _rows(
            Dispute, Dispute.opener_id == account_id, "id", "participant_id", "subject", "made_at"
        ),
        "told_differently": _rows(
            DisputeSide, DisputeSide.account_id == account_id, "dispute_id", "words", "asked_at", "told_at"
        ),
        "relatives_wished": _rows(
            ContactWish, ContactWish.account_id == account_id, "participant_id", "wished", "changed_at"
        ),
        "letters_to_relatives": _rows(
            RelativeMessage, RelativeMessage.sender_id == account_id, "words", "state", "made_at", "answer"
        ),
    }


def _rows(table: type[Base], which: ColumnElement[bool], *columns: str) -> list[Plain]:
    found: Iterable[Base] = db.session.scalars(select(table).where(which))
    return [named(row, *columns) for row in found]
