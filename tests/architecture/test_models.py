"""What every table has: names for its constraints, indexes on its foreign keys, and nothing that deletes the log."""

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Table

from memory_road.db import db

TABLES = list(db.metadata.tables.values())
# Deleted with the account, entry or picture that they belong to; everything else holds fast what points at it.
MAY_CASCADE = {
    "account_role",
    "sign_in",
    "sign_in_code",
    "authenticator_app",
    "passkey",
    "recovery_code",
    "letter",
    "family_tree",
    "family_tree_person",
    "claim",
    "participant_name",
    "participant_heading",
    "participant_category",
    "participant_namesake",
    "participant_text",
    "name_key",
    "contribution_namesake",
    "waiting_case",
    "waiting_case_category",
    "recusal",
    "case_skip",
    "case_viewer",
    "same_person",
    "photograph_look",
    "contribution_photograph_look",
    "look_alike",
    "parked_form",
    "care",
    "successor",
    "contact_wish",
    "flower",
    "flower_count",
    "participant_place",
    "entry_news",
    "kept_search",
    "kept_search_key",
    "kept_search_entry",
}
# Asked for only by way of the entry or the desk, never from the other side.
WITHOUT_INDEX = {("contribution", "decided_by_id"), ("entry_request", "closed_by_id")}
WITHOUT_INDEX |= {("care_change", "from_id"), ("care_change", "to_id"), ("care_change", "actor_id")}
WITHOUT_INDEX |= {("correspondence", "stopped_by_id")}
WITHOUT_INDEX |= {("administration", "actor_id"), ("staff_invitation", "inviter_id")}
WITHOUT_INDEX |= {("relative_message", "sender_id"), ("relative_message", "decided_by_id")}
WITHOUT_INDEX |= {("dispute", "opener_id"), ("dispute", "ended_by_id")}
WITHOUT_INDEX |= {("invitation", "taken_by_id"), ("takeover", "carer_id"), ("takeover", "decided_by_id")}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_constraint_has_a_name(table: Table) -> None:
    assert all(constraint.name for constraint in table.constraints)
    assert all(index.name for index in table.indexes)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_only_what_belongs_to_another_row_goes_with_it(table: Table) -> None:
    rules = {key.ondelete for key in table.foreign_keys}
    assert rules <= ({"CASCADE"} if table.name in MAY_CASCADE else {"RESTRICT"})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_foreign_key_is_the_beginning_of_an_index(table: Table) -> None:
    beginnings = {next(iter(index.columns)).name for index in table.indexes}
    beginnings |= {next(iter(table.primary_key.columns)).name}
    for constraint in table.constraints:
        if type(constraint).__name__ == "UniqueConstraint":
            beginnings.add(next(iter(constraint.columns)).name)  # pyright: ignore[reportAttributeAccessIssue]
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            column: Column[object] = next(iter(constraint.columns))
            assert column.name in beginnings or (table.name, column.name) in WITHOUT_INDEX, column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_time_knows_its_zone(table: Table) -> None:
    for column in table.columns:
        if column.name.endswith(("_at", "_until")):
            assert type(column.type).__name__ == "UtcDateTime", column
