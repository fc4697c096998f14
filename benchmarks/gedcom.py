"""Send every file below a folder as a family would send its tree, and say what came of it. Nothing about the files is
assumed.

    python benchmarks/gedcom.py DIR
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException
from pathlib import Path

from tqdm import tqdm

from benchmarks.sender import Answer, File, Sender
from benchmarks.served import Person, ServedPortal

RELATIVE = Person("relative@example.org", "three plain words")
COUNTED = re.compile(r'data-people="(\d+)" data-offered="(\d+)"')
SENTENCE = re.compile(r'<ul><li><a href="#tree">([^<]+)</a></li></ul>')
NOBODY = "nobody"
"""In the sentence about a file that was read, and names nobody who may have lived in the war."""


@dataclass(slots=True)
class Report:
    """What came of the files; ``refused`` counts them by their sentence, without the file's own name in it."""

    read: int = 0
    people: int = 0
    offered: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    errors: list[str] = field(default_factory=list[str])


def send_all(portal: ServedPortal, files: Sequence[Path], report: Report) -> None:
    """Send each file; what is offered of one is forgotten before the next."""
    relative = Sender(portal.address).sign_in(RELATIVE)
    for path in tqdm(files, desc="Sent", unit="", file=sys.stderr):
        try:
            file = File(path.name.replace('"', "_"), path.read_bytes(), field="tree")
            answer = relative.post(f"/{relative.language}/contribute/family-tree", files=[file])
            _judge(relative, path, answer, report)
        except (OSError, HTTPException) as failure:
            report.errors.append(f"{path}: no answer ({failure!r})")


def _judge(relative: Sender, path: Path, answer: Answer, report: Report) -> None:
    if answer.status == 303:
        counted = COUNTED.search(relative.get(answer.location).text)
        if counted is None:
            report.errors.append(f"{path}: its people are not shown")
            return
        report.read += 1
        report.people += int(counted[1])
        report.offered += int(counted[2])
        relative.post(f"/{relative.language}/contribute/family-tree/forget")
        return
    found = SENTENCE.search(answer.text)
    sentence = unescape(found[1]).replace(path.name, "…") if found is not None else ""
    if answer.status == 422 and NOBODY in sentence.lower():
        report.read += 1
    elif answer.status == 422 and sentence:
        report.refused[re.sub(r"\d+", "…", sentence)] += 1
    else:
        report.errors.append(f"{path}: {answer.status} {answer.text[:200]!r}")


def main() -> None:
    """Print one JSON object: what came of the files."""
    parser = argparse.ArgumentParser(description="Send every file of a folder as a family tree.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    files = [path for path in sorted(parser.parse_args().folder.rglob("*")) if path.is_file()]
    report = Report()
    with tempfile.TemporaryDirectory(prefix="memory-road-gedcom-") as folder:
        portal = ServedPortal(Path(folder))
        portal.create([RELATIVE])
        portal.start()
        try:
            send_all(portal, files, report)
        finally:
            portal.stop()
    for line in (*report.errors, *(f"{count} × {sentence}" for sentence, count in report.refused.most_common())):
        print(line, file=sys.stderr)
    result = {
        "files": len(files),
        "read": report.read,
        "refused": report.refused.total(),
        "errors": len(report.errors),
        "people": report.people,
        "offered": report.offered,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
