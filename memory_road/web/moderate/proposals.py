"""What one moderator has proposed to do about an entry, for another one to carry out."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Actor, Audience, may_oversee, require
from memory_road.archive.gone import GoneReason
from memory_road.archive.queries import any_entry
from memory_road.facts.fields import FIELD
from memory_road.moderation.entry import governs
from memory_road.moderation.merge import Plan, merge
from memory_road.moderation.merge_facts import Choice
from memory_road.moderation.portrait import replace_portrait
from memory_road.moderation.proposal import (
    PAGE,
    EntryProposal,
    ProposedMove,
    carry_out,
    decline,
    may_carry_out,
    open_proposals,
    proposal,
)
from memory_road.moderation.take_down import removed_ahead, take_down
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.language import language
from memory_road.web.moderate.entries import done
from memory_road.web.moderate.entry_words import PROPOSED
from memory_road.web.moderate.merging import CHOICES
from memory_road.web.published import published_pictures

proposals = Blueprint(
    "proposals", __name__, url_prefix="/<lang>/moderate/entries/proposals", template_folder="templates"
)


@proposals.get("")
@audience(Audience.MODERATORS)
def waiting() -> ResponseReturnValue:
    """What waits for another moderator, the oldest first."""
    found = open_proposals(request.args.get("after", ""))
    return render_template(
        "moderate/proposals.html",
        proposals=[each for each in found if may_oversee(actor(), each.participant.place)],
        proposed=PROPOSED,
        after=found[-1].id if len(found) == PAGE else None,
    )


@proposals.get("/<proposal_id>")
@audience(Audience.MODERATORS)
def one(proposal_id: str) -> ResponseReturnValue:
    """One proposal, with everything that it would do."""
    return _page(proposal_id, {})


@proposals.post("/<proposal_id>")
@audience(Audience.MODERATORS)
def answer(proposal_id: str) -> ResponseReturnValue:
    """Carry it out, or not."""
    found = proposal(proposal_id)
    try:
        if request.form.get("action") == "decline":
            decline(proposal_id, actor(), request.form.get("note", ""))
            return redirect(url_for("proposals.waiting", said="proposal_declined"), 303)
        _carry_out(found, actor())
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, proposal_id))
    return done(found.participant_id, "proposal_carried_out")


def _carry_out(found: EntryProposal, who: Actor) -> None:
    """The one decision that both have made."""
    move, entry, content, note = ProposedMove(found.move), found.participant_id, found.content, found.note
    proposal_id = found.id
    if move is ProposedMove.TAKE_DOWN:
        store = parts().store
        with removed_ahead(entry, who, store) as moved:
            carry_out(proposal_id, who)
            take_down(entry, who, moved, store, content["reason"], content["message"], note)
        return
    carry_out(proposal_id, who)
    if move is ProposedMove.MERGE:
        merge(Plan(**{**content, "editions": tuple(content["editions"])}), who, note)
    else:
        replace_portrait(entry, who, content["key"], content["edition"], note)


def _page(proposal_id: str, errors: dict[str, str]) -> str:
    found = proposal(proposal_id)
    require(may_oversee(actor(), found.participant.place))
    move = ProposedMove(found.move)
    other = any_entry(found.content["other_id"]) if move is ProposedMove.MERGE else None
    faces = published_pictures(found.participant, language()) if move is ProposedMove.REPLACE_PORTRAIT else []
    present = next((kept.key for kept in found.participant.photographs if kept.position == 0), None)
    return render_template(
        "moderate/proposal.html",
        proposal=found,
        participant=found.participant,
        what=PROPOSED[move],
        other=other,
        face=next((shown for shown in faces if shown.key == present), None),
        chosen=next((shown for shown in faces if shown.key == found.content["key"]), None),
        said=list(_said(move, found.content)),
        may_carry_out=may_carry_out(found, actor()),
        may_decline=governs(found.participant, actor(), senior=move.senior),
        errors=errors,
    )


def _said(move: ProposedMove, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What it would do, as labels and words."""
    if move is ProposedMove.TAKE_DOWN:
        return [
            (gettext("Reason, for everybody to read"), gettext(GoneReason(content["reason"]).wording)),  # pyright: ignore[reportCallIssue] -- a term is called with its value alone
            (gettext("Message to whoever has the care"), content["message"] or "—"),
        ]
    if move is ProposedMove.MERGE:
        return [
            (gettext(FIELD[name].label), gettext(CHOICES[Choice(choice)]))
            for name, choice in content["chosen"].items()
            if name in FIELD
        ]
    return []
