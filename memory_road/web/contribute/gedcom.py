"""From a family tree to a draft: its relative sends the file, chooses one of its people, and finds the form filled."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from memory_road.accounts.permissions import Audience
from memory_road.accounts.sending import Sending
from memory_road.contributions.attach import put_away
from memory_road.contributions.draft import Filled
from memory_road.contributions.family_tree import FamilyTreePerson, picture_key
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.offer import (
    PAGE,
    choose,
    chosen_before,
    expires_at,
    forget_tree,
    offer,
    people_of,
    person_of,
    take_in_tree,
    tree_of,
)
from memory_road.db import db, now
from memory_road.facts.document import Typed
from memory_road.facts.names import full_name
from memory_road.gedcom.limits import MEBIBYTE
from memory_road.gedcom.person import Person
from memory_road.gedcom.process import ReaderUnavailable, read_apart
from memory_road.gedcom.refusal import TreeRefused
from memory_road.gedcom.typed import typed
from memory_road.media.store import FileMissing
from memory_road.web.audience import audience
from memory_road.web.contribute.pictures import Arrivals, arriving, attach_all, receive, without_folders
from memory_road.web.contribute.turns import require_turn
from memory_road.web.edge import actor, parts
from memory_road.web.entry import years
from memory_road.web.language import language
from memory_road.web.tree_sentences import nobody_sentence, reader_unavailable_sentence, tree_sentence

log = logging.getLogger(__name__)
TREE_BYTES = 256 * MEBIBYTE
"""A tree with its pictures."""
LARGEST_PLACE = 2**31 - 1

family_tree = Blueprint(
    "family_tree", __name__, url_prefix="/<lang>/contribute/family-tree", template_folder="templates"
)


class _NobodyToOffer(Exception):
    """The tree was read, and holds nobody whose years fit."""


@family_tree.get("")
@audience(Audience.CONTRIBUTORS)
def page() -> ResponseReturnValue:
    """Where a tree is sent; and what waits from an earlier time."""
    return _page()


@family_tree.post("")
@audience(Audience.CONTRIBUTORS, TREE_BYTES)
def send() -> ResponseReturnValue:
    """Read a tree and keep whom it offers."""
    upload = request.files.get("tree")
    if upload is None or not upload.filename:
        return _page(gettext("No file has arrived. Please choose the file that your program has made.")), 422
    name = without_folders(upload.filename)
    try:
        _keep(upload)
    except TreeRefused as refused:
        return _page(tree_sentence(refused, name)), 422
    except _NobodyToOffer:
        return _page(nobody_sentence(name)), 422
    except ReaderUnavailable:
        log.exception("A family tree could not be read.")
        return _page(reader_unavailable_sentence(name)), 503
    return redirect(url_for("family_tree.people"), 303)


def _keep(upload: FileStorage) -> None:
    """Raises what ``read_apart`` raises, and ``_NobodyToOffer``. The file itself goes with this function."""
    store = parts().store
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        source, answer = Path(folder) / "tree", Path(folder) / "answer"
        answer.mkdir()
        upload.save(source)
        read = read_apart(source, now().date(), answer)
        if not read.offered:
            raise _NobodyToOffer
        gathered = take_in_tree(store, read)
        try:
            offer(actor(), store, gathered)
        except BaseException:
            put_away(store, *gathered.keys)
            raise


@family_tree.get("/people")
@audience(Audience.CONTRIBUTORS)
def people() -> ResponseReturnValue:
    """The people of the tree that may be told about."""
    tree = tree_of(actor())
    if tree is None:
        return redirect(url_for("family_tree.page", said="tree_gone"))
    words = request.args.get("q", "")[:200]
    after = request.args.get("after", -1, type=int)
    found = people_of(tree, words, max(-1, min(after, LARGEST_PLACE)))
    return render_template(
        "contribute/tree_people.html",
        tree=tree,
        expires=expires_at(tree),
        words=words,
        people=[_shown(row) for row in found],
        after=found[-1].position if len(found) == PAGE else None,
    )


@family_tree.post("/choose")
@audience(Audience.CONTRIBUTORS)
def take() -> ResponseReturnValue:
    """Begin a draft about one of them, with everything that the tree says, and forget the rest."""
    tree_id, position = request.form.get("tree", ""), request.form.get("person", -1, type=int)
    try:
        row = person_of(actor(), tree_id, max(-1, min(position, LARGEST_PLACE)))
    except Refused:
        before = chosen_before(actor(), tree_id, position)
        if before is None:
            return redirect(url_for("family_tree.page", said="tree_gone"), 303)
        return redirect(url_for("contribute.edit", contribution_id=before), 303)
    person, picture = Person.of(row.document), picture_key(tree_id, row.picture) if row.picture else ""
    filled = Filled(typed=_typed(person), language=language())
    db.session.rollback()  # no transaction stays open while a picture is looked at
    with _portrait(picture, person.picture_name) as arrivals:
        try:
            require_turn(Sending.DRAFT, pictures=len(arrivals.accepted))
            contribution = choose(actor(), parts().store, tree_id, position, filled)
        except Refused as refused:
            if refused.code is not RefusalCode.TREE_GONE:
                raise
            _put_away(arrivals)
            return redirect(url_for("family_tree.people"), 303)
        attach_all(contribution.id, actor(), arrivals)
    said = "tree_without_portrait" if arrivals.refusals else "tree_taken"
    return redirect(url_for("contribute.edit", contribution_id=contribution.id, said=said), 303)


@family_tree.post("/forget")
@audience(Audience.CONTRIBUTORS)
def forget() -> ResponseReturnValue:
    """Remove the tree at once."""
    forget_tree(actor(), parts().store)
    return redirect(url_for("family_tree.page", said="tree_forgotten"), 303)


def _page(refusal: str = "") -> str:
    tree = tree_of(actor())
    return render_template(
        "contribute/tree.html",
        tree=tree,
        expires=expires_at(tree) if tree is not None else None,
        refusal=refusal,
        megabytes=TREE_BYTES // MEBIBYTE - 6,
    )


def _shown(row: FamilyTreePerson) -> dict[str, object]:
    person = Person.of(row.document)
    return {
        "position": row.position,
        "name": full_name(person.facts),
        "former": person.facts.get("former_surname", ""),
        "years": years(person.facts, language()) or person.unread.get("birth_date", ""),
        "place": person.facts.get("birth_place", ""),
        "perhaps_living": person.perhaps_living,
        "picture": bool(row.picture),
    }


def _typed(person: Person) -> Typed:
    """The form, without what the relative did not wish to take over."""
    told = typed(person, language(), gettext, story=bool(request.form.get("story")))
    return told if request.form.get("kin") else {name: value for name, value in told.items() if name != "kin"}


@contextmanager
def _portrait(key: str, name: str) -> Iterator[Arrivals]:
    """The portrait, verified like any picture that is sent; why it is not taken stands in the refusals."""
    with arriving() as arrivals:
        if key:
            try:
                with parts().store.open(key) as stored:
                    receive(stored, name, arrivals.accepted, arrivals.refusals)
            except FileMissing:  # chosen in another window meanwhile
                log.info("The portrait %s is gone.", key)
        yield arrivals


def _put_away(arrivals: Arrivals) -> None:
    for arrived in arrivals.accepted:
        put_away(parts().store, *arrived.keys)
