"""Receive a picture in parts: announced, then part after part, until it is whole or given up."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from memory_road.accounts.permissions import Actor
from memory_road.contributions.attach import Arrived, attach, put_away
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import changeable, own
from memory_road.contributions.quota import ask_for_room, ask_for_turn, hold
from memory_road.contributions.upload import KEPT, Upload
from memory_road.db import after_commit, db, now
from memory_road.media.store import Store


def announce(
    contribution_id: str, actor: Actor, length: int, file_name: str, quota: int, *, described: str = ""
) -> Upload:
    """A picture of ``length`` bytes is to come. Raises ``Refused`` when it cannot be added to the contribution, or when
    there is no room for it."""
    hold(actor.id)
    changeable(contribution_id, actor)
    ask_for_turn(actor.id)
    ask_for_room(actor.id, length, quota)
    upload = Upload(
        account_id=actor.id,
        contribution_id=contribution_id,
        file_name=file_name[-255:],
        described=described,
        length=length,
        received=0,
        parts=[],
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def own_upload(contribution_id: str, upload_id: str, actor: Actor, *, held: bool = False) -> Upload:
    """The sender's own upload, ``held`` until the transaction ends. Raises ``Refused``: there is none, or it was not
    gone on with for too long."""
    upload = db.session.get(Upload, upload_id, with_for_update=held or None, populate_existing=True)
    if upload is None or upload.contribution_id != contribution_id or upload.account_id != actor.id:
        raise Refused(RefusalCode.NOT_FOUND)
    if upload.expires_at <= now():
        raise Refused(RefusalCode.UPLOAD_GONE)
    return upload


def unfinished(contribution_id: str, actor: Actor) -> Sequence[Upload]:
    """The sender's uploads into this contribution that can be gone on with, the first one first."""
    query = select(Upload).where(
        Upload.contribution_id == contribution_id,
        Upload.account_id == actor.id,
        Upload.received < Upload.length,
        Upload.updated_at > now() - KEPT,
    )
    return db.session.scalars(query.order_by(Upload.created_at, Upload.id)).all()


def keep_part(store: Store, upload: Upload, offset: int, source: Path) -> str:
    """Keep the bytes of a part that begins at ``offset``; gives its name. Comes before the transaction that adds it."""
    part = f"{offset}-{secrets.token_hex(4)}"
    store.put(upload.part_key(part), source)
    return part


def add_part(
    contribution_id: str, upload_id: str, actor: Actor, store: Store, offset: int, size: int, part: str
) -> Upload:
    """Add a part whose bytes are kept. Raises ``Refused``, and leaves none of its bytes, when meanwhile another one has
    come for the same place."""
    try:
        upload = _waiting_at(offset, own_upload(contribution_id, upload_id, actor, held=True))
    except Refused:
        put_away(store, Upload(id=upload_id).part_key(part))
        raise
    upload.parts = [*upload.parts, part]
    upload.received = offset + size
    upload.updated_at = now()
    db.session.flush()
    return upload


def finish(
    contribution_id: str, upload_id: str, actor: Actor, store: Store, offset: int, outcome: Arrived | str, quota: int
) -> Upload:
    """The last part, beginning at ``offset``, has come, and the whole was looked at: ``outcome`` is the picture, or the
    sentence why it is none. It is attached and the upload marked in the same transaction, so that a repeated last part
    finds it done. Raises ``Refused``: where another request was quicker, and where the picture is no longer wanted;
    the upload then stands as before, and the picture's files are gone."""
    hold(actor.id)
    try:
        own(contribution_id, actor)
        upload = _waiting_at(offset, own_upload(contribution_id, upload_id, actor, held=True))
    except Refused:
        if isinstance(outcome, Arrived):
            put_away(store, *outcome.keys)
        raise
    gone = upload.part_keys()
    upload.parts, upload.received, upload.updated_at = [], upload.length, now()
    db.session.flush()  # its bytes are from now on the picture's own, and not counted twice
    if isinstance(outcome, Arrived):
        upload.photograph_id = attach(contribution_id, actor, store, outcome, quota).id
    else:
        upload.refusal = outcome[:1000]
    db.session.flush()
    after_commit(lambda: put_away(store, *gone))
    return upload


def give_up(contribution_id: str, upload_id: str, actor: Actor, store: Store) -> None:
    """Forget an upload and what has come of it; a picture that it became stays. Raises ``Refused``."""
    upload = own_upload(contribution_id, upload_id, actor, held=True)
    gone = upload.part_keys()
    db.session.delete(upload)
    db.session.flush()
    after_commit(lambda: put_away(store, *gone))


def _waiting_at(offset: int, upload: Upload) -> Upload:
    if upload.complete or upload.received != offset:
        raise Refused(RefusalCode.UPLOAD_ELSEWHERE)
    return upload
