"""Who is told what, when a part that the tests need is missing; and where the parts are looked for."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.system import (
    POSTGRESQL_PROGRAMS,
    Machine,
    chromium_program,
    nginx_program,
    plan,
    postgresql_programs,
    redis_program,
)

DEBIAN_ROOT = Machine(is_root=True, has_apt=True, has_homebrew=False)
DEBIAN_USER = Machine(is_root=False, has_apt=True, has_homebrew=False)
MAC = Machine(is_root=False, has_apt=False, has_homebrew=True)
OTHER_ROOT = Machine(is_root=True, has_apt=False, has_homebrew=False)


@pytest.mark.parametrize("machine", [DEBIAN_ROOT, DEBIAN_USER, MAC, OTHER_ROOT])
def test_nothing_is_done_where_nothing_is_missing(machine: Machine) -> None:
    todo = plan([], machine)
    assert not todo.commands
    assert not todo.sentence


def test_root_on_debian_updates_the_lists_once_and_installs_only_what_is_missing() -> None:
    todo = plan(["chromium"], DEBIAN_ROOT)
    update, install = todo.commands
    assert update[:2] == ("apt-get", "update")
    assert install[:2] == ("apt-get", "install")
    assert "chromium-headless-shell" in install
    assert "postgresql" not in install
    assert not todo.sentence


@pytest.mark.parametrize(
    ("machine", "says"),
    [
        (
            DEBIAN_USER,
            "sudo apt-get install --yes --no-install-recommends postgresql chromium-headless-shell fonts-dejavu-core",
        ),
        (MAC, "brew install postgresql && brew install --cask google-chrome"),
        (
            OTHER_ROOT,
            (
                "or name its place (POSTGRESQL=/folder/of/initdb REDIS=/path/to/redis-server NGINX=/path/to/nginx "
                "CHROMIUM=/path/to/chromium)"
            ),
        ),
    ],
    ids=["Debian user", "Mac", "unknown system"],
)
def test_everyone_else_is_told_the_command_and_nothing_is_run(machine: Machine, says: str) -> None:
    todo = plan(["postgresql", "chromium"], machine)
    assert not todo.commands
    assert "PostgreSQL's server and Chromium" in todo.sentence
    assert says in todo.sentence


def test_a_folder_with_only_postgresqls_clients_is_not_its_server(tmp_path: Path) -> None:
    (tmp_path / "psql").touch()
    assert postgresql_programs({"POSTGRESQL": str(tmp_path)}) is None
    for program in POSTGRESQL_PROGRAMS:
        (tmp_path / program).touch()
    assert postgresql_programs({"POSTGRESQL": str(tmp_path)}) == tmp_path


@pytest.mark.parametrize(
    ("name", "look"), [("CHROMIUM", chromium_program), ("REDIS", redis_program), ("NGINX", nginx_program)]
)
def test_a_named_program_goes_before_what_is_installed(
    tmp_path: Path, name: str, look: Callable[[Mapping[str, str]], Path | None]
) -> None:
    named = tmp_path / "my-own"
    assert look({name: str(named)}) is None
    named.touch()
    assert look({name: str(named)}) == named
