"""Pictures that were rejected for abuse, so that nobody has to see them again unprepared. The list begins empty."""

from collections.abc import Collection, Sequence

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import CaseFlag, Flag, set_flag
from memory_road.contributions.look import ContributionPhotographLook, views_of
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import Base, Identifier, Moment, db, now
from memory_road.looks import LookColumns, look_rules, look_values, rows_like


class BadPicture(LookColumns, Base):
    """One picture of the list. While it stands here, the database lets nobody delete the picture's row, and so its
    original is kept as evidence."""

    __tablename__ = "bad_picture"
    __table_args__ = look_rules("bad_picture")

    photograph_id: Mapped[Identifier] = mapped_column(
        ForeignKey("contribution_photograph.id", name="fk_bad_picture_photograph", ondelete="RESTRICT"),
        primary_key=True,
    )
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    listed_at: Mapped[Moment] = mapped_column(default=now)
    listed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)


def put_on_list(contribution: Contribution, by: int) -> None:
    """Add every picture of a contribution, which is locked; ``by`` is the moderator who rejected it."""
    for photograph in contribution.photographs:
        if db.session.get(BadPicture, photograph.id) is None:
            look = db.session.get(ContributionPhotographLook, photograph.id)
            row = {"photograph_id": photograph.id, "sha256": photograph.sha256, "listed_by_id": by}
            db.session.add(BadPicture(**row, **look_values(look.hash if look is not None else None)))
    db.session.flush()


def take_off_list(contribution: Contribution) -> None:
    """Take the pictures of a contribution off again: it was no abuse."""
    own = [photograph.id for photograph in contribution.photographs]
    db.session.execute(delete(BadPicture).where(BadPicture.photograph_id.in_(own)))


def take_off_like(photograph: ContributionPhotograph) -> None:
    """Take off every picture of the list that this one is, or is like: it is harmless."""
    listed = [row.photograph_id for row in _listed_like(photograph)]
    db.session.execute(delete(BadPicture).where(BadPicture.photograph_id.in_(listed)))


def is_bad(photograph: ContributionPhotograph) -> bool:
    """Whether the list has this picture, or one that it is like."""
    return bool(_listed_like(photograph))


def bad_among(photographs: Sequence[ContributionPhotograph]) -> set[str]:
    """The ids of those that the list has, or has alike. While the list is empty, nothing is looked for."""
    if not photographs or db.session.scalar(select(BadPicture.photograph_id).limit(1)) is None:
        return set()
    return {photograph.id for photograph in photographs if is_bad(photograph)}


def mark_known_pictures(contribution: Contribution) -> None:
    """Keep the mark of a picture that is known to be bad as it is now; the contribution is locked and not in the queue
    yet."""
    set_flag(contribution.id, Flag.KNOWN_PICTURE, bool(bad_among(contribution.photographs)))


def not_to_be_shown(contributions: Collection[Contribution]) -> set[str]:
    """The ids of those whose first picture must not stand in a list: one of their pictures is marked as known, or the
    first one was put on the list since."""
    firsts = {each.id: each.photographs[0].sha256 for each in contributions if each.photographs}
    if not firsts:
        return set()
    marked = select(CaseFlag.contribution_id).where(
        CaseFlag.contribution_id.in_(firsts), CaseFlag.flag == Flag.KNOWN_PICTURE
    )
    listed = set(db.session.scalars(select(BadPicture.sha256).where(BadPicture.sha256.in_(firsts.values()))))
    return {each for each, sha256 in firsts.items() if sha256 in listed} | set(db.session.scalars(marked))


def _listed_like(photograph: ContributionPhotograph) -> list[BadPicture]:
    same = select(BadPicture).where(BadPicture.sha256 == photograph.sha256)
    views = views_of(photograph)
    alike = [row for row, _ in rows_like(BadPicture, views)] if views is not None else []
    return [*db.session.scalars(same), *alike]
