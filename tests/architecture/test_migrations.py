"""Migrations: they make what the models describe, and go down and up again with data in every table."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, func, inspect, select, table, text

from memory_road.accounts.code import make_code
from memory_road.accounts.passkey import Passkey
from memory_road.accounts.second_factor import AuthenticatorApp, Seal, make_recovery_codes
from memory_road.archive.change import ParticipantChange
from memory_road.archive.flower import add_up, lay_flower
from memory_road.archive.participant import Participant
from memory_road.cases import Case, CaseCategory
from memory_road.contributions.appeal import appeal
from memory_road.contributions.bad_picture import put_on_list
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.family_tree import FamilyTree, FamilyTreePerson
from memory_road.contributions.flag import Flag
from memory_road.contributions.mark_case import flag
from memory_road.contributions.parked import park
from memory_road.contributions.queries import changeable
from memory_road.contributions.reason import add_reason
from memory_road.contributions.same_person import Verdict, keep_verdicts
from memory_road.contributions.submit import withdraw
from memory_road.contributions.suggestion import Vocabulary, add_suggestion
from memory_road.contributions.upload import Upload
from memory_road.db import db, now
from memory_road.family.ask_care import ask_for_care
from memory_road.family.carer import Care, changes_of
from memory_road.family.disagree import dispute
from memory_road.family.hand_over import hand_over
from memory_road.family.successor import name_successor
from memory_road.mail.letter import LetterKind, write
from memory_road.migrate import alembic_config, downgrade, upgrade
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.moderation.different_people import DifferentPeople
from memory_road.moderation.kin import recuse
from memory_road.moderation.merge import EntryMerge
from memory_road.moderation.presence import look_at
from memory_road.moderation.proposal import EntryProposal
from memory_road.moderation.recognise import look_for
from memory_road.moderation.skip import skip
from memory_road.moderation.statistics import count_some
from memory_road.moderation.withheld import Withheld, WithheldPhotograph
from memory_road.people.invite import invite
from memory_road.requests.report import Report, report
from memory_road.searches.keep import keep_own
from memory_road.searches.kept_search import FoundEntry
from memory_road.searches.sought import Sought
from memory_road.tables import TABLES
from memory_road.web.edge import Portal
from tests.application import (
    Accounts,
    Sample,
    begin,
    begin_correction,
    decide,
    filled_in,
    publish,
    send_correction,
    send_in,
    signed_in,
    work,
)
from tests.relatives import two_relatives

SCRIPTS = list(ScriptDirectory.from_config(alembic_config("")).walk_revisions())[::-1]
REVISIONS = [script.revision for script in SCRIPTS]
BEFORE = ["base", *REVISIONS]
MADE_ANEW = {
    script.revision: frozenset(script.module.EMPTIED) for script in SCRIPTS if hasattr(script.module, "EMPTIED")
}
"""What a revision empties that is made of the facts alone, and what counts it: the sweep makes it anew."""


def is_of_a_model(name: str | None, _kind: str, _parents: object) -> bool:
    """The full text lies in a table or an index that only one of the two databases has, and no model describes."""
    return not (name or "").startswith(("participant_words", "ix_participant_text_words"))


def test_the_models_are_what_the_migrations_make(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_of_a_model}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)
    engine.dispose()
    assert differences == []


def test_checks_are_what_the_models_say(database_url: str) -> None:
    """Alembic compares no CHECKs: their names are compared here, and what they refuse in the tests of the log."""
    engine = create_engine(database_url)
    made = {
        (table, str(check["name"]))
        for table in inspect(engine).get_table_names()
        for check in inspect(engine).get_check_constraints(table)
    }
    engine.dispose()
    described = {
        (table.name, str(constraint.name))
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert made == described


def test_all_tables_are_listed() -> None:
    assert set(TABLES) == set(db.metadata.tables.values())


def test_revisions_form_one_line() -> None:
    assert len(ScriptDirectory.from_config(alembic_config("")).get_heads()) == 1
    assert sorted(REVISIONS) == REVISIONS


def test_on_sqlite_a_migration_says_from_the_first_that_it_writes(tmp_path: Path) -> None:
    """A transaction that begins by reading fails at once when a worker that runs already writes in between."""
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        upgrade(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(begun) >= len(REVISIONS)
    assert set(begun) == {"BEGIN IMMEDIATE"}


@pytest.fixture
def full(app: Portal, accounts: Accounts, portrait: Sample) -> Portal:
    """A database with rows in every table."""
    told = filled_in({"burial_point": "55.7558, 37.6173"})
    entry = publish(app, accounts.contributor, accounts.moderator, portrait, form=told)
    decide(app, send_correction(app, accounts.stranger, entry, typed={"unit": "316-я дивизия"}), accounts.moderator)
    draft = begin(app, accounts.contributor, portrait)
    cases = [send_in(app, accounts.contributor) for _ in range(2)]
    with work(app):
        for case in cases:
            claim(case, accounts.moderator.actor)
        for photograph in changeable(draft, accounts.contributor.actor).photographs:
            look_for(photograph)
        keep_verdicts(changeable(draft, accounts.contributor.actor), {entry: Verdict.UNSURE})
        put_on_list(changeable(draft, accounts.contributor.actor), accounts.moderator.actor.id)
        flag(cases[1], Flag.LOOK_TWICE, accounts.moderator.actor.id)
        recuse(cases[1], accounts.second_moderator.actor)
        skip(cases[1], accounts.moderator.actor)
        look_at(cases[1], accounts.moderator.actor)
        return_to_sender(cases[0], accounts.moderator.actor, "other", "Кто это?")
        db.session.add(
            Upload(account_id=accounts.contributor.actor.id, contribution_id=draft, file_name="a.jpg", length=9)
        )
        hand_over(entry, accounts.contributor.actor, "vera@example.org")
        name_successor(entry, accounts.contributor.actor, "Вера", "vera@example.org")
        ask_for_care(entry, accounts.stranger.actor, "child", "Это мой дед.", "", 1)
        dispute(entry, accounts.stranger.actor, "Год смерти", "Он жил до 1950 года.")
        two_relatives(entry, accounts)
        for _ in range(2):
            lay_flower(entry, "192.0.2.7")
        add_up(1)
        report(entry, Report("other", "Кто это?"), "ru", "192.0.2.7")
        search = keep_own(Sought("Верещагина"), "vera@example.org", "ru")
        db.session.add(FoundEntry(search_id=search.id, participant_id=entry))
        park(accounts.contributor.actor.id, "/en/contribute", [("surname", "Орлов")])
        write(LetterKind.PASSWORD_CHANGED, "a@example.org", "ru")
        make_code(accounts.contributor.actor.id)
        add_suggestion(accounts.administrator.actor, Vocabulary.RANK, "ru", "Старшина 1-й статьи")
        add_reason(accounts.administrator.actor, "ru", "Снимок из книги", "Из какой?")
        invite(accounts.administrator.actor, "vera@example.org", "moderator", ["ru"], ["BY"], "ru")
        moderator = accounts.moderator.actor.id
        make_recovery_codes(moderator, Seal("a secret", "Memory Road"))
        db.session.add(AuthenticatorApp(account_id=moderator, secret="{}", last_counter=1))
        db.session.add(Passkey(account_id=moderator, credential_id=b"id", public_key=b"", sign_count=1, name="Ключ"))
        tree = FamilyTree(account_id=accounts.contributor.actor.id, people=3, offered=1)
        db.session.add(tree)
        db.session.flush()
        db.session.add(FamilyTreePerson(tree_id=tree.id, position=0, words=" orlov", document={}))
        namesake = Participant(facts={}, language="ru", published_at=now(), updated_at=now(), keyed_at=now())
        db.session.add(namesake)
        db.session.flush()
        first, second = sorted((entry, namesake.id))
        db.session.add(DifferentPeople(one_id=first, other_id=second, told_by_id=accounts.moderator.actor.id))
        change = db.session.scalars(select(ParticipantChange.id)).first()
        merged = {"kept": {}, "other": {}, "change_id": change, "merged_at": now()}
        db.session.add(EntryMerge(kept_id=first, other_id=second, **merged))
        db.session.add(
            EntryProposal(
                participant_id=entry, move="take_down", content={}, proposer_id=accounts.senior_moderator.actor.id
            )
        )
        withheld = Withheld(participant_id=entry, facts={})
        withheld.photographs.append(WithheldPhotograph(key="0" * 32, row={"sizes": []}))
        db.session.add(withheld)
    with work(app):
        count_some(1000)
    signed_in(app, accounts.contributor)
    counted = counts(app)
    assert all(counted.values()), f"a table without rows proves nothing: {counted}"
    return app


def counts(app: Portal) -> Mapping[str, int]:
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in db.metadata.tables.values()
        }


def shape(engine: Engine) -> dict[str, Any]:
    """Everything that the engine says of its tables."""
    seen = inspect(engine)
    indexes, checks, keys = seen.get_multi_indexes(), seen.get_multi_check_constraints(), seen.get_multi_foreign_keys()
    return {
        place[1]: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in columns],
            sorted(
                str({**index, "dialect_options": {name: str(value) for name, value in options.items()}})
                for index in indexes[place]
                for options in [index.get("dialect_options", {})]  # the condition of a partial index is a clause
            ),
            sorted(str(check["name"]) for check in checks[place]),
            sorted(str(key["name"]) for key in keys[place]),
        )
        for place, columns in seen.get_multi_columns().items()
        if place[1] != "alembic_version"
    }


def test_every_revision_goes_down_and_up_again_with_data(full: Portal) -> None:
    """Step by step from the newest to the first: each is undone, done again with what is left of the data, and undone
    for the next one."""
    with full.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False)
    newest = shape(engine)
    for revision, below in reversed(list(zip(REVISIONS, BEFORE, strict=False))):
        made, kept = shape(engine), rows_in(engine)
        engine.dispose()
        downgrade(url, below)
        remaining = rows_in(engine).keys()
        engine.dispose()
        upgrade(url, revision)
        assert shape(engine) == made, f"{revision} makes something else than it undoes"
        after = rows_in(engine)
        made_anew = MADE_ANEW.get(revision, frozenset())
        assert {table: after[table] for table in remaining} == but_for(made_anew, kept, remaining), revision
        if made_anew:
            assert_waits_for_the_sweep(engine)
        engine.dispose()
        downgrade(url, below)
    engine.dispose()
    upgrade(url)
    assert shape(engine) == newest


@pytest.mark.parametrize("below", BEFORE[:: len(BEFORE) // 3], ids=lambda below: f"from-{below}")
def test_data_of_before_comes_through_all_later_revisions(full: Portal, below: str) -> None:
    with full.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False)
    before, kept = shape(engine), rows_in(engine)
    engine.dispose()
    downgrade(url, below)
    remaining = rows_in(engine).keys()
    engine.dispose()
    upgrade(url)
    assert shape(engine) == before
    after = rows_in(engine)
    made_anew = frozenset().union(*(tables for revision, tables in MADE_ANEW.items() if revision > below))
    assert {table: after[table] for table in remaining} == but_for(made_anew, kept, remaining)
    if made_anew:
        assert_waits_for_the_sweep(engine)
    assert (after["role"], after["decision_head"]) == (4, 1)


def but_for(made_anew: frozenset[str], kept: Mapping[str, int], remaining: Iterable[str]) -> dict[str, int]:
    return {table: 0 if table in made_anew else kept[table] for table in remaining}


def assert_waits_for_the_sweep(engine: Engine) -> None:
    with engine.connect() as connection:
        assert not connection.scalar(text("SELECT count(keyed_at) FROM participant"))


def rows_in(engine: Engine) -> dict[str, int]:
    """How many rows each table has that there is."""
    with engine.connect() as connection:
        tables = [table for table in inspect(connection).get_table_names() if table != "alembic_version"]
        return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in tables}


def test_no_correction_that_waits_becomes_a_new_entry(full: Portal, accounts: Accounts) -> None:
    with full.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False)
        entry = db.session.scalars(select(Care.participant_id)).one()
    waiting = begin_correction(full, accounts.stranger, entry)
    engine.dispose()
    with pytest.raises(RuntimeError, match=r"Corrections that are not decided yet: 1\."):
        downgrade(url, "0003")
    engine.dispose()
    upgrade(url)
    with full.app_context():
        assert db.session.get_one(Contribution, waiting).about_id == entry
    with work(full):
        withdraw(waiting, accounts.stranger.actor)
    engine.dispose()
    downgrade(url, "0003")


def test_upgrading_twice_changes_nothing(full: Portal) -> None:
    with full.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False)
    kept = counts(full)
    engine.dispose()
    upgrade(url)
    assert counts(full) == kept


def test_entries_of_before_are_in_the_care_of_their_senders(full: Portal, accounts: Accounts) -> None:
    with full.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False)
        kept = db.session.execute(select(Care.participant_id, Care.holder_id)).all()
    assert [holder for _, holder in kept] == [accounts.contributor.actor.id]
    engine.dispose()
    downgrade(url, "0009")
    engine.dispose()
    upgrade(url)
    with full.app_context():
        assert db.session.execute(select(Care.participant_id, Care.holder_id)).all() == kept
        assert [change.to_id for change in changes_of(kept[0][0])] == [accounts.contributor.actor.id]


def test_what_waited_before_stands_in_the_queue(full: Portal, accounts: Accounts) -> None:
    columns = [column for column in Case.__table__.columns if column.name != "flagged"]
    categories = select(CaseCategory.case_id, CaseCategory.category, CaseCategory.since)
    case = send_in(full, accounts.contributor)
    with work(full):
        claim(case, accounts.moderator.actor)
        reject(case, accounts.moderator.actor, "other", "Нет.")
        appeal(case, accounts.contributor.actor, "Посмотрите ещё раз.")
    with full.app_context():
        engine, url = db.engine, db.engine.url.render_as_string(hide_password=False)
        kept = set(db.session.execute(select(*columns))), set(db.session.execute(categories))
    assert {row.kind for row in kept[0]} == {"entry", "appeal", "report"}
    engine.dispose()
    before = next(
        script.down_revision
        for script in ScriptDirectory.from_config(alembic_config("")).walk_revisions()
        if script.path.endswith("one_queue.py")
    )
    downgrade(url, str(before))
    engine.dispose()
    upgrade(url)
    with full.app_context():
        assert (set(db.session.execute(select(*columns))), set(db.session.execute(categories))) == kept
