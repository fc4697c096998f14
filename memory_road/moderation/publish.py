"""The only bridge from what was sent to what is published: copies the approved facts and the pictures' derivatives."""

import secrets
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from memory_road.accounts.user import Account
from memory_road.archive.look import PhotographLook
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.restate import restate
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.look import ContributionPhotographLook
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph, size_key
from memory_road.contributions.queries import locked
from memory_road.contributions.submit import read
from memory_road.db import db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.family.carer import begin_care
from memory_road.looks import look_values
from memory_road.media.store import FileMissing, Store, StoreUnavailable
from memory_road.moderation.approval import kept_choices, made_of


@dataclass(frozen=True, slots=True)
class Copy:
    """The files of one picture under a fresh public ``key``, and what they were copied from."""

    key: str
    edition: int
    sizes: list[dict[str, Any]]

    def file(self, size: dict[str, Any]) -> str:
        """Where the copy of one size is kept."""
        return f"public/{self.key}-{size['name']}"


Copies = Mapping[str, Copy]
"""By the id of the photograph that was sent."""


@contextmanager
def copied_ahead(contribution_id: str, until: datetime, store: Store) -> Generator[Copies]:
    """Copies of all pictures of what is due, for ``publication.carry_out`` inside ``with``; ``until`` is the lease. The
    bytes are copied between two transactions: the one that is open ends here without a commit, and nothing is locked
    while a large picture is copied. What cannot be published is refused before anything is copied. Where the inside
    fails, its transaction ends and the copies are removed again; so commit only after it. Those of a process that dies
    are orphans that the sweep removes. Raises ``Refused``."""
    sent = prepared(due(contribution_id, until)).photographs
    copies = {each.id: Copy(secrets.token_hex(16), each.edition, each.sizes) for each in sent}
    db.session.rollback()
    try:
        try:
            for identifier, copy in copies.items():
                for size in copy.sizes:
                    store.copy(size_key(identifier, copy.edition, size["name"]), copy.file(size))
        except FileMissing:
            # Most likely these are no longer the files to be published, and whoever changed that has removed them.
            require_same(prepared(due(contribution_id, until)), copies)
            raise
        yield copies
    except Exception:
        db.session.rollback()
        with suppress(StoreUnavailable):
            for copy in copies.values():
                for size in copy.sizes:
                    store.delete(copy.file(size))
        raise


def due(contribution_id: str, until: datetime) -> Contribution:
    """The approved contribution, locked, as long as the lease on its publication runs ``until`` then. Raises
    ``Refused``: it was taken back, or somebody else is at it."""
    contribution = locked(contribution_id)
    if contribution.publish_at != until:
        raise Refused(RefusalCode.MOVED_ON)
    return contribution


def prepared(contribution: Contribution) -> Contribution:
    """The contribution, if all sizes of its pictures are made; they are locked. Raises ``Refused``."""
    # A worker may just be writing down the sizes of one of them.
    pictures = select(ContributionPhotograph).where(ContributionPhotograph.contribution_id == contribution.id)
    db.session.scalars(pictures.with_for_update().execution_options(populate_existing=True)).all()
    if any(photograph.hopeless for photograph in contribution.photographs):
        raise Refused(RefusalCode.CANNOT_BE_PREPARED)
    if any(photograph.derived_at is None for photograph in contribution.photographs):
        raise Refused(RefusalCode.BEING_PREPARED)
    return contribution


def require_same(contribution: Contribution, copies: Copies) -> None:
    """Raise ``Refused`` unless ``copies`` are of the sizes that the contribution's pictures have now."""
    if {each.id: (each.edition, each.sizes) for each in contribution.photographs} != {
        identifier: (copy.edition, copy.sizes) for identifier, copy in copies.items()
    }:
        raise Refused(RefusalCode.BEING_PREPARED)


def publish(contribution: Contribution, copies: Copies) -> Participant:
    """Make the entry that a contribution proposes, in the present transaction. Its files were copied ahead: a
    transaction that fails leaves files without rows, never rows without files."""
    _, facts = made_of(contribution, {}, kept_choices(contribution))
    moment = now()
    sender = db.session.get_one(Account, contribution.sender_id)
    participant = Participant(
        language=contribution.language,
        contributor_name=contribution.credited(sender.display_name),
        contributor_relationship=contribution.relationship_to,
        published_at=moment,
        updated_at=moment,
    )
    restate(participant, facts)
    db.session.add(participant)
    hang(participant, contribution, copies, in_order(contribution.photographs))
    begin_care(participant.id, sender.id if sender.active else None)
    return participant


def hang(
    participant: Participant,
    contribution: Contribution,
    copies: Copies,
    placed: Sequence[tuple[int, ContributionPhotograph]],
) -> None:
    """Publish the pictures of a contribution, each at its place in the entry."""
    taken = {name: understood.edtf for name, understood in read(contribution, now().date()).dates.items()}
    # Originals first: what was made of them points at them.
    keys: dict[str, str] = {}
    looks: list[PhotographLook] = []
    for position, photograph in sorted(placed, key=_comes_of_another):
        key = copies[photograph.id].key
        published = _published(photograph, key, position, taken.get(f"photograph-{photograph.id}-taken", ""))
        published.enhanced_of_key = keys.get(photograph.enhanced_of_id or "")
        keys[photograph.id] = key
        participant.photographs.append(published)
        looks.append(_look(photograph, key))
    db.session.flush()
    db.session.add_all(looks)
    db.session.flush()


def in_order(photographs: list[ContributionPhotograph]) -> list[tuple[int, ContributionPhotograph]]:
    """The first portrait at position 0, the others from 1 on in the order in which they were sent."""
    portrait = next((kept for kept in photographs if PhotographKind.PORTRAIT.equals(kept.kind)), None)
    others = [(number, kept) for number, kept in enumerate((k for k in photographs if k is not portrait), start=1)]
    return [(0, portrait), *others] if portrait is not None else others


def _comes_of_another(placed: tuple[int, ContributionPhotograph]) -> bool:
    return placed[1].enhanced_of_id is not None


def _published(photograph: ContributionPhotograph, key: str, position: int, taken: str) -> Photograph:
    return Photograph(
        key=key,
        position=position,
        kind=photograph.kind,
        caption=photograph.caption,
        taken=taken,
        taken_place=photograph.taken_place,
        credit=photograph.credit,
        enhanced=photograph.enhanced,
        width=photograph.width,
        height=photograph.height,
        colour=photograph.colour,
        people=[{part: person[part] for part in ("area", "name", "entry")} for person in photograph.people],
        veiled=photograph.veiled,
        sizes=photograph.sizes,
    )


def _look(photograph: ContributionPhotograph, key: str) -> PhotographLook:
    """What the published picture is known again by; the digest alone where it shows too little."""
    seen = db.session.get(ContributionPhotographLook, photograph.id)
    values = look_values(seen.hash if seen is not None else None)
    return PhotographLook(key=key, original_sha256=photograph.sha256, **values)
