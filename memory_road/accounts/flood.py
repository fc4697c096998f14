"""Floods are held back without knowing anybody.

How often something was done in an hour is counted under a key, in rows that all workers share. An IP address is never
kept: its key is a digest with a random salt, which is thrown away on the next day. So is that of a mail address.
"""

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import CheckConstraint, LargeBinary, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Date, String

from memory_road.db import Base, Moment, db, now

KEPT = timedelta(days=1)
ONE_LINE = 64
"""Bits of an IPv6 address that are one household's line; what follows can be had by the million."""


class FloodCount(Base):
    """How often something was done in the hour that begins at ``hour_at``."""

    __tablename__ = "flood_count"
    __table_args__ = (CheckConstraint("number > 0", name="counted"),)

    hour_at: Mapped[Moment] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class DailySalt(Base):
    """What the digests of one day's addresses are made with. Without it they tell nothing."""

    __tablename__ = "daily_salt"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))


def take_turn(key: str, most: int, in_a_day: int | None = None, times: int = 1) -> bool:
    """Count ``times`` more under ``key``; whether it was not yet more than ``most`` times in the present hour, nor more
    than ``in_a_day`` in that and the 23 before. Two workers that count at once wait for each other."""
    values = {"key": key, "hour_at": _hour(now()), "number": times}
    again = {"index_elements": ["hour_at", "key"], "set_": {"number": FloodCount.number + times}}
    counted = FloodCount.number
    if _on_postgresql():
        made = postgresql.insert(FloodCount).values(values).on_conflict_do_update(**again).returning(counted)
    else:
        made = sqlite.insert(FloodCount).values(values).on_conflict_do_update(**again).returning(counted)
    in_this_hour = db.session.scalar(made) or 0
    return in_this_hour <= most and (in_a_day is None or _lately(key) <= in_a_day)


def _lately(key: str) -> int:
    hours = [_hour(now()) - timedelta(hours=past) for past in range(24)]
    counted = select(func.sum(FloodCount.number)).where(FloodCount.hour_at.in_(hours), FloodCount.key == key)
    return db.session.scalar(counted) or 0


def address_key(address: str) -> str:
    """The key of whoever asks from the IP ``address``: the same all day, and worth nothing on the next. Empty when the
    address is not known, as behind a socket: then nobody can be told apart."""
    line = line_of(address)
    return f"from:{_digest(line)}" if line is not None else ""


def line_of(address: str) -> bytes | None:
    """The household's line behind an IP ``address``, to be counted within a process and never kept; ``None`` where the
    address is not known."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or ip_network((found.packed, ONE_LINE), strict=False).network_address
    return found.packed


def mailbox_key(email: str) -> str:
    """The key of whom somebody asks for by the ``email`` that they typed, for a day as well."""
    return f"for:{_digest(email.strip().lower().encode())}"


def forget_counts() -> int:
    """Delete counts of past hours and salts of past days; returns how many."""
    old = delete(FloodCount).where(FloodCount.hour_at < now() - KEPT).returning(FloodCount.key)
    salts = delete(DailySalt).where(DailySalt.day < now().date()).returning(DailySalt.day)
    return len(db.session.scalars(old).all()) + len(db.session.scalars(salts).all())


def _digest(what: bytes) -> str:
    return hmac.new(_salt(now().date()), what, hashlib.sha256).hexdigest()[:32]


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _salt(day: date) -> bytes:
    values = {"day": day, "salt": secrets.token_bytes(32)}
    # Two workers may meet the day's first address at once: both must use what the first of them wrote.
    insert = postgresql.insert if _on_postgresql() else sqlite.insert
    db.session.execute(insert(DailySalt).values(values).on_conflict_do_nothing())
    return db.session.execute(select(DailySalt.salt).where(DailySalt.day == day)).scalar_one()


def _on_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"
