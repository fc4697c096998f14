"""Turn a draft about somebody new into an addition to the published entry about the same person, and back again."""

from collections.abc import Collection, Mapping
from datetime import date

from memory_road.contributions.contribution import Contribution
from memory_road.db import db, now
from memory_road.facts.document import FactValue
from memory_road.facts.fields import FIELDS
from memory_road.facts.join import joined
from memory_road.facts.read import read_facts
from memory_road.facts.typed import typed_words


def add_to(
    contribution: Contribution,
    entry: str,
    says: Mapping[str, FactValue],
    told: Mapping[str, FactValue],
    not_understood: Collection[str] = (),
) -> None:
    """Let a contribution be about the published entry with the id ``entry``, which ``says`` certain facts now; ``told``
    is what was read from the draft, and joins them. Fields that are ``not_understood`` stay as they were typed. The
    contribution was read as changeable in the present transaction."""
    contribution.typed_before = contribution.typed
    as_typed = {name: value for name, value in contribution.typed.items() if name in not_understood}
    contribution.typed = {**typed_words(joined(says, told), contribution.language), **as_typed}
    contribution.about_id, contribution.base = entry, dict(says)
    contribution.revision += 1
    contribution.updated_at = now()
    db.session.flush()


def stand_alone(contribution: Contribution, today: date) -> None:
    """Let a contribution that was added to an entry be about somebody else again. What was typed before comes back, and
    with it what the sender has changed since, understood or not; what only the entry said goes. The contribution was
    read as changeable in the present transaction, and has ``typed_before``."""
    typed, before = contribution.typed, contribution.typed_before or {}
    said_then = joined(contribution.base or {}, read_facts(before, contribution.language, today).facts)
    reading = read_facts(typed, contribution.language, today)
    amiss, says = {problem.field.split("-")[0] for problem in reading.problems}, reading.facts
    # What cannot be understood, or a row of a list, says nothing that could be compared; it is the sender's own.
    kept = {name for name in amiss if name not in says or isinstance(typed.get(name), list)}
    kept |= {field.name for field in FIELDS if says.get(field.name) != said_then.get(field.name)}
    source = {field.name: typed if field.name in kept else before for field in FIELDS}
    contribution.typed = {name: words[name] for name, words in source.items() if name in words}
    contribution.about_id = contribution.base = contribution.typed_before = None
    contribution.revision += 1
    contribution.updated_at = now()
    db.session.flush()
