"""Add a photograph to a contribution, or take it away again."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.look import ContributionPhotographLook
from memory_road.contributions.mark import forget_lost_originals
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph, original_key, preview_key
from memory_road.contributions.queries import changeable
from memory_road.contributions.quota import ask_for_room, hold
from memory_road.db import after_commit, db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.identifier import new_identifier
from memory_road.looks import look_values
from memory_road.media.store import Store
from memory_road.media.verify import Verified

log = logging.getLogger(__name__)
MOST_PHOTOGRAPHS = 40
NO_QUOTA = 2**63
"""More bytes than any store holds."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A picture whose bytes are safe in the store, and which belongs to no contribution yet."""

    id: str
    verified: Verified
    file_name: str

    @property
    def keys(self) -> tuple[str, str]:
        """Where the original and the preview are kept."""
        return original_key(self.id), preview_key(self.id)


def take_in(store: Store, original: Path, preview: Path, verified: Verified, file_name: str) -> Arrived:
    """Keep the bytes of a picture that ``media.verify`` has accepted. Comes before any transaction: no row ever points
    at nothing, and no lock is held while a large file is written."""
    arrived = Arrived(new_identifier(), verified, file_name[-255:])
    for key, source in zip(arrived.keys, (original, preview), strict=True):
        store.put(key, source)
    return arrived


def attach(
    contribution_id: str, actor: Actor, store: Store, arrived: Arrived, quota: int = NO_QUOTA
) -> ContributionPhotograph:
    """Add a picture to a contribution. The same bytes sent twice are kept once. ``quota`` is how many bytes an account
    may send that has no quota of its own. Raises ``Refused``; what is not taken leaves no files behind."""
    with _or_put_away(store, arrived):
        hold(actor.id)
        return _keep(changeable(contribution_id, actor), store, arrived, quota)


def join(contribution: Contribution, store: Store, arrived: Arrived, quota: int) -> ContributionPhotograph:
    """The same for a contribution that its sender holds already, whatever its state."""
    with _or_put_away(store, arrived):
        return _keep(contribution, store, arrived, quota)


def attach_signed(
    contribution_id: str, actor: Actor, store: Store, arrived: Arrived, quota: int = NO_QUOTA
) -> ContributionPhotograph:
    """Keep the page that the teller of a contribution signed, in place of one that came before. It is private for ever:
    no picture of the entry, and nothing looks for pictures like it. Raises ``Refused`` as ``attach`` does."""
    with _or_put_away(store, arrived):
        hold(actor.id)
        contribution = changeable(contribution_id, actor)
        again = _again(contribution, arrived)
        if again is None:
            ask_for_room(actor.id, arrived.verified.bytes, quota)
    if again is not None and again.signed:
        put_away(store, *arrived.keys)
        return again
    # The same page among the pictures was a mistake.
    for former in filter(None, (contribution.signed_page, again)):
        detach(contribution_id, actor, store, former.id)
    page = _row(contribution, arrived, position=0, kind=PhotographKind.DOCUMENT, signed=True)
    db.session.add(page)
    contribution.updated_at = now()
    db.session.flush()
    db.session.expire(contribution, ["signed_page"])
    return page


@contextmanager
def _or_put_away(store: Store, arrived: Arrived) -> Generator[None]:
    """What is refused inside leaves no files behind."""
    try:
        yield
    except Refused:
        put_away(store, *arrived.keys)
        raise


def _keep(contribution: Contribution, store: Store, arrived: Arrived, quota: int) -> ContributionPhotograph:
    again = _again(contribution, arrived)
    if again is not None and again.signed:
        raise Refused(RefusalCode.SIGNED_PAGE)
    if again is not None:
        put_away(store, *arrived.keys)
        return again
    photographs = contribution.photographs
    if len(photographs) >= MOST_PHOTOGRAPHS:
        raise Refused(RefusalCode.TOO_MANY_PHOTOGRAPHS)
    ask_for_room(contribution.sender_id, arrived.verified.bytes, quota)
    last = max((kept.position for kept in photographs), default=-1)
    photograph = _row(contribution, arrived, position=last + 1, kind=_first_guess(contribution))
    photograph.crop = list(arrived.verified.face) if arrived.verified.face is not None else None
    photographs.append(photograph)
    contribution.updated_at = now()
    db.session.flush()
    if arrived.verified.look is not None:
        kept, views = arrived.verified.look
        db.session.add(ContributionPhotographLook(photograph_id=photograph.id, views=views, **look_values(kept)))
        db.session.flush()
    return photograph


def _row(contribution: Contribution, arrived: Arrived, **place: Any) -> ContributionPhotograph:
    """What is kept of a picture that has arrived; ``place`` says as what, and where."""
    verified = arrived.verified
    return ContributionPhotograph(
        id=arrived.id,
        contribution_id=contribution.id,
        file_name=arrived.file_name,
        sha256=verified.sha256,
        bytes=verified.bytes,
        media_type=verified.media_type,
        width=verified.width,
        height=verified.height,
        preview_sha256=verified.preview_sha256,
        undecoded=verified.undecoded,
        colour=verified.colour,
        **place,
    )


def _again(contribution: Contribution, arrived: Arrived) -> ContributionPhotograph | None:
    """The picture, or the signed page, that has the same bytes."""
    return next((kept for kept in _all(contribution) if kept.sha256 == arrived.verified.sha256), None)


def _all(contribution: Contribution) -> list[ContributionPhotograph]:
    """The pictures, and the signed page if there is one."""
    page = contribution.signed_page
    return [*contribution.photographs, page] if page is not None else contribution.photographs


def _first_guess(contribution: Contribution) -> PhotographKind:
    """The first picture that somebody sends is most often the portrait, unless they say that none survives."""
    has_portrait = any(PhotographKind.PORTRAIT.equals(kept.kind) for kept in contribution.photographs)
    return PhotographKind.PHOTOGRAPH if has_portrait or contribution.none_survives else PhotographKind.PORTRAIT


def put_away(store: Store, *keys: str) -> None:
    """Remove files that nothing needs any more. A store that cannot do so now spoils nothing: the sweep finds them."""
    for key in keys:
        try:
            store.delete(key)
        except OSError:
            log.exception("%s could not be removed; the sweep will do it.", key)


def detach(contribution_id: str, actor: Actor, store: Store, photograph_id: str) -> None:
    """Take a photograph, or the signed page, away; its files go once that is committed. Nothing happens when
    it is gone already."""
    contribution = changeable(contribution_id, actor)
    photograph = next((kept for kept in _all(contribution) if kept.id == photograph_id), None)
    if photograph is None:
        return
    keys = [photograph.original_key, photograph.preview_key, *photograph.size_keys()]
    if not photograph.signed:
        contribution.photographs.remove(photograph)
        forget_lost_originals(contribution)
    db.session.delete(photograph)
    contribution.updated_at = now()
    db.session.flush()
    db.session.expire(contribution, ["signed_page"])

    after_commit(lambda: put_away(store, *keys))
