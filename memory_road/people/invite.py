"""Invite somebody to the desk: a letter with a link that works once, for whoever reads that mailbox."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor, Audience, require
from memory_road.accounts.permissions import Role as RoleName
from memory_road.accounts.user import Account
from memory_road.db import Base, Identifier, Json, Moment, db, now
from memory_road.facts.read import COUNTRIES
from memory_road.identifier import is_identifier, new_identifier
from memory_road.mail.address import mail_address
from memory_road.mail.letter import LetterKind, write
from memory_road.people.administration import Act, keep_act
from memory_road.people.appoint import GIVEN, set_roles
from memory_road.people.refusal import PeopleRefusal, PeopleRefused

VALID = timedelta(days=14)
"""The letter says so too."""
SHOWN = 50


class StaffInvitation(Base):
    """Open until it is accepted, taken back or too old; then it forgets the address."""

    __tablename__ = "staff_invitation"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (email <> '')", name="address_while_open"),
        CheckConstraint("role IN ('moderator', 'senior_moderator', 'administrator')", name="role_given"),
        Index("ix_staff_invitation_open", "ended_at", "expires_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256 of the token in the letter")
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(30))
    languages: Mapped[list[str]] = mapped_column(Json)
    countries: Mapped[list[str]] = mapped_column(Json)
    inviter_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    made_at: Mapped[Moment] = mapped_column(default=now)
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    def end(self) -> None:
        """It is over; of whom it was for, nothing is kept."""
        self.ended_at, self.email = now(), ""


def invite(
    actor: Actor,
    typed: str,
    role: str,
    languages: Collection[str],
    countries: Collection[str],
    letter_language: str,
) -> StaffInvitation:
    """Send a letter to the address that was ``typed``, and let its link give ``role`` and scope. One that was sent to
    the same address before opens nothing any more. Raises ``PeopleRefused`` or ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    email = mail_address(typed)
    if not email:
        raise PeopleRefused(PeopleRefusal.STAFF_ADDRESS_WRONG)
    if role not in set(GIVEN):
        raise PeopleRefused(PeopleRefusal.ROLE_MISSING)
    if set(countries) - set(COUNTRIES):
        raise PeopleRefused(PeopleRefusal.UNKNOWN_SCOPE)
    account = db.session.scalar(select(Account).where(Account.email == email))
    if account is not None and RoleName(role) in account.actor.roles:
        raise PeopleRefused(PeopleRefusal.INVITED_ALREADY)
    db.session.execute(update(StaffInvitation).where(StaffInvitation.email == email).values(ended_at=now(), email=""))
    token = secrets.token_urlsafe(32)
    invitation = StaffInvitation(
        token_digest=_digest(token),
        email=email,
        role=role,
        languages=sorted(set(languages)),
        countries=sorted(set(countries)),
        inviter_id=actor.id,
        expires_at=now() + VALID,
    )
    db.session.add(invitation)
    write(LetterKind.STAFF_INVITED, email, account.language if account is not None else letter_language, token=token)
    keep_act(actor.id, account.id if account is not None else None, Act.INVITED, role=role)
    return invitation


def open_invitations() -> Sequence[StaffInvitation]:
    """Those that can still be accepted, the oldest first, at most ``SHOWN``."""
    waiting = select(StaffInvitation).where(StaffInvitation.ended_at.is_(None), StaffInvitation.expires_at > now())
    return db.session.scalars(waiting.order_by(StaffInvitation.expires_at).limit(SHOWN)).all()


def take_back(actor: Actor, invitation_id: str) -> None:
    """Let an invitation open nothing any more; nothing happens when it is over. Raises ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    found = db.session.get(StaffInvitation, invitation_id) if is_identifier(invitation_id) else None
    if found is not None and found.ended_at is None:
        found.end()
        keep_act(actor.id, None, Act.INVITATION_TAKEN_BACK, role=found.role)


def invitation_by(token: str) -> StaffInvitation:
    """The invitation that a letter's link leads to. Raises ``PeopleRefused`` when it is over."""
    digest = _digest(token)
    found = db.session.scalar(select(StaffInvitation).where(StaffInvitation.token_digest == digest))
    if found is None or found.ended_at is not None or found.expires_at <= now():
        raise PeopleRefused(PeopleRefusal.STAFF_INVITATION_GONE)
    return found


def accept(actor: Actor, token: str) -> None:
    """Take the role: whoever accepts has signed in with the address that was invited. Raises ``PeopleRefused``."""
    invitation = invitation_by(token)
    db.session.refresh(invitation, with_for_update=True)
    if invitation.ended_at is not None:
        raise PeopleRefused(PeopleRefusal.STAFF_INVITATION_GONE)
    account = db.session.get_one(Account, actor.id, with_for_update={"key_share": True}, populate_existing=True)
    if account.email != invitation.email:
        raise PeopleRefused(PeopleRefusal.FOR_ANOTHER_ADDRESS)
    before = account.actor.roles & set(GIVEN)
    set_roles(account, {*before, RoleName(invitation.role)})
    account.scope_languages, account.scope_countries = invitation.languages, invitation.countries
    keep_act(invitation.inviter_id, account.id, Act.INVITATION_ACCEPTED, role=invitation.role)
    invitation.end()
    db.session.flush()


def end_invitations_of(account_id: int) -> None:
    """Let the open invitations of somebody who is no longer trusted open nothing any more."""
    theirs = update(StaffInvitation).where(StaffInvitation.inviter_id == account_id, StaffInvitation.ended_at.is_(None))
    db.session.execute(theirs.values(ended_at=now(), email=""))


def forget_invitations() -> int:
    """Let those whose time is over forget their address; returns how many."""
    old = update(StaffInvitation).where(StaffInvitation.ended_at.is_(None), StaffInvitation.expires_at <= now())
    return len(db.session.scalars(old.values(ended_at=now(), email="").returning(StaffInvitation.id)).all())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
