"""The desk: one case, and the decision."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import Refused
from memory_road.contributions.queries import readable, readable_photograph
from memory_road.contributions.submit import NeedsMending
from memory_road.db import db
from memory_road.facts.vocabulary import label
from memory_road.moderation.claim import claim, claimed, release
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.skip import skip
from memory_road.moderation.undo import undo
from memory_road.web.audience import audience
from memory_road.web.differences import about
from memory_road.web.edge import actor, parts
from memory_road.web.files import private_picture, private_tile
from memory_road.web.moderate.approving import approval_of, mended
from memory_road.web.moderate.case_page import again, case_page, decided, in_words, refused
from memory_road.web.moderate.covering import covers_in_words
from memory_road.web.moderate.filters import kept
from memory_road.web.moderate.typed import remark, typed, usual_message, words, written

LEFT_BEHIND = label(
    "You have typed something here that nobody has seen yet. Decide the case first, or keep what you typed as a note. "
    "To go on without it, press the same button once more."
)
moderate = Blueprint("moderate", __name__, url_prefix="/<lang>/moderate", template_folder="templates")


@moderate.get("/<contribution_id>")
@audience(Audience.MODERATORS)
def case(contribution_id: str) -> ResponseReturnValue:
    """One case: facts beside pictures."""
    return case_page(contribution_id)


@moderate.post("/<contribution_id>/claim")
@audience(Audience.MODERATORS)
def take(contribution_id: str) -> ResponseReturnValue:
    """Take the case, or hold it for longer."""
    try:
        claim(contribution_id, actor())
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return again(contribution_id, "claimed")


@moderate.post("/<contribution_id>/release")
@audience(Audience.MODERATORS)
def give_back(contribution_id: str) -> ResponseReturnValue:
    """Give the case back, or leave it to others, and go to the next one; it does not come straight back. Whoever has
    typed something is asked once more."""
    item = readable(contribution_id, actor())
    if request.form.get("leave") != "yes" and (written() or remark().strip() or mended(item)):
        return case_page(contribution_id, gettext(LEFT_BEHIND), leaving=True), 422
    release(contribution_id, actor())
    skip(contribution_id, actor())
    return redirect(url_for("desk.following", after=contribution_id, said="released", **kept()), 303)


@moderate.post("/<contribution_id>/approve")
@audience(Audience.MODERATORS)
def publish(contribution_id: str) -> ResponseReturnValue:
    """Approve: the entry is published when the time is over in which this can be taken back."""
    try:
        held = claimed(contribution_id, actor())
        note = "\n".join(part for part in (typed(Move.APPROVE, "note").strip(), covers_in_words(held)) if part)
        approval = approval_of(held, about(held))
        done = approve(contribution_id, actor(), approval, note, parts().settings.two_approvals)
    except Refused as refusal:
        return refused(contribution_id, refusal)
    except NeedsMending as mistaken:
        db.session.rollback()
        return case_page(contribution_id, in_words(mistaken)), 422
    return decided(contribution_id, "approved" if done.state == State.APPROVED else "voted")


@moderate.post("/<contribution_id>/return")
@audience(Audience.MODERATORS)
def send_back(contribution_id: str) -> ResponseReturnValue:
    """Return: the sender is asked."""
    if request.form.get("begin"):
        return _begun(contribution_id, Move.RETURN)
    try:
        return_to_sender(contribution_id, actor(), *words(Move.RETURN))
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return decided(contribution_id, "returned")


@moderate.post("/<contribution_id>/reject")
@audience(Audience.MODERATORS)
def decline(contribution_id: str) -> ResponseReturnValue:
    """Do not publish."""
    if request.form.get("begin"):
        return _begun(contribution_id, Move.REJECT)
    try:
        reject(contribution_id, actor(), *words(Move.REJECT))
    except Refused as refusal:
        return refused(contribution_id, refusal)
    quietly = typed(Move.REJECT, "reason") == Reason.ABUSE
    return decided(contribution_id, "rejected_quietly" if quietly else "rejected")


@moderate.post("/<contribution_id>/undo")
@audience(Audience.MODERATORS)
def take_back(contribution_id: str) -> ResponseReturnValue:
    """Take back what was decided a moment ago."""
    try:
        undo(contribution_id, actor())
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return again(contribution_id, "undone")


@moderate.get("/photographs/<photograph_id>/<name>")
@audience(Audience.MODERATORS)
def photograph(photograph_id: str, name: str) -> ResponseReturnValue:
    """A picture that waits for a decision."""
    return private_picture(readable_photograph(photograph_id, actor()), name)


@moderate.get("/photographs/<photograph_id>/<region>/<size>/<rotation>/<name>")
@audience(Audience.MODERATORS)
def tile(photograph_id: str, region: str, size: str, rotation: str, name: str) -> ResponseReturnValue:
    """A tile of a picture that waits for a decision."""
    return private_tile(readable_photograph(photograph_id, actor()), f"{region}/{size}/{rotation}/{name}")


def _begun(contribution_id: str, which: Move) -> ResponseReturnValue:
    """The case once more, with the usual message in the sender's language."""
    sender_writes = readable(contribution_id, actor()).language
    return case_page(contribution_id, begun=usual_message(which, sender_writes))
