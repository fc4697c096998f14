"""What a moderator has typed on the page of a case. One form holds every decision, so that nothing typed is lost,
whichever button is pressed: each field carries the name of the decision that it belongs to."""

from flask import request

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move
from memory_road.web.moderate.approving import mended
from memory_road.web.reason_words import message_of

ENDPOINTS: dict[Move, str] = {
    Move.APPROVE: "moderate.publish",
    Move.RETURN: "moderate.send_back",
    Move.REJECT: "moderate.decline",
    Move.HOLD: "hearing.put_on_hold",
    Move.RELEASE: "hearing.resume",
    Move.UPHOLD: "hearing.stands",
    Move.REOPEN: "hearing.goes_on",
}
"""Where each decision is made."""
FIELDS = ("reason", "message", "note")


def typed(which: str, field: str) -> str:
    """What stands in a field of a decision. Who has only that decision in hand, as a program has, need not say which it
    belongs to."""
    said = request.form.get(f"{which}-{field}")
    if said is None and request.endpoint == ENDPOINTS[Move(which)]:
        said = request.form.get(field)
    return said or ""


def words(which: Move) -> tuple[str, str, str]:
    """The reason, the message to the sender, and the note for moderators."""
    return typed(which, "reason"), typed(which, "message"), typed(which, "note")


def usual_message(which: Move, language: str) -> str:
    """What was typed as a message, and behind it the usual one for the chosen reason in ``language``."""
    reason, message, _ = words(which)
    said, usual = message.strip(), message_of(reason, language)
    return said if usual in said else "\n\n".join(filter(None, (said, usual)))


def remark() -> str:
    """The note that belongs to no decision."""
    return request.form.get("remark", "")


def written() -> list[str]:
    """Everything that was written in whole sentences, whichever decision it belongs to."""
    said = [typed(which, field) for which in ENDPOINTS for field in FIELDS[1:]]
    return [text for text in said if text.strip()]


def is_anything_typed(contribution: Contribution) -> bool:
    """Whether something would be lost if the page began anew."""
    ticked = any(name.startswith("choice-") and chosen != "take" for name, chosen in request.form.items())
    answered = any(request.form.get(name) for name in ("checked", "nobody_living_exposed", "portrait"))
    chosen = any(typed(which, "reason") for which in ENDPOINTS)
    return ticked or answered or chosen or bool(written()) or bool(mended(contribution))
