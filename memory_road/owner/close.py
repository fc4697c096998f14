"""Close an account. Its row stays, empty, since the log refers to it; whoever comes back gets a new one."""

from collections.abc import Sequence

from sqlalchemy import delete, func, or_, select, update

from memory_road.accounts.code import SignInCode
from memory_road.accounts.permissions import Actor
from memory_road.accounts.second_factor import forget_second_factor
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.attach import put_away
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.erase import erase
from memory_road.contributions.family_tree import FamilyTree
from memory_road.contributions.lifecycle import Move, State, allows
from memory_road.contributions.move import move
from memory_road.contributions.offer import forget_trees
from memory_road.contributions.parked import ParkedForm
from memory_road.contributions.queries import locked
from memory_road.contributions.recall import recall
from memory_road.db import after_commit, db
from memory_road.family.care import pass_on
from memory_road.identifier import new_identifier
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.media.store import Store
from memory_road.moderation.claim import Claim
from memory_road.searches.end import end_all


def close(account_id: int, store: Store) -> None:
    """Close the account, in the present transaction: its sessions end, the care of its entries is passed on, what waits
    is withdrawn, and drafts and withdrawn matter are erased, files too. Published entries stay without the name.
    A last letter confirms it. Nothing happens when it is closed already."""
    # The account before its contributions, as everywhere; who decides about one of them meanwhile is not held up.
    account = db.session.get(Account, account_id, with_for_update={"key_share": True}, populate_existing=True)
    if account is None or not account.active:
        return
    contributions = _held_contributions(account)
    pass_on(account_id)
    keys = _leave_contributions(account, contributions)
    _forget_rows(account)
    end_all(account.email)
    trees = select(FamilyTree).where(FamilyTree.account_id == account_id)
    forget_trees(db.session.scalars(trees).all(), store)
    write(LetterKind.CLOSED, account.email, account.language)
    account.active = False
    # Nobody's address, and free for a new account; the constraint wants one of each.
    account.email, account.fs_uniquifier = f"closed-{account.id}@invalid", new_identifier() + new_identifier()
    account.password = account.confirmed_at = account.quota_megabytes = None
    account.display_name = account.pen_name = ""
    account.scope_languages = account.scope_countries = account.suspended_at = None
    account.roles = []
    db.session.flush()
    after_commit(lambda: put_away(store, *keys))


def _held_contributions(account: Account) -> Sequence[str]:
    """The ids of all of them, held until the transaction ends. Before anything else is done about them: whoever is
    just publishing one gives its sender the care of the entry, which must be found when the care is passed on."""
    held = select(Contribution.id).where(Contribution.sender_id == account.id).order_by(Contribution.id)
    return db.session.scalars(held.with_for_update()).all()


def _leave_contributions(account: Account, held: Sequence[str]) -> list[str]:
    """Take the name off what was published, withdraw what waits, erase what was withdrawn; gives the keys of files to
    delete."""
    keys: list[str] = []
    mine = Contribution.sender_id == account.id
    # Where somebody else told it, through this account, theirs is the name that stands there. The entries before the
    # first move: whoever carries a correction into one takes it before the head of the log, too.
    told = select(Contribution.participant_id).where(
        mine, Contribution.state == State.APPROVED, Contribution.about_id.is_(None), Contribution.assisted.is_(False)
    )
    db.session.execute(update(Participant).where(Participant.id.in_(told)).values(contributor_name=""))
    for identifier in held:
        contribution = locked(identifier)
        recall(contribution)
        if allows(Move.WITHDRAW, contribution.state):
            move(contribution, Move.WITHDRAW, Actor(account.id))
        if contribution.state == State.WITHDRAWN:
            keys += erase(contribution)
    db.session.execute(update(Contribution).where(mine, Contribution.assisted.is_(False)).values(named=False))
    return keys


def _forget_rows(account: Account) -> None:
    for table in (SignIn, SignInCode, ParkedForm):
        db.session.execute(delete(table).where(table.account_id == account.id))
    forget_second_factor(account.id)
    db.session.execute(delete(Claim).where(Claim.moderator_id == account.id))
    # One that is just being sent arrives, but is not tried again.
    own = or_(Letter.account_id == account.id, func.lower(Letter.recipient) == account.email)
    db.session.execute(delete(Letter).where(own))
