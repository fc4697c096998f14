"""My contributions: where each stands, what was decided and why, the preview, the sender's own pictures."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.user import Account
from memory_road.contributions.bad_picture import bad_among
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.queries import PAGE, readable, readable_photograph, sent_by
from memory_road.contributions.submit import read, withdraw
from memory_road.contributions.told import told_state
from memory_road.db import db, now
from memory_road.facts.check import warnings_about
from memory_road.web.audience import audience
from memory_road.web.contribute.page import echoes
from memory_road.web.contribute.standing import name_of, standing
from memory_road.web.differences import about, changes, rows
from memory_road.web.edge import actor
from memory_road.web.entry import entry_view
from memory_road.web.files import private_picture, private_tile
from memory_road.web.language import language
from memory_road.web.sent import sent_entry
from memory_road.web.sentences import warning_sentence

my = Blueprint("my", __name__, url_prefix="/<lang>/my", template_folder="templates")


@my.get("/contributions")
@audience(Audience.CONTRIBUTORS)
def contributions() -> ResponseReturnValue:
    """Everything the reader has sent or begun."""
    sent = sent_by(actor(), request.args.get("after", ""))
    return render_template(
        "contribute/list.html",
        contributions=sent,
        names={item.id: name_of(item) for item in sent},
        told_state=told_state,
        changeable=CHANGEABLE,
        after=sent[-1].id if len(sent) == PAGE else None,
    )


@my.get("/<contribution_id>")
@audience(Audience.CONTRIBUTORS)
def contribution(contribution_id: str) -> ResponseReturnValue:
    """Where one contribution stands."""
    return standing(readable(contribution_id, actor()))


@my.get("/<contribution_id>/preview")
@audience(Audience.CONTRIBUTORS)
def preview(contribution_id: str) -> ResponseReturnValue:
    """The entry exactly as it will appear."""
    item = readable(contribution_id, actor())
    sender = db.session.get_one(Account, item.sender_id)
    address = url_for("my.contributions").removesuffix("contributions") + "photographs"
    reading = read(item, now().date())
    covered = bad_among(item.photographs) if item.sender_id != actor().id else ()
    return render_template(
        "contribute/preview.html",
        entry=sent_entry(item, sender.display_name, address, language(), covered),
        contribution=item,
        changeable=told_state(item) in CHANGEABLE,
        about=about(item),
        changes=rows(changes(item), language()),
        ready=told_state(item) in CHANGEABLE and not reading.problems,
        echoes=echoes(reading),
        warnings=[warning_sentence(warning) for warning in warnings_about(reading.facts)],
    )


@my.get("/<contribution_id>/receipt")
@audience(Audience.CONTRIBUTORS)
def receipt(contribution_id: str) -> ResponseReturnValue:
    """What was sent, when, and under which number: to be printed and kept."""
    item = readable(contribution_id, actor())
    if item.submitted_at is None:
        return redirect(url_for("my.contribution", contribution_id=contribution_id))
    facts = item.facts or {}
    return render_template(
        "contribute/receipt.html",
        contribution=item,
        state=told_state(item),
        name=name_of(item),
        about=about(item),
        entry=entry_view(facts, [], language(), told_in=item.language),
    )


@my.post("/<contribution_id>/withdraw")
@audience(Audience.CONTRIBUTORS)
def take_back(contribution_id: str) -> ResponseReturnValue:
    """Withdraw what was not decided yet."""
    withdraw(contribution_id, actor())
    return redirect(url_for("my.contribution", contribution_id=contribution_id, said="withdrawn"), 303)


@my.get("/photographs/<photograph_id>/<name>")
@audience(Audience.CONTRIBUTORS)
def photograph(photograph_id: str, name: str) -> ResponseReturnValue:
    """A picture of one's own contribution."""
    return private_picture(readable_photograph(photograph_id, actor()), name)


@my.get("/photographs/<photograph_id>/<region>/<size>/<rotation>/<name>")
@audience(Audience.CONTRIBUTORS)
def tile(photograph_id: str, region: str, size: str, rotation: str, name: str) -> ResponseReturnValue:
    """A tile of a picture of one's own."""
    return private_tile(readable_photograph(photograph_id, actor()), f"{region}/{size}/{rotation}/{name}")
