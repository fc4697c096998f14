"""Every text of the pages and letters exists in every language that the portal ships."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
COUNTED = re.compile(
    r"%\(\w+\)s (answer|character|contribution|day|digit|entrie|hour|line|megapixel|minute|month|people|picture|pixel|"
    r"place|point|request|time|week|year)"
)
CATALOGUES = sorted((ROOT / "memory_road" / "translations").glob("*/LC_MESSAGES/messages.po"))


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """What is marked for translation in the code and the templates as they are now."""
    subprocess.run(["make", "--silent", "messages"], cwd=ROOT, check=True)
    with (ROOT / "build" / "messages.pot").open("rb") as file:
        return read_po(file)


def test_there_are_catalogues() -> None:
    assert "ru" in [path.parent.parent.name for path in CATALOGUES]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_catalogue_translates_every_text_and_nothing_else(path: Path, texts: Catalog) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    assert len(texts) > 0, "nothing was found to translate"
    wanted, present = keys(texts), keys(catalogue)
    missing = [key[1] for key in wanted if key not in present or not done(present[key])]
    assert not missing, f"{len(missing)} texts: run `make translations`, then translate what is empty"
    left_over = [key[1] for key in present if key not in wanted]
    assert not left_over, "run `make translations`: these texts are gone from the code"


def test_a_noun_with_a_number_has_its_plurals(texts: Catalog) -> None:
    """English has two forms, Russian and its kin three or four: a translator must be asked for each."""
    single = [message.id for message in texts if isinstance(message.id, str)]
    assert not [text for text in single if COUNTED.search(text)], "use ngettext"


def test_no_name_of_a_column_is_marked_as_a_text() -> None:
    """The extraction goes by the name of what is called: SQLAlchemy's ``label`` is called like ours."""
    marked = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "memory_road").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "label"
        if any(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert not marked


def keys(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    single = [(message, message.id if isinstance(message.id, str) else message.id[0]) for message in catalogue]
    return {(message.context, text): message for message, text in single if text}


def done(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return not message.fuzzy and all(forms) and bool(forms)
