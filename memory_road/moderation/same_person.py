"""May this be the same person? What a sender is asked before a contribution goes to the moderators, and what they see.

The sender learns of published entries alone, and is asked of each once. The moderator's page looks anew, and also among
what other people have sent and nobody has decided yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from memory_road.archive.alike import alike
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import entries
from memory_road.contributions.add_to import add_to, stand_alone
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.namesake import also_sent
from memory_road.contributions.same_person import Verdict, keep_verdicts, told_apart, verdicts
from memory_road.facts.document import FactValue
from memory_road.facts.read import Reading
from memory_road.moderation.different_people import told_apart_from


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published entry that may be about the same person. ``photograph`` is its first picture without a veil, None
    where it has none."""

    participant: Participant
    photograph: Photograph | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a moderator sees: an entry, and what the sender answered about it, None where nobody asked."""

    participant: Participant
    answer: Verdict | None


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Who else may be the person of a case: published entries, and other contributions that are not done with."""

    published: Sequence[Known]
    sent: Sequence[Contribution]


def to_ask(contribution: Contribution, facts: Mapping[str, FactValue]) -> list[Candidate]:
    """The entries that the sender has still to be asked about, before a contribution with ``facts`` is submitted. None
    where it is about an entry already."""
    if contribution.about_id is not None:
        return []
    found = alike(facts)
    settled = verdicts(contribution.id).keys() | told_apart(contribution, [entry.id for entry in found])
    return [_candidate(entry) for entry in found if entry.id not in settled]


def answer(contribution: Contribution, answers: Mapping[str, Verdict], reading: Reading) -> bool:
    """Keep what the sender answered, by the entries' ids. The first entry that is about the same person is the one that
    the contribution, which says what is in ``reading``, is added to from now on; returns whether there is one. Others
    are for the moderators to merge. The contribution was read as changeable in the present transaction."""
    keep_verdicts(contribution, answers)
    published = entries(entry for entry, said in answers.items() if said is Verdict.SAME)
    chosen = next((published[entry] for entry in answers if entry in published), None)
    if chosen is None or contribution.about_id is not None:
        return False
    fields = {problem.field.split("-")[0] for problem in reading.problems}
    add_to(contribution, chosen.id, chosen.facts, reading.facts, fields)
    return True


def tell_apart(contribution: Contribution, today: date) -> bool:
    """The sender finds that the entry which they added to is about somebody else: the contribution is about somebody
    new again, and that is their answer now. Returns whether it was added to an entry. It was read as changeable in the
    present transaction."""
    if contribution.about_id is None or contribution.typed_before is None:
        return False
    keep_verdicts(contribution, {contribution.about_id: Verdict.DIFFERENT})
    stand_alone(contribution, today)
    return True


def _candidate(entry: Participant) -> Candidate:
    return Candidate(entry, next((shown for shown in entry.photographs if not shown.veiled), None))


def namesakes_of(contribution: Contribution) -> Namesakes:
    """Who else may be the person of a case. Left out is the entry that came of it or that it is about; what the sender
    answered is shown even where nothing resembles any more. Entries that are known to be about somebody else than that
    one are not asked about again."""
    own = {identifier for identifier in (contribution.participant_id, contribution.about_id) if identifier is not None}
    answers = verdicts(contribution.id)
    found = {entry.id: entry for entry in alike(contribution.facts or {}, *own, *told_apart_from(*own))}
    found |= entries(answers.keys() - found.keys() - own)
    return Namesakes([Known(entry, answers.get(entry.id)) for entry in found.values()], also_sent(contribution))
