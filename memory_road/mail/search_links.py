"""Addresses by which somebody without an account keeps searches and ends them: signed, so that nothing secret lies in
the database, and whoever asks twice has two letters that both open the page."""

from itsdangerous import BadSignature, URLSafeSerializer

from memory_road.config import Settings

LONGEST_TOKEN = 100
CONFIRM, SEARCHES = "search to confirm", "searches of a keeper"
"""What a link is for is signed with it: one does not open what the other does."""


def confirm_address(search_id: str, language: str, settings: Settings) -> str:
    """Where the search ``search_id`` is confirmed."""
    return f"{settings.base_url}/{language}/searches/confirm/{_serializer(settings, CONFIRM).dumps(search_id)}"


def searches_address(keeper_id: str, language: str, settings: Settings) -> str:
    """Where the searches of a keeper are seen, ended and prolonged. It holds as long as there are any."""
    return f"{settings.base_url}/{language}/searches/{keeper_token(keeper_id, settings)}"


def keeper_token(keeper_id: str, settings: Settings) -> str:
    """The last part of that address."""
    return str(_serializer(settings, SEARCHES).dumps(keeper_id))


def search_of(token: str, settings: Settings) -> str | None:
    """The search that an address to confirm names; ``None`` where it is not one of ours."""
    return _said(token, settings, CONFIRM)


def keeper_of(token: str, settings: Settings) -> str | None:
    """The keeper that an address of searches names; ``None`` where it is not one of ours."""
    return _said(token, settings, SEARCHES)


def _serializer(settings: Settings, what_for: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt=what_for)


def _said(token: str, settings: Settings, what_for: str) -> str | None:
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        said = _serializer(settings, what_for).loads(token)
    except BadSignature:
        return None
    return said if isinstance(said, str) else None
