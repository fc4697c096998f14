"""Leave letters with one press, signed in or not (RFC 8058): the address in a letter says whose they are."""

from itsdangerous import BadSignature, URLSafeSerializer

from memory_road.config import Settings

LONGEST_TOKEN = 100


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="letters")


def leave_address(account_id: int, language: str, settings: Settings) -> str:
    """Where ``account_id`` leaves the letters that need no answer. It holds as long as the secret does: a letter may
    be found again after years."""
    return f"{settings.base_url}/{language}/letters/{_serializer(settings.secret_key).dumps(account_id)}"


def account_of(token: str, settings: Settings) -> int | None:
    """The account that the last part of such an address names; ``None`` where it is not one of ours."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        said = _serializer(settings.secret_key).loads(token)
    except BadSignature:
        return None
    return said if isinstance(said, int) else None
