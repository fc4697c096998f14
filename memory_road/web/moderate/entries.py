"""The desk's page of a published entry: its history, and what moderators do about it."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.gone import GoneReason
from memory_road.archive.queries import any_entry
from memory_road.family.carer import carer_of
from memory_road.identifier import is_identifier
from memory_road.moderation.entry import entry_at_desk, governs, state_of
from memory_road.moderation.entry_history import decisions_about_entry, told_of
from memory_road.moderation.freeze import freeze, unfreeze
from memory_road.moderation.proposal import ProposedMove, propose
from memory_road.moderation.take_down import removal, removed_ahead, restore, shown_ahead, take_down
from memory_road.moderation.unmerge import unmerge
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.moderate.entry_words import ENTRY_MOVES, ENTRY_STATES, PROPOSED

TWO_FOR = "takedown"
entry_desk = Blueprint("entry_desk", __name__, url_prefix="/<lang>/moderate/entries", template_folder="templates")


@entry_desk.get("")
@audience(Audience.MODERATORS)
def find() -> ResponseReturnValue:
    """The entry with the number or at the address that somebody has typed."""
    typed = request.args.get("number", "")
    found = any_entry(number_in(typed)) if typed else None
    if found is not None:
        return redirect(url_for("entry_desk.one", participant_id=found.id))
    return render_template("moderate/entries.html", typed=typed), 404 if typed else 200


@entry_desk.get("/<participant_id>")
@audience(Audience.MODERATORS)
def one(participant_id: str) -> ResponseReturnValue:
    """The entry as the desk sees it."""
    return _page(participant_id, {})


@entry_desk.post("/<participant_id>/freeze")
@audience(Audience.MODERATORS)
def hold_still(participant_id: str) -> ResponseReturnValue:
    """Corrections wait."""
    return _do(participant_id, "entry_frozen", lambda note: freeze(participant_id, actor(), note))


@entry_desk.post("/<participant_id>/unfreeze")
@audience(Audience.MODERATORS)
def let_go(participant_id: str) -> ResponseReturnValue:
    """Corrections are decided again."""
    return _do(participant_id, "entry_unfrozen", lambda note: unfreeze(participant_id, actor(), note))


@entry_desk.route("/<participant_id>/take-down", methods=["GET", "POST"])
@audience(Audience.SENIOR_MODERATORS)
def remove(participant_id: str) -> ResponseReturnValue:
    """Take the entry down."""
    if request.method == "GET":
        return _removal_page(participant_id, {})
    field, store = request.form.get, parts().store
    try:
        if TWO_FOR in parts().settings.two_approvals:
            content = removal(field("reason", ""), field("words", ""))
            propose(participant_id, ProposedMove.TAKE_DOWN, content, actor(), field("note", ""))
            return done(participant_id, "entry_proposed")
        with removed_ahead(participant_id, actor(), store) as moved:
            take_down(participant_id, actor(), moved, store, field("reason", ""), field("words", ""), field("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_removal_page, participant_id))
    return done(participant_id, "entry_taken_down")


@entry_desk.post("/<participant_id>/restore")
@audience(Audience.SENIOR_MODERATORS)
def show_again(participant_id: str) -> ResponseReturnValue:
    """Show an entry that was taken down once more."""

    def verb(note: str) -> None:
        store = parts().store
        with shown_ahead(participant_id, actor(), store) as moved:
            restore(participant_id, actor(), moved, store, note)

    return _do(participant_id, "entry_restored", verb)


@entry_desk.post("/<participant_id>/unmerge")
@audience(Audience.SENIOR_MODERATORS)
def part(participant_id: str) -> ResponseReturnValue:
    """Undo the merge by which the entry became part of another one."""
    return _do(participant_id, "entries_parted", lambda note: unmerge(participant_id, actor(), note))


def number_in(typed: str) -> str:
    """The number of an entry in what somebody typed: the number itself, or the address of its page."""
    pieces = [piece for piece in typed.split("?", maxsplit=1)[0].split("/") if piece.strip()]
    for before, after in pairwise(pieces):
        if before in {"people", "p", "entries"}:
            return after
    return typed


def done(participant_id: str, said: str) -> ResponseReturnValue:
    """Back to the entry's page, with a word about what was done."""
    return redirect(url_for("entry_desk.one", participant_id=participant_id, said=said), 303)


def _do(participant_id: str, said: str, verb: Callable[[str], object]) -> ResponseReturnValue:
    """After the verb, which takes the note: the page with a word, or with a sentence and what was typed."""
    try:
        verb(request.form.get("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, participant_id))
    return done(participant_id, said)


def _page(participant_id: str, errors: dict[str, str]) -> str:
    participant = entry_at_desk(participant_id)
    return render_template(
        "moderate/entry.html",
        participant=participant,
        state=ENTRY_STATES[state_of(participant)],
        reason=_reason,
        is_number=is_identifier,
        proposed={move.value: wording for move, wording in PROPOSED.items()},
        decisions=decisions_about_entry(participant.id),
        entry_moves={move.value: wording for move, wording in ENTRY_MOVES.items()},
        contributions=told_of(participant.id),
        governs=governs(participant, actor(), senior=False),
        rules=governs(participant, actor()),
        me=actor().id,
        errors=errors,
    )


def _removal_page(participant_id: str, errors: dict[str, str]) -> str:
    participant = entry_at_desk(participant_id)
    return render_template(
        "moderate/take_down.html",
        participant=participant,
        rules=governs(participant, actor()),
        cared_for=carer_of(participant.id) is not None,
        reasons=[(reason.value, gettext(reason.wording)) for reason in GoneReason],
        errors=errors,
    )


def _reason(term: str) -> str:
    return gettext(GoneReason(term).wording) if term in set(GoneReason) else ""
