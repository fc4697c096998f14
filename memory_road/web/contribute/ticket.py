"""What every form carries, so that it can be put aside for its sender when the session has ended meanwhile.

It is signed for the account that the form was given to, and opens nothing.
"""

import hashlib

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from werkzeug.exceptions import Unauthorized

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.web.edge import actor

KEPT_FOR = 30 * 24 * 3600
"""Seconds for which a page that stands open can still be put aside."""


def ticket_for(who: Actor) -> str:
    """What a form given to ``who`` carries."""
    return str(_signer().dumps(who.id))


def owner_of(who: Actor) -> str:
    """Whose form it is, for the page's script: enough to tell two accounts on one device apart, and no more."""
    signed = URLSafeSerializer(current_app.config["SECRET_KEY"], salt="memory-road-owner").dumps(who.id)
    return hashlib.sha256(str(signed).encode()).hexdigest()[:16]


def require_own_form() -> None:
    """Raise ``Unauthorized`` for a form that was given to somebody else: in one browser another person has signed in
    meanwhile, and must not get what the first one typed. A form without a ticket is judged by its token alone."""
    ticket = request.form.get("ticket", "")
    if ticket and holder_of(ticket) not in {actor().id, None}:
        raise Unauthorized


def holder_of(ticket: str) -> int | None:
    """The account that a ticket was made for, while it is active."""
    try:
        account_id = _signer().loads(ticket, max_age=KEPT_FOR)
    except BadSignature:
        return None
    account = db.session.get(Account, account_id) if isinstance(account_id, int) else None
    return account.id if account is not None and account.active else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="memory-road-form")
