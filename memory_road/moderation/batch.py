"""Several cases of one sender: what they have sent before, and new entries that wait and are decided together."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from memory_road.accounts.permissions import Actor, may_decide, may_read
from memory_road.cases import Case, CaseKind
from memory_road.contributions.bad_picture import bad_among
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import CaseFlag, Flag
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import matter, readable
from memory_road.db import db, now
from memory_road.facts.document import text_of
from memory_road.facts.vocabulary import Living
from memory_road.moderation.approval import Approval
from memory_road.moderation.claim import Claim, claim
from memory_road.moderation.decide import approve
from memory_road.moderation.recognise import alike_in
from memory_road.moderation.same_person import namesakes_of

MOST_TOGETHER = 20
MOST_LOOKED_BACK = 100
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Before:
    """What a sender has sent besides a case: how many of the last ``MOST_LOOKED_BACK`` are in each state, and the last
    few that the reader may read."""

    states: dict[State, int]
    newest: Sequence[Contribution]


def sent_before(contribution: Contribution, actor: Actor) -> Before:
    """What else the sender of a case has sent."""
    others = (
        select(Contribution)
        .where(
            Contribution.sender_id == contribution.sender_id,
            Contribution.id != contribution.id,
            Contribution.submitted_at.is_not(None),
            Contribution.facts.is_not(None),
        )
        .order_by(Contribution.updated_at.desc())
        .limit(MOST_LOOKED_BACK)
    )
    found = db.session.scalars(others).all()
    newest = [each for each in found if may_read(actor, *matter(each))][:MOST_NAMED]
    return Before(dict(Counter(State(each.state) for each in found)), newest)


def together(contribution_id: str, actor: Actor) -> Sequence[Contribution]:
    """The new entries of a case's sender that wait and that the actor may decide, the oldest first, at most
    ``MOST_TOGETHER``. Left out is what another works on, and whatever must be opened by itself: what is marked for more
    than coming with much else, what was told by somebody else, and where somebody may be living. Raises ``Refused``."""
    sender_id = readable(contribution_id, actor).sender_id
    elsewhere = exists().where(Claim.case_id == Case.id, Claim.expires_at > now(), Claim.moderator_id != actor.id)
    marked = exists().where(CaseFlag.contribution_id == Case.id, CaseFlag.flag != Flag.MANY_AT_ONCE)
    waiting = (
        select(Contribution)
        .join(Case, Case.id == Contribution.id)
        .where(
            Case.sender_id == sender_id,
            Case.kind == CaseKind.ENTRY,
            Contribution.assisted.is_(False),
            Contribution.living_faces.in_(("", Living.NO.value)),
            ~elsewhere,
            ~marked,
        )
        .order_by(Case.since, Case.id)
        .limit(MOST_LOOKED_BACK)
    )
    found = [each for each in db.session.scalars(waiting) if Living.NO.equals(text_of(each.facts or {}, "living"))]
    free = [each for each in found if may_decide(actor, *matter(each)) and each.voted_by_id != actor.id]
    return [each for each in free[:MOST_TOGETHER] if not bad_among(each.photographs)]


def stands_alone(contribution: Contribution) -> bool:
    """Whether nobody else may be the person of a case, and no other picture is like one of its own: then a look at the
    case itself is enough."""
    namesakes = namesakes_of(contribution)
    return not namesakes.published and not namesakes.sent and not alike_in(contribution)


def approve_together(
    contribution_ids: Collection[str], actor: Actor, two_for: frozenset[str] = frozenset()
) -> dict[str, RefusalCode | None]:
    """Approve each as it was sent; of each the moderator has said that it exposes nobody living. What cannot be
    approved stays as it was: why, by its id."""
    outcome: dict[str, RefusalCode | None] = {}
    for identifier in sorted(contribution_ids):  # always in one order, so that two at once do not wait for each other
        try:
            with db.session.begin_nested():
                claim(identifier, actor)
                approve(identifier, actor, Approval(nobody_living_exposed=True), two_for=two_for)
            outcome[identifier] = None
        except Refused as refused:
            outcome[identifier] = refused.code
    return outcome
