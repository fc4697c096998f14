"""Turn a draft about somebody new into an addition to the published entry about the same person."""

from collections.abc import Collection, Mapping

from memory_road.contributions.contribution import Contribution
from memory_road.db import db, now
from memory_road.facts.document import FactValue
from memory_road.facts.join import joined
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
    as_typed = {name: value for name, value in contribution.typed.items() if name in not_understood}
    contribution.typed = {**typed_words(joined(says, told), contribution.language), **as_typed}
    contribution.about_id, contribution.base = entry, dict(says)
    contribution.revision += 1
    contribution.updated_at = now()
    db.session.flush()
