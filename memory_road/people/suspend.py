"""Shut an account out for a time, and let it in again; help somebody who has lost their second step."""

from sqlalchemy import delete

from memory_road.accounts.code import SignInCode
from memory_road.accounts.permissions import Actor
from memory_road.accounts.permissions import Role as RoleName
from memory_road.accounts.second_factor import forget_second_factor
from memory_road.accounts.sessions import end_all
from memory_road.accounts.tell import tell
from memory_road.db import db, now
from memory_road.identifier import new_identifier
from memory_road.mail.letter import LetterKind
from memory_road.moderation.claim import Claim
from memory_road.people.administration import Act, keep_act
from memory_road.people.appoint import held_account, require_another_administrator
from memory_road.people.invite import end_invitations_of
from memory_road.people.refusal import PeopleRefusal, PeopleRefused


def suspend(actor: Actor, account_id: int) -> None:
    """Shut the account out: its sessions, claims, codes and invitations end at once. What it sent stays as it is.
    Raises ``PeopleRefused`` for oneself and the last administrator, or ``NotPermitted``."""
    account = held_account(actor, account_id)
    if account.id == actor.id:
        raise PeopleRefused(PeopleRefusal.ONESELF)
    if account.suspended_at is not None:
        return
    if RoleName.ADMINISTRATOR in account.actor.roles:
        require_another_administrator(actor, account)
    account.suspended_at = now()
    # Whatever else was signed with it opens nothing any more either: links to a new password among it.
    account.fs_uniquifier = new_identifier() + new_identifier()
    end_all(account.id)
    db.session.execute(delete(SignInCode).where(SignInCode.account_id == account.id))
    db.session.execute(delete(Claim).where(Claim.moderator_id == account.id))
    end_invitations_of(account.id)
    keep_act(actor.id, account.id, Act.SUSPENDED)


def lift(actor: Actor, account_id: int) -> None:
    """Let the account sign in again. Raises ``PeopleRefused`` or ``NotPermitted``."""
    account = held_account(actor, account_id)
    if account.suspended_at is None:
        return
    account.suspended_at = None
    keep_act(actor.id, account.id, Act.LIFTED)


def reset_second_step(actor: Actor, account_id: int) -> None:
    """Forget app, passkeys and codes of somebody who has lost them, and end their sessions. Raises ``PeopleRefused``
    for oneself, who can change them in the profile, or ``NotPermitted``."""
    account = held_account(actor, account_id)
    if account.id == actor.id:
        raise PeopleRefused(PeopleRefusal.ONESELF)
    forget_second_factor(account.id)
    end_all(account.id)
    tell(account, LetterKind.SECOND_FACTOR, what="reset")
    keep_act(actor.id, account.id, Act.SECOND_STEP_RESET)
