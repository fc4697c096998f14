"""What a portal loses when something fails: relatives send contributions, a part of it is killed or taken away and
comes back, and everything that was acknowledged must be there, whole, once, and with its sizes made.

    python benchmarks/faults.py --pictures 200 --kills 20 --seed 1
    python benchmarks/faults.py --only server worker_celery --engine postgresql
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tqdm import tqdm

from benchmarks.engines import database_of_its_own, mortal
from benchmarks.ledger import SENDERS, Load
from benchmarks.served import ServedPortal
from benchmarks.trial import Outcome, Trial, workers
from tests.redis import RedisServer
from tests.s3 import KEY, SECRET, server_of_its_own, store_in

LONGEST_LIFE = 1.2
"""Seconds within which a started server is killed: about as long as one contribution takes from draft to sent."""
MOST_PICTURES = 40
"""So many pictures a draft takes."""
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is sent, and how often a fault strikes. ``settings`` are the portal's."""

    pictures: int = 200
    kills: int = 20
    seed: int = 1
    settings: dict[str, str] = field(default_factory=dict[str, str])
    progress: Callable[[], object] = lambda: None
    hasten: bool = False
    """Let the leases of what was killed end by hand, rather than wait for them."""

    def load(self, size: tuple[int, int] = (24, 30), patient: bool = False) -> Load:
        """The pictures shared among the relatives and into drafts."""
        each = -(-self.pictures // len(SENDERS))
        contributions = -(-each // MOST_PICTURES)
        return Load(contributions, -(-each // contributions), size, patient)

    def trial(self, folder: Path, load: Load, **settings: str) -> Trial:
        return Trial(
            ServedPortal(folder, settings={**self.settings, **settings}), self.seed, load, progress=self.progress
        )


def kill_at_random(folder: Path, plan: Plan) -> Outcome:
    """SIGKILL the server again and again while contributions are sent one after the other."""
    trial = plan.trial(folder, Load())
    with trial.sending():
        for _ in range(plan.kills):
            trial.ledger.leaving.wait(trial.moments.uniform(0.05, LONGEST_LIFE))
            trial.restart_server()
            trial.strike()
            if trial.ledger.failures:
                break
    return _finish(trial, plan)


def kill_server(folder: Path, plan: Plan) -> Outcome:
    """SIGKILL the server, which makes the sizes too, in the middle of many pictures."""
    trial = plan.trial(folder, plan.load())
    with trial.sending():
        for _ in range(plan.kills):
            time.sleep(trial.moments.uniform(1, 4))
            if not trial.is_busy():
                break
            trial.restart_server()
            trial.strike()
    return _finish(trial, plan)


def kill_worker_threads(folder: Path, plan: Plan) -> Outcome:
    """SIGKILL a worker that makes sizes on threads beside the server, in the middle of many pictures."""
    return _kill_workers(plan.trial(folder, plan.load()), plan)


def kill_worker_celery(folder: Path, plan: Plan) -> Outcome:
    """SIGKILL Celery workers behind Redis in the middle of many pictures; the server makes no sizes itself."""
    with _redis(folder) as redis:
        return _kill_workers(plan.trial(folder, plan.load(), MEMORY_ROAD_BROKER_URL=redis.url), plan)


def kill_broker(folder: Path, plan: Plan) -> Outcome:
    """SIGKILL Redis, which forgets everything, and start it again after a while."""
    with _redis(folder) as redis:
        trial = plan.trial(folder, plan.load(), MEMORY_ROAD_BROKER_URL=redis.url)
        with workers(trial.portal, 2):
            with trial.sending():
                for _ in range(plan.kills):
                    time.sleep(trial.moments.uniform(1, 4))
                    if not trial.is_busy():
                        break
                    redis.kill()
                    time.sleep(trial.moments.uniform(1, 4))
                    redis.start()
                    trial.strike()
            return _finish(trial, plan)


def fill_disk(folder: Path, plan: Plan) -> Outcome:
    """Database, files and temporary files lie on a disk that is full in the middle, and is enlarged when that has been
    felt for a while. Needs root."""
    folder.mkdir(exist_ok=True)
    size = (180, 190)
    need = plan.pictures * size[0] * size[1] * 3
    _mount(folder, f"size={MEBIBYTE + 8 * need // 10}")
    try:
        trial = plan.trial(folder, plan.load(size, patient=True))
        with trial.sending():
            trial.wait_for(lambda: trial.ledger.refused.total() >= 3 * len(SENDERS), "the disk is full", 120)
            trial.strike()
            _mount(folder, f"remount,size={256 * MEBIBYTE + 8 * need}")
        return _finish(trial, plan)
    finally:
        subprocess.run(["/bin/umount", str(folder)], check=False)


def kill_store(folder: Path, plan: Plan) -> Outcome:
    """SIGKILL the object storage, and start it again on what it kept."""
    with server_of_its_own() as server, mortal(server.process) as store:
        bucket = server.make_bucket()
        trial = plan.trial(
            folder,
            plan.load(patient=True),
            MEMORY_ROAD_STORAGE_URL=f"s3://{bucket.name}?endpoint={bucket.endpoint}",
            MEMORY_ROAD_STORAGE_KEY=KEY,
            MEMORY_ROAD_STORAGE_SECRET=SECRET,
        )
        trial.store = store_in(bucket)
        with trial.sending():
            for _ in range(min(plan.kills, 4)):
                time.sleep(trial.moments.uniform(4, 8))
                if not trial.is_busy():
                    break
                store.kill()
                time.sleep(trial.moments.uniform(3, 6))
                store.revive()
                trial.wait_for(lambda: _answers(trial), "the store is back")
                trial.strike()
        return _finish(trial, plan)


def _answers(trial: Trial) -> bool:
    try:
        trial.audit.lost(trial.ledger)
    except OSError:
        return False
    return True


FAULTS: dict[str, Callable[[Path, Plan], Outcome]] = {
    "kill": kill_at_random,
    "server": kill_server,
    "worker_threads": kill_worker_threads,
    "worker_celery": kill_worker_celery,
    "broker": kill_broker,
    "full_disk": fill_disk,
    "store": kill_store,
}


def _kill_workers(trial: Trial, plan: Plan) -> Outcome:
    with workers(trial.portal, 2) as running:
        with trial.sending():
            for _ in range(plan.kills):
                time.sleep(trial.moments.uniform(0, 4) * min(1, plan.pictures / 200))
                trial.wait_for(lambda: trial.audit.in_hand() > 0 or not trial.is_busy(), "a picture is in hand")
                if not trial.is_busy():
                    break
                running.pop(0).kill()
                trial.strike()
                running.append(trial.portal.start_worker())
        return _finish(trial, plan)


def _finish(trial: Trial, plan: Plan) -> Outcome:
    if plan.hasten:
        trial.audit.let_leases_end()
    return trial.finish()


@contextmanager
def _redis(folder: Path) -> Iterator[RedisServer]:
    place = folder / "redis"
    place.mkdir(parents=True)
    redis = RedisServer(place).start()
    try:
        yield redis
    finally:
        redis.kill()


def _mount(folder: Path, options: str) -> None:
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


def can_mount() -> bool:
    """Whether a disk of a chosen size can be had here."""
    return os.geteuid() == 0 and sys.platform == "linux" and Path("/bin/mount").exists()


def main() -> None:
    """Print one JSON object: what each fault did."""
    parser = argparse.ArgumentParser(
        description="Let parts of a portal fail while pictures are sent; count what is lost."
    )
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--only", nargs="+", choices=list(FAULTS), default=list(FAULTS))
    chosen = parser.parse_args()
    outcomes: dict[str, object] = {}
    for name in chosen.only:
        if name == "full_disk" and not can_mount():
            outcomes[name] = "left out: only root can make a small disk"
            continue
        with (
            tempfile.TemporaryDirectory(prefix="memory-road-faults-") as folder,
            database_of_its_own(chosen.engine) as settings,
            tqdm(desc=f"{name} on {chosen.engine}", unit=" faults", file=sys.stderr) as bar,
        ):
            plan = Plan(chosen.pictures, chosen.kills, chosen.seed, settings, bar.update)
            outcomes[name] = asdict(FAULTS[name](Path(folder), plan))
        tqdm.write(f"{name}: {json.dumps(outcomes[name])}", file=sys.stderr)
    sys.stdout.write(json.dumps({"engine": chosen.engine, "pictures": chosen.pictures, **outcomes}) + "\n")


if __name__ == "__main__":
    main()
