"""Published entries that may be about the person of some facts, under whatever spelling."""

from collections.abc import Mapping

from memory_road.archive.participant import Participant, ParticipantNamesake
from memory_road.archive.queries import entries
from memory_road.facts.document import FactValue
from memory_road.facts.likeness import likeliest
from memory_road.namesakes import namesakes

MOST_ALIKE = 4


def alike(facts: Mapping[str, FactValue], *besides: str) -> list[Participant]:
    """The entries that may be about the person of ``facts``, the likeliest first, at most ``MOST_ALIKE``; not those
    with an id among ``besides``."""
    found = namesakes(ParticipantNamesake, ParticipantNamesake.participant_id, facts)
    published = entries(identifier for identifier in found if identifier not in besides)
    order = likeliest(facts, {identifier: entry.facts for identifier, entry in published.items()})
    return [published[identifier] for identifier in order[:MOST_ALIKE]]
