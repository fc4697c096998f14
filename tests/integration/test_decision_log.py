"""The log of decisions: every kind of tampering shows, and the database refuses impossible rows."""

from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from memory_road.contributions.decision import faults_in_chain, record_of_entry
from memory_road.contributions.entry_life import EntryMove, EntryState
from memory_road.db import db, now
from memory_road.mail.letter import Letter
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import return_to_sender
from memory_road.web.edge import Portal
from tests.application import Accounts, begin, publish, send_in, work


@pytest.fixture
def log(app: Portal, accounts: Accounts) -> Portal:
    """An application whose log holds five decisions, the fifth with words."""
    begin(app, accounts.stranger)
    case = send_in(app, accounts.contributor)
    begin(app, accounts.stranger)
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, "other", "Кто это?", "note")
    return app


def tamper(app: Portal, *statements: str, **values: Any) -> list[str]:
    """Do what only the owner of the database could, and look at the log."""
    with work(app):
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("DROP TRIGGER decision_is_append_only ON decision"))
        else:
            db.session.execute(text("DROP TRIGGER decision_refuses_update"))
            db.session.execute(text("DROP TRIGGER decision_refuses_delete"))
        for statement in statements:
            db.session.execute(text(statement), values)
    return faults(app)


def faults(app: Portal, head: tuple[int, str] | None = None) -> list[str]:
    with app.app_context():
        return list(faults_in_chain(head))


def head_of(app: Portal) -> tuple[int, str]:
    with app.app_context():
        number, digest = db.session.execute(text("SELECT number, hash FROM decision_head")).one()
    return number, digest


# --- a log that was left alone ---------------------------------------------------------------------------------------


def test_an_empty_log_has_no_faults(app: Portal) -> None:
    assert faults(app) == []


def test_a_log_that_was_left_alone_has_no_faults(log: Portal) -> None:
    assert head_of(log)[0] == 5
    assert faults(log) == []
    assert faults(log, head_of(log)) == []


def test_words_can_be_erased_on_request_and_the_chain_stays_whole(log: Portal) -> None:
    with work(log):
        db.session.execute(text("DELETE FROM decision_words"))
    assert faults(log) == []


def test_what_was_decided_about_an_entry_follows_in_the_same_chain(log: Portal, accounts: Accounts) -> None:
    entry = publish(log, accounts.contributor, accounts.moderator)
    senior = accounts.senior_moderator.actor.id
    with work(log):
        made = record_of_entry(entry, senior, EntryMove.FREEZE, EntryState.PUBLISHED, EntryState.FROZEN, note="спор")
        assert (made.contribution_id, made.participant_id) == (None, entry)
        number = made.number
    assert head_of(log)[0] == number
    assert faults(log) == []
    about_another = "participant_id = NULL, contribution_id = (SELECT id FROM contribution LIMIT 1)"
    assert tamper(log, f"UPDATE decision SET {about_another} WHERE number = {number}") == [  # noqa: S608
        f"Decision {number} was changed after it was made."
    ]


# --- tampering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = 2",
        "move = 'withdraw', to_state = 'withdrawn'",
        "reason = 'abuse'",
        "words_digest = 'nothing'",
        "made_at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_a_changed_row_shows(log: Portal, change: str) -> None:
    found = tamper(log, f"UPDATE decision SET {change} WHERE number = 3")  # noqa: S608
    assert found == ["Decision 3 was changed after it was made."]


def test_changed_words_show(log: Portal) -> None:
    assert tamper(log, "UPDATE decision_words SET message = 'Ничего.'") == [
        "The words of decision 5 were changed after it was made."
    ]


def test_a_deleted_row_shows(log: Portal) -> None:
    assert tamper(log, "DELETE FROM decision WHERE number = 2") == ["Decision 2 is missing: the next one is 3."]


