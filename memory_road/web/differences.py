"""What a correction changes, in words: for its sender's pages and the moderator's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from babel import Locale
from flask_babel import gettext

from memory_road.archive.participant import Participant
from memory_road.archive.queries import standing
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.submit import read
from memory_road.db import now
from memory_road.facts.check import problems_between
from memory_road.facts.choice import Choice, chosen
from memory_road.facts.date_words import say_date
from memory_road.facts.difference import Difference, Item, amended, differences
from memory_road.facts.document import Facts, FactValue
from memory_road.facts.fields import FIELD, Field, Kind
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.moderation.approval import kept_choices
from memory_road.web.sentences import problem_sentence

SAME = "…"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact that is changed: lines of what stands in the entry, and of what would stand there; of a list only the
    lines that change, of a story the paragraphs. ``before`` is what stood there when the correction was begun, where
    ``changed_meanwhile`` says that it is something else now."""

    name: str
    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    changed_meanwhile: bool
    settled: bool
    before: tuple[str, ...] = ()


def proposed_facts(contribution: Contribution) -> Facts:
    """What a contribution says: as it is typed now while that can be changed, else as it was sent."""
    if contribution.state in CHANGEABLE or contribution.facts is None:
        return read(contribution, now().date()).facts
    return contribution.facts


def about(contribution: Contribution) -> Participant | None:
    """The entry that a contribution corrects, where it is one: what stands for it today, though it may be gone."""
    return standing(contribution.about_id) if contribution.about_id is not None else None


def shown_about(contribution: Contribution) -> Participant | None:
    """The same while visitors see it: of one that is gone nothing can be compared."""
    entry = about(contribution)
    return entry if entry is not None and entry.gone_at is None else None


def changes(contribution: Contribution) -> list[Difference]:
    """What a correction changes of its entry as it is now; once it is approved, what it has changed."""
    base = contribution.base or {}
    entry = shown_about(contribution)
    present = entry.facts if entry is not None and contribution.participant_id is None else base
    found = differences(base, proposed_facts(contribution), present)
    return found if contribution.participant_id is None else list(chosen(found, kept_choices(contribution)))


def moderators_changes(contribution: Contribution, language: str) -> list[Row]:
    """What a moderator took otherwise than it was sent, or left out: what was sent, and what is published of it."""
    sent = contribution.facts or {}
    found = [
        Difference(FIELD[name], None, sent.get(name), made.value or None if made.choice is Choice.EDIT else None)
        for name, made in kept_choices(contribution).items()
        if made.choice is not Choice.TAKE
    ]
    return rows(found, language)


def contradictions(contribution: Contribution, found: Sequence[Difference]) -> list[str]:
    """Sentences about what would contradict each other in the entry, where it was changed in the meantime."""
    entry = shown_about(contribution)
    if entry is None or not any(each.changed_meanwhile for each in found):
        return []
    return [problem_sentence(problem) for problem in problems_between(amended(entry.facts, found))]


def rows(found: Sequence[Difference], language: str) -> list[Row]:
    """``found`` in words of ``language``."""
    return [_row(each, language) for each in found]


def _row(found: Difference, language: str) -> Row:
    field = found.field
    before: tuple[str, ...] = ()
    if found.items:
        old = tuple(_item(field, item.before, language) for item in found.items if item.before is not None)
        new = tuple(_item(field, item.after, language) for item in found.items if item.after is not None)
    elif field.kind is Kind.LONG_TEXT:
        old, new = _paragraphs(_line(field, found.old, language), _line(field, found.new, language))
    else:
        old, new, before = (_lines(field, value, language) for value in (found.old, found.new, found.base))
    return Row(
        name=field.name,
        label=gettext(field.label),
        old=old,
        new=new,
        changed_meanwhile=found.changed_meanwhile,
        settled=found.settled,
        before=before if found.changed_meanwhile and not found.settled else (),
    )


def _paragraphs(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs that are on one side alone, with a sign for what is the same on both."""
    first, second = (tuple(line for line in text.split("\n") if line.strip()) for text in (old, new))
    left: list[str] = []
    right: list[str] = []
    for kind, begin, end, other_begin, other_end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        left += [SAME] if kind == "equal" else first[begin:end]
        right += [SAME] if kind == "equal" else second[other_begin:other_end]
    return tuple(left), tuple(right)


def _lines(field: Field, value: FactValue | None, language: str) -> tuple[str, ...]:
    line = _line(field, value, language)
    return (line,) if line else ()


def line_of(field: Field, value: FactValue | None, language: str) -> str:
    """What a fact says, on one line in words of ``language``; empty for a list."""
    return _line(field, value, language)


def _line(field: Field, value: FactValue | None, language: str) -> str:
    return _text(field, value, language) if isinstance(value, str) else ""


def _item(field: Field, item: Item, language: str) -> str:
    if isinstance(item, str):
        return _text(field, item, language)
    return " · ".join(_text(part, item[part.name], language) for part in field.parts if item.get(part.name))


def _text(field: Field, value: str, language: str) -> str:
    if field.kind is Kind.DATE:
        return say_date(parse_edtf(value), language)
    if field.kind is Kind.COUNTRY:
        return str(Locale(language).territories.get(value, value))
    return gettext(field.terms(value).wording) if field.terms is not None else value  # pyright: ignore[reportCallIssue] -- a term is called with its value alone
