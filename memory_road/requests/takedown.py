"""A contributor asks that an entry be taken down."""

from sqlalchemy import func, select

from memory_road.accounts.permissions import Actor
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.archive.queries import entry
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.mail.letter import LetterKind
from memory_road.requests.case import let_wait
from memory_road.requests.entry_request import GROUNDS, EntryRequest, RequestKind, RequestState
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import words

MOST_OPEN = 20
"""So many requests of one account may wait at a time."""


def ask_for_takedown(participant_id: str, actor: Actor, ground: str, said: str) -> EntryRequest:
    """Ask, in the present transaction; the asker gets a letter. Raises ``RequestRefused``."""
    participant = entry(participant_id)
    if participant is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    if ground not in GROUNDS[RequestKind.TAKEDOWN]:
        raise RequestRefused(RequestRefusal.GROUND_MISSING)
    said = words(said)
    # A double click sends two requests at once: the second waits here, and finds what the first has asked.
    asker = db.session.execute(
        select(Account).where(Account.id == actor.id).with_for_update(key_share=True)
    ).scalar_one()
    waiting = open_takedown(participant.id, actor)
    if waiting is not None:
        raise RequestRefused(RequestRefusal.ASKED_ALREADY)
    mine = (EntryRequest.account_id == actor.id, EntryRequest.state == RequestState.OPEN)
    if (db.session.scalar(select(func.count()).select_from(EntryRequest).where(*mine)) or 0) >= MOST_OPEN:
        raise RequestRefused(RequestRefusal.TOO_MANY_OPEN)
    made = EntryRequest(
        participant_id=participant.id,
        kind=RequestKind.TAKEDOWN,
        ground=ground,
        words=said,
        account_id=actor.id,
        language=asker.language,
    )
    db.session.add(made)
    db.session.flush()
    let_wait(made)
    name = full_name(participant.facts)
    tell(asker, LetterKind.REQUEST_RECEIVED, name=name, request=made.id)
    return made


def open_takedown(participant_id: str, actor: Actor) -> EntryRequest | None:
    """What the actor has asked about the entry and is not answered yet."""
    return db.session.scalar(
        select(EntryRequest).where(
            EntryRequest.account_id == actor.id,
            EntryRequest.participant_id == participant_id,
            EntryRequest.kind == RequestKind.TAKEDOWN,
            EntryRequest.state == RequestState.OPEN,
        )
    )