def test_a_deleted_row_shows_though_the_others_are_numbered_anew(log: Portal) -> None:
    found = tamper(
        log,
        "DELETE FROM decision_words",
        "DELETE FROM decision WHERE number = 2",
        "UPDATE decision SET number = 2 WHERE number = 3",
        "UPDATE decision SET number = 3 WHERE number = 4",
        "UPDATE decision SET number = 4 WHERE number = 5",
        "UPDATE decision_head SET number = 4",
    )
    assert "Decision 2 does not follow the one before it." in found


def test_an_inserted_row_shows(log: Portal) -> None:
    found = tamper(
        log,
        "INSERT INTO decision (number, contribution_id, actor_id, move, from_state, to_state, reason, words_digest,"
        " made_at, previous_hash, hash) SELECT 6, contribution_id, actor_id, 'approve', 'submitted', 'approved', '',"
        " '', made_at, hash, 'f' || substr(hash, 2) FROM decision WHERE number = 5",
    )
    assert "Decision 6 was changed after it was made." in found
    assert "The log ends with decision 6, but 5 were made." in found


def test_reordered_rows_show(log: Portal) -> None:
    found = tamper(
        log,
        "UPDATE decision SET number = 30 WHERE number = 3",
        "UPDATE decision SET number = 3 WHERE number = 4",
        "UPDATE decision SET number = 4 WHERE number = 30",
    )
    assert "Decision 3 does not follow the one before it." in found
    assert "Decision 4 does not follow the one before it." in found


def test_a_cut_off_tail_shows(log: Portal) -> None:
    cut = ("DELETE FROM decision_words", "DELETE FROM decision WHERE number = 5")
    assert tamper(log, *cut) == ["The log ends with decision 4, but 5 were made."]


def test_a_tail_cut_off_with_its_head_shows_by_the_exported_hash(log: Portal) -> None:
    exported = head_of(log)
    found = tamper(
        log,
        "DELETE FROM decision_words",
        "DELETE FROM decision WHERE number = 5",
        "UPDATE decision_head SET number = 4, hash = (SELECT hash FROM decision WHERE number = 4)",
    )
    assert found == [], "from the inside such a log looks whole"
    assert faults(log, exported) == ["The log ends with decision 4, but decision 5 was exported."]


def test_a_log_written_anew_shows_by_the_exported_hash(log: Portal) -> None:
    assert faults(log, (3, "0" * 64)) == ["Decision 3 is not the one that was exported."]


# --- what the database refuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    ["UPDATE decision SET reason = 'abuse'", "DELETE FROM decision", "DELETE FROM decision WHERE number = 5"],
)
def test_the_database_refuses_to_change_decisions(log: Portal, statement: str) -> None:
    with pytest.raises(DBAPIError, match="Decisions are never changed or deleted"), work(log):
        db.session.execute(text(statement))
    assert faults(log) == []


CONTRIBUTION = {
    "decided_openly": False,
    "id": "zzzzzzzzz",
    "sender_id": 1,
    "form_key": "key",
    "state": "draft",
    "language": "ru",
    "revision": 0,
    "typed": "{}",
    "facts": None,
    "relationship_to": "",
    "none_survives": True,
    "named": False,
    "living_consent": False,
    "living_faces": "",
    "faces_consent": False,
    "assisted": False,
    "teller_name": "",
    "teller_contact": "",
    "answer": "",
    "permitted_at": None,
    "created_at": "2026-01-01 00:00:00+00:00",
    "updated_at": "2026-01-01 00:00:00+00:00",
    "submitted_at": None,
    "decided_at": None,
    "decided_by_id": None,
    "participant_id": None,
    "about_id": None,
    "base": None,
}
MOMENT = "2026-02-02 00:00:00+00:00"
SENT = {"facts": "{}", "submitted_at": MOMENT, "permitted_at": MOMENT}


