"""Every code that can reach a reader has a sentence, in both languages, with all its values said."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import Move, Remark, State
from memory_road.contributions.move import RefusalCode
from memory_road.contributions.submit import SubmissionProblem
from memory_road.facts.problem import PlausibilityWarning, Problem, ProblemCode, WarningCode
from memory_road.family.carer import ChangeReason
from memory_road.family.refusal import FamilyRefusal
from memory_road.family.takeover import TakeoverState
from memory_road.media.formats import Unsupported
from memory_road.media.refusal import PictureRefused
from memory_road.media.refusal import RefusalCode as PictureCode
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefusal
from memory_road.web import asking, kinship, picture_sentences, sentences
from memory_road.web.counted import said
from memory_road.web.wording import MOVES

LANGUAGES = ("en", "ru")
VALUES = {
    "length": 130,
    "most": 100,
    "used": 99,
    "year": 3015,
    "age": 14,
    "megabytes": 61,
    "limit": 50,
    "megapixels": 90,
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Everything is said in this language."""
    app = Flask("memory_road")
    Babel(app, default_locale="en")
    with app.test_request_context(), force_locale(request.param):
        yield request.param


def complete(sentence: str, language: str) -> None:
    assert re.search("[а-яё]" if language == "ru" else "[a-z]", sentence), sentence
    assert not re.search(r"%\(|\{", sentence), f"a value is not said: {sentence}"


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (sentences.PROBLEMS, [*ProblemCode, *SubmissionProblem]),
        (sentences.WARNINGS, list(WarningCode)),
        (sentences.REFUSALS, list(RefusalCode)),
        (sentences.REASONS, list(Reason)),
        (sentences.STATES, list(State)),
        (MOVES, [*Move, *Remark]),
        (asking.REQUEST_REFUSALS, list(RequestRefusal)),
        (kinship.FAMILY_REFUSALS, list(FamilyRefusal)),
        (kinship.TAKEOVER_STATES, list(TakeoverState)),
        (kinship.CARE_CHANGES, list(ChangeReason)),
    ],
    ids=["problems", "warnings", "refusals", "reasons", "states", "moves", "requests", "families", "takeovers", "care"],
)
def test_every_code_has_its_words(table: dict[Any, object], codes: list[StrEnum], language: str) -> None:
    assert set(table) == set(codes)
    for words in table.values():
        sentence = said(words, VALUES)
        with force_locale("en"):
            source = said(words, VALUES)
        # A text that no translator has seen yet fails in test_translations.
        complete(sentence, "en" if sentence == source else language)


def test_problems_warnings_and_refusals_are_whole_sentences(language: str) -> None:
    for table in (
        sentences.PROBLEMS,
        sentences.WARNINGS,
        sentences.REFUSALS,
        picture_sentences.PICTURES,
        picture_sentences.UNSUPPORTED,
        asking.REQUEST_REFUSALS,
        kinship.FAMILY_REFUSALS,
    ):
        for words in table.values():
            assert said(words, VALUES).endswith((".", "!", "?")), words


def test_a_code_of_families_is_no_code_of_requests() -> None:
    assert not {str(code) for code in FamilyRefusal} & {str(code) for code in RequestRefusal}, "one table has both"


def test_two_refusals_never_sound_alike(language: str) -> None:
    said = [str(words) for words in sentences.REFUSALS.values()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("code", [code for code in PictureCode if code is not PictureCode.UNSUPPORTED])
def test_every_refused_picture_has_its_sentence(code: PictureCode, language: str) -> None:
    said = picture_sentences.picture_sentence(PictureRefused(code, {**VALUES, "format": "jpeg"}), "скан 5%.jpg")
    assert "скан 5%.jpg" in said
    complete(said, language)


@pytest.mark.parametrize("kind", Unsupported)
def test_every_kind_of_file_that_is_not_taken_has_its_sentence(kind: Unsupported, language: str) -> None:
    refused = PictureRefused(PictureCode.UNSUPPORTED, {"format": kind})
    complete(picture_sentences.picture_sentence(refused, "file"), language)


def test_a_sentence_says_its_values(language: str) -> None:
    said = sentences.problem_sentence(Problem("surname", ProblemCode.TOO_LONG, {"most": 100, "length": 130}))
    assert "100" in said
    assert "130" in said
    warned = sentences.warning_sentence(PlausibilityWarning("birth_date", WarningCode.VERY_YOUNG, {"age": 14}))
    assert "14" in warned


def test_what_is_counted_is_said_so(language: str) -> None:
    for length, wording in ((1, "1 character,"), (21, "21 characters,")):
        with force_locale("en"):
            problem = Problem("surname", ProblemCode.TOO_LONG, {"most": 100, "length": length})
            assert wording in sentences.problem_sentence(problem)


def test_what_is_the_machines_fault_is_not_blamed_on_the_picture(language: str) -> None:
    complete(picture_sentences.unavailable_sentence("scan.jpg"), language)


@pytest.mark.parametrize(
    "code",
    [
        EntryRefusal.GONE_ALREADY,
        EntryRefusal.NOT_GONE,
        EntryRefusal.CHANGED,
        EntryRefusal.FROZEN_ALREADY,
        EntryRefusal.NOT_FROZEN,
        EntryRefusal.NOT_MERGED,
        EntryRefusal.PROPOSED_ALREADY,
        EntryRefusal.PROPOSAL_OVER,
        RequestRefusal.CLOSED_ALREADY,
        RequestRefusal.TAKEN_BY_ANOTHER,
        FamilyRefusal.TAKEOVER_OVER,
        FamilyRefusal.DISPUTE_OVER,
        FamilyRefusal.MESSAGE_SEEN_TO,
    ],
)
def test_whoever_comes_second_learns_what_to_do(code: StrEnum) -> None:
    """A bare "here is how it stands now" leaves a moderator with a decision that is half made."""
    app = Flask("memory_road")
    Babel(app, default_locale="en")
    with app.test_request_context(), force_locale("en"):
        sentence = said(asking.SENTENCES[code], {})
    assert re.search(r"lease |othing|no merge|at the desk", sentence), sentence
    assert "how it stands now" not in sentence
