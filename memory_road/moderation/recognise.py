"""The same picture again: what the sender is asked about, and what the moderator is shown.

The sender learns of published entries alone. They are looked for once, when the picture arrives, and kept with the
answer. The moderator's page looks anew, among everything that is published and everything that was ever sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from memory_road.archive.look import PublishedAlike, published_like
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import entries
from memory_road.contributions.bad_picture import bad_among
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag
from memory_road.contributions.look import LookAlike, SentAlike, asked_about, sent_like, views_of
from memory_road.contributions.mark_case import flag
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.facts.vocabulary import PhotographKind

MOST_LOOKED_FOR = 12
"""So many pictures of one case are looked for, in the sender's order: each costs a search in both tables."""

_FORMS = {PhotographKind.DOCUMENT, PhotographKind.AWARD}
"""Printed forms and medals look alike whoever they belonged to: nobody is asked about them."""


@dataclass(frozen=True, slots=True)
class Question:
    """Is this entry about the same person? ``photograph`` is the entry's first picture without a veil, None where it
    has none."""

    participant: Participant
    photograph: Photograph | None
    answer: str


@dataclass(frozen=True, slots=True)
class Alike:
    """What a moderator sees beside one picture. ``answers`` by the entries' ids. ``looked_for`` is false where the case
    has too many pictures."""

    published: Sequence[PublishedAlike]
    sent: Sequence[SentAlike]
    answers: dict[str, str]
    looked_for: bool = True


def look_for(photograph: ContributionPhotograph) -> None:
    """Find the published entries with a picture like one that has just arrived, so that its sender can be asked. Where
    it arrived before, answers that were given stand. Of the entry that it is to be added to nobody is asked. One
    that is known to be bad marks its contribution, which is locked; its sender is told nothing."""
    if bad_among([photograph]):
        flag(photograph.contribution_id, Flag.KNOWN_PICTURE)
    about = db.session.get_one(Contribution, photograph.contribution_id).about_id
    known = {about, *(one.participant_id for one in asked_about_picture(photograph))}
    for found in published_like(photograph.sha256, views_of(photograph)):
        if found.participant.id not in known and PhotographKind(found.photograph.kind) not in _FORMS:
            db.session.add(LookAlike(photograph_id=photograph.id, participant_id=found.participant.id))
    db.session.flush()


def asked_about_picture(photograph: ContributionPhotograph) -> list[LookAlike]:
    """What its sender is asked about one picture."""
    return asked_about([photograph]).get(photograph.id, [])


def questions(photographs: Sequence[ContributionPhotograph]) -> dict[str, list[Question]]:
    """What to ask the sender, by the pictures' ids; only of entries that are still published."""
    asked = asked_about([kept for kept in photographs if PhotographKind(kept.kind) not in _FORMS])
    published = entries([one.participant_id for each in asked.values() for one in each])
    found: dict[str, list[Question]] = {}
    for photograph_id, each in asked.items():
        for one in each:
            participant = published.get(one.participant_id)
            if participant is not None:
                first = next((shown for shown in participant.photographs if not shown.veiled), None)
                found.setdefault(photograph_id, []).append(Question(participant, first, one.answer))
    return found


def alike_in(contribution: Contribution) -> dict[str, Alike]:
    """What is like the pictures of a case, by their ids; pictures that nothing is like are left out. The entry that
    came of the case itself is left out too; not the one that it corrects, which may have the picture already."""
    asked = asked_about(contribution.photographs)
    found: dict[str, Alike] = {}
    for number, photograph in enumerate(contribution.photographs):
        answers = {one.participant_id: one.answer for one in asked.get(photograph.id, [])}
        if number >= MOST_LOOKED_FOR:
            found[photograph.id] = Alike([], [], answers, looked_for=False)
            continue
        published = published_like(photograph.sha256, views_of(photograph))
        others = [one for one in published if one.participant.id != contribution.participant_id]
        alike = Alike(others, sent_like(photograph), answers)
        if alike.published or alike.sent:
            found[photograph.id] = alike
    return found
