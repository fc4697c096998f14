"""Somebody's own contributions, one after another: the document of each, and its original files."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, Reason
from memory_road.contributions.look import asked_about
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import decisions_about
from memory_road.contributions.same_person import verdicts
from memory_road.contributions.told import told_decisions, told_state
from memory_road.db import db
from memory_road.owner.documents import Plain, named

PAGE = 20
"""So many are read at once."""
SUFFIX = {"image/jpeg": "jpg", "image/tiff": "tif"}

CONTRIBUTION = (
    "id",
    "state",
    "language",
    "typed",
    "typed_before",
    "facts",
    "about_id",
    "relationship_to",
    "none_survives",
    "named",
    "living_consent",
    "living_faces",
    "faces_consent",
    "assisted",
    "teller_name",
    "teller_contact",
    "answer",
    "permitted_at",
    "created_at",
    "updated_at",
    "submitted_at",
    "decided_at",
    "participant_id",
)
PHOTOGRAPH = (
    "id",
    "kind",
    "caption",
    "taken",
    "taken_place",
    "credit",
    "enhanced",
    "enhanced_of_id",
    "signed",
    "file_name",
    "sha256",
    "bytes",
    "media_type",
    "width",
    "height",
    "crop",
    "people",
    "added_at",
)


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """The bytes of one picture as they were sent. ``name`` is made here: never the sender's, which may be anything."""

    name: str
    key: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Own:
    """One contribution, with everything that its sender may know of it."""

    id: str
    document: Plain
    files: list[OriginalFile]


def own_contributions(account_id: int) -> Iterator[Own]:
    """Every contribution of the account, in the order of their ids. Between two of them no transaction is open: who
    takes them away may be slow."""
    after = ""
    while True:
        query = select(Contribution).where(Contribution.sender_id == account_id, Contribution.id > after)
        page = [_own(found) for found in db.session.scalars(query.order_by(Contribution.id).limit(PAGE))]
        db.session.rollback()
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].id


def _own(contribution: Contribution) -> Own:
    page = contribution.signed_page
    pictures = [*contribution.photographs, *([page] if page is not None else [])]
    files = [_file(number, picture) for number, picture in enumerate(pictures, start=1)]
    asked = asked_about(pictures)
    photographs = [
        {
            **named(picture, *PHOTOGRAPH),
            "file": file.name,
            "same_person": {each.participant_id: each.answer for each in asked.get(picture.id, [])},
        }
        for picture, file in zip(pictures, files, strict=True)
    ]
    told = told_decisions(contribution, decisions_about(contribution.id))
    state = told_state(contribution)
    document = {
        **named(contribution, *CONTRIBUTION),
        **({} if state == contribution.state else {"state": state, "decided_at": None}),
        "photographs": photographs,
        "same_person": {entry: str(answer) for entry, answer in verdicts(contribution.id).items()},
        "decisions": [_decision(decision, contribution.sender_id) for decision in told],
    }
    return Own(contribution.id, document, files)


def _file(number: int, picture: ContributionPhotograph) -> OriginalFile:
    suffix = SUFFIX.get(picture.media_type, picture.media_type.rpartition("/")[2])
    return OriginalFile(f"{number:02}-{picture.id}.{suffix}", picture.original_key, picture.bytes)


def _decision(decision: Decision, sender_id: int) -> Plain:
    """As its sender sees it: without the note, without who decided, and of abuse nothing is told."""
    quietly = decision.reason == Reason.ABUSE
    return {
        **named(decision, "number", "move", "from_state", "to_state", "made_at"),
        "reason": "" if quietly else decision.reason,
        "by": "you" if decision.actor_id == sender_id else "a moderator",
        "message": decision.words.message if decision.words is not None else "",
    }
