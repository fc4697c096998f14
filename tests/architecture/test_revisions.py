"""Migrations keep working when the code moves on: a revision says everything itself and imports nothing of ours."""

import ast
from pathlib import Path

import pytest

REVISIONS = sorted((Path(__file__).parents[2] / "migrations" / "versions").glob("*.py"))


def imported(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("revision", REVISIONS, ids=lambda path: path.stem)
def test_a_revision_imports_nothing_of_ours(revision: Path) -> None:
    ours = {name for name in imported(revision.read_text(encoding="utf-8")) if name.split(".")[0] == "memory_road"}
    assert not ours
