"""What is read all day names its index, whatever grows: the plan is looked at, not the clock."""

import base64
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, text

from memory_road.accounts.permissions import Actor, Role, Scope
from memory_road.archive.alike import alike
from memory_road.archive.change import ParticipantChange, changes_of
from memory_road.archive.key_names import key_some
from memory_road.archive.participant import Participant, ParticipantCategory, ParticipantName, ParticipantNamesake
from memory_road.archive.search import find
from memory_road.cases import Case, CaseCategory, CaseKind
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.correct import unfinished_about
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.mark_case import mark_many_at_once
from memory_road.contributions.namesake import ContributionNamesake, also_sent
from memory_road.contributions.pace import outlook
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import sent_by
from memory_road.contributions.same_person import SamePerson, told_apart
from memory_road.contributions.waits import ahead_of, usual_days
from memory_road.db import db, now
from memory_road.facts.vocabulary import Category
from memory_road.family.queries import told_by
from memory_road.identifier import ALPHABET
from memory_road.jobs.derive import derive_due
from memory_road.jobs.gather import FROM_HOUR, gather
from memory_road.mail.letter import Letter
from memory_road.mail.send import send_due
from memory_road.moderation import queue
from memory_road.moderation.claim import Claim
from memory_road.moderation.next_case import next_for
from memory_road.moderation.queue import depth, put_aside, taken_back_from_hold, waiting
from memory_road.moderation.wanted import Wanted, cursor
from memory_road.requests.answer import forget_addresses
from memory_road.requests.entry_request import EntryRequest
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, work

