"""A portal with so many rows in every table that reading all of them is clearly the worse plan."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from memory_road.archive.change import ParticipantChange
from memory_road.archive.name_word import NameKey, NameWord
from memory_road.archive.news import EntryNews
from memory_road.archive.participant import Participant, ParticipantCategory, ParticipantNamesake
from memory_road.archive.participant_heading import ParticipantHeading
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.participant_place import FINEST, MapKind, MapSquare, ParticipantPlace, counted_squares
from memory_road.archive.participant_text import ParticipantText
from memory_road.cases import Case, CaseCategory
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.namesake import ContributionNamesake
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.same_person import SamePerson
from memory_road.db import db
from memory_road.facts.name_keys import index_keys
from memory_road.facts.vocabulary import Category
from memory_road.family.dispute import Dispute
from memory_road.identifier import ALPHABET
from memory_road.mail.letter import Letter
from memory_road.moderation import batch, queue
from memory_road.moderation.claim import Claim
from memory_road.moderation.proposal import EntryProposal
from memory_road.requests.entry_request import EntryRequest
from memory_road.searches.kept_search import FoundEntry, KeptSearch, KeptSearchKey, SearchKeeper
from memory_road.web.edge import Portal
from tests.application import Accounts, work

ENTRIES = 3000
BEGIN = datetime(2026, 5, 9, tzinfo=UTC)
NEVER = datetime(2099, 1, 1, tzinfo=UTC)
TOLD = {2, 5, 7, 9, 11, 13}
"""Of thirty contributions these were published, one of them the first account's."""


def identifier(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(9)))


