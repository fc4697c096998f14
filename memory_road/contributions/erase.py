"""Erase the words and pictures of a contribution that was withdrawn. Its row and the log stay: they say that there was
one, and nothing of what it said."""

from sqlalchemy import delete, select, update

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, DecisionWords
from memory_road.contributions.flag import CaseFlag
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.namesake import ContributionNamesake
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.same_person import SamePerson
from memory_road.contributions.upload import Upload
from memory_road.db import db


def erase(contribution: Contribution) -> list[str]:
    """Erase, in the present transaction, what ``contribution`` says, which was read with ``queries.locked``; gives the
    keys of its files, to be deleted once that is committed. The log keeps the salted digest of what was written with
    its decisions. Raises ``Refused`` unless it was withdrawn."""
    if contribution.state != State.WITHDRAWN:
        raise Refused(RefusalCode.MOVED_ON)
    keys: list[str] = []
    photograph, uploads = ContributionPhotograph, Upload.contribution_id == contribution.id
    mine = photograph.contribution_id == contribution.id
    for picture in db.session.scalars(select(photograph).where(mine).with_for_update()):
        keys += [picture.original_key, picture.preview_key, *picture.size_keys()]
    for upload in db.session.scalars(select(Upload).where(uploads)):
        keys += upload.part_keys()
    db.session.execute(update(photograph).where(mine).values(enhanced_of_id=None))
    db.session.execute(delete(photograph).where(mine))
    db.session.execute(delete(Upload).where(uploads))
    for table in (ContributionNamesake, SamePerson, CaseFlag):
        db.session.execute(delete(table).where(table.contribution_id == contribution.id))
    numbers = select(Decision.number).where(Decision.contribution_id == contribution.id)
    db.session.execute(delete(DecisionWords).where(DecisionWords.decision_number.in_(numbers)))
    contribution.typed, contribution.typed_before, contribution.facts = {}, None, None
    contribution.approval = None
    contribution.relationship_to = contribution.teller_name = contribution.teller_contact = ""
    contribution.answer = ""
    contribution.named = False
    db.session.flush()
    db.session.expire(contribution)
    return keys
