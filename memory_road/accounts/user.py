"""Accounts and their roles, in the shape that Flask-Security works with."""

# pyright: reportIncompatibleVariableOverride=false, reportIncompatibleMethodOverride=false
# -- Flask-Security's mixins declare their attributes as plain values, not as mapped columns.

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.permissions import Actor, Scope
from memory_road.accounts.permissions import Role as RoleName
from memory_road.db import Base, Json, Moment, db, now, one_of
from memory_road.mail.letter import Wish

account_role = Table(
    "account_role",
    db.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Role(Base, RoleMixin):
    """One of the four roles; the first migration writes the rows."""

    __tablename__ = "role"
    __table_args__ = (one_of("name", RoleName),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)


class Account(Base, UserMixin):
    """Somebody who can sign in. E-mail and password never leave this table but to Flask-Security."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email <> '' AND email = lower(email)", name="email_in_lower_case"),
        one_of("letters", Wish),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255), comment="argon2, made by Flask-Security")
    active: Mapped[bool] = mapped_column(default=True)
    suspended_at: Mapped[Moment | None] = mapped_column(comment="since when it cannot sign in; empty: it can")
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), unique=True, comment="the identity in sessions and tokens; a new one signs out everywhere"
    )
    confirmed_at: Mapped[Moment | None] = mapped_column(comment="when the address was confirmed")
    display_name: Mapped[str] = mapped_column(String(100), default="", comment="as the sender is named where wished")
    pen_name: Mapped[str] = mapped_column(String(100), default="", comment="as senders see a moderator")
    language: Mapped[str] = mapped_column(String(10), default="ru", comment="of letters")
    letters: Mapped[str] = mapped_column(String(10), default=Wish.AT_ONCE, comment="which are wished: mail.letter.Wish")
    created_at: Mapped[Moment] = mapped_column(default=now)
    quota_megabytes: Mapped[int | None] = mapped_column(comment="of pictures sent; empty: what the settings say")
    scope_languages: Mapped[list[str] | None] = mapped_column(
        Json, comment="in which the cases are that a moderator sees; empty: in all"
    )
    scope_countries: Mapped[list[str] | None] = mapped_column(
        Json, comment="ISO 3166-1, of the people whose cases a moderator sees; empty: all"
    )
    roles: Mapped[list[Role]] = relationship(secondary=account_role, lazy="selectin")

    @property
    def is_active(self) -> bool:
        """Whether somebody can sign in with it, as Flask-Security and Flask-Login ask."""
        return self.active and self.suspended_at is None

    @property
    def actor(self) -> Actor:
        """Who acts, as the rules see it."""
        scope = Scope(frozenset(self.scope_languages or ()), frozenset(self.scope_countries or ()))
        return Actor(self.id, frozenset(RoleName(role.name) for role in self.roles), scope)
