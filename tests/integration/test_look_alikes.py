"""The same picture again: who is asked about which entry, who is shown what, and what is nobody else's."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, insert, select, text

from benchmarks.copies import COPIES
from memory_road.archive.look import PhotographLook, published_like
from memory_road.contributions.attach import attach, detach, take_in
from memory_road.contributions.look import ContributionPhotographLook, LookAlike, keep_answers, sent_like, views_of
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import changeable
from memory_road.contributions.submit import withdraw
from memory_road.db import db
from memory_road.looks import look_values, rows_like
from memory_road.media.likeness import BANDS, Look
from memory_road.media.limits import Limits
from memory_road.media.verify import verify
from memory_road.moderation.recognise import alike_in, look_for, questions
from memory_road.web.edge import Portal, parts
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    Person,
    Sample,
    begin,
    filled_in,
    publish,
    send_in,
    work,
)
from tests.integration.test_query_plans import plans
from tests.unit.test_look import drawn

ClientOf = Callable[[str], Browser]
NAMED = filled_in({"surname": "Опубликованный"})


def sample(folder: Path, name: str, picture: Image.Image) -> Sample:
    original, preview = folder / f"{name}.jpg", folder / f"{name}.webp"
    picture.save(original, quality=90)
    return Sample(original, preview, verify(original, Limits(), preview))


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    """A picture, a scan of it in sepia and cut a little, and another picture."""
    folder = tmp_path_factory.mktemp("look-alikes")
    again = COPIES["scanned again"](drawn(1), random.Random(1))
    made = {"picture": drawn(1), "again": again, "other": drawn(2)}
    return {name: sample(folder, name, picture) for name, picture in made.items()}


def arrive(app: Portal, sender: Person, contribution_id: str, picture: Sample) -> str:
    """Attach a picture as the pages do, and look for others like it; gives its id."""
    with work(app):
        store = parts().store
        arrived = take_in(store, picture.original, picture.preview, picture.verified, "scan.jpg")
        photograph = attach(contribution_id, sender.actor, store, arrived)
        look_for(photograph)
        return photograph.id


def photograph(identifier: str) -> ContributionPhotograph:
    return db.session.get_one(ContributionPhotograph, identifier)


def test_a_picture_sent_again_is_asked_about(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], subtests: pytest.Subtests
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, pictures["picture"], form=NAMED)
    for name, expected in (("picture", [entry]), ("again", [entry]), ("other", [])):
        with subtests.test(name):
            draft = begin(app, accounts.stranger)
            sent = arrive(app, accounts.stranger, draft, pictures[name])
            with app.app_context():
                asked = questions([photograph(sent)]).get(sent, [])
                assert [question.participant.id for question in asked] == expected
                assert all(question.answer == "" for question in asked)


def test_identical_files_are_told_from_look_alikes(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample]
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, pictures["picture"])
    for name, identical in (("picture", True), ("again", False)):
        verified = pictures[name].verified
        assert verified.look is not None
        with app.app_context():
            (found,) = published_like(verified.sha256, verified.look.views)
            assert (found.participant.id, found.identical) == (entry, identical)
            assert published_like("0" * 64, None) == []


def test_the_same_bytes_without_a_look_are_found_by_their_digest(
    app: Portal, accounts: Accounts, tmp_path: Path
) -> None:
    blank = sample(tmp_path, "blank", Image.new("RGB", (400, 500), "white"))
    assert blank.verified.look is None
    entry = publish(app, accounts.contributor, accounts.moderator, blank)
    other = sample(tmp_path, "grey", Image.new("RGB", (400, 500), (200, 200, 200)))
    with app.app_context():
        (found,) = published_like(blank.verified.sha256, None)
        assert found.participant.id == entry
        assert found.identical
        assert published_like(other.verified.sha256, None) == []


def test_the_sender_learns_of_nothing_that_is_not_published(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    send_in(app, accounts.contributor, pictures["picture"], form=filled_in({"surname": "Невидимкина"}))
    draft = begin(app, accounts.stranger)
    with pictures["again"].original.open("rb") as file:
        client = client_of("stranger")
        card = client.send(f"/en/contribute/{draft}/photographs", {"photos": (io.BytesIO(file.read()), "a.jpg")})
    assert card.status_code == 200
    for page in (card, client.get(f"/en/contribute/{draft}")):
        assert "Is it the same person?" not in page.text
        assert "Невидимкина" not in page.text


def test_the_question_stands_at_the_picture_and_its_answer_is_kept(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, pictures["picture"], form=NAMED)
    client = client_of("stranger")
    draft = begin(app, accounts.stranger)
    with pictures["again"].original.open("rb") as file:
        card = client.send(f"/en/contribute/{draft}/photographs", {"photos": (io.BytesIO(file.read()), "a.jpg")})
    assert "Is it the same person?" in card.text
    assert "Опубликованный" in card.text
    assert f"/people/{entry}/" in card.text
    with app.app_context():
        asked = db.session.execute(select(LookAlike)).scalar_one()
        field = f"photograph-{asked.photograph_id}-alike-{entry}"
    for said, kept in (("no", "no"), ("nonsense", "no"), ("", "no"), ("yes", "yes")):
        client.send(f"/en/contribute/{draft}", {**TYPED, field: said, "action": "save"})
        page = client.get(f"/en/contribute/{draft}")
        assert f'name="{field}" value="{kept}" checked' in page.text
    client.send(f"/en/contribute/{draft}", {**TYPED, "permission": "yes", "none_survives": "yes", "action": "submit"})
    case = client_of("moderator").get(f"/en/moderate/{draft}")
    assert "the sender says: the same person" in case.text
    assert f"/people/{entry}" in case.text
    assert "identical file" not in case.text


def test_answers_to_what_was_not_asked_are_left_aside(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample]
) -> None:
    draft = begin(app, accounts.contributor, pictures["picture"])
    with work(app):
        contribution = changeable(draft, accounts.contributor.actor)
        (only,) = contribution.photographs
        keep_answers(contribution, {(only.id, "000000000"): "yes", ("000000000", "000000000"): "no"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LookAlike)) == 0


def test_the_moderator_sees_what_was_sent_but_no_draft(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    begin(app, accounts.stranger, pictures["picture"], form=filled_in({"surname": "Черновикова"}))
    own_draft_sent = send_in(app, accounts.contributor, pictures["picture"], form=filled_in({"surname": "Первая"}))
    case = send_in(app, accounts.stranger, pictures["again"], form=filled_in({"surname": "Вторая"}))
    withdrawn = send_in(app, accounts.stranger, pictures["again"], form=filled_in({"surname": "Третья"}))
    with work(app):
        withdraw(withdrawn, accounts.stranger.actor)
    page = client_of("moderator").get(f"/en/moderate/{case}").text
    assert f"/moderate/{own_draft_sent}" in page
    assert f"/moderate/{withdrawn}" in page
    assert "identical file" in page
    assert "Черновикова" not in page
    with app.app_context():
        (sent,) = db.session.scalars(
            select(ContributionPhotograph).where(ContributionPhotograph.contribution_id == case)
        )
        assert [one.identical for one in sent_like(sent)] == [True, False]


def test_an_entry_is_not_alike_to_the_case_that_it_came_of(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    publish(app, accounts.contributor, accounts.moderator, pictures["picture"])
    with app.app_context():
        (sent,) = db.session.scalars(select(ContributionPhotograph))
        case = sent.contribution_id
    assert "Pictures like this one" not in client_of("moderator").get(f"/en/moderate/{case}").text


def test_printed_forms_are_not_asked_about(app: Portal, accounts: Accounts, pictures: dict[str, Sample]) -> None:
    publish(app, accounts.contributor, accounts.moderator, pictures["picture"])
    draft = begin(app, accounts.stranger)
    sent = arrive(app, accounts.stranger, draft, pictures["again"])
    with work(app):
        photograph(sent).kind = "document"
    with app.app_context():
        assert questions([photograph(sent)]) == {}
        alike = alike_in(changeable(draft, accounts.stranger.actor))
        assert len(alike[sent].published) == 1, "the moderator sees it all the same"


def test_what_is_taken_away_leaves_no_look(app: Portal, accounts: Accounts, pictures: dict[str, Sample]) -> None:
    publish(app, accounts.contributor, accounts.moderator, pictures["picture"])
    draft = begin(app, accounts.stranger)
    sent = arrive(app, accounts.stranger, draft, pictures["again"])
    with app.app_context():
        assert views_of(photograph(sent)) is not None
    with work(app):
        detach(draft, accounts.stranger.actor, parts().store, sent)
    with app.app_context():
        assert db.session.get(ContributionPhotographLook, sent) is None
        assert db.session.scalar(select(func.count()).select_from(LookAlike)) == 0
        assert db.session.scalar(select(func.count()).select_from(PhotographLook)) == 1


@pytest.fixture
def crowded(app: Portal, accounts: Accounts, pictures: dict[str, Sample]) -> tuple[Portal, Look]:
    """Ten thousand looks of pictures that were sent, half of them one and the same, and one that is looked for."""
    begin(app, accounts.contributor, pictures["picture"])
    draw = random.Random(4)
    with work(app):
        (only,) = db.session.scalars(select(ContributionPhotograph))
        same = draw.randbytes(32)
        looks = [same if number % 2 else draw.randbytes(32) for number in range(10_000)]
        numbered = [(f"{number:09d}", kept) for number, kept in enumerate(looks)]
        row = {
            column.name: getattr(only, column.name)
            for column in ContributionPhotograph.__table__.columns
            if column.name not in {"id", "sha256", "enhanced_of_id"}
        }
        rows = [{**row, "id": number, "sha256": number} for number, _ in numbered]
        db.session.execute(insert(ContributionPhotograph), rows)
        rows = [{"photograph_id": number, "views": b"", **look_values(kept)} for number, kept in numbered]
        db.session.execute(insert(ContributionPhotographLook), rows)
    with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    look = pictures["again"].verified.look
    assert look is not None
    return app, look


def test_it_is_found_among_many(crowded: tuple[Portal, Look]) -> None:
    app, look = crowded
    with app.app_context():
        ((row, difference),) = rows_like(ContributionPhotographLook, look.views)
        assert row.views == views_of(db.session.get_one(ContributionPhotograph, row.photograph_id))
        assert 0 < difference < 56


def test_nobody_may_change_the_answers_of_another(
    app: Portal, accounts: Accounts, pictures: dict[str, Sample], client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, pictures["picture"])
    draft = begin(app, accounts.stranger)
    sent = arrive(app, accounts.stranger, draft, pictures["again"])
    client = client_of("contributor")
    said = {f"photograph-{sent}-alike-{entry}": "yes"}
    assert client.send(f"/en/contribute/{draft}", {**TYPED, **said}).status_code == 404
    with app.app_context():
        assert db.session.execute(select(LookAlike.answer)).scalar_one() == ""


def test_the_search_names_its_indexes(crowded: tuple[Portal, Look]) -> None:
    app, look = crowded
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            # Of ten thousand rows it is quicker to read all: that is ruled out, as ten million rows rule it out.
            name = db.engine.url.database
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for way in ("seqscan", "hashjoin", "mergejoin"):
                    connection.execute(text(f'ALTER DATABASE "{name}" SET enable_{way} = off'))
            db.engine.dispose()
    plan = plans(app, lambda: rows_like(ContributionPhotographLook, look.views))
    for band in range(BANDS):
        assert f"ix_contribution_photograph_look_band_{band}" in plan, plan
    assert "Seq Scan on contribution_photograph_look" not in plan
    assert "SCAN contribution_photograph_look" not in plan
