"""A moderator answers a request and closes it. Nothing is changed or taken down by that: it is only written down."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from memory_road.accounts.permissions import Actor, may_settle, require
from memory_road.accounts.tell import tell, undo_time
from memory_road.archive.gone import Gone
from memory_road.archive.queries import standing
from memory_road.cases import close_case
from memory_road.db import db, now
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.requests.case import let_wait
from memory_road.requests.entry_request import EntryRequest, Outcome, RequestKind, RequestState
from memory_road.requests.queries import held_request
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import optional_words

ADDRESSES_KEPT = timedelta(days=30)
"""A visitor's address outlasts the answer so long, in case the letter comes back or a question follows."""


def close(
    request_id: str, actor: Actor, carer_id: int | None, outcome: str, answer: str, note: str = ""
) -> EntryRequest:
    """Close a request with its outcome; whoever asked gets a letter, where there is an address, once the answer cannot
    be taken back any more (``moderation.undo_answer``). ``carer_id`` is who has the care of the entry: neither they nor
    the asker decide about it. Raises ``RequestRefused`` or ``NotPermitted``."""
    asked = held_request(request_id)
    require(may_settle(actor, asked.place, asked.account_id, carer_id))
    if asked.state == RequestState.CLOSED:
        raise RequestRefused(RequestRefusal.CLOSED_ALREADY)
    if outcome not in set(Outcome):
        raise RequestRefused(RequestRefusal.OUTCOME_MISSING)
    if Outcome.TAKEN_DOWN.equals(outcome) and not _is_taken_down(asked):
        raise RequestRefused(RequestRefusal.NOT_TAKEN_DOWN)
    answer, note = optional_words(answer), optional_words(note)
    if not answer and needs_answer(asked, outcome):
        raise RequestRefused(RequestRefusal.ANSWER_MISSING)
    asked.state, asked.closed_at, asked.closed_by_id = RequestState.CLOSED, now(), actor.id
    asked.outcome, asked.answer, asked.note = outcome, answer, note
    db.session.flush()
    close_case(asked.id)
    if answer:
        _tell_asker(asked)
    return asked


def _is_taken_down(asked: EntryRequest) -> bool:
    """Whether visitors see the entry no more, nor the one that it has become part of."""
    today = standing(asked.participant_id)
    return today is not None and today.gone_how == Gone.TAKEN_DOWN


def needs_answer(asked: EntryRequest, outcome: str) -> bool:
    """Whether somebody waits for words. Abuse is closed quietly."""
    return bool(asked.account_id or asked.email) and not Outcome.ABUSE.equals(outcome)


def _tell_asker(asked: EntryRequest) -> None:
    mine = asked.id if asked.kind == RequestKind.TAKEDOWN else ""
    name = asked.participant.called
    content: dict[str, Any] = {
        "name": name,
        "message": asked.answer,
        "entry": asked.participant_id,
        "request": mine,
        "answers": asked.id,
    }
    if asked.account is not None:
        tell(asked.account, LetterKind.REQUEST_ANSWERED, **content)
    elif asked.email:
        write(LetterKind.REQUEST_ANSWERED, asked.email, asked.language, after=undo_time(), **content)


def reopen(asked: EntryRequest) -> None:
    """Let a closed request, which is locked, wait as if it had not been answered; the letter is never sent. What was
    written stays in the row until it is answered anew: whoever asked sees none of it while the request waits."""
    waiting = select(Letter).where(Letter.kind == LetterKind.REQUEST_ANSWERED, Letter.sent_at.is_(None))
    waiting = waiting.where(
        Letter.account_id == asked.account_id if asked.account_id is not None else Letter.recipient == asked.email
    )
    about = [letter.id for letter in db.session.scalars(waiting) if letter.content.get("answers") == asked.id]
    db.session.execute(delete(Letter).where(Letter.id.in_(about)))
    asked.state, asked.closed_at, asked.closed_by_id = RequestState.OPEN, None, None
    asked.outcome = ""
    db.session.flush()
    let_wait(asked)


def is_told(asked: EntryRequest) -> bool:
    """Whether the request is answered, and whoever asked knows it."""
    return asked.closed_at is not None and asked.closed_at + undo_time() <= now()


def forget_addresses() -> int:
    """Erase the addresses of visitors whose reports were closed ``ADDRESSES_KEPT`` ago; returns how many."""
    old = select(EntryRequest.id).where(EntryRequest.email != "", EntryRequest.closed_at < now() - ADDRESSES_KEPT)
    erased = update(EntryRequest).where(EntryRequest.id.in_(old)).values(email="").returning(EntryRequest.id)
    return len(db.session.scalars(erased).all())
