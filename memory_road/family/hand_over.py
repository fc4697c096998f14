"""Hand the care of an entry to another member of the family: a letter, a page with a button, an answer."""

from sqlalchemy import select

from memory_road.accounts.flood import mailbox_key, take_turn
from memory_road.accounts.permissions import Actor, may_care, require
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.archive.queries import entry
from memory_road.db import db, now
from memory_road.facts.names import full_name
from memory_road.family.carer import Care, ChangeReason, locked_care
from memory_road.family.invitation import (
    LETTERS,
    VALID,
    Invitation,
    InvitationReason,
    InvitationState,
    digest_of,
    end_invitation,
    new_token,
    open_invitation,
)
from memory_road.family.refusal import FamilyRefusal, FamilyRefused
from memory_road.family.transfer import transfer
from memory_road.mail.letter import LetterKind, write
from memory_road.requests.words import address, optional_words

IN_AN_HOUR, IN_A_DAY = 10, 30
"""So many invitations of one account go out: each is a letter to somebody who did not ask for it."""
TO_ONE_ADDRESS = 3
"""So many come to one address in a day, whoever sends them."""
LONGEST_GREETING = 1000
CHANGES = {
    InvitationReason.HANDED: ChangeReason.HANDED,
    InvitationReason.SUCCEEDS: ChangeReason.SUCCEEDED,
}


def hand_over(participant_id: str, actor: Actor, email: str, words: str = "") -> Invitation:
    """Invite whoever reads the letters of ``email`` to take the care; until they do, it stays where it is. The same
    happens whether or not the address has an account. An invitation that waits is replaced. Raises ``RequestRefused``
    or ``NotPermitted``."""
    care = locked_care(participant_id)
    require(may_care(actor, care.holder_id))
    giver = db.session.get_one(Account, actor.id)
    reached, greeting = address(email), optional_words(words, LONGEST_GREETING)
    if reached == giver.email:
        raise FamilyRefused(FamilyRefusal.OWN_ADDRESS)
    if not take_turn(f"invitation:{actor.id}", IN_AN_HOUR, IN_A_DAY):
        raise FamilyRefused(FamilyRefusal.TOO_MANY_INVITATIONS)
    if not take_turn(f"invited:{mailbox_key(reached)}", TO_ONE_ADDRESS, TO_ONE_ADDRESS):
        raise FamilyRefused(FamilyRefusal.INVITED_OFTEN)
    waiting = open_invitation(participant_id)
    if waiting is not None:
        end_invitation(waiting, InvitationState.WITHDRAWN)  # there is room for one
    return invite(participant_id, giver, InvitationReason.HANDED, reached, greeting)


def invite(
    participant_id: str, giver: Account, reason: InvitationReason, email: str, words: str = "", name: str = ""
) -> Invitation:
    """Write the invitation and its letter. The token stands in the letter alone."""
    token, digest = new_token()
    invitation = Invitation(
        participant_id=participant_id,
        giver_id=giver.id,
        reason=reason,
        email=email,
        name=name,
        words=words,
        token_digest=digest,
        expires_at=now() + VALID,
    )
    db.session.add(invitation)
    db.session.flush()
    published = entry(participant_id)
    about = full_name(published.facts) if published is not None else ""
    write(
        LETTERS[reason],
        email,
        giver.language,
        name=about,
        giver=giver.display_name,
        words=words,
        entry=participant_id,
        token=token,
    )
    return invitation


def invitation_at(token: str) -> Invitation:
    """The open invitation of a letter's link. Raises ``FamilyRefused`` when it was answered, taken back, or is too old,
    and when there never was one."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_digest == digest_of(token)))
    if found is None or found.state != InvitationState.OPEN or found.expires_at <= now():
        raise FamilyRefused(FamilyRefusal.INVITATION_GONE)
    return found


def accept(token: str, actor: Actor) -> Invitation:
    """Take the care: whoever holds the letter may, with whichever account. Raises ``FamilyRefused``."""
    care, invitation = _held(token)
    if actor.id in {care.holder_id, invitation.giver_id}:
        raise FamilyRefused(FamilyRefusal.CARE_IS_YOURS)
    # Who closes the account at the same time is waited for.
    if not db.session.scalar(select(Account.active).where(Account.id == actor.id).with_for_update(key_share=True)):
        raise FamilyRefused(FamilyRefusal.INVITATION_GONE)
    end_invitation(invitation, InvitationState.ACCEPTED, actor.id)
    transfer(care, actor.id, CHANGES[invitation.reason], actor.id)
    _tell_giver(invitation, LetterKind.CARE_ACCEPTED)
    return invitation


def decline(token: str) -> Invitation:
    """Do not take the care; that needs no account. Raises ``FamilyRefused``."""
    _, invitation = _held(token)
    end_invitation(invitation, InvitationState.DECLINED)
    _tell_giver(invitation, LetterKind.CARE_DECLINED)
    return invitation


def _held(token: str) -> tuple[Care, Invitation]:
    """The care of an entry, held until the transaction ends, and the open invitation to take it."""
    invitation = invitation_at(token)
    care = locked_care(invitation.participant_id)
    db.session.refresh(invitation)  # the care was waited for, and somebody may have answered meanwhile
    if invitation.state != InvitationState.OPEN:
        raise FamilyRefused(FamilyRefusal.INVITATION_GONE)
    return care, invitation


def take_back(participant_id: str, actor: Actor) -> None:
    """Withdraw the invitation that waits, if one does. Raises ``RequestRefused`` or ``NotPermitted``."""
    require(may_care(actor, locked_care(participant_id).holder_id))
    waiting = open_invitation(participant_id)
    if waiting is not None:
        end_invitation(waiting, InvitationState.WITHDRAWN)


def _tell_giver(invitation: Invitation, kind: LetterKind) -> None:
    name = invitation.participant.called
    tell(invitation.giver, kind, name=name, entry=invitation.participant_id)
