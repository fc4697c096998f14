"""A contribution shown as the entry it would become: for the sender's preview and the moderator's desk."""

from collections.abc import Collection
from dataclasses import replace

from memory_road.archive.queries import existing
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.submit import read
from memory_road.db import now
from memory_road.facts.difference import amended
from memory_road.facts.names import full_name
from memory_road.facts.public import public_facts
from memory_road.facts.read import Reading
from memory_road.media.pyramid import has_tiles
from memory_road.web.differences import changes, proposed_facts, shown_about
from memory_road.web.entry import EntryView, Picture, entry_view, picture
from memory_road.web.files import private_addresses
from memory_road.web.published import published_pictures
from memory_road.web.who import seen


def sent_pictures(
    contribution: Contribution, reading: Reading, address: str, language: str, covered: Collection[str] = ()
) -> list[Picture]:
    """The pictures of a contribution, portrait first; ``address`` is where the asking audience finds them. Those with
    the ids ``covered`` have a veil for this reader."""
    linked = existing(person["entry"] for kept in contribution.photographs for person in kept.people)
    shown: list[Picture] = []
    for photograph in contribution.photographs:
        sizes, addresses = private_addresses(photograph, f"{address}/{photograph.id}")
        taken = reading.dates.get(f"photograph-{photograph.id}-taken")
        edtf = taken.edtf if taken is not None else ""
        place = {
            "key": photograph.id,
            "original_key": photograph.enhanced_of_id or "",
            "people": seen(photograph, linked),
            "tiles": f"{address}/{photograph.id}/info.json" if has_tiles(photograph.sizes) else "",
        }
        made = picture(photograph, edtf, addresses, sizes, full_name(reading.facts), language, **place)
        shown.append(replace(made, veiled=made.veiled or photograph.id in covered))
    return shown


def sent_entry(
    contribution: Contribution, sender_name: str, address: str, language: str, covered: Collection[str] = ()
) -> EntryView:
    """The entry as it would appear; of a correction, the entry that it is about with its changes."""
    reading = read(contribution, now().date())
    entry = shown_about(contribution)
    if entry is not None:
        earlier = published_pictures(entry, language)
        added = (
            []
            if contribution.participant_id is not None
            else sent_pictures(contribution, reading, address, language, covered)
        )
        return entry_view(
            amended(entry.facts, changes(contribution)),
            [*earlier, *added],
            language,
            told_in=entry.language,
            contributor=entry.contributor_name,
            relationship=entry.contributor_relationship,
            published_at=entry.published_at,
        )
    return entry_view(
        public_facts(proposed_facts(contribution)),
        sent_pictures(contribution, reading, address, language, covered),
        language,
        told_in=contribution.language,
        contributor=contribution.credited(sender_name),
        relationship=contribution.relationship_to,
    )
