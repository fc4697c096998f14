"""The tree stays readable: short modules, imports at the top, names that say what is inside."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "memory_road"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300
ATTICS = {"util", "utils", "helper", "helpers", "common", "misc", "base", "tools"}
NO_WEB = ("facts", "media", "contributions", "moderation", "archive", "requests", "family", "owner", "searches")
WEB = {"flask", "flask_babel", "flask_login", "flask_security", "flask_wtf", "werkzeug", "wtforms"}


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 80


def test_no_module_is_too_long() -> None:
    lengths = {str(module.relative_to(PACKAGE)): len(module.read_text().splitlines()) for module in MODULES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_module_is_an_attic() -> None:
    names = {part for module in MODULES for part in module.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & ATTICS


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_imports_stand_at_the_top(module: Path) -> None:
    inside = [
        f"line {node.lineno}"
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(tree(module))


def test_the_domain_imports_no_web_framework() -> None:
    found = {
        f"{module.relative_to(PACKAGE)}: {name}"
        for module in MODULES
        if module.relative_to(PACKAGE).parts[0] in NO_WEB
        for name in imported(module)
        if name.split(".")[0] in WEB
    }
    assert found == set()


def imported(module: Path) -> set[str]:
    nodes = list(ast.walk(tree(module)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_only_the_edge_and_whoever_works_alone_commits() -> None:
    """Rules flush; the edge commits once. Jobs, letters and the command line are their own edge."""
    committing = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }
    assert committing == {
        "cli.py",
        "demo/fill.py",
        "jobs/add_up_flowers.py",
        "jobs/count_weeks.py",
        "jobs/gather.py",
        "jobs/key_names.py",
        "jobs/lease.py",
        "jobs/mend_files.py",
        "jobs/publish.py",
        "jobs/search_letters.py",
        "jobs/tidy.py",
        "mail/send.py",
        "web/contribute/parked.py",
        "web/edge.py",
    }
