"""Appeal against the decision not to publish: once freely, later only with something new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, Reason
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import RefusalCode, Refused, move, written
from memory_road.contributions.queries import decisions_about, own
from memory_road.contributions.tell import tell_sender
from memory_road.contributions.told import told_state
from memory_road.facts.document import Facts, FactValue, Typed, records_of
from memory_road.facts.fields import FIELD
from memory_road.facts.read import is_web_address, plain_name
from memory_road.mail.letter import LetterKind

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Past:
    """What an appeal looks back on: one move, its reason, and what was written with it."""

    move: Move
    reason: str = ""
    message: str = ""


def appeal_refusal(past: Sequence[Past], message: str, new_evidence: bool) -> RefusalCode | None:
    """Why there is no appeal after ``past``, the first move first; ``None``: there is one. ``new_evidence`` says that
    it brings a source or a picture that was not there when it was last decided."""
    if not may_appeal(past):
        return RefusalCode.NO_APPEAL
    if not message:
        return RefusalCode.APPEAL_EMPTY
    earlier = {" ".join(each.message.split()) for each in past if each.move is Move.APPEAL}
    if " ".join(message.split()) in earlier:
        return RefusalCode.APPEAL_REPEATED
    return RefusalCode.EVIDENCE_MISSING if earlier and not new_evidence else None


def may_appeal(past: Sequence[Past]) -> bool:
    """Whether there can be an appeal at all: not where it was abuse."""
    reasons = [each.reason for each in past if each.move is Move.REJECT]
    return bool(reasons) and reasons[-1] != Reason.ABUSE


def needs_evidence(past: Sequence[Past]) -> bool:
    """Whether an appeal must bring something new: it is not the first."""
    return any(each.move is Move.APPEAL for each in past)


def past_of(decisions: Sequence[Decision]) -> list[Past]:
    """``decisions`` as the rules look back on them."""
    return [
        Past(Move(each.move), each.reason, each.words.message if each.words is not None else "") for each in decisions
    ]


def appeal(
    contribution_id: str, actor: Actor, message: str, source: str = "", pictures: Collection[str] = ()
) -> Contribution:
    """Ask a senior moderator to look at it once more; the sender gets a letter. ``source`` is one that was not named
    before, in words or as a web address, and joins the contribution's sources. ``pictures`` are the SHA-256 digests of
    pictures that come with it and are to ``join`` the contribution afterwards. Raises ``Refused``."""
    message, source = written(message), plain_name(source)
    if len(source) > LONGEST_SOURCE:
        raise Refused(RefusalCode.TOO_LONG)
    contribution = own(contribution_id, actor)
    if told_state(contribution) != contribution.state:  # it can still be taken back, and nobody was told of it
        raise Refused(RefusalCode.MOVED_ON)
    source_is_new = bool(source) and source not in _named(contribution.facts or {})
    is_new = source_is_new or bool(set(pictures) - {kept.sha256 for kept in contribution.photographs})
    refusal = appeal_refusal(past_of(decisions_about(contribution_id)), message, is_new)
    if refusal is not None:
        raise Refused(refusal)
    move(contribution, Move.APPEAL, actor, message=message)
    if source_is_new:
        contribution.facts = _with_source(contribution.facts or {}, source)
        contribution.typed = _with_source(contribution.typed, source)
    tell_sender(contribution, LetterKind.APPEALED)
    return contribution


def _named(facts: Facts) -> set[str]:
    return {value for record in records_of(facts, "references") for value in record.values()}


def _with_source(document: Typed, source: str) -> dict[str, FactValue]:
    records = records_of(document, "references")
    if len(records) >= FIELD["references"].most:
        raise Refused(RefusalCode.TOO_MANY_SOURCES)
    return {**document, "references": [*records, {"url" if is_web_address(source) else "archive": source}]}
