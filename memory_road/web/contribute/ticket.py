"""What every form carries, so that it can be put aside for its sender when the session has ended meanwhile.

It is signed for the account that the form was given to, and opens nothing.
"""

import hashlib

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.db import db


def ticket_for(who: Actor) -> str:
    """What a form given to ``who`` carries."""
    return str(_signer().dumps(who.id))


def owner_of(ticket: str) -> str:
    """Whose form it is, for the page's script: enough to tell two accounts on one device apart, and no more."""
    return hashlib.sha256(ticket.encode()).hexdigest()[:16]


def holder_of(ticket: str) -> int | None:
    """The account that a ticket was made for, while it is active."""
    try:
        account_id = _signer().loads(ticket)
    except BadSignature:
        return None
    account = db.session.get(Account, account_id) if isinstance(account_id, int) else None
    return account.id if account is not None and account.active else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="memory-road-form")
