"""Fill a demo of its own: everything goes through the verbs that relatives and moderators use."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from flask_security import hash_password
from sqlalchemy import delete
from tqdm import tqdm

from memory_road.accounts.permissions import Role
from memory_road.accounts.user import Account
from memory_road.app import create_app
from memory_road.config import SHIPPED_LANGUAGES, Settings
from memory_road.contributions.attach import attach, take_in
from memory_road.contributions.draft import Filled, PhotographWords, keep, start
from memory_road.contributions.submit import submit
from memory_road.db import db, now, writing
from memory_road.demo.people import DRAFTS, DRAWN, PUBLISHED, WAITING, Person, Picture
from memory_road.demo.portrait import Look, draw_portrait
from memory_road.facts.vocabulary import Living, PhotographKind
from memory_road.jobs.derive import derive_due
from memory_road.jobs.publish import publish_one
from memory_road.mail.letter import Letter
from memory_road.media.verify import verify
from memory_road.migrate import upgrade
from memory_road.moderation.approval import Approval
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import approve
from memory_road.web.account.security import datastore
from memory_road.web.edge import Portal, parts

MARK = "memory-road-demo.json"
"""The file that marks a folder as the demo's own: no other folder is ever written to or removed."""
OTHER_SENDERS = ("Айгуль С.", "Тамара Гончар", "Арам П.", "Нурлан Ж.", "Школа № 4")
WORDS = ("birch", "rye", "lantern", "harbour", "willow", "letter", "orchard", "river", "bridge", "candle")


class DemoFolderRefused(Exception):
    """The folder is not the demo's; the message says so."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A ready account, printed at the start."""

    email: str
    password: str
    role: str
    meaning: str
    name: str


ACCOUNTS = (
    ("relative@example.org", Role.CONTRIBUTOR, "sends contributions", "Екатерина Верещагина"),
    ("moderator@example.org", Role.MODERATOR, "checks and approves", "Модератор Берёза"),
    ("senior@example.org", Role.SENIOR_MODERATOR, "senior moderator", "Модератор Рябина"),
    ("admin@example.org", Role.ADMINISTRATOR, "administrator", "Модератор Дуб"),
)


def prepare(folder: Path, port: int, fresh: bool) -> tuple[Portal, list[DemoAccount]]:
    """The demo's application on data in ``folder``, made and filled at the first time or when it was left unfinished.
    Raises ``DemoFolderRefused`` for a folder that holds anything else."""
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.is_file():
        raise DemoFolderRefused(f"{folder} holds something else: name an empty folder with --folder.")
    kept = json.loads(mark.read_text()) if mark.is_file() else {}
    if kept and (fresh or not kept["filled"]):
        shutil.rmtree(folder)
        kept = {}
    if not kept:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {"filled": False, "secret": secrets.token_urlsafe(48), "accounts": [asdict(a) for a in _accounts()]}
        mark.write_text(json.dumps(kept))
    accounts = [DemoAccount(**account) for account in kept["accounts"]]
    settings = Settings(
        undo_minutes=0,
        secret_key=kept["secret"],
        data_dir=folder,
        storage_url=folder / "uploads",
        base_url=f"http://127.0.0.1:{port}",
        languages=SHIPPED_LANGUAGES,
        second_factor=False,
        demo=True,
    )
    upgrade(settings.database_url)
    app = create_app(settings)
    if not kept["filled"]:
        with app.app_context():
            fill(accounts)
        mark.write_text(json.dumps({**kept, "filled": True}))
    return app, accounts


def _accounts() -> Iterator[DemoAccount]:
    for email, role, meaning, name in ACCOUNTS:
        yield DemoAccount(email, f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}", role, meaning, name)


