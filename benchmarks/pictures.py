"""Send every file below a folder through the real upload, publish what is taken, and look for metadata in every public
file. Nothing about the files is assumed.

    python benchmarks/pictures.py DIR
"""

import argparse
import json
import re
import resource
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text
from tqdm import tqdm

from benchmarks.metadata import metadata_in
from benchmarks.sender import PICTURE_CARD, SHORT_WAY, Answer, File, NotAnswered, Sender
from benchmarks.served import Person, ServedPortal
from memory_road.media.local_store import LocalStore

MOST_PICTURES = 40
"""So many pictures a draft takes."""
RELATIVE = Person("relative@example.org", "three plain words")
MODERATOR = Person("moderator@example.org", "three plain words", "moderator", "Oak")
SLOW_SECONDS = 5.0
SECONDS_TO_DERIVE = 3600.0
SETTINGS = {
    "MEMORY_ROAD_PHOTO_MAX_MEGABYTES": "200",
    "MEMORY_ROAD_PHOTO_MAX_MEGAPIXELS": "150",
    "MEMORY_ROAD_PHOTO_QUOTA_MEGABYTES": "1000000",
}
SENTENCE = re.compile(r"\w{3,}\W+\w+.*\.", re.DOTALL)
KILOBYTES = 1024


@dataclass(slots=True)
class Report:
    """What came of the files; ``refused`` counts them by their sentence, without what is the file's own in it."""

    accepted: dict[str, str] = field(default_factory=dict[str, str])
    refused: Counter[str] = field(default_factory=Counter[str])
    errors: list[str] = field(default_factory=list[str])
    slowest: tuple[float, str] = (0.0, "")
    underived: list[str] = field(default_factory=list[str])
    published: int = 0
    leaks: list[str] = field(default_factory=list[str])


def send_all(portal: ServedPortal, files: Sequence[Path], report: Report) -> list[str]:
    """Send each file into a draft; returns the drafts' ids."""
    relative, drafts = Sender(portal.address).sign_in(RELATIVE), list[str]()
    with tqdm(total=len(files), desc="Sent", unit="", file=sys.stderr) as bar:
        for first in range(0, len(files), MOST_PICTURES):
            drafts.append(relative.begin(secrets.token_urlsafe(32), SHORT_WAY))
            for path in files[first : first + MOST_PICTURES]:
                _send(relative, drafts[-1], path, report)
                bar.update()
    return drafts


def _send(relative: Sender, draft: str, path: Path, report: Report) -> None:
    began = time.monotonic()
    try:
        file = File(path.name.replace('"', "_"), path.read_bytes())
        answer = relative.post(f"/{relative.language}/contribute/{draft}/photographs", files=[file])
    except (OSError, HTTPException) as failure:
        report.errors.append(f"{path}: no answer ({failure!r})")
        return
    seconds = time.monotonic() - began
    report.slowest = max(report.slowest, (seconds, str(path)))
    if seconds > SLOW_SECONDS:
        tqdm.write(f"{seconds:.1f} s: {path}", file=sys.stderr)
    card = PICTURE_CARD.search(answer.text)
    if answer.status == 200 and card is not None:
        report.accepted[card[1]] = str(path)
    elif 400 <= answer.status < 500 and (sentence := _sentence(answer)):
        report.refused[re.sub(r"“[^”]*”|\d+", "…", sentence.replace(path.name, "…"))] += 1
    else:
        report.errors.append(f"{path}: {answer.status} {answer.text[:200]!r}")


def _sentence(answer: Answer) -> str:
    """What is said to the family: the plain text, or the first words of an error's page."""
    found = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    plain = " ".join(re.sub(r"<[^>]*>", " ", found[0] if found else answer.text).split())
    return plain if SENTENCE.search(plain) else ""


