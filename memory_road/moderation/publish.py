"""The only bridge from what was sent to what is published: copies the approved facts and the pictures' derivatives."""

import secrets

from memory_road.accounts.user import Account
from memory_road.archive.look import PhotographLook
from memory_road.archive.participant import LONGEST_WORD, Participant, ParticipantCategory, ParticipantName
from memory_road.archive.photograph import Photograph
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.look import ContributionPhotographLook
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import read
from memory_road.db import db, now
from memory_road.facts.document import Facts, text_of
from memory_road.facts.fields import FIELDS
from memory_road.facts.names import NAME_FIELDS, fold
from memory_road.facts.vocabulary import PhotographKind
from memory_road.looks import look_values
from memory_road.media.store import Store


def public_facts(facts: Facts) -> Facts:
    """The facts that visitors may see."""
    shown = {field.name for field in FIELDS if not field.private}
    return {name: value for name, value in facts.items() if name in shown}


def publish(contribution: Contribution, store: Store) -> Participant:
    """Make the entry that a contribution proposes, in the present transaction. Files are copied before the rows are
    written; those of a transaction that fails are orphans that a sweep removes, never rows without files."""
    facts: Facts = contribution.facts or {}
    moment = now()
    sender = db.session.get_one(Account, contribution.sender_id)
    participant = Participant(
        facts=public_facts(facts),
        language=contribution.language,
        contributor_name=sender.display_name if contribution.named else "",
        contributor_relationship=contribution.relationship_to,
        published_at=moment,
        updated_at=moment,
    )
    words = {word[:LONGEST_WORD] for name in NAME_FIELDS for word in fold(text_of(facts, name))}
    participant.names = [ParticipantName(word=word) for word in sorted(words)]
    participant.categories = [
        ParticipantCategory(category=str(category), published_at=moment) for category in facts.get("categories", [])
    ]
    taken = {name: understood.edtf for name, understood in read(contribution, moment.date()).dates.items()}
    # Originals first: what was made of them points at them.
    keys: dict[str, str] = {}
    looks: list[PhotographLook] = []
    for position, photograph in sorted(_in_order(contribution.photographs), key=_comes_of_another):
        published = _published(photograph, position, taken.get(f"photograph-{photograph.id}-taken", ""), store)
        published.enhanced_of_key = keys.get(photograph.enhanced_of_id or "")
        keys[photograph.id] = published.key
        participant.photographs.append(published)
        looks.append(_look(photograph, published.key))
    db.session.add(participant)
    db.session.flush()
    db.session.add_all(looks)
    db.session.flush()
    return participant


def _in_order(photographs: list[ContributionPhotograph]) -> list[tuple[int, ContributionPhotograph]]:
    """The first portrait at position 0, the others from 1 on in the order in which they were sent."""
    portrait = next((kept for kept in photographs if PhotographKind.PORTRAIT.equals(kept.kind)), None)
    others = [(number, kept) for number, kept in enumerate((k for k in photographs if k is not portrait), start=1)]
    return [(0, portrait), *others] if portrait is not None else others


def _comes_of_another(placed: tuple[int, ContributionPhotograph]) -> bool:
    return placed[1].enhanced_of_id is not None


def _published(photograph: ContributionPhotograph, position: int, taken: str, store: Store) -> Photograph:
    key = secrets.token_hex(16)
    for size in photograph.sizes:
        store.copy(photograph.size_key(size["name"]), f"public/{key}-{size['name']}")
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
