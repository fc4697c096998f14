"""For operators: is the process alive, and can it serve?"""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from memory_road.accounts.permissions import Audience
from memory_road.db import db
from memory_road.web.audience import audience

probes = Blueprint("probes", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@probes.get("/healthz")
@audience(Audience.EVERYONE)
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", PLAIN


@probes.get("/readyz")
@audience(Audience.EVERYONE)
def readyz() -> ResponseReturnValue:
    """The database answers and has its tables."""
    try:
        db.session.execute(text("SELECT number FROM decision_head"))
    except SQLAlchemyError:
        return "The database does not answer or has not been upgraded: run “memory-road db upgrade”.\n", 503, PLAIN
    return "ok\n", PLAIN