def wait_for_sizes(portal: ServedPortal, report: Report) -> None:
    """Wait until each accepted picture has its sizes, or its original could not be decoded for them."""
    database = create_engine(portal.database_url, poolclass=NullPool)
    give_up_at = time.monotonic() + SECONDS_TO_DERIVE
    with tqdm(total=len(report.accepted), desc="With sizes", unit="", file=sys.stderr) as bar:
        while True:
            with database.connect() as connection:
                waiting = connection.execute(text(WAITING)).all()
            bar.update(len(report.accepted) - len(waiting) - bar.n)
            if all(row.attempts for row in waiting) or time.monotonic() > give_up_at:
                break
            time.sleep(0.5)
    report.underived = [report.accepted[row.id] for row in waiting]


WAITING = "SELECT id, attempts FROM contribution_photograph WHERE derived_at IS NULL"


def publish_all(portal: ServedPortal, drafts: Sequence[str], report: Report) -> None:
    """Send each draft for checking, and approve it. Raises ``NotAnswered``."""
    relative, desk = Sender(portal.address).sign_in(RELATIVE), Sender(portal.address).sign_in(MODERATOR)
    unfit = {identifier for identifier, path in report.accepted.items() if path in report.underived}
    for draft in tqdm(drafts, desc="Published", unit="", file=sys.stderr):
        page = relative.get(f"/{relative.language}/contribute/{draft}")
        kept = PICTURE_CARD.findall(page.text)
        for identifier in unfit & set(kept):
            relative.post(f"/{relative.language}/contribute/{draft}", {**SHORT_WAY, "action": f"remove:{identifier}"})
        relative.submit(draft, {**SHORT_WAY, "none_survives": "yes"})
        desk.decide(draft, "claim")
        answer = desk.decide(draft, "approve", {"nobody_living_exposed": "yes"})
        if answer.status != 303:
            raise NotAnswered(f"The draft {draft} is not approved: {_sentence(answer)[:500]}", answer.status)


def look_for_leaks(portal: ServedPortal, report: Report) -> None:
    """Read every public file."""
    store = LocalStore(portal.files)
    for key, _ in tqdm(store.keys("public/"), desc="Looked at", unit="", file=sys.stderr):
        report.published += 1
        with store.open(key) as file:
            finds = metadata_in(key, file.read())
        if finds:
            report.leaks.append(f"{key}: {'; '.join(finds[:3])}")


def files_below(folder: Path) -> Iterator[Path]:
    """Every file, in a fixed order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def main() -> None:
    """Print one JSON object: what came of the files."""
    parser = argparse.ArgumentParser(description="Send every file of a folder through the upload.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    files = list(files_below(parser.parse_args().folder))
    report = Report()
    with tempfile.TemporaryDirectory(prefix="memory-road-pictures-") as folder:
        portal = ServedPortal(Path(folder), settings=SETTINGS)
        portal.create([RELATIVE, MODERATOR])
        portal.start()
        try:
            drafts = send_all(portal, files, report)
            wait_for_sizes(portal, report)
            publish_all(portal, drafts, report)
            look_for_leaks(portal, report)
        finally:
            portal.stop()
            sys.stderr.write(portal.last_words() if report.errors else "")
    _tell(report)
    # The largest of all processes that were started here, and of those that they started and waited for.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = {
        "files": len(files),
        "accepted": len(files) - report.refused.total() - len(report.errors),
        "refused": report.refused.total(),
        "errors": len(report.errors),
        "slowest_seconds": round(report.slowest[0], 2),
        "peak_mb": round(peak * (1 if sys.platform == "darwin" else KILOBYTES) / 1_000_000),
        "leaks": len(report.leaks),
        "underived": len(report.underived),
        "public_files": report.published,
    }
    sys.stdout.write(json.dumps(result) + "\n")


def _tell(report: Report) -> None:
    for sentence, count in report.refused.most_common():
        sys.stderr.write(f"{count:5} refused: {sentence[:300]}\n")
    sys.stderr.write(f"Slowest: {report.slowest[0]:.2f} s {report.slowest[1]}\n")
    for title, lines in (("Error", report.errors), ("Without sizes", report.underived), ("Leak", report.leaks)):
        for line in lines:
            sys.stderr.write(f"{title}: {line}\n")


if __name__ == "__main__":
    main()
