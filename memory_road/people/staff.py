"""Find accounts: those with a desk by a part of name or address, all others by their whole address."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select

from memory_road.accounts.permissions import Role as RoleName
from memory_road.accounts.user import Account, Role, account_role
from memory_road.db import db

PAGE = 50
MOST_STAFF = 2000
"""So many accounts with a desk are looked through for a part of a name: case, in any script, is compared here."""


def staff(after: int = 0) -> Sequence[Account]:
    """``PAGE`` of the accounts with a desk, by their number, those after ``after``; one more shows that it goes on."""
    return db.session.scalars(_with_desk().where(Account.id > after).limit(PAGE + 1)).all()


def found(wanted: str) -> Sequence[Account]:
    """Accounts with a desk whose address or pen name holds ``wanted``, and whoever's whole address it is; at most
    ``PAGE``."""
    folded = wanted.strip().casefold()
    exact = select(Account).where(Account.email == folded, Account.active)
    whole = list(db.session.scalars(exact))
    parts = [
        account
        for account in db.session.scalars(_with_desk().limit(MOST_STAFF))
        if folded in account.email or folded in account.pen_name.casefold()
    ]
    return list(dict.fromkeys([*whole, *parts]))[:PAGE]


def _with_desk() -> Select[Account]:
    desk = [role for role in RoleName if role is not RoleName.CONTRIBUTOR]
    of_desk = exists().where(
        account_role.c.account_id == Account.id,
        account_role.c.role_id.in_(select(Role.id).where(Role.name.in_(desk))),
    )
    return select(Account).where(of_desk, Account.active).order_by(Account.id)
