"""Tell those who have the care of entries what was decided about them."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import or_, select

from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.family.carer import Care
from memory_road.mail.letter import Letter, LetterKind


def tell_carers(names: Mapping[str, str], kind: LetterKind, **content: Any) -> None:
    """Put a letter to each carer of the entries, whose names are given by their ids, into the present transaction;
    whoever has the care of several gets one. It waits for the time in which the decision can be undone."""
    for carer, participant_id in _carers(names).items():
        account = db.session.get_one(Account, carer)
        tell(account, kind, entry=participant_id, name=names[participant_id], **content)


def take_back_from_carers(participant_ids: Collection[str], kind: LetterKind, **content: Any) -> bool:
    """Take back the letters of this kind about the entries, and with this ``content``, that were not sent yet, since
    what they tell holds no longer; whether there were any, so that nothing needs to be told."""
    free = or_(Letter.leased_until.is_(None), Letter.leased_until < now())
    carers = list(_carers(participant_ids))
    waiting = select(Letter).where(Letter.account_id.in_(carers), Letter.kind == kind, Letter.sent_at.is_(None), free)
    found = [
        letter
        for letter in db.session.scalars(waiting.with_for_update(skip_locked=True))
        if letter.content.get("entry") in participant_ids
        and all(letter.content.get(name) == value for name, value in content.items())
    ]
    for letter in found:
        db.session.delete(letter)
    return bool(found)


def _carers(participant_ids: Collection[str]) -> dict[int, str]:
    """An entry for each account that has the care of one of them, the first in their order."""
    found: dict[int, str] = {}
    for participant_id in participant_ids:
        care = db.session.get(Care, participant_id)
        if care is not None and care.holder_id is not None:
            found.setdefault(care.holder_id, participant_id)
    return found
