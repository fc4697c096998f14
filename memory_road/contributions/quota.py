"""How much room an account's pictures take, and whether there is room for one more."""

from sqlalchemy import ColumnElement, func, select

from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.upload import KEPT, Upload
from memory_road.db import db, now

MEGABYTE = 1024 * 1024
MOST_UPLOADS = 40
"""So many pictures of one account may be on their way."""


def hold(account_id: int) -> None:
    """Hold the account until the transaction ends, so that two pictures that arrive at once do not both take the last
    room. Whoever needs it and a contribution takes the account first."""
    db.session.execute(select(Account.id).where(Account.id == account_id).with_for_update(key_share=True))


def used(account_id: int) -> int:
    """Bytes of the originals that the account has sent, and of those that are on their way. Asks for this account's
    rows alone, however large the archive is."""
    kept = (
        select(func.coalesce(func.sum(ContributionPhotograph.bytes), 0))
        .join(Contribution, Contribution.id == ContributionPhotograph.contribution_id)
        .where(Contribution.sender_id == account_id)
    )
    coming = select(func.coalesce(func.sum(Upload.length), 0)).where(*_on_their_way(account_id))
    return int(db.session.scalar(kept) or 0) + int(db.session.scalar(coming) or 0)


def ask_for_room(account_id: int, more: int, quota: int) -> None:
    """Raise ``Refused`` when ``more`` bytes do not fit into the account's own quota or, where it has none, into
    ``quota`` bytes."""
    own = db.session.scalar(select(Account.quota_megabytes).where(Account.id == account_id))
    most = quota if own is None else own * MEGABYTE
    taken = used(account_id)
    if taken + more > most:
        raise Refused(RefusalCode.QUOTA_FULL, {"used": -(-taken // MEGABYTE), "most": most // MEGABYTE})


def ask_for_turn(account_id: int) -> None:
    """Raise ``Refused`` when too many pictures of the account are on their way already."""
    count = select(func.count()).select_from(Upload).where(*_on_their_way(account_id))
    if (db.session.scalar(count) or 0) >= MOST_UPLOADS:
        raise Refused(RefusalCode.TOO_MANY_UPLOADS)


def _on_their_way(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return Upload.account_id == account_id, Upload.received < Upload.length, Upload.updated_at > now() - KEPT
