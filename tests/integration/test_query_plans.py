"""What is read all day names its index, whatever grows: the plan is looked at, not the clock."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from memory_road.accounts.permissions import Actor, Role, Scope
from memory_road.archive.alike import alike
from memory_road.archive.anniversaries import Anniversary, remembered_on
from memory_road.archive.change import changes_of
from memory_road.archive.filters import Filters
from memory_road.archive.listing import depth as depth_of_list
from memory_road.archive.listing import part
from memory_road.archive.newest import newest_entries
from memory_road.archive.on_map import entries_in, squares_in
from memory_road.archive.participant_place import MapKind
from memory_road.archive.restate import restate_some
from memory_road.archive.search import find
from memory_road.archive.suggest import suggested
from memory_road.archive.whole import whole
from memory_road.cases import CaseKind
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.correct import unfinished_about
from memory_road.contributions.lifecycle import State
from memory_road.contributions.mark_case import mark_many_at_once
from memory_road.contributions.namesake import also_sent
from memory_road.contributions.pace import outlook
from memory_road.contributions.queries import sent_by
from memory_road.contributions.same_person import told_apart
from memory_road.contributions.waits import ahead_of, usual_days
from memory_road.db import db, now
from memory_road.facts.calendar_day import CalendarDay
from memory_road.facts.vocabulary import Category, Fate
from memory_road.family.dispute import DisputeState
from memory_road.family.queries import disputes_running, told_by
from memory_road.jobs.derive import derive_due
from memory_road.jobs.gather import FROM_HOUR, gather
from memory_road.mail.send import send_due
from memory_road.moderation.batch import number_together, sent_before
from memory_road.moderation.entry_history import decisions_about_entry, told_of
from memory_road.moderation.kin import tie_of
from memory_road.moderation.next_case import next_for
from memory_road.moderation.proposal import number_proposed, open_proposals
from memory_road.moderation.queue import depth, put_aside, taken_back_from_hold, waiting
from memory_road.moderation.statistics import count_some, reasons_given, weeks
from memory_road.moderation.wanted import Wanted, cursor
from memory_road.requests.answer import forget_addresses
from memory_road.requests.entry_request import EntryRequest
from memory_road.requests.queries import number_waiting, others_about, waiting_requests
from memory_road.searches.compare import compare
from memory_road.searches.tell import keepers_to_tell, tell_keeper
from memory_road.web.edge import Portal, parts
from tests.crowded import BEGIN, ENTRIES, full, identifier

__all__ = ["full"]
MIDDLE = int((BEGIN + timedelta(seconds=ENTRIES // 2)).timestamp() * 1_000_000)
CURSOR = base64.urlsafe_b64encode(f"{MIDDLE}.000000000".encode()).decode()
EVENING = datetime(2026, 5, 9, FROM_HOUR, tzinfo=UTC)
NEXT_DAY = EVENING + timedelta(days=1)
MODERATOR = Actor(3, frozenset({Role.MODERATOR}))
OF_THE_PRESS = Filters(category=Category.PRESS)
TAJIK = Actor(3, frozenset({Role.MODERATOR}), Scope(frozenset({"tg", "ky"})))
IN_QUEUE = cursor(BEGIN + timedelta(seconds=ENTRIES // 2), "0" * 9)
MAY = CalendarDay(5, 9)
Read = Callable[[], Any]
IVANOV = {"surname": "Иванов", "given_name": "Пётр", "patronymic": "Иванович", "birth_date": "1905-02-01"}


def sent(facts: dict[str, Any]) -> Contribution:
    return Contribution(id=identifier(ENTRIES), sender_id=1, facts=facts, typed=facts)


def waits() -> Contribution:
    return db.session.get_one(Contribution, identifier(900))


def asked() -> EntryRequest:
    return db.session.get_one(EntryRequest, identifier(7))


def approved() -> Contribution:
    return db.session.get_one(Contribution, identifier(2))


def plans(app: Portal, read: Read) -> str:
    """The plans of every statement that ``read`` sends, as the engine explains them."""
    said: list[tuple[Any, Any]] = []

    def listen(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "WITH")):
            said.append((statement, parameters))

    with app.app_context():
        engine = db.engine
        event.listen(engine, "before_cursor_execute", listen)
        db.session.connection()  # within a transaction every read goes by SQLAlchemy, which can be listened to
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
    (lambda: remembered_on(MAY, Anniversary.BORN), "ix_participant_birth_day", "who was born on a day"),
    (lambda: remembered_on(MAY, Anniversary.DIED), "ix_participant_death_day", "who died on it"),
    (lambda: remembered_on(MAY, Anniversary.BORN, CURSOR), "ix_participant_birth_day", "further on"),
    (lambda: suggested("abcdef"), "pk_participant_heading", "who is suggested while a name is typed"),
    (lambda: suggested("pe"), "pk_participant_heading", "and where nearly everybody begins so"),
    (lambda: whole(identifier(7)), "ix_participant_namesake_", "people of the same name"),
    (lambda: find(after=CURSOR), "ix_participant_newest", "a page in the middle of it"),
    (lambda: find(filters=OF_THE_PRESS), "ix_participant_category_newest", "a kind of participant"),
    (lambda: find(filters=OF_THE_PRESS, after=CURSOR), "ix_participant_category_newest", "further on"),
    (lambda: find("abcdef"), "ix_participant_name_newest", "a word of a name"),
    (lambda: find("petr"), "ix_participant_name_newest", "one that very many have, and that they are very many"),
    (lambda: find("abcdef petr"), "ix_participant_name_newest", "two words"),
    (lambda: find("abcdef"), "pk_name_key", "other spellings of it"),
    (lambda: find("abcdef"), "uq_name_word_word_sound", "and the word itself"),
    (lambda: find("abcdef", Filters(fate=Fate.KILLED)), "ix_participant_name_newest", "a word and a fate"),
    (lambda: find("abcdef", Filters(born_from=1880, born_to=1881)), "ix_participant_name_newest", "and years of birth"),
    (lambda: find(filters=Filters(fate=Fate.KILLED)), "ix_participant_fate", "a fate"),
    (lambda: find(filters=Filters(country="AM")), "ix_participant_country", "a country"),
    (lambda: find(filters=Filters(born_from=1915, born_to=1916)), "ix_participant_birth_year", "years of birth"),
    (lambda: find(filters=Filters(unit="77")), "ix_participant_text_words", "a unit"),
    (lambda: squares_in(MapKind.BIRTH, "1203"), "pk_map_square", "the squares of a part of the map"),
    (lambda: squares_in(MapKind.BIRTH, "1203"), "pk_participant_place", "and a place in each"),
    (lambda: entries_in(MapKind.BIRTH, "12031"), "pk_participant_place", "who is in one of them"),
    (lambda: entries_in(MapKind.BIRTH, "12031"), "pk_participant", "and what their cards say"),
    (lambda: alike(IVANOV), "ix_participant_namesake_born", "namesakes among the entries"),
    (lambda: alike(IVANOV), "ix_participant_namesake_father", "and with the same father"),
    (lambda: alike({**IVANOV, "birth_date": "XXXX"}), "ix_participant_namesake", "of an age that is not known"),
    (lambda: also_sent(sent(IVANOV)), "ix_contribution_namesake_born", "among what was sent"),
    (lambda: restate_some(9), "ix_participant_to_key", "names without keys"),
    (lambda: newest_entries(None, 9), "ix_participant_newest", "a feed"),
    (lambda: newest_entries(Category.PRESS, 9), "ix_participant_category_newest", "the feed of a kind of participant"),
    (depth_of_list, "pk_participant", "how many parts all entries are listed in"),
    (lambda: part(15, 0, 50), "pk_participant", "one of these parts"),
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
    (lambda: compare(identifier(7)), "pk_kept_search_key", "which of them an entry may fit"),
    (lambda: keepers_to_tell(NEXT_DAY, 9), "ix_kept_search_entry_untold", "who keeps a search and is to be told"),
    (lambda: keepers_to_tell(NEXT_DAY, 9), "ix_kept_search_end", "and whose search ends soon"),
    (lambda: keepers_to_tell(NEXT_DAY, 9), "pk_search_keeper", "of all who keep one"),
    (lambda: tell_keeper(identifier(9), NEXT_DAY), "ix_kept_search_keeper", "the letter to one of them"),
    (lambda: derive_due(parts().store, parts().limits), "to_derive", "pictures without sizes"),
    (
        lambda: number_together(Contribution(sender_id=5), MODERATOR),
        "ix_waiting_case_sender",
        "new entries of one sender",
    ),
    (lambda: sent_before(approved(), MODERATOR), "ix_contribution_sender", "what a sender has sent before"),
    (waiting_requests, "ix_entry_request_queue", "requests that wait"),
    (lambda: waiting_requests(identifier(9)), "ix_entry_request_queue", "further on"),
    (number_waiting, "ix_entry_request_queue", "how many"),
    (lambda: others_about(asked()), "ix_entry_request_participant", "other requests about the same entry"),
    (lambda: disputes_running(DisputeState.ASKED), "ix_dispute_queue", "disagreements"),
    (open_proposals, "ix_entry_proposal_queue", "what waits for a second moderator"),
    (number_proposed, "_entry_proposal_", "and how much"),
    (lambda: decisions_about_entry(identifier(7)), "ix_decision_participant", "what was decided about an entry"),
    (lambda: told_of(identifier(7)), "ix_contribution_participant", "of what it came"),
    (lambda: tie_of(MODERATOR, identifier(7)), "ix_contribution_", "whether it is about the moderator's family"),
    (lambda: weeks(BEGIN.date()), "", "the desk's weeks"),
    (lambda: reasons_given(BEGIN.date()), "", "the reasons it gave"),
    (lambda: count_some(50), "decision", "what the statistics count at a time"),
]


def test_every_read_names_its_index(full: Portal, subtests: pytest.Subtests) -> None:
    for read, index, why in READS:
        with subtests.test(why):
            plan = plans(full, read)
            # SQLite calls the index of a primary key by a name of its own.
            other = f"sqlite_autoindex_{index.removeprefix('pk_')}_1" if index.startswith("pk_") else index
            assert index in plan or ON_SQLITE.get(index, other) in plan, plan
            assert not [line for line in plan.splitlines() if reads_everything(line)], plan


ON_SQLITE = {
    "uq_name_word_word_sound": "sqlite_autoindex_name_word_1",
    "ix_participant_text_words": "participant_words VIRTUAL TABLE INDEX",
}
"""What else SQLite calls by a name of its own."""
BIG = {
    "map_square",
    "entry_news",
    "kept_search",
    "kept_search_entry",
    "search_keeper",
    "name_key",
    "name_word",
    "participant_text",
    "dispute",
    "entry_proposal",
    "participant",
    "participant_name",
    "participant_heading",
    "participant_category",
    "participant_change",
    "participant_namesake",
    "participant_place",
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


def test_suggestions_are_not_sorted(full: Portal) -> None:
    """However many begin so, they are read in the order of the index, and only as many as are shown."""
    plan = plans(full, lambda: suggested("pe"))
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def reads_everything(line: str) -> bool:
    """Whether this line of a plan reads one of the big tables from end to end."""
    words = line.replace("->", "").split()
    on_postgresql = words[:3] == ["Seq", "Scan", "on"] and words[3] in BIG
    on_sqlite = words[:1] == ["SCAN"] and words[1] in BIG and "USING" not in words
    return on_postgresql or on_sqlite
