"""What a correction changes, field by field: between the facts that it was begun from, those that it proposes, and
those of the entry as it is now.

Of a list (terms, records) only what was added, taken away or rewritten counts, so that a row which somebody else has
added meanwhile stays. Order is no fact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from memory_road.facts.document import Facts, FactValue, records_of, terms_of
from memory_road.facts.fields import FIELDS, Field, Kind
from memory_road.facts.public import public_facts

Item: TypeAlias = str | dict[str, str]
"""One term or one record of a list."""
Document: TypeAlias = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Replaced:
    """One item of a list: ``before`` is ``None`` where it is added, ``after`` where it is taken away."""

    before: Item | None
    after: Item | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that a correction changes. ``None`` stands for a fact that is not stated: ``base`` is what the
    correction was begun from, ``old`` what the entry says now, ``new`` what it would say. ``items`` of a list are the
    single changes."""

    field: Field
    base: FactValue | None
    old: FactValue | None
    new: FactValue | None
    items: tuple[Replaced, ...] = ()

    @property
    def changed_meanwhile(self) -> bool:
        """Whether the entry says something else here than when the correction was begun."""
        return not same(self.base, self.old)

    @property
    def settled(self) -> bool:
        """Whether the entry says already what is proposed."""
        return same(self.old, self.new)


def differences(base: Document, proposed: Document, now: Document) -> list[Difference]:
    """Every public fact that ``proposed`` changes of ``base``, in the order of the form. Private facts are not in an
    entry: what a correction says of them stays with the moderators."""
    return list(_differences(base, public_facts(proposed), now))


def amended(now: Document, changes: Iterable[Difference]) -> Facts:
    """The facts of the entry once ``changes`` are made to it; they were compared with ``now``."""
    new = {change.field.name: change.new for change in changes}
    kept = {name: value for name, value in now.items() if name not in new}
    return public_facts(kept | {name: value for name, value in new.items() if value is not None})


def same(first: FactValue | None, second: FactValue | None) -> bool:
    """Whether two values say the same; the order of a list says nothing."""
    if isinstance(first, list) and isinstance(second, list):
        return sorted(map(_key, _items(first))) == sorted(map(_key, _items(second)))
    return first == second


def _differences(base: Document, proposed: Document, now: Document) -> Iterator[Difference]:
    for field in FIELDS:
        before, after, present = (document.get(field.name) or None for document in (base, proposed, now))
        if same(before, after):
            continue
        if field.kind not in {Kind.TERMS, Kind.RECORDS}:
            yield Difference(field, before, present, after)
            continue
        items = _replaced(_items_of(field, base), _items_of(field, proposed))
        new = _merged(field, _items_of(field, now), items)
        if field.required and not new:  # what the correction keeps, somebody else has taken away meanwhile
            new = _items_of(field, proposed)
        yield Difference(field, before, present, cast(FactValue, new) if new else None, tuple(items))


def _items_of(field: Field, document: Document) -> list[Item]:
    found = terms_of(document, field.name) if field.kind is Kind.TERMS else records_of(document, field.name)
    return list(found)


def _items(value: Sequence[str] | Sequence[dict[str, str]]) -> list[Item]:
    return list(value)


def _key(item: Item) -> tuple[tuple[str, str], ...]:
    return (("", item),) if isinstance(item, str) else tuple(sorted(item.items()))


def _without(items: list[Item], others: list[Item]) -> list[Item]:
    """Those of ``items`` that have no equal among ``others``, each of which stands for one."""
    left = list(others)
    kept: list[Item] = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            kept.append(item)
    return kept


def _replaced(before: list[Item], after: list[Item]) -> list[Replaced]:
    """What became of the items: a record with a part in common with one that is gone was rewritten."""
    gone, come = _without(before, after), _without(after, before)
    changes: list[Replaced] = []
    for item in gone:
        successor = max(come, key=lambda other: _in_common(item, other), default=None)
        if successor is not None and _in_common(item, successor):
            come.remove(successor)
            changes.append(Replaced(item, successor))
        else:
            changes.append(Replaced(item, None))
    return changes + [Replaced(None, item) for item in come]


def _in_common(first: Item, second: Item) -> int:
    if isinstance(first, str) or isinstance(second, str):
        return 0
    return len(first.items() & second.items())


def _merged(field: Field, now: list[Item], changes: list[Replaced]) -> list[Item]:
    """``now`` with ``changes``: each where its predecessor stands, or at the end where that is gone."""
    merged = list(now)
    for change in changes:
        place = merged.index(change.before) if change.before is not None and change.before in merged else len(merged)
        if place < len(merged):
            del merged[place]
        if change.after is not None and change.after not in merged:
            merged.insert(place, change.after)
    if field.terms is not None:
        return [term.value for term in field.terms if term.value in merged]
    return merged
