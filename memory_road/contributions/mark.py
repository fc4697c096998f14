"""What a sender marks in a picture: the crop of a portrait, who is seen where, which picture it was restored from."""

from collections.abc import Sequence
from typing import Any

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import changeable, locked_photograph
from memory_road.db import after_commit, db, now
from memory_road.facts.read import plain_name
from memory_road.facts.vocabulary import PhotographKind
from memory_road.identifier import is_identifier
from memory_road.media.area import Area
from memory_road.media.frame import is_card
from memory_road.media.store import Store

MOST_PEOPLE = 40
LONGEST_NAME = 200


def crop(
    contribution_id: str, actor: Actor, store: Store, photograph_id: str, area: Sequence[object] | None
) -> ContributionPhotograph:
    """Crop a portrait to ``area`` (see ``media.area``), which must have the shape of a card; ``None``: in the middle.
    Its sizes are made anew. Raises ``Refused``."""
    contribution, photograph = _changeable_photograph(contribution_id, actor, photograph_id)
    if not PhotographKind.PORTRAIT.equals(photograph.kind):
        raise Refused(RefusalCode.NOT_A_PORTRAIT)
    chosen = None if area is None else within_picture(area)
    if chosen is not None and not is_card(chosen, photograph.width, photograph.height):
        raise Refused(RefusalCode.CROP_MISSHAPEN)
    wanted = None if chosen is None else list(chosen)
    if wanted != photograph.crop:
        photograph.crop = wanted
        make_anew(photograph, store)
        _changed(contribution)
    return photograph


def name_person(
    contribution_id: str, actor: Actor, photograph_id: str, area: Sequence[object], name: str, entry: str = ""
) -> ContributionPhotograph:
    """Say who is seen in ``area``; ``entry`` is a participant's id or empty. Whether there is such an entry is asked
    when it is shown. The same area again corrects the name. Raises ``Refused``."""
    contribution, photograph = _changeable_photograph(contribution_id, actor, photograph_id)
    name = plain_name(name)
    if not name:
        raise Refused(RefusalCode.NAME_MISSING)
    if len(name) > LONGEST_NAME:
        raise Refused(RefusalCode.NAME_TOO_LONG)
    if entry and not is_identifier(entry):
        raise Refused(RefusalCode.ENTRY_NOT_FOUND)
    numbers = list(within_picture(area))
    others = [person for person in photograph.people if person["area"] != numbers]
    if len(others) >= MOST_PEOPLE:
        raise Refused(RefusalCode.TOO_MANY_PEOPLE)
    person: dict[str, Any] = {"area": numbers, "name": name, "entry": entry}
    if len(others) < len(photograph.people):
        photograph.people = [person if known["area"] == numbers else known for known in photograph.people]
    else:
        photograph.people = [*others, person]
    _changed(contribution)
    return photograph


def forget_person(
    contribution_id: str, actor: Actor, photograph_id: str, area: Sequence[object]
) -> ContributionPhotograph:
    """Take whoever was named in ``area`` off the picture; nothing happens when nobody is. Raises ``Refused``."""
    contribution, photograph = _changeable_photograph(contribution_id, actor, photograph_id)
    photograph.people = [person for person in photograph.people if person["area"] != list(area)]
    _changed(contribution)
    return photograph


def say_enhanced(
    contribution_id: str, actor: Actor, photograph_id: str, enhanced: bool, original_id: str = ""
) -> ContributionPhotograph:
    """Say whether a picture was coloured or restored, and from which of the contribution's other pictures. Raises
    ``Refused``."""
    contribution, photograph = _changeable_photograph(contribution_id, actor, photograph_id)
    original = next((kept for kept in contribution.photographs if kept.id == original_id), None)
    if enhanced and original_id and (original is None or original is photograph or original.enhanced):
        raise Refused(RefusalCode.NO_SUCH_ORIGINAL)
    photograph.enhanced = enhanced
    photograph.enhanced_of_id = original.id if enhanced and original is not None else None
    forget_lost_originals(contribution)
    contribution.revision += 1  # the form says this too: one that stands open elsewhere must not undo it in silence
    _changed(contribution)
    return photograph


def forget_lost_originals(contribution: Contribution) -> None:
    """A picture keeps its original only while the picture is enhanced, and the original is there and is not."""
    originals = {kept.id for kept in contribution.photographs if not kept.enhanced}
    for photograph in contribution.photographs:
        if not photograph.enhanced or photograph.enhanced_of_id not in originals:
            photograph.enhanced_of_id = None


def within_picture(area: Sequence[object]) -> Area:
    """The area that four numbers mean. Raises ``Refused`` unless it lies in the picture."""
    found = Area.of(area)
    if found is None:
        raise Refused(RefusalCode.AREA_OUTSIDE)
    return found


def make_anew(photograph: ContributionPhotograph, store: Store) -> None:
    """Ask for new sizes; the files of the old ones go once that is committed."""
    keys = photograph.make_anew()

    def remove() -> None:
        for key in keys:
            store.delete(key)

    after_commit(remove)


def _changeable_photograph(
    contribution_id: str, actor: Actor, photograph_id: str
) -> tuple[Contribution, ContributionPhotograph]:
    contribution = changeable(contribution_id, actor)
    return contribution, locked_photograph(contribution, photograph_id)


def _changed(contribution: Contribution) -> None:
    contribution.updated_at = now()
    db.session.flush()
