"""Tell the sender of a contribution what became of it."""

from typing import Any

from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.mail.letter import LetterKind


def tell_sender(contribution: Contribution, kind: LetterKind, **content: Any) -> None:
    """Put a letter to the sender into the present transaction, as they wish letters to come."""
    sender = db.session.get_one(Account, contribution.sender_id)
    name = full_name(contribution.facts or {})
    tell(sender, kind, name=name, contribution=contribution.id, **content)
