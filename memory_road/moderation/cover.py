"""What a moderator covers in the published copy of a picture: parts are painted over, or all of it gets a veil."""

from collections.abc import Sequence
from dataclasses import dataclass

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.mark import make_anew, within_picture
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import locked_photograph
from memory_road.db import db
from memory_road.media.store import Store
from memory_road.moderation.claim import claimed

MOST_HIDDEN = 40


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture with this ``number`` (from 1, in the sender's order) has so many hidden parts, and a veil or none."""

    number: int
    hidden: int
    veiled: bool


def hide(
    contribution_id: str, actor: Actor, store: Store, photograph_id: str, area: Sequence[object]
) -> ContributionPhotograph:
    """Paint over ``area`` (see ``media.area``) in every published size, which are made anew. The same area again
    changes nothing. Raises ``Refused`` or ``NotPermitted``."""
    photograph = locked_photograph(claimed(contribution_id, actor), photograph_id)
    numbers = list(within_picture(area))
    if numbers in photograph.hidden:
        return photograph
    if len(photograph.hidden) >= MOST_HIDDEN:
        raise Refused(RefusalCode.TOO_MANY_HIDDEN)
    return _hidden(photograph, [*photograph.hidden, numbers], store)


def show_again(
    contribution_id: str, actor: Actor, store: Store, photograph_id: str, area: Sequence[object]
) -> ContributionPhotograph:
    """Hide ``area`` no longer; nothing happens when it is not hidden. Raises ``Refused`` or ``NotPermitted``."""
    photograph = locked_photograph(claimed(contribution_id, actor), photograph_id)
    left = [hidden for hidden in photograph.hidden if hidden != list(area)]
    return _hidden(photograph, left, store) if len(left) < len(photograph.hidden) else photograph


def veil(contribution_id: str, actor: Actor, photograph_id: str, veiled: bool) -> ContributionPhotograph:
    """Put a veil before a distressing picture, or take it away. Raises ``Refused`` or ``NotPermitted``."""
    photograph = locked_photograph(claimed(contribution_id, actor), photograph_id)
    photograph.veiled = veiled
    db.session.flush()
    return photograph


def covers(contribution: Contribution) -> list[Cover]:
    """Every picture of which something is covered."""
    numbered = enumerate(contribution.photographs, start=1)
    return [Cover(number, len(kept.hidden), kept.veiled) for number, kept in numbered if kept.hidden or kept.veiled]


def _hidden(photograph: ContributionPhotograph, areas: list[list[int]], store: Store) -> ContributionPhotograph:
    photograph.hidden = areas
    make_anew(photograph, store)
    db.session.flush()
    return photograph
