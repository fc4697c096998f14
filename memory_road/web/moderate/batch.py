"""The desk decides several new entries of one sender on one page, after one look at each."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode
from memory_road.db import db
from memory_road.facts.check import warnings_about
from memory_road.facts.names import full_name
from memory_road.moderation.batch import approve_together, stands_alone, together
from memory_road.moderation.same_person import namesakes_of
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.entry import years
from memory_road.web.language import language
from memory_road.web.moderate.filters import kept
from memory_road.web.sent import sent_entry
from memory_road.web.sentences import REFUSALS, VERDICTS, warning_sentence

batch = Blueprint(
    "batch", __name__, url_prefix="/<lang>/moderate/<contribution_id>/together", template_folder="templates"
)


@batch.get("")
@audience(Audience.MODERATORS)
def page(contribution_id: str) -> ResponseReturnValue:
    """What waits of the sender of a case."""
    return _page(contribution_id, {})


@batch.post("")
@audience(Audience.MODERATORS)
def decide(contribution_id: str) -> ResponseReturnValue:
    """Approve what is ticked; the rest waits as before."""
    offered = {_seen(each): each.id for each in together(contribution_id, actor()) if stands_alone(each)}
    asked = set(request.form.getlist("looked_at"))
    ticked = {offered[seen] for seen in asked if seen in offered}
    outcome = approve_together(ticked, actor(), parts().settings.two_approvals)
    refused = {identifier: code for identifier, code in outcome.items() if code is not None}
    # What was changed, taken or decided since it was shown is looked at anew.
    refused |= {seen.split(" ")[0]: RefusalCode.MOVED_ON for seen in asked if seen not in offered}
    if refused or not ticked:
        return _page(contribution_id, refused, nothing=not asked), 422
    votes = any(db.session.get_one(Contribution, each).state == State.SUBMITTED for each in ticked)
    return redirect(url_for("desk.queue", said="voted" if votes else "approved_together", **kept()), 303)


def _seen(contribution: Contribution) -> str:
    """A case as it is now: another word after every change."""
    return f"{contribution.id} {contribution.updated_at.isoformat()}"


def _page(contribution_id: str, refused: dict[str, RefusalCode], nothing: bool = False) -> str:
    cases = together(contribution_id, actor())
    address = url_for("desk.queue") + "photographs"
    sender = db.session.get_one(Account, cases[0].sender_id).display_name if cases else ""
    return render_template(
        "moderate/batch.html",
        contribution_id=contribution_id,
        sender_name=sender,
        cases=[(each, sent_entry(each, sender, address, language())) for each in cases],
        namesakes={each.id: namesakes_of(each) for each in cases},
        alone={each.id for each in cases if stands_alone(each)},
        verdict_words=VERDICTS,
        years_of=lambda facts: years(facts, language()),
        name_of=full_name,
        warnings={each.id: [warning_sentence(one) for one in warnings_about(each.facts or {})] for each in cases},
        refused={identifier: str(REFUSALS[code]) for identifier, code in refused.items()},
        nothing=nothing,
        seen=_seen,
        kept=kept(),
    )