def insert(app: Portal, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    with work(app):
        db.session.execute(text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})"), row)  # noqa: S608


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"state": "submitted", **SENT},
        {"state": "held", **SENT},
        {"state": "appealed", **SENT, "decided_at": MOMENT, "decided_by_id": 3},
    ],
    ids=["draft", "submitted", "held", "appealed"],
)
def test_possible_contributions_are_taken(app: Portal, accounts: Accounts, row: dict[str, Any]) -> None:
    insert(app, "contribution", CONTRIBUTION | row)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"state": "nowhere"}, "state_known"),
        ({"state": "rejected", **SENT}, "decided_has_decider"),
        ({"state": "rejected", **SENT, "decided_at": MOMENT}, "decided_has_decider"),
        ({"state": "rejected", **SENT, "decided_by_id": 3}, "decided_has_decider"),
        ({"decided_at": MOMENT, "decided_by_id": 3}, "undecided_has_none"),
        ({"state": "submitted", **SENT, "facts": None}, "sent_has_facts"),
        ({"state": "returned", **SENT, "submitted_at": None}, "sent_has_facts"),
        ({"state": "submitted", **SENT, "permitted_at": None}, "submitted_is_permitted"),
        ({"state": "held", **SENT, "permitted_at": None}, "submitted_is_permitted"),
        ({"state": "held", **SENT, "facts": None}, "sent_has_facts"),
        ({"state": "held", **SENT, "decided_at": MOMENT, "decided_by_id": 3}, "undecided_has_none"),
        ({"state": "appealed", **SENT}, "decided_has_decider"),
        ({"base": "{}"}, "correction_has_base"),
        ({"typed_before": "{}"}, "added_has_entry"),
        ({"state": "approved", **SENT, "decided_at": MOMENT, "decided_by_id": 3}, "approved_has_entry"),
        ({"state": "rejected", **SENT, "decided_at": MOMENT, "decided_by_id": 1}, "decider_is_not_sender"),
    ],
)
def test_impossible_contributions_are_refused(app: Portal, accounts: Accounts, row: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=f"ck_contribution_{rule}"):
        insert(app, "contribution", CONTRIBUTION | row)


DECISION = {
    "number": 99,
    "contribution_id": "zzzzzzzzz",
    "actor_id": 3,
    "move": "reject",
    "from_state": "submitted",
    "to_state": "rejected",
    "reason": "other",
    "words_digest": "",
    "made_at": MOMENT,
    "previous_hash": "a" * 64,
    "hash": "b" * 64,
}


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("decision", DECISION | {"reason": ""}, "ck_decision_reason_given"),
        ("decision", DECISION | {"from_state": None}, "ck_decision_begins_with_start"),
        ("decision", DECISION | {"move": "start"}, "ck_decision_begins_with_start"),
        ("decision", DECISION | {"move": "burn"}, "ck_decision_move_known"),
        ("decision", DECISION | {"contribution_id": None}, "ck_decision_about_one"),
        ("decision", DECISION | {"participant_id": "zzzzzzzzz"}, "ck_decision_about_one"),
        ("decision", DECISION | {"to_state": "ash"}, "ck_decision_to_state_known"),
        ("decision_head", {"id": 2, "number": 0, "hash": ""}, "ck_decision_head_one_row"),
        (
            "claim",
            {"case_id": "zzzzzzzzz", "moderator_id": 3, "claimed_at": MOMENT, "expires_at": MOMENT},
            "ck_claim_lasts",
        ),
        ("role", {"name": "emperor"}, "ck_role_name_known"),
    ],
)
def test_other_impossible_rows_are_refused(
    app: Portal, accounts: Accounts, table: str, row: dict[str, Any], rule: str
) -> None:
    insert(app, "contribution", CONTRIBUTION)
    with pytest.raises(IntegrityError, match=rule):
        insert(app, table, row)


def test_a_time_without_its_zone_is_refused(app: Portal) -> None:
    with pytest.raises(StatementError, match="A point of time needs its zone"), work(app):
        db.session.execute(update(Letter).values(due_at=now().replace(tzinfo=None)))
