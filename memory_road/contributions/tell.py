"""Tell the sender of a contribution what became of it."""

from typing import Any

from sqlalchemy import delete, select

from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.mail.letter import DECISIONS, Letter, LetterKind


def tell_sender(contribution: Contribution, kind: LetterKind, **content: Any) -> None:
    """Put a letter to the sender into the present transaction, as they wish letters to come."""
    sender = db.session.get_one(Account, contribution.sender_id)
    name = full_name(contribution.facts or {})
    tell(sender, kind, name=name, contribution=contribution.id, **content)


def forget_letter(contribution: Contribution, taken_back: Decision) -> None:
    """Let the letter about the decision that is taken back never be sent, if it still waits. One about an earlier
    decision, which stands, goes out."""
    waiting = select(Letter).where(
        Letter.account_id == contribution.sender_id,
        Letter.sent_at.is_(None),
        Letter.kind.in_(DECISIONS),
        Letter.created_at >= taken_back.made_at,
    )
    # A letter about an entry of theirs names no contribution.
    about = [
        letter.id for letter in db.session.scalars(waiting) if letter.content.get("contribution") == contribution.id
    ]
    db.session.execute(delete(Letter).where(Letter.id.in_(about)))
