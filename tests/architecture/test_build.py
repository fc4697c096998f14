"""What the build makes and what the locks hold."""

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import hatch_build

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "test", "node")
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

#, python-format
msgid "Sent by %(name)s"
msgstr "{translation}"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files inside a wheel made of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as archive:
        return archive.namelist()


def test_a_wheel_holds_every_asset_that_its_manifest_names(wheel: list[str]) -> None:
    manifest = json.loads((ROOT / "memory_road/web/static/manifest.json").read_text())
    assert "fonts/pt-serif-cyrillic-400-normal.woff2" in manifest["files"]
    static = "memory_road/web/static"
    wanted = {f"{static}/{manifest['digest']}/{name}" for name in manifest["files"]} | {f"{static}/manifest.json"}
    assert {name for name in wheel if name.startswith(static)} == wanted


def test_a_wheel_holds_the_migrations(wheel: list[str]) -> None:
    assert "memory_road/migrations/env.py" in wheel
    revisions = {f"memory_road/migrations/versions/{path.name}" for path in ROOT.glob("migrations/versions/*.py")}
    assert revisions <= set(wheel)


def test_a_wheel_holds_compiled_translations_and_no_sources_of_them(wheel: list[str]) -> None:
    assert "memory_road/translations/ru/LC_MESSAGES/messages.mo" in wheel
    assert not [name for name in wheel if name.endswith((".po", ".pot"))]


def test_a_changed_file_moves_every_address_and_removes_the_old_ones(tmp_path: Path) -> None:
    first = hatch_build.publish({"look.css": b"a {}", "gallery.js": b"1"}, tmp_path)
    second = hatch_build.publish({"look.css": b"b {}", "gallery.js": b"1"}, tmp_path)
    assert first != second
    assert json.loads((tmp_path / "manifest.json").read_text()) == {
        "digest": second,
        "files": ["gallery.js", "look.css"],
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([second, "manifest.json"])
    assert (tmp_path / second / "look.css").read_bytes() == b"b {}"


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    files = {"look.css": b"a {}", "fonts/serif.woff2": b"\x00"}
    digest = hatch_build.publish(files, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert hatch_build.publish(files, tmp_path) == digest
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_damaged_asset_is_made_whole_again(tmp_path: Path) -> None:
    digest = hatch_build.publish({"look.css": b"a {}"}, tmp_path)
    (tmp_path / digest / "look.css").write_bytes(b"")
    hatch_build.publish({"look.css": b"a {}"}, tmp_path)
    assert (tmp_path / digest / "look.css").read_bytes() == b"a {}"


LETTERS = {
    "PT Serif": "Ёё Іі Ўў Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Ӣӣ Ӯӯ Ҳҳ Ҷҷ ’ « » № Éé",
    "Noto Serif Armenian": "Աա Ֆֆ և ՛ ՝ ՞ ։",
}
"""Of the languages of the six states; each in every weight in which names are set."""


def test_every_font_rule_names_a_file_that_is_there_and_the_letters_it_is_for() -> None:
    files = hatch_build.fonts(ROOT / "node_modules/@fontsource")
    rules = files["fonts.css"].decode().split("@font-face")[1:]
    assert len(rules) == 14, "regular, italic and bold in two Latin and two Cyrillic subsets; two weights of Armenian"
    for rule in rules:
        assert re.findall(r"url\((.*?)\)", rule)[0] in files
        assert rule.count("url(") == 1
        assert "unicode-range:" in rule
        assert "font-display: swap" in rule


@pytest.mark.parametrize("family", LETTERS)
def test_every_letter_of_the_six_states_has_a_font(family: str) -> None:
    sheet = hatch_build.fonts(ROOT / "node_modules/@fontsource")["fonts.css"].decode()
    for weight in (400, 700):
        served: set[int] = set()
        for rule in sheet.split("@font-face")[1:]:
            if f"'{family}'" in rule and f"font-weight: {weight}" in rule:
                served |= letters_of(rule)
        assert not {letter for letter in LETTERS[family].replace(" ", "") if ord(letter) not in served}


def letters_of(rule: str) -> set[int]:
    spans = [span.split("-") for span in re.findall(r"U\+([0-9A-F-]+)", rule)]
    return {letter for span in spans for letter in range(int(span[0], 16), int(span[-1], 16) + 1)}


def test_a_page_without_armenian_letters_does_not_load_their_font() -> None:
    sheet = hatch_build.fonts(ROOT / "node_modules/@fontsource")["fonts.css"].decode()
    armenian = [rule for rule in sheet.split("@font-face") if "Armenian" in rule.partition("src:")[0]]
    for rule in filter(None, armenian):
        assert not letters_of(rule) & {ord(letter) for letter in "aZ яЯ ё,.«»—–·"}


def test_a_translation_that_lost_its_placeholder_fails_the_build(tmp_path: Path) -> None:
    catalogue = tmp_path / "ru/LC_MESSAGES/messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE.format(translation="Прислал(а) %(name)s"))
    assert hatch_build.compile_translations(tmp_path) == ["ru"]
    assert catalogue.with_suffix(".mo").is_file()
    catalogue.write_text(CATALOGUE.format(translation="Прислал(а) %(имя)s"))
    with pytest.raises(hatch_build.BuildFailed, match="Sent by"):
        hatch_build.compile_translations(tmp_path)


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_both_set_ups_run_the_same_versions() -> None:
    run, test = pinned("run"), pinned("test")
    assert run.items() <= test.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_content_and_names_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    assert text.count("==") <= text.count("--hash=sha256:")
    assert "://" not in text


def test_the_npm_lock_pins_by_content_and_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = [package for name, package in packages.items() if name]
    assert fetched
    for package in fetched:
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
