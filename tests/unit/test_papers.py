"""The papers keep up with the code: settings, commands, files and links that they name exist."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from memory_road.cli import main
from memory_road.config import PREFIX, Settings

ROOT = Path(__file__).parents[2]
PAPERS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "tests" / "README.md", ROOT / "uploads" / "README.md"]
)
NAMES = [path.relative_to(ROOT).as_posix() for path in PAPERS]
OPERATING = ROOT / "docs" / "operating.md"
PAGES = [path for kind in ("*.html", "*.py") for path in sorted((ROOT / "memory_road" / "web").rglob(kind))]

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROW = re.compile(rf"^\| `({PREFIX}\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
MAKE = re.compile(r"(?:^|[\s;&(])make ((?:[A-Z]+=(?:\"[^\"]*\"|\S+) )*)([a-z]+)\b(?!=)")
COMMAND = re.compile(r"(?:^|[\s;&(]|bin/)memory-road ([^\n;&|#>]*)")
LABEL = re.compile(r"(?<![*\w])\*([A-Z][^*]+)\*(?!\*)")
OURS = re.compile(r"(?:memory_road|migrations|tests|requirements|docs)/[\w./-]+")
COMPUTED = {
    "secret_key": "none, required",
    "data_dir": "`data`",
    "database_url": "SQLite in the data folder",
    "storage_url": "`uploads`",
}
"""How the table gives defaults that depend on something else."""


def code_of(paper: str) -> Iterator[str]:
    """What a paper shows as code: blocks line by line, and words between backticks."""
    text = (ROOT / paper).read_text(encoding="utf-8")
    for block in FENCE.findall(text):
        yield from block.splitlines()
    yield from (" ".join(span.split()) for span in SPAN.findall(FENCE.sub("", text)))


def targets() -> set[str]:
    """What make can be asked for."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def unknown_word(words: str) -> str | None:
    """The first word after ``memory-road`` that is no command and no option of the command before it."""
    command: click.Command = main
    for word in words.split():
        if word.startswith("--"):
            if word.partition("=")[0] not in {name for option in command.params for name in option.opts}:
                return word
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return word
            command = command.commands[word]
    return None


def said_default(name: str, default: object) -> str:
    """A setting's default as the table gives it."""
    if name in COMPUTED:
        return COMPUTED[name]
    if isinstance(default, bool):
        return "`yes`" if default else "`no`"
    said = ",".join(map(str, default)) if isinstance(default, tuple | frozenset) else str(default)
    return f"`{said}`" if said else "empty"


# --- settings --------------------------------------------------------------------------------------------------------


def test_the_table_of_settings_holds_every_setting_with_its_default_and_nothing_else() -> None:
    table = {name: default for name, default, _ in ROW.findall(OPERATING.read_text(encoding="utf-8"))}
    wanted = {
        PREFIX + setting.name.upper(): said_default(setting.name, setting.default)
        for setting in fields(Settings)
        if "read" in setting.metadata
    }
    assert table == wanted


@pytest.mark.parametrize("paper", NAMES)
def test_a_paper_names_only_settings_that_there_are(paper: str) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]\b", (ROOT / paper).read_text(encoding="utf-8")))
    assert named <= {PREFIX + setting.name.upper() for setting in fields(Settings)}


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", NAMES)
def test_every_make_command_in_a_paper_exists(paper: str) -> None:
    named = {target for line in code_of(paper) for _, target in MAKE.findall(line)}
    assert named <= targets()


@pytest.mark.parametrize("paper", NAMES)
def test_every_memory_road_command_in_a_paper_exists(paper: str) -> None:
    lines = [words for line in code_of(paper) for words in COMMAND.findall(line)]
    unknown = [(words, word) for words in lines if (word := unknown_word(words)) is not None]
    assert not unknown


def test_the_papers_show_every_command() -> None:
    code = [line for paper in NAMES for line in code_of(paper)]
    shown = {words.split()[0] for line in code for words in COMMAND.findall(line) if words.split()}
    assert shown >= set(main.commands), "a command that no paper tells of"
    made = {target for line in code for _, target in MAKE.findall(line)}
    listed = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert made >= listed - {"help"}, "a make command that no paper tells of"


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        pytest.param("db upgrade", None, id="a command of a group"),
        pytest.param("db downgrade", "downgrade", id="a command that the group does not have"),
        pytest.param("user create you@example.org --role administrator", None, id="what follows a command is its own"),
        pytest.param("serve --bind", "--bind", id="an option that the command does not have"),
    ],
)
def test_a_command_is_looked_up_word_by_word(words: str, unknown: str | None) -> None:
    assert unknown_word(words) == unknown


# --- words on the pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["docs/moderating.md", "docs/operating.md"])
def test_what_a_paper_calls_a_button_or_link_is_what_the_page_calls_it(paper: str) -> None:
    labels = {" ".join(label.split()) for label in LABEL.findall((ROOT / paper).read_text(encoding="utf-8"))}
    assert labels, "this paper names no button any more"
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [label for label in labels if not re.search(rf"""(['"]){re.escape(label)}\1""", pages)] == []


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", NAMES)
def test_every_link_in_a_paper_leads_to_a_file(paper: str) -> None:
    links = [link.partition("#")[0] for link in LINK.findall((ROOT / paper).read_text(encoding="utf-8"))]
    relative = [link for link in links if link and "://" not in link and not link.startswith("mailto:")]
    assert [link for link in relative if not (ROOT / paper).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("paper", NAMES)
def test_every_file_of_ours_that_a_paper_names_exists(paper: str) -> None:
    named = [code for code in code_of(paper) if OURS.fullmatch(code)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
