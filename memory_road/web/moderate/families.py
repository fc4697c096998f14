"""The desk's families: what relatives cannot settle among themselves waits here for a moderator."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience, Place, may_oversee, require
from memory_road.db import now
from memory_road.facts.names import full_name
from memory_road.family.ask_care import decide_care, may_decide_care
from memory_road.family.carer import carer_of, changes_of
from memory_road.family.correspondence import RelativeMessage
from memory_road.family.disagree import admit_dispute, end_dispute, may_end
from memory_road.family.dispute import Dispute, DisputeOutcome, DisputeState
from memory_road.family.find import messages_to_screen
from memory_road.family.queries import (
    PAGE,
    any_dispute,
    any_takeover,
    disputes_before,
    disputes_running,
    takeovers_to_decide,
)
from memory_road.family.takeover import Takeover
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor

LISTS: dict[str, Callable[[str], Sequence[Takeover | RelativeMessage | Dispute]]] = {
    "takeovers": takeovers_to_decide,
    "messages": messages_to_screen,
    "open": partial(disputes_running, DisputeState.OPEN),
    "asked": partial(disputes_running, DisputeState.ASKED),
}
"""What waits, by the word of each list in the address."""
families = Blueprint("families", __name__, url_prefix="/<lang>/moderate/families", template_folder="templates")


@families.get("")
@audience(Audience.MODERATORS)
def waiting() -> ResponseReturnValue:
    """Everything that waits, the oldest first; of a long list the pages that follow show it alone."""
    wanted, after = request.args.get("list", ""), request.args.get("after", "")
    asked = {wanted: LISTS[wanted]} if wanted in LISTS else LISTS
    lists = {name: read(after if name == wanted else "") for name, read in asked.items()}
    return render_template(
        "moderate/families.html",
        lists={name: [each for each in found if may_oversee(actor(), _place(each))] for name, found in lists.items()},
        following={name: found[-1].id for name, found in lists.items() if len(found) == PAGE},
        name_of=full_name,
        now=now(),
    )


@families.route("/care/<takeover_id>", methods=["GET", "POST"])
@audience(Audience.MODERATORS)
def takeover(takeover_id: str) -> ResponseReturnValue:
    """Kin ask for the care of an entry: what both say, and the decision."""
    if request.method == "GET":
        return _takeover_page(takeover_id, {})
    field = request.form.get
    try:
        decide_care(takeover_id, actor(), field("decision", ""), field("words", ""), field("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_takeover_page, takeover_id))
    return redirect(url_for("families.waiting", said="family_decided"), 303)


@families.route("/disputes/<dispute_id>", methods=["GET", "POST"])
@audience(Audience.MODERATORS)
def dispute(dispute_id: str) -> ResponseReturnValue:
    """Family against family: every side's account beside the others, and the end of it."""
    if request.method == "GET":
        return _dispute_page(dispute_id, {})
    field = request.form.get
    try:
        end_dispute(dispute_id, actor(), field("outcome", ""), field("words", ""), field("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_dispute_page, dispute_id))
    return redirect(url_for("families.waiting", said="family_decided"), 303)


@families.post("/disputes/<dispute_id>/admit")
@audience(Audience.MODERATORS)
def admit(dispute_id: str) -> ResponseReturnValue:
    """Mark the entry, and ask the others."""
    admit_dispute(dispute_id, actor())
    return redirect(url_for("families.dispute", dispute_id=dispute_id, said="dispute_admitted"), 303)


def _place(waits: Takeover | RelativeMessage | Dispute) -> Place:
    about = waits.correspondence if isinstance(waits, RelativeMessage) else waits
    return about.participant.place


def _takeover_page(takeover_id: str, errors: dict[str, str]) -> str:
    found = any_takeover(takeover_id)
    require(may_oversee(actor(), found.participant.place))
    return render_template(
        "moderate/takeover.html",
        takeover=found,
        name=found.participant.called,
        may_settle=may_decide_care(found, actor()),
        due=found.decide_from_at <= now(),
        changes=changes_of(found.participant_id),
        decisions=[
            ("granted", gettext("Whoever asks gets the care")),
            ("refused", gettext("The care stays where it is")),
        ],
        errors=errors,
    )


def _dispute_page(dispute_id: str, errors: dict[str, str]) -> str:
    found = any_dispute(dispute_id)
    require(may_oversee(actor(), found.participant.place))
    return render_template(
        "moderate/dispute.html",
        dispute=found,
        name=found.participant.called,
        carer=carer_of(found.participant_id),
        before=disputes_before(found),
        may_settle=may_end(found, actor()),
        me=actor().id,
        outcomes=[(outcome.value, gettext(outcome.wording)) for outcome in DisputeOutcome],
        outcome=gettext(DisputeOutcome(found.outcome).wording) if found.outcome else "",
        errors=errors,
    )
