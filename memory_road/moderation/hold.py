"""Hold a case back, for a historian's opinion, and release it again."""

from memory_road.accounts.permissions import Actor, may_decide, require
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import move, written
from memory_road.contributions.queries import locked, matter
from memory_road.contributions.tell import tell_sender
from memory_road.mail.letter import LetterKind
from memory_road.moderation.claim import claimed
from memory_road.moderation.claim import release as give_back
from memory_road.moderation.kin import require_no_kin


def hold(contribution_id: str, actor: Actor, message: str = "", note: str = "") -> Contribution:
    """Take a claimed case out of the queue until somebody releases it; the sender is told that it takes longer. Raises
    ``Refused`` or ``NotPermitted``."""
    message, note = written(message), written(note)
    contribution = claimed(contribution_id, actor)
    move(contribution, Move.HOLD, actor, message=message, note=note)
    give_back(contribution_id, actor)
    tell_sender(contribution, LetterKind.HELD, message=message)
    return contribution


def release(contribution_id: str, actor: Actor, note: str = "") -> Contribution:
    """Bring a held case back to its old place in the queue; any moderator may, but for its sender. Raises ``Refused``
    or ``NotPermitted``."""
    note = written(note)
    contribution = locked(contribution_id)
    require(may_decide(actor, *matter(contribution)))
    require_no_kin(contribution, actor)
    move(contribution, Move.RELEASE, actor, note=note)
    return contribution
