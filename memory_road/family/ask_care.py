"""Proven kin take over where a sender no longer answers: they ask, the carer has time to answer, a moderator
decides."""

from datetime import timedelta

from sqlalchemy import select

from memory_road.accounts.flood import take_turn
from memory_road.accounts.permissions import Actor, may_settle, require
from memory_road.accounts.tell import tell
from memory_road.archive.queries import entry
from memory_road.contributions.contribution import Contribution
from memory_road.db import db, now
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import Relationship
from memory_road.family.carer import ChangeReason, locked_care
from memory_road.family.queries import has_told
from memory_road.family.refusal import FamilyRefusal, FamilyRefused
from memory_road.family.takeover import CarerAnswer, Takeover, TakeoverState
from memory_road.family.transfer import tell_carer, transfer
from memory_road.identifier import is_identifier
from memory_road.mail.letter import LetterKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import optional_words, words

IN_A_DAY = 5
"""For the care of so many entries one account asks: each is a letter to somebody who did not wait for it."""
MOST_TAKEN_BACK = 2
"""Whoever has taken it back so often asks no more for as long as the carer would have had to answer."""


def ask_for_care(
    participant_id: str, actor: Actor, relationship: str, said: str, contribution_id: str, days: int
) -> Takeover:
    """Ask for the care of an entry. ``contribution_id`` is empty or one of the asker's own, whose pictures show who
    they are; ``days`` is how long the carer has. Raises ``RequestRefused``."""
    published = entry(participant_id)
    if published is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    care = locked_care(published.id)
    if care.holder_id == actor.id:
        raise FamilyRefused(FamilyRefusal.CARE_IS_YOURS)
    if relationship not in set(Relationship):
        raise FamilyRefused(FamilyRefusal.RELATIONSHIP_MISSING)
    told = words(said)
    shown = _own_sent(contribution_id, actor)
    _require_first_time(published.id, actor, days)
    if not take_turn(f"takeover:{actor.id}", IN_A_DAY, IN_A_DAY):
        raise FamilyRefused(FamilyRefusal.TOO_MANY_TAKEOVERS)
    takeover = Takeover(
        participant_id=published.id,
        asker_id=actor.id,
        relationship_to=relationship,
        words=told,
        contribution_id=shown,
        days=days,
    )
    takeover.ask(care.holder_id)
    db.session.add(takeover)
    db.session.flush()
    name = full_name(published.facts)
    tell(takeover.asker, LetterKind.CARE_ASKING, name=name, takeover=takeover.id, days=str(days))
    if takeover.carer is not None:
        tell_carer(takeover, takeover.carer)
    return takeover


def answer_kin(takeover_id: str, actor: Actor, answer: str, said: str) -> Takeover:
    """The carer agrees or objects; then a moderator decides at once. Raises ``RequestRefused``."""
    takeover = _waiting(takeover_id)
    if takeover.carer_id != actor.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    if answer not in {CarerAnswer.AGREES, CarerAnswer.OBJECTS}:
        raise FamilyRefused(FamilyRefusal.ANSWER_NOT_CHOSEN)
    told = words(said) if answer == CarerAnswer.OBJECTS else optional_words(said)
    takeover.answer, takeover.carer_words = CarerAnswer(answer), told
    takeover.answered_at = takeover.decide_from_at = now()
    db.session.flush()
    return takeover


def withdraw_asking(takeover_id: str, actor: Actor) -> Takeover:
    """Whoever asked no longer does. Raises ``RequestRefused``."""
    takeover = _waiting(takeover_id)
    if takeover.asker_id != actor.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    takeover.state, takeover.closed_at = TakeoverState.WITHDRAWN, now()
    db.session.flush()
    return takeover


def may_decide_care(takeover: Takeover, actor: Actor) -> bool:
    """Whether the actor moderates the entry, is neither of the two, and has told nothing of it: that is their kin."""
    family = has_told(actor, takeover.participant_id)
    return not family and may_settle(actor, takeover.participant.place, takeover.asker_id, takeover.carer_id)


def decide_care(takeover_id: str, actor: Actor, decision: str, message: str, note: str = "") -> Takeover:
    """A moderator whom it does not concern gives the care to whoever asked (``granted``), or not (``refused``); both
    get a letter. Raises ``RequestRefused`` or ``NotPermitted``."""
    takeover = _waiting(takeover_id)
    require(may_decide_care(takeover, actor))
    if decision not in {TakeoverState.GRANTED, TakeoverState.REFUSED}:
        raise FamilyRefused(FamilyRefusal.DECISION_MISSING)
    told, note = words(message, RequestRefusal.ANSWER_MISSING), optional_words(note)
    if takeover.decide_from_at > now():
        raise FamilyRefused(FamilyRefusal.CARER_HAS_TIME)
    takeover.state, takeover.closed_at, takeover.decided_by_id = TakeoverState(decision), now(), actor.id
    takeover.message, takeover.note = told, note
    db.session.flush()
    if takeover.state is TakeoverState.GRANTED:
        transfer(locked_care(takeover.participant_id), takeover.asker_id, ChangeReason.TAKEN_OVER, actor.id)
    _tell_both(takeover)
    return takeover


def _own_sent(contribution_id: str, actor: Actor) -> str | None:
    if not contribution_id:
        return None
    found = db.session.get(Contribution, contribution_id) if is_identifier(contribution_id) else None
    if found is None or found.sender_id != actor.id or found.submitted_at is None:
        raise FamilyRefused(FamilyRefusal.NO_SUCH_CONTRIBUTION)
    return found.id


def _require_first_time(participant_id: str, actor: Actor, days: int) -> None:
    """The carer is left in peace for as long as they had to answer."""
    mine = select(Takeover).where(Takeover.asker_id == actor.id, Takeover.participant_id == participant_id)
    if db.session.scalar(mine.where(Takeover.state == TakeoverState.WAITING)) is not None:
        raise FamilyRefused(FamilyRefusal.TAKEOVER_ASKED_ALREADY)
    lately = mine.where(Takeover.closed_at > now() - timedelta(days=days)).order_by(Takeover.made_at.desc())
    ended = [takeover.state for takeover in db.session.scalars(lately.limit(MOST_TAKEN_BACK))]
    if TakeoverState.REFUSED in ended:
        raise FamilyRefused(FamilyRefusal.TAKEOVER_DECIDED_LATELY)
    if ended.count(TakeoverState.WITHDRAWN) >= MOST_TAKEN_BACK:
        raise FamilyRefused(FamilyRefusal.TAKEOVER_TAKEN_BACK)


def _waiting(takeover_id: str) -> Takeover:
    """What still waits, held until the transaction ends, and the care of its entry before it, as everywhere."""
    found = db.session.get(Takeover, takeover_id) if is_identifier(takeover_id) else None
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    locked_care(found.participant_id)
    found = db.session.get(Takeover, takeover_id, with_for_update={"of": Takeover}, populate_existing=True)
    if found is None:  # whoever asked has closed the account meanwhile
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    if found.state != TakeoverState.WAITING:
        raise FamilyRefused(FamilyRefusal.TAKEOVER_OVER)
    return found


def _tell_both(takeover: Takeover) -> None:
    content = {
        "name": takeover.participant.called,
        "message": takeover.message,
        "entry": takeover.participant_id,
        "granted": "yes" if takeover.state == TakeoverState.GRANTED else "",
    }
    tell(takeover.asker, LetterKind.CARE_DECIDED, **content, takeover=takeover.id)
    if takeover.carer is not None:
        tell(takeover.carer, LetterKind.CARE_DECIDED, **content, takeover="")
