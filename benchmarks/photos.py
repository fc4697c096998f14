"""Three sizes of every JPEG under a directory, by this portal's decoder, libvips and ImageMagick: what each costs.

python benchmarks/photos.py DIR [--repeat N] [--convert PATH]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyvips

from memory_road.media.formats import PictureFormat
from memory_road.media.gate import admit
from memory_road.media.limits import Limits
from memory_road.media.nursery import nursery
from memory_road.media.process import ask
from memory_road.media.refusal import PictureRefused

WIDTHS = (640, 1280, 2000)
JPEG_QUALITY, WEBP_QUALITY, WEBP_EFFORT = 85, 80, 2
"""The same for all three: what the portal publishes with."""

KEEP_NOTHING: Any = "none"
PROFILE = "icc-profile-data"
ENGINES = ("ours", "pyvips", "imagemagick", "imagemagick_chained")

Engine = Callable[[Path, Path, str], None]


def ours(source: Path, folder: Path, encoding: str) -> None:
    """As the portal does it: a child of the nursery decodes, turns, converts to sRGB, and leaves metadata out."""
    ask("resize", source, PictureFormat.JPEG, folder, Limits(), {"widths": WIDTHS, "encoding": encoding})


def with_libvips(source: Path, folder: Path, encoding: str) -> None:
    """In this one process: shrunk as it is loaded, then each size from the next larger one. Colours are converted only
    where the file has a profile, as the portal does it too."""
    profile: dict[str, Any] = (
        {"output_profile": "srgb"} if pyvips.Image.new_from_file(str(source)).get_typeof(PROFILE) else {}
    )
    image = pyvips.Image.thumbnail(str(source), WIDTHS[-1], height=100_000, size="down", **profile)
    for width in reversed(WIDTHS):
        image = (
            image.copy_memory() if width == WIDTHS[-1] else image.thumbnail_image(width, height=100_000, size="down")
        )
        if encoding == "jpeg":
            image.jpegsave(str(folder / f"{width}.jpeg"), Q=JPEG_QUALITY, keep=KEEP_NOTHING)
        else:
            image.webpsave(str(folder / f"{width}.webp"), Q=WEBP_QUALITY, effort=WEBP_EFFORT, keep=KEEP_NOTHING)


def with_imagemagick(convert: str, *, chained: bool) -> Engine:
    """One command for each photograph, which reads it once. Each size is made from the original, as the manual has it,
    or ``chained``, from the next larger one."""

    def run(source: Path, folder: Path, encoding: str) -> None:
        quality = JPEG_QUALITY if encoding == "jpeg" else WEBP_QUALITY
        command = [convert, "-limit", "thread", "1", str(source), "-auto-orient", "-strip", "-quality", str(quality)]
        command += ["-define", f"webp:method={WEBP_EFFORT}"]
        for width in reversed(WIDTHS):
            step = ["-resize", f"{width}x>", "-write", str(folder / f"{width}.{encoding}")]
            command += step if chained else ["(", "+clone", *step, "+delete", ")"]
        subprocess.run([*command, "null:"], check=True)

    return run


def photographs(directory: Path) -> list[Path]:
    """Every JPEG under a directory, told by its first bytes."""

    def is_jpeg(path: Path) -> bool:
        try:
            return admit(path, Limits()) is PictureFormat.JPEG
        except PictureRefused:
            return False

    return [path for path in sorted(directory.rglob("*")) if path.is_file() and is_jpeg(path)]


def work(name: str, convert: str, encoding: str, repeat: int, sources: Sequence[Path]) -> None:
    """What the measured process does."""
    engines: dict[str, Engine] = {
        "ours": ours,
        "pyvips": with_libvips,
        "imagemagick": with_imagemagick(convert, chained=False),
        "imagemagick_chained": with_imagemagick(convert, chained=True),
    }
    engine = engines[name]
    with tempfile.TemporaryDirectory() as folder:
        for done, source in enumerate(list(sources) * repeat, 1):
            engine(source, Path(folder), encoding)
            print(f"\r{name} {encoding}: {done} of {len(sources) * repeat}", end="", file=sys.stderr)
    # Only then is its time counted, and that of all its children.
    nursery.end()
    print(file=sys.stderr)


def measure(name: str, encoding: str, options: argparse.Namespace, number: int) -> tuple[float, float]:
    """CPU milliseconds for each photograph, of all processes; and the peak of the largest of them in MB."""
    command = [sys.executable, __file__, str(options.directory), "--repeat", str(options.repeat)]
    command += ["--convert", options.convert, "--engine", name, "--encoding", encoding]
    process = subprocess.Popen(command, env={**os.environ, "VIPS_CONCURRENCY": "1"})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{name} did not finish.")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return 1000 * (used.ru_utime + used.ru_stime) / (number * options.repeat), used.ru_maxrss / unit


def main() -> None:
    """Measure all three, one after another."""
    parser = argparse.ArgumentParser(description="Three sizes of every JPEG under a directory, by three libraries.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--repeat", type=int, default=3, help="how often each photograph is taken")
    parser.add_argument("--convert", default=shutil.which("convert") or "", help="ImageMagick's command")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--encoding", choices=["jpeg", "webp"], default="jpeg", help=argparse.SUPPRESS)
    options = parser.parse_args()
    sources = photographs(options.directory)
    if not sources:
        raise SystemExit(f"There is no JPEG under {options.directory}.")
    if options.engine:
        work(options.engine, options.convert, options.encoding, options.repeat, sources)
        return
    if (
        not options.convert
        or subprocess.run([options.convert, "-version"], capture_output=True, check=False).returncode
    ):
        raise SystemExit("ImageMagick is missing: install it, and name its command with --convert.")
    result: dict[str, object] = {"photos": len(sources), "repeat": options.repeat, "widths": WIDTHS}
    for name in ENGINES:
        jpeg, jpeg_peak = measure(name, "jpeg", options, len(sources))
        webp, webp_peak = measure(name, "webp", options, len(sources))
        result[name] = {
            "cpu_ms_per_photo": round(jpeg),
            "webp_cpu_ms_per_photo": round(webp),
            "peak_mb": round(max(jpeg_peak, webp_peak)),
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
