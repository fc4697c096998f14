"""What the tests need of the machine besides Python: PostgreSQL's server, Redis, nginx, Chromium, and what drives
Chromium.

`python -m tests.system` looks for them. Where root may install Debian's packages it does so, saying which command it
runs; elsewhere it says in one sentence which command would, and stops.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POSTGRESQL_PROGRAMS = ("initdb", "pg_ctl", "postgres")
POSTGRESQL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)
NGINX_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
"""Where it lies beside the PATH of who is not root."""
CHROMIUM_COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NAMES = {
    "postgresql": "PostgreSQL's server",
    "redis": "Redis",
    "nginx": "nginx",
    "chromium": "Chromium",
    "libatomic": "the library libatomic",
}
DEBIAN = {
    "postgresql": ("postgresql",),
    "redis": ("redis-server",),
    "nginx": ("nginx-light",),
    # Pages that are looked at need letters: without fonts Chromium draws boxes and axe measures them.
    # Without a window it draws a page in three quarters of the time.
    "chromium": ("chromium-headless-shell", "fonts-dejavu-core"),
    "libatomic": ("libatomic1",),
}
HOMEBREW = {
    "postgresql": "brew install postgresql",
    "redis": "brew install redis",
    "nginx": "brew install nginx",
    "chromium": "brew install --cask google-chrome",
}
PLACES = "POSTGRESQL=/folder/of/initdb REDIS=/path/to/redis-server NGINX=/path/to/nginx CHROMIUM=/path/to/chromium"
APT_INSTALL = "apt-get install --yes --no-install-recommends"


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides who may install what here."""

    is_root: bool
    has_apt: bool
    has_homebrew: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Either commands to run, or a sentence for the person who has to run them."""

    commands: tuple[tuple[str, ...], ...] = ()
    sentence: str = ""


def postgresql_programs(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The folder with PostgreSQL's server programs: what POSTGRESQL names, else the newest one found.

    Clients alone (`psql`, `pg_config`) are often there without a server, so the programs themselves are looked for."""
    if named := environ.get("POSTGRESQL"):
        return _with_programs([Path(named)])
    return _with_programs([*_usual_folders(), *_folder_of_pg_config(environ), *_folder_of_initdb(environ)])


def redis_program(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Redis: what REDIS names, else the installed one."""
    if named := environ.get("REDIS"):
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("redis-server", path=environ.get("PATH"))
    return Path(found) if found else None


def nginx_program(environ: Mapping[str, str] = os.environ) -> Path | None:
    """nginx: what NGINX names, else the installed one."""
    if named := environ.get("NGINX"):
        return Path(named) if Path(named).is_file() else None
    found = shutil.which("nginx", path=os.pathsep.join((environ.get("PATH", ""), *NGINX_FOLDERS)))
    return Path(found) if found else None


def chromium_program(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Chromium or Chrome: what CHROMIUM names, else the first one found."""
    if named := environ.get("CHROMIUM"):
        return Path(named) if Path(named).is_file() else None
    commands = (shutil.which(command, path=environ.get("PATH")) for command in CHROMIUM_COMMANDS)
    found = [Path(command) for command in commands if command]
    found += [Path(application) for application in CHROMIUM_APPLICATIONS if Path(application).is_file()]
    return found[0] if found else None


def has_libatomic() -> bool:
    """Whether the program with which Playwright drives Chromium can start: on Linux it needs this library."""
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def plan(missing: Sequence[str], machine: Machine) -> Plan:
    """What is to be done about the `missing` parts (keys of NAMES) on `machine`."""
    if not missing:
        return Plan()
    packages = [package for part in missing for package in DEBIAN[part]]
    if machine.has_apt and machine.is_root:
        wait = ("-o", "DPkg::Lock::Timeout=300")
        update = ("apt-get", "update", "--quiet", *wait)
        return Plan(commands=(update, (*APT_INSTALL.split(), "--quiet", *wait, *packages)))
    names = " and ".join(NAMES[part] for part in missing)
    if machine.has_apt:
        command = f"sudo apt-get update && sudo {APT_INSTALL} {' '.join(packages)}"
    elif machine.has_homebrew:
        command = " && ".join(HOMEBREW[part] for part in missing)
    else:
        return Plan(sentence=f"The tests need {names}: install what is missing, or name its place ({PLACES}).")
    return Plan(sentence=f"The tests need {names}, which would come with: {command}")


def missing_parts() -> list[str]:
    found = {
        "postgresql": postgresql_programs(),
        "redis": redis_program(),
        "nginx": nginx_program(),
        "chromium": chromium_program(),
        "libatomic": has_libatomic(),
    }
    return [part for part, there in found.items() if not there]


def this_machine() -> Machine:
    return Machine(
        is_root=os.geteuid() == 0,
        has_apt=shutil.which("apt-get") is not None,
        has_homebrew=shutil.which("brew") is not None,
    )


def main() -> None:
    todo = plan(missing_parts(), this_machine())
    for command in todo.commands:
        print(f"For the tests: {' '.join(command)}", flush=True)
        done = subprocess.run(command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False)
        if done.returncode != 0:
            sys.exit(f"That failed with status {done.returncode}; its own words stand above.")
    if todo.sentence:
        sys.exit(todo.sentence)
    if still_missing := missing_parts():
        sys.exit(f"The tests still lack {' and '.join(NAMES[part] for part in still_missing)}.")


def _usual_folders() -> list[Path]:
    found = [folder for pattern in POSTGRESQL_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    return sorted(found, key=_version, reverse=True)


def _version(folder: Path) -> float:
    """The version in a path like /usr/lib/postgresql/15/bin or …/postgresql@17/bin; 0 where it names none."""
    digits = "".join(character for character in folder.parent.name if character.isdigit() or character == ".")
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0


def _folder_of_pg_config(environ: Mapping[str, str]) -> list[Path]:
    pg_config = shutil.which("pg_config", path=environ.get("PATH"))
    if not pg_config:
        return []
    answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
    return [Path(answer.stdout.strip())] if answer.returncode == 0 else []


def _folder_of_initdb(environ: Mapping[str, str]) -> list[Path]:
    initdb = shutil.which("initdb", path=environ.get("PATH"))
    return [Path(initdb).resolve().parent] if initdb else []


def _with_programs(folders: Sequence[Path]) -> Path | None:
    complete = (folder for folder in folders if all((folder / name).is_file() for name in POSTGRESQL_PROGRAMS))
    return next(complete, None)


if __name__ == "__main__":
    main()
