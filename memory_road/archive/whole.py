"""All that the page of an entry shows, asked at once: visitors ask for nothing else as often, beside the gallery."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from memory_road.archive.change import NEWEST_CHANGES, ParticipantChange
from memory_road.archive.flower import COUNTED_FLOWERS
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import ITSELF, PHOTOGRAPHS, shown
from memory_road.archive.rows_of import Statements, copies, rows_of_each
from memory_road.archive.same_name import SameName, asks_for_namesakes, read_namesakes
from memory_road.identifier import is_identifier, normal_identifier


@dataclass(frozen=True, slots=True)
class Whole:
    """An entry with its photographs, what was changed in it, how many flowers were laid, and who else has its name.
    One that is gone has nothing of it."""

    participant: Participant
    changes: Sequence[ParticipantChange] = ()
    flowers: int = 0
    namesakes: Sequence[SameName] = ()


def whole(participant_id: str) -> Whole | None:
    """The entry that ``queries.shown`` gives, a copy, with all that its page says beside it."""
    wanted = normal_identifier(participant_id)
    if not is_identifier(wanted):
        return None
    itself, photographs, changes, flowers, namesakes = rows_of_each(_all(), {"id": wanted})
    found = next(iter(copies(Participant, itself)), None)
    if found is None:
        return None
    if found.gone_at is not None:
        standing = shown(found.merged_into_id or found.id)
        return Whole(standing) if standing is not None else None
    found.photographs = copies(Photograph, photographs)
    laid = sum(number for (number,) in flowers)
    return Whole(found, copies(ParticipantChange, changes), laid, read_namesakes(namesakes))


@cache
def _all() -> Statements:
    return ITSELF, PHOTOGRAPHS, NEWEST_CHANGES, COUNTED_FLOWERS, asks_for_namesakes()
