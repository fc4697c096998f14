"""What is installed with the portal is what it uses."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OWNERS = packages_distributions()
NOT_IMPORTED = {
    "granian": "a server is started by its own command",
    "argon2-cffi": "Flask-Security hashes passwords with it",
    "psycopg": "SQLAlchemy finds it by the database's address",
    "pyvips-binary": "the library behind pyvips",
}
"""What nothing imports by name, and what it is for."""


def names(requirements: Iterable[str]) -> set[str]:
    found = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {match[0].lower().replace("_", "-") for match in found if match is not None}


def imported(folder: str) -> set[str]:
    """The distributions of which the modules below ``folder`` import something, or name a module."""
    modules: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                modules.add(node.value.split(".")[0])  # libraries that only a child process loads are named by strings
    return names(owner for module in modules - sys.stdlib_module_names for owner in OWNERS.get(module, ()))


RUN = names(
    [
        *PROJECT["project"]["dependencies"],
        *(each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra),
    ]
)
TEST = names(PROJECT["dependency-groups"]["test"])


def test_every_dependency_is_used() -> None:
    assert RUN - imported("memory_road") <= NOT_IMPORTED.keys()


def test_what_only_tests_need_is_not_used_by_the_portal() -> None:
    assert imported("memory_road") & TEST - RUN == set()


def test_the_lock_to_run_holds_nothing_that_only_tests_need() -> None:
    locked = names(re.findall(r"(?m)^[\w.-]+==", (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")))
    assert locked >= RUN - names(PROJECT["project"]["optional-dependencies"]["faces"])
    assert locked & TEST - RUN == set()