@pytest.fixture
def full(app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """So many rows that reading all of them is clearly the worse plan; pages are shorter here, since fifty
    cases are a good part of so few."""
    monkeypatch.setattr(queue, "PAGE", 3)
    monkeypatch.setattr(batch, "MOST_LOOKED_BACK", 3)
    draw = random.Random(9)
    everybody = [(identifier(number), BEGIN + timedelta(seconds=number)) for number in range(ENTRIES)]
    with work(app):
        facts = {"surname": "Иванов", "given_name": "Пётр"}
        same = {"language": "ru", "contributor_name": "", "contributor_relationship": ""}
        rows: list[dict[str, Any]] = [
            {
                "id": each,
                "facts": facts,
                "published_at": at,
                "updated_at": at,
                "keyed_at": at,
                "card": "{}",
                "fate": "killed" if number % 300 == 7 else "missing",
                "country": "AM" if number % 300 == 9 else "RU",
                "birth_year": 1850 + number % 100,
                "birth_day": 509 if number % 3 == 1 else 101 + number % 28,
                "death_day": 509 if number % 300 == 11 else None,
                **same,
            }
            for number, (each, at) in enumerate(everybody)
        ]
        db.session.execute(insert(Participant), rows)
        words = ["abcdef", *("".join(draw.choices("abdefgiklmnoprstu", k=9)) for _ in everybody[1:])]
        same = {"fate": "missing", "country": "RU", "birth_year": 1915, "kinds": 1}
        rows = [
            {"word": word, "participant_id": each, "published_at": at, **same}
            for word, (each, at) in zip(words, everybody, strict=True)
        ]
        rows += [{"word": "petr", "participant_id": each, "published_at": at, **same} for each, at in everybody]
        db.session.execute(insert(ParticipantName), rows)
        rows = [
            {"heading": f"{order}{' '.join(names)}", "participant_id": each}
            for word, (each, _) in zip(words, everybody, strict=True)
            for order, names in (("s", ("petrov", word)), ("g", (word, "petrov")))
        ]
        db.session.execute(insert(ParticipantHeading), rows)
        known = sorted({*words, "petr"})
        rows = [{"number": number, "word": word, "sound": word, "entries": 1} for number, word in enumerate(known)]
        db.session.execute(insert(NameWord), rows)
        rows = [
            {"key": key, "sound": word, "word_number": number}
            for number, word in enumerate(known)
            for key in dict.fromkeys(index_keys(word))
        ]
        db.session.execute(insert(NameKey), rows)
        rows = [{"participant_id": each, "words": f"u{number}"} for number, (each, _) in enumerate(everybody)]
        db.session.execute(insert(ParticipantText), rows)
        _keep_searches(everybody)
        rows = [{"participant_id": each, **values} for each, values in namesakes(draw, everybody)]
        db.session.execute(insert(ParticipantNamesake), rows)
        places = [MapKind.BIRTH + "".join(draw.choices("0123", k=FINEST)) for _ in everybody]
        rows = [{"participant_id": each, "square": at} for at, (each, _) in zip(places, everybody, strict=True)]
        db.session.execute(insert(ParticipantPlace), rows)
        rows = [{"what": what, "entries": 1} for what in {what for at in places for what in counted_squares(at)}]
        db.session.execute(insert(MapSquare), rows)
        kinds = [term.value for term in Category]
        rows = [{"participant_id": each, "category": draw.choice(kinds), "published_at": at} for each, at in everybody]
        db.session.execute(insert(ParticipantCategory), rows)
        rows = [
            {"id": each, "participant_id": each, "made_at": at, "fields": [], "photographs": 1}
            for each, at in everybody
        ]
        db.session.execute(insert(ParticipantChange), rows)
        rows = [
            {
                "id": each,
                "about_id": each if number % 300 == 1 else None,
                "base": {} if number % 300 == 1 else None,
                "sender_id": 1 + number % 2,
                "form_key": each,
                "state": "submitted" if number % 300 == 0 else "approved" if number % 30 in TOLD else "draft",
                "language": "ru",
                "typed": {},
                "facts": {},
                "permitted_at": at,
                "submitted_at": at,
                "updated_at": at,
                "participant_id": identifier(number * 1009 % ENTRIES) if number % 30 in TOLD else None,
                "decided_at": at if number % 30 in TOLD else None,
                "decided_by_id": 3 if number % 30 in TOLD else None,
            }
            for number, (each, at) in enumerate(everybody)
        ]
        db.session.execute(insert(Contribution), rows)
        same = {"kind": "report", "ground": "other", "words": "Кто это?", "language": "ru", "outcome": "answered"}
        rows = [
            {
                "id": each,
                "participant_id": each,
                "email": "a@example.org" if number % 300 == 0 else "",
                "state": "closed",
                "made_at": at,
                "closed_at": at,
                "closed_by_id": 3,
                **same,
            }
            for number, (each, at) in enumerate(everybody)
        ]
        db.session.execute(insert(EntryRequest), rows)
        _settle(everybody)
        rows = [{"contribution_id": each, **values} for each, values in namesakes(draw, everybody)]
        db.session.execute(insert(ContributionNamesake), rows)
        rows = [
            {"contribution_id": each, "participant_id": each, "answer": "different", "answered_at": at}
            for each, at in everybody
        ]
        db.session.execute(insert(SamePerson), rows)
        rows = [
            {
                "kind": "account",
                "recipient": "a@example.org",
                "language": "ru",
                "content": {},
                "due_at": at,
                "sent_at": at,
            }
            for _, at in everybody
        ]
        db.session.execute(insert(Letter), rows)
        moves = [Move.START, Move.SUBMIT, Move.RETURN, Move.SUBMIT, Move.APPROVE]
        same = {"actor_id": 3, "to_state": "submitted", "reason": "other", "words_digest": ""}
        rows = [
            {
                "number": number,
                "contribution_id": each,
                "move": move,
                "from_state": None if move is Move.START else "draft",
                "made_at": at,
                "previous_hash": f"before {number}",
                "hash": str(number),
                **same,
            }
            for number, (move, (each, at)) in enumerate(product(moves, everybody), start=1)
        ]
        db.session.execute(insert(Decision), rows)
        rows = [
            {
                "id": each,
                "kind": "report" if number % 50 == 7 else "entry",
                "language": "hy" if number % 100 == 9 else "tg" if number % 100 == 8 else "ru",
                "country": "KZ" if number % 60 == 3 else "RU",
                "since": at,
                "flagged": number % 40 == 11,
                "sender_id": 5 if number % 100 == 31 else 1 + number % 2,
            }
            for number, (each, at) in enumerate(everybody)
        ]
        db.session.execute(insert(Case), rows)
        rows = [{"case_id": each, "category": draw.choice(kinds), "since": at} for each, at in everybody]
        db.session.execute(insert(CaseCategory), rows)
        rows = [
            {"case_id": each, "moderator_id": 4 if number % 900 else 3, "claimed_at": at, "expires_at": NEVER}
            for number, (each, at) in enumerate(everybody)
            if number % 3 == 0
        ]
        db.session.execute(insert(Claim), rows)
        same = {"position": 0, "file_name": "", "bytes": 1, "media_type": "", "width": 1, "height": 1, "sizes": []}
        rows = [
            {"id": each, "contribution_id": each, "sha256": each, "derived_at": at, **same} for each, at in everybody
        ]
        db.session.execute(insert(ContributionPhotograph), rows)
    with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return app


def namesakes(draw: random.Random, everybody: list[tuple[str, datetime]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of people who are all called Ivanov, and seldom Пётр."""
    for number, (each, _) in enumerate(everybody):
        given = "PTR" if number % 30 == 0 else "".join(draw.choices("AKLMNPRST", k=5))
        born = draw.choice((None, draw.randrange(1880, 1925) * 10_000))
        yield each, {"surname_key": "AFNF", "given_key": given, "father_key": draw.choice(("", "AFN")), "born": born}


def _keep_searches(everybody: list[tuple[str, datetime]]) -> None:
    """Everybody keeps a search, and somebody was found for each; of few that was not told yet."""
    keepers = [{"id": each, "email": f"{each}@example.org", "language": "ru", "told_at": at} for each, at in everybody]
    db.session.execute(insert(SearchKeeper), keepers)
    kept = [
        {
            "id": each,
            "keeper_id": each,
            "sought_for": {"q": f"Иванов {each}"},
            "made_at": at,
            "confirmed_at": at,
            "ends_at": at + timedelta(days=5 if number % 300 == 7 else 365),
        }
        for number, (each, at) in enumerate(everybody)
    ]
    db.session.execute(insert(KeptSearch), kept)
    db.session.execute(insert(KeptSearchKey), [{"key": f"={each}", "search_id": each} for each, _ in everybody])
    found = [
        {"search_id": each, "participant_id": each, "found_at": at, "told_at": None if number % 300 == 9 else at}
        for number, (each, at) in enumerate(everybody)
    ]
    db.session.execute(insert(FoundEntry), found)
    news = [{"participant_id": each, "at": at, "before": {}, "compared_to": ""} for each, at in everybody]
    db.session.execute(insert(EntryNews), news)


def _settle(everybody: list[tuple[str, datetime]]) -> None:
    """A request, a disagreement and a proposal about every entry; a part of them waits."""
    open_ones = [each for number, (each, _) in enumerate(everybody) if number % 1000 == 7]
    disputes, proposals = [], []
    for each, at in everybody:
        same = {"id": each, "participant_id": each, "note": "", "made_at": at}
        ended = {"state": "ended", "ended_at": at, "ended_by_id": 3, "outcome": "stays"}
        disputes.append({**same, "opener_id": 1, "subject": "The name", **ended})
        closed = {"state": "declined", "closed_at": at, "closed_by_id": 4}
        proposals.append({**same, "move": "take_down", "content": {}, "proposer_id": 3, **closed})
    db.session.execute(insert(Dispute), disputes)
    db.session.execute(insert(EntryProposal), proposals)
    closed = {"closed_at": None, "closed_by_id": None}
    for table, state in ((EntryProposal, closed), (EntryRequest, {**closed, "outcome": ""})):
        db.session.execute(update(table).where(table.id.in_(open_ones)).values(state="open", **state))
    running = {"state": "asked", "ended_at": None, "ended_by_id": None, "outcome": ""}
    db.session.execute(update(Dispute).where(Dispute.id.in_(open_ones)).values(**running))
