"""What a moderator wants to see of the queue, and the part of it that one index gives, the oldest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from memory_road.accounts.permissions import Actor
from memory_road.cases import Case, CaseCategory, CaseKind
from memory_road.db import Identifier, Moment, db, now
from memory_road.facts.vocabulary import Category
from memory_road.moderation.claim import Claim

LOOKED_THROUGH = 2000
"""Where several filters are set, so many cases of the rarest of them are looked through for one page."""
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
Ids = Select[Identifier, Moment]
"""The ids of cases, each with the moment since when it waits."""
_CURSOR = re.compile(r"(\d{1,17})-([0-9a-z]{9})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters that are set; ``waits_for`` is the least time that a case has waited, ``mine`` those that the reader
    has claimed."""

    kind: CaseKind | None = None
    language: str = ""
    country: str = ""
    category: Category | None = None
    waits_for: timedelta | None = None
    flagged: bool = False
    mine: bool = False


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of the queue."""

    since: datetime
    id: str


def cursor(since: datetime, case_id: str) -> str:
    """A place in the queue, as it stands in an address."""
    return f"{(since - BEGIN) // timedelta(microseconds=1)}-{case_id}"


def place_of(given: str) -> Place | None:
    """The place that ``cursor`` has written; ``None`` for anything else."""
    found = _CURSOR.fullmatch(given)
    return Place(BEGIN + timedelta(microseconds=int(found[1])), found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for cases: the ids that one index gives, or several of the same kind that are merged, and the
    conditions that each case must meet besides. ``all_of_them`` is whether looking through ``LOOKED_THROUGH`` of them
    is enough to see all."""

    ids: Sequence[Ids]
    besides: list[ColumnElement[bool]]
    all_of_them: bool


def search_for(wanted: Wanted, actor: Actor) -> Search:
    """How to look for what is ``wanted`` and in the actor's scope: by the index of the rarest filter."""
    ways = list(_ways(wanted, actor))
    if not ways:
        return Search([_since(select(Case.id, Case.since), Case.since, wanted)], [], True)
    numbers = [_number(ids) if len(ways) > 1 else 0 for ids, _ in ways]
    rarest = numbers.index(min(numbers))
    besides = [condition for place, (_, condition) in enumerate(ways) if place != rarest]
    return Search(ways[rarest][0], besides, not besides or numbers[rarest] <= LOOKED_THROUGH)


def following(search: Search, place: Place | None, most: int) -> Ids:
    """``most`` of the ids that come after ``place``, in the order of the queue."""
    each = [_behind(ids, place, most) for ids in search.ids]
    if len(each) == 1:
        return each[0]
    merged = union_all(*(select(*part.subquery().columns) for part in each)).subquery()
    key, since = merged.columns
    return select(key, since).order_by(since, key).limit(most)


def _behind(ids: Ids, place: Place | None, most: int) -> Ids:
    key, since = ids.selected_columns
    if place is not None:
        ids = ids.where(tuple_(since, key) > tuple_(place.since, place.id))
    return ids.order_by(since, key).limit(most)


def _ways(wanted: Wanted, actor: Actor) -> Iterator[tuple[Sequence[Ids], ColumnElement[bool]]]:
    """For each filter the ids that it lets through, in its own index, and the same as a condition on a case. Of one who
    moderates for some languages or countries these are filters too; what is not known is in everybody's scope."""
    cases, scope = select(Case.id, Case.since), actor.scope
    languages = [wanted.language] if wanted.language else []
    countries = [wanted.country] if wanted.country else []
    for column, chosen in (
        (Case.kind, [wanted.kind] if wanted.kind is not None else []),
        (Case.language, languages),
        (Case.country, countries),
        (Case.language, sorted({*scope.languages, ""}) if scope.languages else []),
        (Case.country, sorted({*scope.countries, ""}) if scope.countries else []),
    ):
        if chosen:
            yield [_since(cases.where(column == value), Case.since, wanted) for value in chosen], column.in_(chosen)
    if wanted.flagged:
        marked = Case.flagged.is_(True)
        yield [_since(cases.where(marked), Case.since, wanted)], marked
    if wanted.category is not None:
        of_kind = CaseCategory.category == wanted.category
        ids = select(CaseCategory.case_id, CaseCategory.since).where(of_kind)
        condition = exists().where(CaseCategory.case_id == Case.id, of_kind)
        yield [_since(ids, CaseCategory.since, wanted)], condition
    if wanted.mine:
        held = and_(Claim.moderator_id == actor.id, Claim.expires_at > now())
        ids = cases.join(Claim, Claim.case_id == Case.id).where(held)
        condition = exists().where(Claim.case_id == Case.id, held)
        yield [_since(ids, Case.since, wanted)], condition


def _since(ids: Ids, since: InstrumentedAttribute[Moment], wanted: Wanted) -> Ids:
    return ids if wanted.waits_for is None else ids.where(since <= now() - wanted.waits_for)


def _number(ways: Sequence[Ids]) -> int:
    some = [select(func.count()).select_from(ids.limit(LOOKED_THROUGH + 1).subquery()) for ids in ways]
    return sum(db.session.scalar(count) or 0 for count in some)