def fill(accounts: list[DemoAccount]) -> None:
    """Accounts, published entries, waiting contributions and drafts. Needs an application context; shows a bar."""
    senders, moderator = _make_accounts(accounts)
    store, limits = parts().store, parts().limits
    everybody = [*PUBLISHED, *WAITING, *DRAFTS]
    with (
        tempfile.TemporaryDirectory(prefix="memory-road-") as folder,
        ProcessPoolExecutor(cpu_count(), get_context("spawn")) as pool,
        tqdm(total=len(everybody), desc="Fictional entries", unit="", bar_format="{desc}: {bar} {n}/{total}") as bar,
    ):
        drawn = [pool.submit(_draw, person.key, person.look, person.pictures, Path(folder)) for person in everybody]
        for person, pictures in zip(everybody, drawn, strict=True):
            identifier = _send(person, senders[person.sender % len(senders)], pictures, submitted=person not in DRAFTS)
            if person in PUBLISHED:
                derive_due(store, limits)
                with writing():
                    claim(identifier, moderator.actor)
                    db.session.commit()
                    approve(identifier, moderator.actor, Approval(nobody_living_exposed=True))
                    db.session.commit()
                publish_one(store, identifier)
            bar.update()
    with writing():
        db.session.execute(delete(Letter))  # the page of letters is for what the newcomer does
        db.session.commit()


def _make_accounts(accounts: list[DemoAccount]) -> tuple[list[Account], Account]:
    """The printed accounts and further contributors; returns those who send, and the moderator."""
    with writing():
        made = {
            account.role: _account(
                account.email,
                account.password,
                account.role,
                account.name,
                is_moderator=account.role != Role.CONTRIBUTOR,
            )
            for account in accounts
        }
        others = [
            _account(f"relative{number}@example.org", secrets.token_urlsafe(), Role.CONTRIBUTOR, name)
            for number, name in enumerate(OTHER_SENDERS, start=2)
        ]
        db.session.commit()
    return [made[Role.CONTRIBUTOR], *others], made[Role.MODERATOR]


def _account(email: str, password: str, role: str, name: str, *, is_moderator: bool = False) -> Account:
    made = datastore.create_user(
        email=email,
        password=hash_password(password),
        confirmed_at=now(),
        roles=list(dict.fromkeys((Role.CONTRIBUTOR.value, role))),
        display_name=name,
        pen_name=name if is_moderator else "",
    )
    assert isinstance(made, Account)
    return made


def _draw(key: str, look: Look | None, pictures: tuple[Picture, ...], folder: Path) -> list[Path]:
    """Draw a person's pictures into files, in a process of its own."""
    images = [draw_portrait(key, look)] if look is not None else []
    images += [picture.draw() for picture in pictures]
    paths = [folder / f"{key.replace(' ', '-')}-{number}.jpg" for number in range(len(images))]
    for image, path in zip(images, paths, strict=True):
        image.save(path, quality=88)
    return paths


def _send(person: Person, sender: Account, drawn: Future[list[Path]], submitted: bool) -> str:
    store, limits = parts().store, parts().limits
    filled = Filled(
        typed=dict(person.typed),
        language=person.language,
        relationship=person.relationship,
        none_survives=person.look is None,
        named=person.named,
        living_faces=Living.NO,
        permitted=submitted,
    )
    with writing():
        identifier = start(sender.actor, secrets.token_urlsafe(32), filled).id
        db.session.commit()
    words = [(PhotographKind.PORTRAIT, "")] if person.look is not None else []
    words += [(picture.kind, picture.caption) for picture in person.pictures]
    said: dict[str, PhotographWords] = {}
    for path, (kind, caption) in zip(drawn.result(), words, strict=True):
        preview = path.with_suffix(".webp")
        arrived = take_in(store, path, preview, verify(path, limits, preview), path.name)
        with writing():
            photograph = attach(identifier, sender.actor, store, arrived)
            said[photograph.id] = PhotographWords(
                kind=kind, caption=caption, credit="" if caption else DRAWN[person.language]
            )
            db.session.commit()
    with writing():
        keep(identifier, sender.actor, replace(filled, photographs=said))
        if submitted:
            submit(identifier, sender.actor, now().date())
        db.session.commit()
    return identifier
