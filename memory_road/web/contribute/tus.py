"""The headers of tus 1.0.0, the protocol of resumable uploads (https://tus.io/protocols/resumable-upload), as we speak
it: the core, and the extensions creation, expiration and termination."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime

from memory_road.contributions.upload import LONGEST_DESCRIPTION, Upload
from memory_road.facts.read import plain_name

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
PART_TYPE = "application/offset+octet-stream"
_NUMBER = re.compile(r"[0-9]{1,15}")
_KEY = re.compile(r"[!-+\--~]+")


class Malformed(Exception):
    """A header does not say what the protocol asks of it."""


def number(value: str | None) -> int:
    """A length or an offset: a whole number, 0 or more. Raises ``Malformed``."""
    if value is None or not _NUMBER.fullmatch(value):
        raise Malformed
    return int(value)


def metadata(value: str) -> dict[str, str]:
    """What ``Upload-Metadata`` says: keys and their decoded values. Raises ``Malformed``."""
    if len(value) > LONGEST_DESCRIPTION or not value.isascii():
        raise Malformed
    described: dict[str, str] = {}
    for pair in value.split(",") if value.strip() else []:
        key, _, encoded = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in described:
            raise Malformed
        try:
            described[key] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as wrong:
            raise Malformed from wrong
    return described


def file_name(described: Mapping[str, str]) -> str:
    """How the sender's device calls the file; only ever shown."""
    return plain_name(described.get("filename"))


def state_of(upload: Upload) -> dict[str, str]:
    """The headers that say how far an upload is."""
    headers = {
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.length),
        "Upload-Expires": format_datetime(upload.expires_at.astimezone(UTC), usegmt=True),
    }
    return {**headers, "Upload-Metadata": upload.described} if upload.described else headers
