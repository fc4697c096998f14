"""What the reader has just decided, and can still take back: it goes along with the address of the next page."""

from typing import Any

from flask import request

from memory_road.accounts.tell import undo_time
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import Refused
from memory_road.contributions.queries import readable
from memory_road.moderation.undo import undoable_by
from memory_road.web.edge import actor


def to_undo(contribution_id: str) -> dict[str, Any]:
    """The part of an address that names what was just decided; nothing where nothing can be taken back."""
    return {"undo": contribution_id} if undo_time() else {}


def asked_to_undo() -> dict[str, Any]:
    """The same as the present address has it, to go on with."""
    named = request.args.get("undo")
    return {"undo": named} if named else {}


def just_decided() -> Contribution | None:
    """What the address names, if the reader decided it and can still take it back."""
    try:
        found = readable(request.args.get("undo", ""), actor())
    except Refused:
        return None
    return found if undoable_by(found, actor()) else None
