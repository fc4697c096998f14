"""Tell whoever has the care of an entry what was decided about it."""

from typing import Any

from sqlalchemy import or_, select

from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.family.carer import carer_of
from memory_road.mail.letter import Letter, LetterKind


def tell_carer(participant_id: str, kind: LetterKind, **content: Any) -> None:
    """Put a letter to the carer into the present transaction; nothing where nobody has the care. It waits for the time
    in which the decision can be undone."""
    carer = carer_of(participant_id)
    if carer is not None:
        tell(db.session.get_one(Account, carer), kind, entry=participant_id, **content)


def take_back(participant_id: str, kind: LetterKind) -> bool:
    """Take back the letter of this kind about an entry that was not sent yet, since what it tells holds no longer;
    whether there was one, so that nothing needs to be told."""
    carer = carer_of(participant_id)
    free = or_(Letter.leased_until.is_(None), Letter.leased_until < now())
    waiting = select(Letter).where(Letter.account_id == carer, Letter.kind == kind, Letter.sent_at.is_(None), free)
    found = [
        letter
        for letter in db.session.scalars(waiting.with_for_update(skip_locked=True))
        if letter.content.get("entry") == participant_id
    ]
    for letter in found:
        db.session.delete(letter)
    return bool(found)
