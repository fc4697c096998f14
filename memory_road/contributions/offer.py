"""Offer the people of a family tree to its relative: keep them for an hour, find them, give one, forget them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Select, delete, insert, select

from memory_road.accounts.permissions import Actor
from memory_road.contributions.attach import put_away
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import Filled, start
from memory_road.contributions.family_tree import KEPT, FamilyTree, FamilyTreePerson, picture_key
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.quota import hold
from memory_road.db import after_commit, db, now
from memory_road.facts.names import NAME_FIELDS, fold
from memory_road.gedcom.person import Person
from memory_road.gedcom.process import Read
from memory_road.identifier import new_identifier
from memory_road.media.store import Store

PAGE = 50
ROWS_AT_ONCE = 500
MOST_WORDS = 6
"""So many words of a search count."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A tree whose portraits are safe in the store, under ``keys``, and which has no rows yet."""

    id: str
    read: Read
    keys: list[str]


def take_in_tree(store: Store, read: Read) -> Gathered:
    """Keep the portraits of a tree that was read. Comes before any transaction, as ``attach.take_in`` does."""
    gathered = Gathered(new_identifier(), read, [])
    try:
        for person in read.persons():
            source, key = read.picture(person), picture_key(gathered.id, person.picture or "0")
            if source is not None and key not in gathered.keys:
                store.put(key, source)
                gathered.keys.append(key)
    except BaseException:
        put_away(store, *gathered.keys)
        raise
    return gathered


def offer(actor: Actor, store: Store, gathered: Gathered) -> FamilyTree:
    """Keep the people of a tree for their relative, in place of those of an earlier one."""
    hold(actor.id)
    earlier = db.session.scalar(_trees_of(actor))
    if earlier is not None:
        _forget(earlier, store)
    read = gathered.read
    tree = FamilyTree(id=gathered.id, account_id=actor.id, people=read.people, offered=read.offered)
    db.session.add(tree)
    db.session.flush()
    rows = (_row(gathered.id, position, person) for position, person in enumerate(read.persons()))
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        db.session.execute(insert(FamilyTreePerson), batch)
    return tree


def _row(tree_id: str, position: int, person: Person) -> dict[str, object]:
    names = " ".join(str(person.facts.get(name, "")) for name in NAME_FIELDS)
    words = "".join(f" {word}" for word in dict.fromkeys(fold(names)))
    return {
        "tree_id": tree_id,
        "position": position,
        "words": words,
        "picture": person.picture,
        "document": person.document(),
    }


def _trees_of(actor: Actor) -> Select[FamilyTree]:
    return select(FamilyTree).where(FamilyTree.account_id == actor.id)


def tree_of(actor: Actor) -> FamilyTree | None:
    """The tree that an account has to choose from."""
    return db.session.scalar(_trees_of(actor).where(FamilyTree.created_at > now() - KEPT))


def people_of(tree: FamilyTree, words: str = "", after: int = -1) -> Sequence[FamilyTreePerson]:
    """``PAGE`` of its people behind the place ``after``: those with each of ``words``, however these begin a name."""
    person = FamilyTreePerson
    query = select(person).where(person.tree_id == tree.id, person.position > after)
    for word in fold(words)[:MOST_WORDS]:
        query = query.where(person.words.like(f"% {word}%"))
    return db.session.scalars(query.order_by(person.position).limit(PAGE)).all()


def person_of(actor: Actor, tree_id: str, position: int) -> FamilyTreePerson:
    """One of the people whom the account is offered. Raises ``Refused``."""
    tree = tree_of(actor)
    found = db.session.get(FamilyTreePerson, (tree_id, position)) if tree is not None and tree.id == tree_id else None
    if found is None:
        raise Refused(RefusalCode.TREE_GONE)
    return found


def choose(actor: Actor, store: Store, tree_id: str, position: int, filled: Filled) -> Contribution:
    """Begin a draft about one of the people, and forget the tree: nothing of it stays but what was chosen. Raises
    ``Refused`` when it is gone already."""
    hold(actor.id)
    person_of(actor, tree_id, position)
    contribution = start(actor, form_key_of(tree_id, position), filled)
    forget_tree(actor, store)
    return contribution


def chosen_before(actor: Actor, tree_id: str, position: int) -> str | None:
    """The id of the draft that this choice began already: a second click comes too late for the tree."""
    query = select(Contribution.id).where(Contribution.sender_id == actor.id)
    return db.session.scalar(query.where(Contribution.form_key == form_key_of(tree_id, position)))


def form_key_of(tree_id: str, position: int) -> str:
    """The key of the draft about one of the people, the same however often they are chosen."""
    return f"tree-{tree_id}-{position}"


def forget_tree(actor: Actor, store: Store) -> None:
    """Forget the account's tree; its portraits go once that is committed. Nothing happens when there is none."""
    hold(actor.id)
    tree = db.session.scalar(_trees_of(actor))
    if tree is not None:
        _forget(tree, store)


def old_trees(limit: int) -> Sequence[FamilyTree]:
    """Trees whose hour is over."""
    query = select(FamilyTree).where(FamilyTree.created_at <= now() - KEPT).order_by(FamilyTree.created_at)
    return db.session.scalars(query.limit(limit)).all()


def forget_trees(trees: Sequence[FamilyTree], store: Store) -> None:
    """Forget each of ``trees``, whoever sent it."""
    for tree in trees:
        _forget(tree, store)


def expires_at(tree: FamilyTree) -> datetime:
    """When it is forgotten."""
    return tree.created_at + KEPT


def _forget(tree: FamilyTree, store: Store) -> None:
    keys = list(_keys(tree.id))
    db.session.execute(delete(FamilyTreePerson).where(FamilyTreePerson.tree_id == tree.id))
    db.session.execute(delete(FamilyTree).where(FamilyTree.id == tree.id))
    after_commit(lambda: put_away(store, *keys))


def _keys(tree_id: str) -> Iterator[str]:
    person = FamilyTreePerson
    numbers = select(person.picture).where(person.tree_id == tree_id, person.picture != "").distinct()
    return (picture_key(tree_id, number) for number in db.session.scalars(numbers).all())
