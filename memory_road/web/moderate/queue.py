"""The desk's queue: everything that waits, a case by its number, and the next case."""

from contextlib import suppress
from datetime import datetime, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.cases import Case, CaseKind
from memory_road.contributions.bad_picture import not_to_be_shown
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import Refused
from memory_road.contributions.pace import outlook
from memory_road.contributions.queries import readable
from memory_road.contributions.waits import usual_days
from memory_road.db import now
from memory_road.facts.names import full_name
from memory_road.family.queries import number_for_moderators
from memory_road.identifier import is_identifier, normal_identifier
from memory_road.moderation.next_case import next_for
from memory_road.moderation.proposal import number_proposed
from memory_road.moderation.queue import MOST_COUNTED, depth, put_aside, taken_back_from_hold, waiting
from memory_road.moderation.wanted import LOOKED_THROUGH
from memory_road.requests.queries import readable_request
from memory_road.requests.refusal import RequestRefused
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.moderate.filters import AGE_WORDS, KINDS, categories, countries, kept, wanted
from memory_road.web.moderate.lately import asked_to_undo, just_decided

REQUESTS = frozenset({CaseKind.REPORT, CaseKind.TAKEDOWN})
desk = Blueprint("desk", __name__, url_prefix="/<lang>/moderate", template_folder="templates")


@desk.get("/")
@audience(Audience.MODERATORS)
def queue() -> ResponseReturnValue:
    """What waits, the oldest first."""
    return _queue()


def _queue(number: str = "") -> str:
    """The queue; ``number`` is what somebody typed where there is no such case."""
    page = waiting(actor(), wanted(), request.args.get("after", ""))
    held, taken_back = put_aside(State.HELD, actor(), request.args.get("held_after", "")), taken_back_from_hold(actor())
    sent = [row.contribution for row in page.rows if row.contribution is not None]
    return render_template(
        "moderate/queue.html",
        depth=depth(actor()),
        page=page,
        first=not request.args.get("after"),
        usual_days=usual_days(),
        outlook=outlook(parts().settings.set_date, now().date()),
        wanted=wanted(),
        kept=kept(),
        kinds=KINDS,
        ages=AGE_WORDS,
        countries=countries(),
        categories=categories(),
        looked_through=LOOKED_THROUGH,
        families=number_for_moderators(),
        proposed=number_proposed(),
        most_counted=MOST_COUNTED,
        held=held,
        taken_back=taken_back,
        covered=not_to_be_shown([*sent, *held.contributions, *taken_back]),
        address_of=address_of,
        due_at=due_at,
        name_of=full_name,
        me=actor().id,
        now=now(),
        number=number,
        just_decided=just_decided(),
    )


@desk.get("/find")
@audience(Audience.MODERATORS)
def find() -> ResponseReturnValue:
    """The case, a contribution or a request, with the number that somebody has read out, however it was typed."""
    number = normal_identifier(request.args.get("number", ""))
    with suppress(Refused):
        found = readable(number, actor()) if is_identifier(number) else None
        if found is not None and found.submitted_at is not None:
            return redirect(url_for("moderate.case", contribution_id=found.id))
    with suppress(RequestRefused):
        return redirect(url_for("request_desk.one", request_id=readable_request(number, actor()).id))
    return _queue(request.args.get("number", "")), 404


@desk.get("/next")
@audience(Audience.MODERATORS)
def following() -> ResponseReturnValue:
    """The next case, or the queue when nothing waits. Looking claims nothing."""
    found = next_for(actor(), request.args.get("after", ""), wanted())
    said = request.args.get("said")
    if found is None:
        return redirect(url_for("desk.queue", said=said, **kept(), **asked_to_undo()))
    return redirect(address_of(found, said))


def address_of(case: Case, said: str | None = None) -> str:
    """The page of a case; the filters of the queue go with it, and what was just decided."""
    if case.kind in REQUESTS:
        return url_for("request_desk.one", request_id=case.id, said=said, **kept(), **asked_to_undo())
    return url_for("moderate.case", contribution_id=case.id, said=said, **kept(), **asked_to_undo())


def due_at(case: Case) -> datetime:
    """Until when a case should be looked at, as the operator has set it."""
    settings = parts().settings
    return case.since + timedelta(days=settings.request_due_days if case.kind in REQUESTS else settings.due_days)
