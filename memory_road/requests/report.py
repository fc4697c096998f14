"""A visitor without an account reports a problem with an entry."""

from dataclasses import dataclass

from memory_road.accounts.flood import address_key, take_turn
from memory_road.db import db
from memory_road.requests.case import let_wait
from memory_road.requests.entry_request import GROUNDS, EntryRequest, RequestKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import address, words

FROM_ONE_ADDRESS = 10
ABOUT_ONE_ENTRY = 20
IN_ALL = 300
"""So many reports are taken in an hour. Schools and villages share one address."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a visitor filled in. ``trap`` is a field that people do not see: only programs fill it in."""

    ground: str
    words: str
    email: str = ""
    trap: str = ""


def report(participant_id: str, given: Report, language: str, ip_address: str) -> EntryRequest:
    """Keep what a visitor reports about a published entry, in the present transaction. The address that it comes from
    is only counted, under a digest. Raises ``RequestRefused``."""
    if given.trap.strip():
        raise RequestRefused(RequestRefusal.TRAP_FILLED)
    if given.ground not in GROUNDS[RequestKind.REPORT]:
        raise RequestRefused(RequestRefusal.GROUND_MISSING)
    said = words(given.words)
    email = address(given.email) if given.email.strip() else ""
    _hold_back_floods(participant_id, ip_address)
    made = EntryRequest(
        participant_id=participant_id,
        kind=RequestKind.REPORT,
        ground=given.ground,
        words=said,
        email=email,
        language=language,
    )
    db.session.add(made)
    db.session.flush()
    let_wait(made)
    return made


def _hold_back_floods(participant_id: str, ip_address: str) -> None:
    sender = address_key(ip_address)
    if sender and not take_turn(sender, FROM_ONE_ADDRESS):
        raise RequestRefused(RequestRefusal.FLOOD_FROM_YOU)
    if not take_turn(f"report:{participant_id}", ABOUT_ONE_ENTRY):
        raise RequestRefused(RequestRefusal.FLOOD_ABOUT_ENTRY)
    if not take_turn("report", IN_ALL):
        raise RequestRefused(RequestRefusal.FLOOD)
