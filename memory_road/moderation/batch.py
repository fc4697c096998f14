"""Several cases of one sender: what they have sent before, and new entries that wait and are decided together."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from memory_road.accounts.permissions import Actor, may_decide, may_read
from memory_road.accounts.tell import undo_time
from memory_road.cases import Case, CaseKind
from memory_road.contributions.bad_picture import bad_among
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import CaseFlag, Flag
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import matter, readable
from memory_road.db import db, now
from memory_road.facts.vocabulary import Living
from memory_road.moderation.approval import Approval
from memory_road.moderation.claim import Claim, claim
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.recognise import alike_in
from memory_road.moderation.same_person import Namesakes
from memory_road.moderation.undo import undo, undoable_by

MOST_TOGETHER = 20
MOST_LOOKED_BACK = 100
MOST_NAMED = 8
MOST_READ = 3 * MOST_NAMED
"""Documents can be long: no more of them are read to find some that the reader may see."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a sender has sent besides a case: how many of the last ``MOST_LOOKED_BACK`` are in each state, and of
    the last ``MOST_READ`` the first few that the reader may read."""

    states: dict[State, int]
    newest: Sequence[Contribution]


def sent_before(contribution: Contribution, actor: Actor) -> Before:
    """What else the sender of a case has sent."""
    others = (
        Contribution.sender_id == contribution.sender_id,
        Contribution.id != contribution.id,
        Contribution.submitted_at.is_not(None),
        Contribution.facts.is_not(None),
    )
    newest_first = Contribution.updated_at.desc()
    states = select(Contribution.state).where(*others).order_by(newest_first).limit(MOST_LOOKED_BACK)
    looked_at = select(Contribution).where(*others).order_by(newest_first).limit(MOST_READ)
    newest = [each for each in db.session.scalars(looked_at) if may_read(actor, *matter(each))][:MOST_NAMED]
    return Before(dict(Counter(map(State, db.session.scalars(states)))), newest)


def together(contribution_id: str, actor: Actor) -> Sequence[Contribution]:
    """The oldest new entries of a case's sender that wait and that the actor may decide: at most ``MOST_TOGETHER`` of
    the first ``MOST_LOOKED_BACK``. Left out is what another works on, and whatever must be opened by itself: what is
    marked for more than coming with much else, what was told by somebody else, where somebody may be living, and where
    another moderator has changed or left out a fact. Raises ``Refused``."""
    ids = _ids_together(readable(contribution_id, actor), actor)
    waiting = select(Contribution).where(Contribution.id.in_(ids)).options(selectinload(Contribution.photographs))
    found = {each.id: each for each in db.session.scalars(waiting)} if ids else {}
    return [found[each] for each in ids if each in found and not bad_among(found[each].photographs)]


def number_together(contribution: Contribution, actor: Actor) -> int:
    """How many ``together`` gives, and those whose pictures were found to be bad since they were sent."""
    return len(_ids_together(contribution, actor))


def _ids_together(contribution: Contribution, actor: Actor) -> list[str]:
    oldest = (
        select(Case.id, Case.language, Case.country, Case.since)
        .where(Case.sender_id == contribution.sender_id, Case.kind == CaseKind.ENTRY)
        .order_by(Case.since, Case.id)
        .limit(MOST_LOOKED_BACK)
        .subquery()
    )
    key = oldest.c.id
    elsewhere = exists().where(Claim.case_id == key, Claim.expires_at > now(), Claim.moderator_id != actor.id)
    marked = exists().where(CaseFlag.contribution_id == key, CaseFlag.flag != Flag.MANY_AT_ONCE)
    plain = (
        select(key, oldest.c.language, oldest.c.country, Contribution.voted_by_id, Contribution.approval)
        .join(Contribution, Contribution.id == key)
        .where(
            Contribution.assisted.is_(False),
            Contribution.living_faces.in_(("", Living.NO.value)),
            Contribution.facts["living"].as_string() == Living.NO.value,
            ~elsewhere,
            ~marked,
        )
        .order_by(oldest.c.since, key)
    )
    free = [
        case_id
        for case_id, language, country, voted_by_id, approval in db.session.execute(plain)
        if voted_by_id != actor.id
        and not (approval or {}).get("choices")
        and may_decide(actor, contribution.sender_id, language, country)
    ]
    return free[:MOST_TOGETHER]


def stands_alone(contribution: Contribution, namesakes: Namesakes) -> bool:
    """Whether nobody else may be the person of a case, which has these ``namesakes``, and no other picture is like one
    of its own: then a look at the case itself is enough."""
    return not namesakes.published and not namesakes.sent and not alike_in(contribution)


Outcome = dict[str, RefusalCode | None]
"""What became of each, by its id: why it could not be decided, or nothing."""


def approve_together(contribution_ids: Collection[str], actor: Actor, two_for: frozenset[str] = frozenset()) -> Outcome:
    """Approve each as it was sent; of each the moderator has said that it exposes nobody living. What cannot be
    approved stays as it was."""
    return _each(contribution_ids, actor, lambda each: approve(each, actor, Approval(True), two_for=two_for))


def return_together(
    contribution_ids: Collection[str], actor: Actor, reason: str, message: str, note: str = ""
) -> Outcome:
    """Return each with the same reason and message; of each the sender gets the usual letter."""
    return _each(contribution_ids, actor, lambda each: return_to_sender(each, actor, reason, message, note))


def reject_together(
    contribution_ids: Collection[str], actor: Actor, reason: str, message: str, note: str = ""
) -> Outcome:
    """Do not publish any of them, with the same reason and message."""
    return _each(contribution_ids, actor, lambda each: reject(each, actor, reason, message, note))


def decided_lately(contribution_id: str, actor: Actor) -> Sequence[Contribution]:
    """What the actor has decided of a case's sender and can still take back, the last first, at most
    ``MOST_TOGETHER``. Raises ``Refused``."""
    sender_id = readable(contribution_id, actor).sender_id
    lately = (
        select(Contribution)
        .where(Contribution.sender_id == sender_id, Contribution.updated_at > now() - undo_time())
        .order_by(Contribution.updated_at.desc())
        .limit(MOST_LOOKED_BACK)
    )
    found = [each for each in db.session.scalars(lately) if may_decide(actor, *matter(each))]
    return [each for each in found if undoable_by(each, actor)][:MOST_TOGETHER]


def undo_together(contribution_ids: Collection[str], actor: Actor) -> Outcome:
    """Take back each of several decisions; what others have gone on with stays as it is."""
    return _one_by_one(contribution_ids, lambda each: undo(each, actor))


def _each(contribution_ids: Collection[str], actor: Actor, verb: Callable[[str], object]) -> Outcome:
    def taken(identifier: str) -> object:
        claim(identifier, actor)
        return verb(identifier)

    return _one_by_one(contribution_ids, taken)


def _one_by_one(contribution_ids: Collection[str], verb: Callable[[str], object]) -> Outcome:
    outcome: Outcome = {}
    for identifier in sorted(contribution_ids):  # always in one order, so that two at once do not wait for each other
        try:
            with db.session.begin_nested():
                verb(identifier)
            outcome[identifier] = None
        except Refused as refused:
            outcome[identifier] = refused.code
    return outcome
