"""What a merged entry says, by what was chosen where the two differ."""

from typing import Any

import pytest

from memory_road.facts.fields import FIELD
from memory_road.moderation.merge_facts import choices_for, conflicts, merged_facts, proposed_choice
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused

BASE: dict[str, Any] = {"surname": "Орлов", "given_name": "Пётр", "fate": "missing", "living": "no"}


@pytest.mark.parametrize(
    ("kept", "other", "choice", "expected", "why"),
    [
        ({"rank": "старшина"}, {"rank": "сержант"}, "kept", {"rank": "старшина"}, "the word of the one that stays"),
        ({"rank": "старшина"}, {"rank": "сержант"}, "other", {"rank": "сержант"}, "the word of the other"),
        (
            {"rank": "старшина"},
            {"rank": "сержант"},
            "both",
            {"rank": "старшина", "also_recorded": [{"field": "rank", "value": "said: сержант"}]},
            "both stand, the rival value as also recorded",
        ),
        ({}, {"rank": "сержант"}, "other", {"rank": "сержант"}, "what only the other says"),
        ({}, {"rank": "сержант"}, "kept", {}, "or not"),
        ({"rank": "старшина"}, {}, "other", {}, "what the other does not say can be left out"),
        (
            {"categories": ["medical"]},
            {"categories": ["soldier"]},
            "both",
            {"categories": ["soldier", "medical"]},
            "kinds together, in the order of the vocabulary",
        ),
        (
            {"awards": [{"award": "А"}]},
            {"awards": [{"award": "А"}, {"award": "Б"}]},
            "both",
            {"awards": [{"award": "А"}, {"award": "Б"}]},
            "records together, none twice",
        ),
        (
            {"biography": "Раз."},
            {"biography": "Два."},
            "both",
            {"biography": "Раз.\n\nДва."},
            "one story after another",
        ),
        (
            {"birth_point": "1,2"},
            {"birth_point": "3,4"},
            "other",
            {"birth_point": "3,4"},
            "not a living person's point",
        ),
    ],
)
def test_what_is_chosen_stands(kept: Any, other: Any, choice: str, expected: Any, why: str) -> None:
    (changed,) = conflicts(BASE | kept, BASE | other)
    name = changed.field.name
    said = {name: f"said: {(other.get(name) or '')}"}
    assert merged_facts(BASE | kept, BASE | other, {name: choice}, said) == BASE | expected, why


@pytest.mark.parametrize(
    ("name", "kept", "other", "expected", "why"),
    [
        ("fate", "missing", "killed", None, "nothing that changes a fate is chosen beforehand"),
        ("living", "no", "not_known", None, "nor whether somebody lives"),
        ("rank", "", "сержант", "other", "what only the other says is not lost"),
        ("rank", "старшина", "", "kept", "nor what only this one says"),
        ("rank", "старшина", "сержант", "kept", "else the entry that stays"),
        ("awards", [{"award": "А"}], [{"award": "Б"}], "both", "lists together"),
    ],
)
def test_what_is_chosen_beforehand(name: str, kept: Any, other: Any, expected: str | None, why: str) -> None:
    assert proposed_choice(FIELD[name], {name: kept}, {name: other}) == expected, why


def test_only_one_answer_can_stand_of_whether_somebody_lives() -> None:
    assert "both" not in choices_for(FIELD["living"], {"living": "no"}, {"living": "yes"})
    assert "both" in choices_for(FIELD["fate"], {"fate": "missing"}, {"fate": "killed"})


@pytest.mark.parametrize(
    ("kept", "other", "chosen", "code"),
    [
        ({}, {"rank": "сержант"}, {}, EntryRefusal.CHOICE_MISSING),
        ({}, {"rank": "сержант"}, {"rank": "both"}, EntryRefusal.CHOICE_MISSING),
        (
            {"birth_date": "1915"},
            {"death_date": "1900"},
            {"birth_date": "kept", "death_date": "other"},
            EntryRefusal.CONTRADICTS,
        ),
        ({"biography": "а" * 15000}, {"biography": "б" * 15000}, {"biography": "both"}, EntryRefusal.TOO_MUCH),
    ],
)
def test_what_cannot_stand_is_refused(kept: Any, other: Any, chosen: Any, code: EntryRefusal) -> None:
    with pytest.raises(RequestRefused) as refused:
        merged_facts(BASE | kept, BASE | other, chosen, {})
    assert refused.value.code is code
