"""Pictures that were rejected for abuse are known when they come again, covered at the desk, and kept as evidence."""

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import IntegrityError

from benchmarks.copies import COPIES
from memory_road.contributions.bad_picture import BadPicture, bad_among, put_on_list
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.jobs import tidy as tidying
from memory_road.jobs.tidy import remove_orphans
from memory_road.looks import rows_like
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject
from memory_road.moderation.undo import undo
from memory_road.owner.close import close
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Person, Sample, begin, send_in, work
from tests.integration.test_look_alikes import sample
from tests.integration.test_query_plans import plans
from tests.unit.test_look import drawn

ClientOf = Callable[[str], Browser]


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    """A picture, a scan of it in sepia and cut a little, and another picture."""
    folder = tmp_path_factory.mktemp("bad-pictures")
    again = COPIES["scanned again"](drawn(1), random.Random(1))
    made = {"picture": drawn(1), "again": again, "other": drawn(2)}
    return {name: sample(folder, name, picture) for name, picture in made.items()}


def abuse(app: Portal, accounts: Accounts, sender: Person, *sent: Sample, reason: str = "abuse") -> str:
    """A contribution with pictures that was rejected; gives its id."""
    case = send_in(app, sender, *sent)
    with work(app):
        claim(case, accounts.moderator.actor)
        reject(case, accounts.moderator.actor, reason, "Нет.")
    return case


def listed(app: Portal) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(BadPicture)) or 0


def marks(app: Portal, case: str) -> list[Flag]:
    with app.app_context():
        return flags_of(case)


def test_what_was_abuse_is_known_again(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], subtests: pytest.Subtests
) -> None:
    abuse(app, accounts, accounts.stranger, pictures["other"], reason="other")
    assert listed(app) == 0, "another reason puts nothing on the list"
    abuse(app, accounts, accounts.stranger, pictures["picture"])
    for name, expected in (("picture", [Flag.KNOWN_PICTURE]), ("again", [Flag.KNOWN_PICTURE]), ("other", [])):
        with subtests.test(name):
            assert marks(app, send_in(app, accounts.contributor, pictures[name])) == expected


def test_a_blank_picture_is_known_by_its_bytes(app: Portal, accounts: Accounts, tmp_path: Path) -> None:
    blank = sample(tmp_path, "blank", Image.new("RGB", (400, 500), "white"))
    abuse(app, accounts, accounts.stranger, blank)
    assert marks(app, send_in(app, accounts.contributor, blank)) == [Flag.KNOWN_PICTURE]


@pytest.mark.usefixtures("five_minutes")
def test_what_is_taken_back_is_known_no_more(app: Portal, accounts: Accounts, pictures: dict[str, Sample]) -> None:
    case = abuse(app, accounts, accounts.stranger, pictures["picture"])
    assert listed(app) == 1
    with work(app):
        undo(case, accounts.moderator.actor)
    assert listed(app) == 0
    assert marks(app, send_in(app, accounts.contributor, pictures["picture"])) == []


def test_nobody_sees_it_unprepared(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    waiting = send_in(app, accounts.contributor, pictures["picture"])
    abuse(app, accounts, accounts.stranger, pictures["picture"])
    draft = begin(app, accounts.contributor)
    with pictures["again"].original.open("rb") as file:
        sender = client_of("contributor")
        card = sender.send(f"/en/contribute/{draft}/photographs", {"photos": (io.BytesIO(file.read()), "a.jpg")})
    assert card.status_code == 200
    assert "abuse" not in card.text
    assert marks(app, draft) == [Flag.KNOWN_PICTURE], "known as it arrives"
    assert sender.send(f"/en/contribute/{draft}/submit").status_code == 303
    client = client_of("moderator")
    assert "/moderate/photographs/" not in client.get("/en/moderate/").text, "initials stand in the queue"
    together = client.get(f"/en/moderate/{waiting}/together")
    assert (together.status_code, "/moderate/photographs/" in together.text) == (200, False)
    for case in (waiting, draft):
        page = client.get(f"/en/moderate/{case}").text
        assert '<a class="veil"' in page
        assert "/moderate/photographs/" not in re.sub(r'<a class="veil"[^>]*>', "", page), "only the link knows it"
        assert '<a class="veil"' in client.get(f"/en/my/{case}/preview").text
        assert "This picture is harmless" not in page
    assert '<a class="veil"' not in sender.get(f"/en/my/{draft}/preview").text, "its sender is told nothing"


def test_a_senior_moderator_takes_it_off(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    abuse(app, accounts, accounts.stranger, pictures["picture"])
    case = send_in(app, accounts.contributor, pictures["again"])
    with app.app_context():
        picture = db.session.get_one(Contribution, case).photographs[0].id
    address = f"/en/moderate/{case}/photographs/{picture}/harmless"
    assert client_of("moderator").send(address).status_code == 403
    client = client_of("senior_moderator")
    assert "This picture is harmless" in client.get(f"/en/moderate/{case}").text
    assert client.send(address).status_code == 303
    assert (listed(app), marks(app, case)) == (0, [])
    assert '<a class="veil"' not in client.get(f"/en/moderate/{case}").text


def test_evidence_is_kept(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = abuse(app, accounts, accounts.stranger, pictures["picture"])
    with work(app):
        close(accounts.stranger.actor.id, parts().store)
    monkeypatch.setattr(tidying, "FILES_SPARED", -tidying.FILES_SPARED)
    with app.app_context():
        # The files alone: folders in which other tests work on a picture at this moment are not ours to tidy.
        sum(remove_orphans(parts().store))
        (kept,) = db.session.get_one(Contribution, case).photographs
        with parts().store.open(kept.original_key) as original:
            assert original.read() == pictures["picture"].original.read_bytes()
    with pytest.raises(IntegrityError), work(app):
        db.session.execute(delete(ContributionPhotograph).where(ContributionPhotograph.id == kept.id))


def test_the_search_names_its_indexes(app: Portal, accounts: Accounts, pictures: dict[str, Sample]) -> None:
    case = begin(app, accounts.contributor, pictures["picture"])
    with work(app):
        put_on_list(db.session.get_one(Contribution, case), accounts.moderator.actor.id)
    look = pictures["again"].verified.look
    assert look is not None
    with app.app_context():
        assert len(bad_among(db.session.get_one(Contribution, case).photographs)) == 1
        if db.engine.dialect.name == "postgresql":
            # Of one row it is quicker to read all: that is ruled out, as many rows rule it out.
            name = db.engine.url.database
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for way in ("seqscan", "hashjoin", "mergejoin"):
                    connection.execute(text(f'ALTER DATABASE "{name}" SET enable_{way} = off'))
            db.engine.dispose()
    plan = plans(app, lambda: rows_like(BadPicture, look.views))
    assert all(f"ix_bad_picture_band_{band}" in plan for band in range(4)), plan
    plan = plans(app, lambda: bad_among(db.session.get_one(Contribution, case).photographs))
    assert "ix_bad_picture_sha256" in plan, plan
