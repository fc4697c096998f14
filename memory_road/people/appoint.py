"""What an administrator gives an account: roles, scope, a pen name, room for pictures."""

from collections.abc import Collection

from sqlalchemy import func, select

from memory_road.accounts.permissions import Actor, Audience, require
from memory_road.accounts.permissions import Role as RoleName
from memory_road.accounts.user import Account, Role, account_role
from memory_road.db import db
from memory_road.facts.read import COUNTRIES
from memory_road.people.administration import Act, keep_act
from memory_road.people.refusal import PeopleRefusal, PeopleRefused

GIVEN = (RoleName.MODERATOR, RoleName.SENIOR_MODERATOR, RoleName.ADMINISTRATOR)
"""Roles that are given and taken; everybody is a contributor."""
LONGEST_PEN_NAME = 100
MOST_MEGABYTES = 2**31 - 1


def held_account(actor: Actor, account_id: int) -> Account:
    """The account, held until the transaction ends, for an administrator. Raises ``PeopleRefused``, also where it is
    closed, or ``NotPermitted``."""
    require(actor.belongs_to(Audience.ADMINISTRATORS))
    # Two administrators who act at once wait here for each other: so the last of them is known to be the last.
    administrator = select(Role.id).where(Role.name == RoleName.ADMINISTRATOR).with_for_update()
    db.session.execute(administrator)
    account = db.session.get(Account, account_id, with_for_update={"key_share": True}, populate_existing=True)
    if account is None or not account.active:
        raise PeopleRefused(PeopleRefusal.NO_SUCH_ACCOUNT)
    return account


def give_roles(actor: Actor, account_id: int, roles: Collection[str]) -> None:
    """Let the account have these of ``GIVEN`` and no others. Nobody takes the administrator's role from themselves, nor
    from the last one. Raises ``PeopleRefused`` or ``NotPermitted``."""
    account = held_account(actor, account_id)
    wanted = {role for role in GIVEN if role in roles}
    if set(roles) - set(GIVEN):
        raise PeopleRefused(PeopleRefusal.ROLE_MISSING)
    before = account.actor.roles & set(GIVEN)
    if RoleName.ADMINISTRATOR in before - wanted:
        require_another_administrator(actor, account)
    if wanted ^ before:
        set_roles(account, wanted)
        keep_act(actor.id, account.id, Act.ROLES, roles=sorted(wanted), before=sorted(before))


def set_roles(account: Account, wanted: Collection[RoleName]) -> None:
    """Write an account's roles, beside that of a contributor."""
    names = {RoleName.CONTRIBUTOR, *wanted}
    account.roles = list(db.session.scalars(select(Role).where(Role.name.in_(names))))
    db.session.flush()


def give_scope(actor: Actor, account_id: int, languages: Collection[str], countries: Collection[str]) -> None:
    """Let the account moderate for these languages and countries; none: for all. Raises ``PeopleRefused`` or
    ``NotPermitted``."""
    account = held_account(actor, account_id)
    if set(countries) - set(COUNTRIES):
        raise PeopleRefused(PeopleRefusal.UNKNOWN_SCOPE)
    scope = sorted(set(languages)), sorted(set(countries))
    if scope == (account.scope_languages or [], account.scope_countries or []):
        return
    account.scope_languages, account.scope_countries = scope
    keep_act(actor.id, account.id, Act.SCOPE, languages=scope[0], countries=scope[1])


def give_pen_name(actor: Actor, account_id: int, pen_name: str) -> None:
    """Name a moderator as senders see them. Raises ``PeopleRefused`` or ``NotPermitted``."""
    account = held_account(actor, account_id)
    if len(pen_name) > LONGEST_PEN_NAME:
        raise PeopleRefused(PeopleRefusal.PEN_NAME_TOO_LONG)
    if pen_name != account.pen_name:
        account.pen_name = pen_name
        keep_act(actor.id, account.id, Act.PEN_NAME)


def give_quota(actor: Actor, account_id: int, typed: str) -> None:
    """Give the account room of its own for pictures, as it was ``typed`` in megabytes; nothing typed: the usual room.
    Raises ``PeopleRefused`` or ``NotPermitted``."""
    account = held_account(actor, account_id)
    typed = typed.strip()
    if typed and (not typed.isdecimal() or len(typed) > 10 or int(typed) > MOST_MEGABYTES):
        raise PeopleRefused(PeopleRefusal.QUOTA_WRONG)
    quota = int(typed) if typed else None
    if quota != account.quota_megabytes:
        account.quota_megabytes = quota
        keep_act(actor.id, account.id, Act.QUOTA, megabytes=quota)


def require_another_administrator(actor: Actor, account: Account) -> None:
    """Nobody shuts themselves out, and the last administrator stays. Raises ``PeopleRefused``."""
    if account.id == actor.id:
        raise PeopleRefused(PeopleRefusal.ONESELF)
    others = (
        select(func.count())
        .select_from(account_role)
        .join(Role, Role.id == account_role.c.role_id)
        .join(Account, Account.id == account_role.c.account_id)
        .where(
            Role.name == RoleName.ADMINISTRATOR,
            Account.id != account.id,
            Account.active,
            Account.suspended_at.is_(None),
        )
    )
    if not db.session.scalar(others):
        raise PeopleRefused(PeopleRefusal.LAST_ADMINISTRATOR)