ENTRIES = 3000
BEGIN = datetime(2026, 5, 9, tzinfo=UTC)
MIDDLE = int((BEGIN + timedelta(seconds=ENTRIES // 2)).timestamp() * 1_000_000)
CURSOR = base64.urlsafe_b64encode(f"{MIDDLE}.000000000".encode()).decode()
NEVER = datetime(2099, 1, 1, tzinfo=UTC)
EVENING = datetime(2026, 5, 9, FROM_HOUR, tzinfo=UTC)
TOLD = {2, 5, 7, 9, 11, 13}
"""Of thirty contributions these were published, one of them the first account's."""
MODERATOR = Actor(3, frozenset({Role.MODERATOR}))
TAJIK = Actor(3, frozenset({Role.MODERATOR}), Scope(frozenset({"tg", "ky"})))
IN_QUEUE = cursor(BEGIN + timedelta(seconds=ENTRIES // 2), "0" * 9)
Read = Callable[[], Any]
IVANOV = {"surname": "Иванов", "given_name": "Пётр", "patronymic": "Иванович", "birth_date": "1905-02-01"}


def identifier(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(9)))


@pytest.fixture
def full(app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """So many rows that reading all of them is clearly the worse plan; the queue's pages are shorter here,
    since fifty cases are a good part of so few."""
    monkeypatch.setattr(queue, "PAGE", 3)
    draw = random.Random(9)
    everybody = [(identifier(number), BEGIN + timedelta(seconds=number)) for number in range(ENTRIES)]
    with work(app):
        facts = {"surname": "Иванов", "given_name": "Пётр"}
        same = {"language": "ru", "contributor_name": "", "contributor_relationship": ""}
        rows: list[dict[str, Any]] = [
            {"id": each, "facts": facts, "published_at": at, "updated_at": at, "keyed_at": at, **same}
            for each, at in everybody
        ]
        db.session.execute(insert(Participant), rows)
        words = ["".join(draw.choices("abcdefghik", k=6)) for _ in everybody]
        rows = [{"word": word, "participant_id": each} for word, (each, _) in zip(words, everybody, strict=True)]
        rows += [{"word": "petr", "participant_id": each} for each, _ in everybody]
        db.session.execute(insert(ParticipantName), rows)
        rows = [{"participant_id": each, **values} for each, values in namesakes(draw, everybody)]
        db.session.execute(insert(ParticipantNamesake), rows)
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
                "sender_id": 1 + number % 2,
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


def sent(facts: dict[str, Any]) -> Contribution:
    return Contribution(id=identifier(ENTRIES), sender_id=1, facts=facts, typed=facts)


def waits() -> Contribution:
    return db.session.get_one(Contribution, identifier(900))


def plans(app: Portal, read: Read) -> str:
    """The plans of every statement that ``read`` sends, as the engine explains them."""
    said: list[tuple[Any, Any]] = []

    def listen(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "WITH")):
            said.append((statement, parameters))

    with app.app_context():
        engine = db.engine
        event.listen(engine, "before_cursor_execute", listen)
        read()
        event.remove(engine, "before_cursor_execute", listen)
        db.session.rollback()
        with engine.connect() as connection:
            word = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
            return "\n".join(explained(connection, word + statement, values) for statement, values in said)


def explained(connection: Connection, statement: str, values: Any) -> str:
    rows: Iterator[Any] = connection.exec_driver_sql(statement, values).all().__iter__()
    return "\n".join(str(row[-1]) for row in rows)


READS: list[tuple[Read, str, str]] = [
    (find, "ix_participant_newest", "the first page of the gallery"),
    (lambda: find(after=CURSOR), "ix_participant_newest", "a page in the middle of it"),
    (lambda: find(category=Category.PRESS), "ix_participant_category_newest", "a kind of participant"),
    (lambda: find(category=Category.PRESS, after=CURSOR), "ix_participant_category_newest", "further on"),
    (lambda: find("abcde"), "pk_participant_name", "a word of a name"),
    (lambda: find("abcde petr"), "pk_participant_name", "two words"),
    (lambda: alike(IVANOV), "ix_participant_namesake_born", "namesakes among the entries"),
    (lambda: alike(IVANOV), "ix_participant_namesake_father", "and with the same father"),
    (lambda: alike({**IVANOV, "birth_date": "XXXX"}), "ix_participant_namesake", "of an age that is not known"),
    (lambda: also_sent(sent(IVANOV)), "ix_contribution_namesake_born", "among what was sent"),
    (lambda: key_some(9), "ix_participant_to_key", "names without keys"),
    (lambda: told_apart(sent(IVANOV), [identifier(1)]), "ix_same_person_participant", "who was told apart"),
    (lambda: waiting(MODERATOR), "ix_waiting_case_oldest", "the queue"),
    (lambda: waiting(MODERATOR, after=IN_QUEUE), "ix_waiting_case_oldest", "further on"),
    (lambda: waiting(MODERATOR, Wanted(kind=CaseKind.REPORT)), "ix_waiting_case_kind", "a kind of case"),
    (lambda: waiting(MODERATOR, Wanted(language="hy")), "ix_waiting_case_language", "a language"),
    (lambda: waiting(MODERATOR, Wanted(country="KZ")), "ix_waiting_case_country", "a country"),
    (lambda: waiting(MODERATOR, Wanted(country="KZ"), IN_QUEUE), "ix_waiting_case_country", "further on"),
    (lambda: waiting(MODERATOR, Wanted(category=Category.PRESS)), "ix_waiting_case_category_oldest", "a category"),
    (lambda: waiting(MODERATOR, Wanted(category=Category.PRESS), IN_QUEUE), "category_oldest", "further on"),
    (lambda: waiting(MODERATOR, Wanted(flagged=True)), "ix_waiting_case_flagged", "what is to be looked at with care"),
    (lambda: waiting(MODERATOR, Wanted(waits_for=timedelta(days=9))), "ix_waiting_case_oldest", "what waits for long"),
    (lambda: waiting(MODERATOR, Wanted(mine=True)), "ix_claim_moderator_id", "what one has taken"),
    (lambda: waiting(MODERATOR, Wanted(language="hy", country="KZ")), "ix_waiting_case_language", "two: the rarer"),
    (lambda: waiting(MODERATOR, Wanted(language="hy", flagged=True)), "ix_waiting_case_language", "of the others, too"),
    (lambda: waiting(TAJIK), "ix_waiting_case_language", "of who moderates for two languages"),
    (lambda: depth(MODERATOR), "ix_waiting_case_oldest", "its depth"),
    (lambda: depth(TAJIK), "ix_waiting_case_language", "and theirs"),
    (lambda: next_for(TAJIK), "ix_waiting_case_language", "their next case"),
    (lambda: next_for(MODERATOR, wanted=Wanted(flagged=True)), "ix_waiting_case_flagged", "the next one of a part"),
    (lambda: put_aside(State.HELD, MODERATOR), "ix_contribution_queue", "what is on hold"),
    (lambda: taken_back_from_hold(MODERATOR), "ix_decision_move", "what was withdrawn while on hold"),
    (lambda: unfinished_about(Actor(1), identifier(7)), "ix_contribution_", "a correction that was begun"),
    (lambda: changes_of(identifier(7)), "ix_participant_change_newest", "what was changed in an entry"),
    (lambda: ahead_of(waits()), "ix_contribution_queue", "a place in it"),
    (lambda: told_by(Actor(1)), "ix_contribution_told", "entries of which somebody has told, too"),
    (forget_addresses, "ix_entry_request_address", "visitors' addresses that are to be forgotten"),
    (lambda: mark_many_at_once(waits()), "ix_contribution_sender", "what an account sent lately"),
    (usual_days, "ix_decision_move", "how long one waits in it"),
    (lambda: outlook(f"{now():%m-%d}", now().date()), "ix_decision_move", "what can be looked at before a set date"),
    (lambda: next_for(MODERATOR), "ix_waiting_case_oldest", "the next case"),
    (lambda: sent_by(Actor(1)), "ix_contribution_sender", "somebody's own contributions"),
    (lambda: send_due(parts().settings), "ix_letter_due", "letters that are due"),
    (lambda: gather(EVENING), "ix_letter_due", "letters of the day"),
    (lambda: derive_due(parts().store, parts().limits), "to_derive", "pictures without sizes"),
]


def test_every_read_names_its_index(full: Portal, subtests: pytest.Subtests) -> None:
    for read, index, why in READS:
        with subtests.test(why):
            plan = plans(full, read)
            # SQLite calls the index of a primary key by a name of its own.
            other = index.replace("pk_participant_name", "sqlite_autoindex_participant_name_1")
            assert index in plan or other in plan, plan
            assert not [line for line in plan.splitlines() if reads_everything(line)], plan


BIG = {
    "participant",
    "participant_name",
    "participant_category",
    "participant_change",
    "participant_namesake",
    "contribution",
    "contribution_namesake",
    "same_person",
    "contribution_photograph",
    "letter",
    "decision",
    "entry_request",
    "waiting_case",
    "waiting_case_category",
    "claim",
}


def reads_everything(line: str) -> bool:
    """Whether this line of a plan reads one of the big tables from end to end."""
    words = line.replace("->", "").split()
    on_postgresql = words[:3] == ["Seq", "Scan", "on"] and words[3] in BIG
    on_sqlite = words[:1] == ["SCAN"] and words[1] in BIG and "USING" not in words
    return on_postgresql or on_sqlite
