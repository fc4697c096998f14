"""What a relative was told has arrived is there, even when the server is killed in the middle of its work."""

from pathlib import Path

from benchmarks.faults import kill_at_random

KILLS = 20


def test_twenty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    outcome = kill_at_random(tmp_path, KILLS, seed=1)

    assert outcome.interrupted >= KILLS, "the kills must fall into the work, or they prove nothing"
    assert outcome.acknowledged == outcome.submitted, "what was cut off is taken when it is sent again"
    assert outcome.lost == 0
    assert outcome.doubled == 0
    assert outcome.broken == 0
