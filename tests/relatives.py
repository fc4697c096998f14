"""Two relatives of one entry who have found each other: the contributor, in whose care it is, and the stranger."""

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.db import db, now
from memory_road.family.contact import wish_contact, write_to
from memory_road.family.correspondence import wish_of
from tests.application import Accounts


def has_told(entry: str, account_id: int, decider_id: int) -> None:
    """The account has told of the entry, too, and was published; written down without the way there."""
    db.session.add(
        Contribution(
            sender_id=account_id,
            form_key=f"told-{account_id}-{entry}",
            state=State.APPROVED,
            language="ru",
            facts={},
            about_id=entry,
            base={},
            participant_id=entry,
            submitted_at=now(),
            decided_at=now(),
            decided_by_id=decider_id,
        )
    )
    db.session.flush()


def two_relatives(entry: str, accounts: Accounts) -> tuple[str, str, str]:
    """Both wish it, and the stranger has written first: the ids of the contributor's wish, of the stranger's, and of
    the message, in the present transaction."""
    one, other = accounts.contributor.actor, accounts.stranger.actor
    has_told(entry, other.id, accounts.moderator.actor.id)
    for actor in (one, other):
        wish_contact(entry, actor, wished=True)
    wishes = [wish_of(entry, actor.id) for actor in (one, other)]
    mine, theirs = (wish.id for wish in wishes if wish is not None)
    return mine, theirs, write_to(entry, mine, other, "Мы, кажется, родня.").id
