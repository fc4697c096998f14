"""Submit a contribution for moderation, or withdraw it."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from memory_road.accounts.permissions import Actor
from memory_road.contributions.bad_picture import mark_known_pictures
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.mark_case import mark_many_at_once, mark_unlikely
from memory_road.contributions.move import LONGEST_MESSAGE, move, written
from memory_road.contributions.queries import changeable, own
from memory_road.contributions.recall import recall
from memory_road.contributions.tell import tell_sender
from memory_road.db import now
from memory_road.facts.difference import differences
from memory_road.facts.document import Facts, text_of
from memory_road.facts.problem import Problem
from memory_road.facts.public import public_facts
from memory_road.facts.read import Reading, dates_to_come, read_date_field, read_facts
from memory_road.facts.vocabulary import Living, PhotographKind
from memory_road.mail.letter import LetterKind


class SubmissionProblem(StrEnum):
    """What a submission needs besides its facts."""

    PORTRAIT_MISSING = "portrait_missing"
    PERMISSION_MISSING = "permission_missing"
    LIVING_CONSENT_MISSING = "living_consent_missing"
    NOTHING_CHANGED = "nothing_changed"
    ANSWER_TOO_LONG = "answer_too_long"
    FACES_CONSENT_MISSING = "faces_consent_missing"
    TELLER_MISSING = "teller_missing"
    SIGNED_PAGE_MISSING = "signed_page_missing"


class NeedsMending(Exception):
    """It cannot be submitted yet: ``problems`` says what to mend, in the form's order."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = problems


def read(contribution: Contribution, today: date) -> Reading:
    """What a contribution says and what is still to be mended before it can be submitted."""
    reading = read_facts(contribution.typed, contribution.language, today)
    # Of a correction, too: whoever agreed to what is published has not agreed to what is added now.
    if Living.YES.equals(text_of(reading.facts, "living")) and not contribution.living_consent:
        reading.problems.append(Problem("living_consent", SubmissionProblem.LIVING_CONSENT_MISSING))
    pictures = Reading({}, reading.problems)
    for photograph in contribution.photographs:
        read_date_field(f"photograph-{photograph.id}-taken", photograph.taken, contribution.language, pictures)
    reading.problems.extend(dates_to_come(pictures.dates, today))
    reading.dates.update(pictures.dates)
    if contribution.about_id is None:
        reading.problems.extend(_portrait_problems(contribution))
    elif not reading.problems and not contribution.photographs and not _says_more(reading.facts, contribution):
        reading.problems.append(Problem("contribution", SubmissionProblem.NOTHING_CHANGED))
    if Living.YES.equals(contribution.living_faces) and contribution.photographs and not contribution.faces_consent:
        reading.problems.append(Problem("faces_consent", SubmissionProblem.FACES_CONSENT_MISSING))
    if contribution.assisted and not contribution.teller_name:
        reading.problems.append(Problem("teller_name", SubmissionProblem.TELLER_MISSING))
    if contribution.assisted and contribution.signed_page is None:
        reading.problems.append(Problem("signed_page", SubmissionProblem.SIGNED_PAGE_MISSING))
    if len(contribution.answer) > LONGEST_MESSAGE:
        reading.problems.append(Problem("answer", SubmissionProblem.ANSWER_TOO_LONG))
    if contribution.permitted_at is None:
        reading.problems.append(Problem("permission", SubmissionProblem.PERMISSION_MISSING))
    return reading


def _portrait_problems(contribution: Contribution) -> Iterator[Problem]:
    has_one = any(PhotographKind.PORTRAIT.equals(photograph.kind) for photograph in contribution.photographs)
    if not has_one and not contribution.none_survives:
        yield Problem("photos", SubmissionProblem.PORTRAIT_MISSING)


def _says_more(facts: Facts, contribution: Contribution) -> bool:
    """Whether a correction changes a fact, or tells the moderators one that is not published."""
    base = contribution.base or {}
    withheld = facts.keys() - public_facts(facts).keys()
    return bool(withheld) or bool(differences(base, facts, base))


def submit(contribution_id: str, actor: Actor, today: date) -> Contribution:
    """Send the draft, or the returned contribution with the answer to the moderator, to the moderators; its sender gets
    a letter. Raises ``NeedsMending`` or ``Refused``."""
    contribution = changeable(contribution_id, actor)
    reading = read(contribution, today)
    if reading.problems:
        raise NeedsMending(reading.problems)
    contribution.facts = reading.facts
    contribution.submitted_at = now()
    mark_unlikely(contribution)
    mark_many_at_once(contribution)
    mark_known_pictures(contribution)
    move(contribution, Move.SUBMIT, actor, message=written(contribution.answer))
    contribution.answer = ""
    tell_sender(contribution, LetterKind.RECEIVED)
    return contribution


def withdraw(contribution_id: str, actor: Actor) -> Contribution:
    """Take back what was not decided yet. Raises ``Refused``."""
    contribution = own(contribution_id, actor)
    recall(contribution)
    move(contribution, Move.WITHDRAW, actor)
    return contribution
