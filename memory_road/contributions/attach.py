"""Add a photograph to a contribution, or take it away again."""

from pathlib import Path

from sqlalchemy import func, select

from memory_road.accounts.permissions import Actor
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import changeable
from memory_road.db import after_commit, db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.identifier import new_identifier
from memory_road.media.store import Store
from memory_road.media.verify import Verified

MOST_PHOTOGRAPHS = 40


def attach(
    contribution_id: str, actor: Actor, store: Store, original: Path, preview: Path, verified: Verified, file_name: str
) -> ContributionPhotograph:
    """Keep a picture that ``media.verify`` has accepted. The bytes are safe in the store before the row exists, so that
    no row ever points at nothing. The same bytes sent twice are kept once. Raises ``Refused``."""
    contribution = changeable(contribution_id, actor)
    again = next((kept for kept in contribution.photographs if kept.sha256 == verified.sha256), None)
    if again is not None:
        return again
    if len(contribution.photographs) >= MOST_PHOTOGRAPHS:
        raise Refused(RefusalCode.TOO_MANY_PHOTOGRAPHS)
    last = db.session.scalar(
        select(func.max(ContributionPhotograph.position)).where(
            ContributionPhotograph.contribution_id == contribution_id
        )
    )
    has_portrait = any(PhotographKind.PORTRAIT.equals(kept.kind) for kept in contribution.photographs)
    photograph = ContributionPhotograph(
        id=new_identifier(),
        contribution_id=contribution_id,
        position=0 if last is None else last + 1,
        kind=PhotographKind.PHOTOGRAPH if has_portrait else PhotographKind.PORTRAIT,
        file_name=file_name[-255:],
        sha256=verified.sha256,
        bytes=verified.bytes,
        media_type=verified.media_type,
        width=verified.width,
        height=verified.height,
    )
    store.put(photograph.original_key, original)
    store.put(photograph.preview_key, preview)
    contribution.photographs.append(photograph)
    contribution.updated_at = now()
    db.session.flush()
    return photograph


def detach(contribution_id: str, actor: Actor, store: Store, photograph_id: str) -> None:
    """Take a photograph away; its files go once that is committed. Nothing happens when it is gone already."""
    contribution = changeable(contribution_id, actor)
    photograph = next((kept for kept in contribution.photographs if kept.id == photograph_id), None)
    if photograph is None:
        return
    keys = [photograph.original_key, photograph.preview_key]
    keys += [photograph.size_key(size["name"]) for size in photograph.sizes]
    contribution.photographs.remove(photograph)
    db.session.delete(photograph)
    contribution.updated_at = now()
    db.session.flush()

    def remove_files() -> None:
        for key in keys:
            store.delete(key)

    after_commit(remove_files)
