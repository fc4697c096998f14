"""The desk decides several new entries of one sender on one page, after one look at each."""

from collections.abc import Callable, Collection, Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Actor, Audience
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode
from memory_road.contributions.queries import readable
from memory_road.db import db
from memory_road.facts.check import warnings_about
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import label
from memory_road.moderation.batch import (
    MOST_TOGETHER,
    Outcome,
    approve_together,
    decided_lately,
    reject_together,
    return_together,
    stands_alone,
    together,
    undo_together,
)
from memory_road.moderation.same_person import namesakes_of
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.entry import years
from memory_road.web.language import language
from memory_road.web.moderate.filters import kept
from memory_road.web.moderate.together_words import said_together
from memory_road.web.moderate.typed import typed, usual_message, words
from memory_road.web.reason_words import choices
from memory_road.web.sent import sent_entry
from memory_road.web.sentences import REFUSALS, VERDICTS, warning_sentence

OF_THE_WORDS = frozenset({RefusalCode.REASON_MISSING, RefusalCode.MESSAGE_MISSING, RefusalCode.TOO_LONG})
"""What is the matter with the words, and not with one of the cases."""
NOTHING_TICKED = label("Nothing is ticked. Please look at each entry, and tick those that you want to decide.")
SOME_REFUSED = label(
    "Some could not be decided: why stands beside each of them, or they do not wait any more. The others are decided."
)
NONE_DECIDED = label("Nothing could be decided: why stands beside each entry, or it does not wait any more.")
batch = Blueprint(
    "batch", __name__, url_prefix="/<lang>/moderate/<contribution_id>/together", template_folder="templates"
)


@batch.get("")
@audience(Audience.MODERATORS)
def page(contribution_id: str) -> ResponseReturnValue:
    """What waits of the sender of a case."""
    return _page(contribution_id, done=request.args.get("done", ""), number=request.args.get("number", 0, type=int))


@batch.post("")
@audience(Audience.MODERATORS)
def decide(contribution_id: str) -> ResponseReturnValue:
    """Approve what is ticked; the rest waits as before."""
    ticked, changed = _ticked(contribution_id)
    outcome = approve_together(ticked, actor(), parts().settings.two_approvals)
    votes = any(db.session.get_one(Contribution, each).state == State.SUBMITTED for each in _done(outcome))
    return _decided(contribution_id, "voted" if votes else "approved", outcome | changed)


@batch.post("/return")
@audience(Audience.MODERATORS)
def send_back(contribution_id: str) -> ResponseReturnValue:
    """Return what is ticked, with one reason and message."""
    return _with_words(contribution_id, Move.RETURN, return_together)


@batch.post("/reject")
@audience(Audience.MODERATORS)
def decline(contribution_id: str) -> ResponseReturnValue:
    """Publish nothing of what is ticked, with one reason and message."""
    return _with_words(contribution_id, Move.REJECT, reject_together)


@batch.post("/undo")
@audience(Audience.MODERATORS)
def take_back(contribution_id: str) -> ResponseReturnValue:
    """Take back what was decided of this sender a moment ago: of what the page named, what still can be."""
    named = set(request.form.getlist("decided"))
    still = {each.id for each in decided_lately(contribution_id, actor()) if each.id in named}
    outcome = undo_together(still, actor())
    late = dict.fromkeys(named - still, RefusalCode.UNDO_TOO_LATE)
    if not _done(outcome):
        return _page(contribution_id, error=str(REFUSALS[RefusalCode.UNDO_TOO_LATE])), 409
    return _decided(contribution_id, "undone", outcome | late)


def _with_words(
    contribution_id: str, which: Move, verb: Callable[[Collection[str], Actor, str, str, str], Outcome]
) -> ResponseReturnValue:
    if request.form.get("begin"):
        sender_writes = readable(contribution_id, actor()).language
        return _page(contribution_id, begun={which: usual_message(which, sender_writes)})
    ticked, changed = _ticked(contribution_id)
    outcome = verb(ticked, actor(), *words(which))
    return _decided(contribution_id, "returned" if which is Move.RETURN else "rejected", outcome | changed)


def _ticked(contribution_id: str) -> tuple[set[str], Outcome]:
    """What is ticked and stands as it was shown. What was changed, taken or decided since then is looked at anew."""
    asked = set(request.form.getlist("looked_at"))
    shown = [each for each in together(contribution_id, actor()) if _seen(each) in asked]
    offered = {_seen(each): each.id for each in shown if stands_alone(each, namesakes_of(each))}
    changed: Outcome = {seen.split(" ")[0]: RefusalCode.MOVED_ON for seen in asked if seen not in offered}
    return {offered[seen] for seen in asked if seen in offered}, changed


def _done(outcome: Outcome) -> list[str]:
    return [identifier for identifier, code in outcome.items() if code is None]


def _decided(contribution_id: str, done: str, outcome: Outcome) -> ResponseReturnValue:
    """The page again, which says how many; or with why something could not be decided, and what was typed."""
    refused = {identifier: code for identifier, code in outcome.items() if code is not None}
    number = len(_done(outcome))
    if not outcome:
        return _page(contribution_id, error=gettext(NOTHING_TICKED)), 422
    if refused:
        of_all = next(iter(refused.values())) if set(refused.values()) <= OF_THE_WORDS else None
        error = str(REFUSALS[of_all]) if of_all is not None else gettext(SOME_REFUSED if number else NONE_DECIDED)
        return _page(contribution_id, refused, error, done if number else "", number), 422
    return redirect(url_for("batch.page", contribution_id=contribution_id, done=done, number=number, **kept()), 303)


def _seen(contribution: Contribution) -> str:
    """A case as it is now: another word after every change."""
    return f"{contribution.id} {contribution.updated_at.isoformat()}"


def _page(
    contribution_id: str,
    refused: Mapping[str, RefusalCode] | None = None,
    error: str = "",
    done: str = "",
    number: int = 0,
    begun: Mapping[str, str] | None = None,
) -> str:
    cases, lately = together(contribution_id, actor()), decided_lately(contribution_id, actor())
    namesakes = {each.id: namesakes_of(each) for each in cases}
    case = readable(contribution_id, actor())
    address = url_for("desk.queue") + "photographs"
    sender = db.session.get_one(Account, case.sender_id).display_name
    return render_template(
        "moderate/batch.html",
        contribution_id=contribution_id,
        sender_name=sender,
        cases=[(each, sent_entry(each, sender, address, language())) for each in cases],
        namesakes=namesakes,
        alone={each.id for each in cases if stands_alone(each, namesakes[each.id])},
        lately=lately,
        ticked=set(request.form.getlist("looked_at")),
        typed=typed,
        begun=begun or {},
        reason_choices={move.value: choices(move, case.language) for move in (Move.RETURN, Move.REJECT)},
        verdict_words=VERDICTS,
        years_of=lambda facts: years(facts, language()),
        name_of=full_name,
        warnings={each.id: [warning_sentence(one) for one in warnings_about(each.facts or {})] for each in cases},
        refused={identifier: str(REFUSALS[code]) for identifier, code in (refused or {}).items()},
        error=error,
        openly=case.sender_id == actor().id,
        said=said_together(done, min(number, MOST_TOGETHER)),
        seen=_seen,
        kept=kept(),
    )
