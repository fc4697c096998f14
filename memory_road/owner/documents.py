"""What is known of an account beside its contributions, as plain documents that can be written as JSON.

Notes among moderators are in none of them, nor what would let somebody in: links and codes from letters.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jinja2 import UndefinedError
from sqlalchemy import ColumnElement, and_, or_, select

from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account
from memory_road.config import Settings
from memory_road.contributions.parked import ParkedForm
from memory_road.db import Base, db
from memory_road.family.carer import Care
from memory_road.family.correspondence import ContactWish, Correspondence, MessageState, RelativeMessage
from memory_road.family.dispute import DisputeSide
from memory_road.family.invitation import Invitation
from memory_road.family.successor import Successor
from memory_road.family.takeover import Takeover
from memory_road.mail.compose import letter_words
from memory_road.mail.letter import ABOUT_ACCOUNTS, Letter
from memory_road.requests.entry_request import EntryRequest

Plain = dict[str, Any]
"""A document of JSON's types."""


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
        "sessions": _rows(SignIn, SignIn.account_id == account_id, "created_at", "expires_at"),
        "forms_kept": _rows(ParkedForm, ParkedForm.account_id == account_id, "address", "fields", "created_at"),
    }


def letters_document(account_id: int, settings: Settings) -> list[Plain]:
    """The letters that are still kept, in words, the first one first."""
    found = db.session.scalars(select(Letter).where(Letter.account_id == account_id).order_by(Letter.created_at))
    return [_letter(letter, settings) for letter in found]


def _letter(letter: Letter, settings: Settings) -> Plain:
    kept = named(letter, "kind", "recipient", "language", "created_at", "sent_at")
    if letter.kind in ABOUT_ACCOUNTS:
        return kept
    try:
        words = letter_words(letter, settings)
    except UndefinedError:  # one that cannot be sent either: its row says so to the operator
        return kept
    return {**kept, "subject": words.subject, "text": words.as_text()}


def requests_document(account_id: int) -> list[Plain]:
    """What was asked about entries, and the answers."""
    columns = ("id", "participant_id", "kind", "ground", "words", "state", "made_at", "closed_at", "outcome", "answer")
    return _rows(EntryRequest, EntryRequest.account_id == account_id, *columns)


def family_document(account_id: int) -> Plain:
    """The care of entries, and what is told differently in a family."""
    held = _rows(Care, Care.holder_id == account_id, "participant_id", "since_at")
    named_for = Successor.participant_id.in_(select(Care.participant_id).where(Care.holder_id == account_id))
    invited = ("participant_id", "reason", "state", "email", "name", "words", "made_at", "expires_at", "ended_at")
    asked = ("id", "participant_id", "relationship_to", "words", "state", "made_at", "message")
    return {
        "care": held,
        "successors": _rows(Successor, named_for, "participant_id", "name", "email", "named_at"),
        "invitations": _rows(Invitation, Invitation.giver_id == account_id, *invited),
        "care_asked_for": _rows(Takeover, Takeover.asker_id == account_id, *asked),
        "told_differently": _rows(
            DisputeSide, DisputeSide.account_id == account_id, "dispute_id", "words", "asked_at", "told_at"
        ),
        "relatives_wished": _rows(
            ContactWish, ContactWish.account_id == account_id, "participant_id", "wished", "changed_at"
        ),
        "letters_to_relatives": _rows(
            RelativeMessage, RelativeMessage.sender_id == account_id, "words", "state", "made_at", "answer"
        ),
        "letters_from_relatives": _rows(RelativeMessage, _reached(account_id), "words", "made_at"),
    }


def _reached(account_id: int) -> ColumnElement[bool]:
    """What a relative has written to the account, and a moderator has let through."""
    between = select(Correspondence.id).where(
        or_(Correspondence.one_id == account_id, Correspondence.other_id == account_id)
    )
    return and_(
        RelativeMessage.correspondence_id.in_(between),
        RelativeMessage.sender_id != account_id,
        RelativeMessage.state == MessageState.DELIVERED,
    )


def _rows(table: type[Base], which: ColumnElement[bool], *columns: str) -> list[Plain]:
    found: Iterable[Base] = db.session.scalars(select(table).where(which))
    return [named(row, *columns) for row in found]
