"""How much room an account's pictures may take, and the order in which they stand."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from click.testing import CliRunner
from sqlalchemy import event, func, select, update

from memory_road.accounts.user import Account
from memory_road.cli import main
from memory_road.contributions.attach import attach, take_in
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.order import shift
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.quota import MEGABYTE, MOST_UPLOADS, ask_for_room, used
from memory_road.contributions.receive import announce
from memory_road.contributions.upload import KEPT, Upload
from memory_road.db import db, now
from memory_road.web.edge import Portal, parts
from tests.application import PASSWORD, TYPED, Accounts, Browser, Sample, add, begin, jpeg, work

ClientOf = Callable[[str], Browser]
PLENTY = 1000 * MEGABYTE


def test_originals_and_pictures_on_their_way_count(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    sender = accounts.contributor
    identifier = begin(app, sender, portrait)
    begin(app, accounts.stranger, portrait)
    with work(app):
        announce(identifier, sender.actor, 5000, "a.jpg", PLENTY)
        old = announce(identifier, sender.actor, 7000, "b.jpg", PLENTY)
        done = announce(identifier, sender.actor, 9000, "c.jpg", PLENTY)
        old.updated_at, done.received = now() - KEPT, done.length
        db.session.flush()
        assert used(sender.actor.id) == portrait.verified.bytes + 5000


QUOTAS = [
    # of all, of this account, taken, more, whether it fits
    (10, None, 4, 6, True),
    (10, None, 4, 7, False),
    (10, 3, 0, 4, False),
    (10, 20, 4, 16, True),
    (10, 0, 0, 1, False),
]


@pytest.mark.parametrize(("of_all", "own", "taken", "more", "fits"), QUOTAS)
def test_an_account_may_have_a_quota_of_its_own(
    app: Portal, accounts: Accounts, of_all: int, own: int | None, taken: int, more: int, fits: bool
) -> None:
    sender = accounts.contributor.actor
    identifier = begin(app, accounts.contributor)
    with work(app):
        if taken:
            announce(identifier, sender, taken * MEGABYTE, "a.jpg", PLENTY)
        db.session.execute(update(Account).where(Account.id == sender.id).values(quota_megabytes=own))
        if fits:
            ask_for_room(sender.id, more * MEGABYTE, of_all * MEGABYTE)
            return
        with pytest.raises(Refused) as refused:
            ask_for_room(sender.id, more * MEGABYTE, of_all * MEGABYTE)
        most = of_all if own is None else own
        assert refused.value.values == {"used": taken, "most": most}


def test_two_pictures_at_once_do_not_both_take_the_last_room(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    sender, gate = accounts.contributor, Barrier(2)
    places = [begin(app, sender) for _ in range(2)]
    quota = portrait.verified.bytes * 3 // 2

    def send(identifier: str) -> RefusalCode | None:
        with app.app_context():
            store = parts().store
            arrived = take_in(store, portrait.original, portrait.preview, portrait.verified, "a.jpg")
        gate.wait()
        try:
            with work(app):
                attach(identifier, sender.actor, store, arrived, quota)
        except Refused as refused:
            return refused.code
        return None

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(send, places), key=str) == [None, RefusalCode.QUOTA_FULL]


def test_so_many_pictures_may_be_on_their_way(app: Portal, accounts: Accounts) -> None:
    sender = accounts.contributor.actor
    identifier = begin(app, accounts.contributor)
    with work(app):
        for _ in range(MOST_UPLOADS):
            announce(identifier, sender, 1, "a.jpg", PLENTY)
        with pytest.raises(Refused) as refused:
            announce(identifier, sender, 1, "a.jpg", PLENTY)
        assert refused.value.code is RefusalCode.TOO_MANY_UPLOADS
        db.session.execute(update(Upload).values(updated_at=now() - KEPT))
        announce(identifier, sender, 1, "a.jpg", PLENTY)


def test_where_there_is_no_room_a_sentence_says_what_to_do(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with work(app):
        own = Account.id == accounts.contributor.actor.id
        db.session.execute(update(Account).where(own).values(quota_megabytes=0))
    client = client_of("contributor")
    said = "There is no room for this picture: your pictures take 1 of 0 MB. Write to us"
    files = [(io.BytesIO(jpeg(each)), f"{each}.jpg") for each in (1, 2)]
    page = client.send(f"/en/contribute/{identifier}", {**TYPED, "action": "save", "photos": files})
    assert (page.status_code, page.text.count(said)) == (422, 1)
    assert 'value="Верещагина"' in page.text
    one = client.send(f"/en/contribute/{identifier}/photographs", {"photos": (io.BytesIO(jpeg(3)), "3.jpg")})
    assert (one.status_code, said in one.text) == (422, True)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "X-CSRFToken": client.token()}
    announced = client.post(f"/en/contribute/{identifier}/uploads", headers=headers)
    assert (announced.status_code, said in announced.text) == (422, True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ContributionPhotograph)) == 1


def test_the_room_is_counted_without_reading_what_others_sent(
    app: Portal, accounts: Accounts, database_url: str, portrait: Sample
) -> None:
    begin(app, accounts.contributor, portrait)
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL reads so small a table as a whole")
    asked: list[tuple[str, object]] = []
    with app.app_context():

        def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
            asked.append((statement, values))

        event.listen(db.engine, "before_cursor_execute", note)
        used(accounts.contributor.actor.id)
        event.remove(db.engine, "before_cursor_execute", note)
        plans = [
            row[3]
            for statement, values in asked
            for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # pyright: ignore[reportArgumentType] -- as the driver got them
        ]
    assert len(plans) >= 3
    assert not [plan for plan in plans if plan.startswith("SCAN")], plans


MOVES = [
    ("abc", "c", -1, "acb"),
    ("abc", "a", 1, "bac"),
    ("abc", "a", -1, "abc"),
    ("abc", "c", 1, "abc"),
    ("abc", "a", 99, "bca"),
    ("a", "a", 1, "a"),
]


@pytest.mark.parametrize(("before", "which", "by", "after"), MOVES)
def test_a_picture_changes_its_place(
    app: Portal, accounts: Accounts, portrait: Sample, before: str, which: str, by: int, after: str
) -> None:
    sender = accounts.contributor
    identifier = begin(app, sender)
    with work(app):
        first = add(identifier, sender, portrait)
        kept = db.session.get_one(ContributionPhotograph, first)
        names = {before[0]: first}
        for position, letter in enumerate(before[1:], start=7):  # with gaps, as pictures taken away leave them
            row = {column.key: getattr(kept, column.key) for column in ContributionPhotograph.__mapper__.columns}
            copy = ContributionPhotograph(**{**row, "id": f"{letter * 9}", "position": position, "sha256": letter * 64})
            db.session.add(copy)
            names[letter] = copy.id
    with work(app):
        place = shift(identifier, sender.actor, names[which], by)
        assert place == after.index(which) + 1
        ordered = db.session.get_one(Contribution, identifier).photographs
        assert [photograph.id for photograph in ordered] == [names[letter] for letter in after]


def test_only_the_sender_moves_pictures(app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        photograph = db.session.scalars(select(ContributionPhotograph.id)).one()
    address = f"/en/contribute/{identifier}/photographs/{photograph}/place"
    answer = client_of("contributor").send(address, {"step": "down"})
    assert (answer.status_code, answer.text) == (200, "1")
    assert client_of("contributor").send(address, {"step": "sideways"}).text == "1"
    assert client_of("stranger").send(address, {"step": "down"}).status_code == 404
    assert client_of("contributor").send(address.replace(photograph, "000000000"), {"step": "up"}).status_code == 404


def test_a_button_about_what_is_gone_loses_nothing_typed(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = begin(app, accounts.contributor)
    client = client_of("contributor")
    for action in ("up:000000000", "down:", "forget:000000000", "remove:000000000", "up"):
        answer = client.send(
            f"/en/contribute/{identifier}", {"surname": f"Имя {action}", "action": action}, follow_redirects=True
        )
        assert answer.status_code == 200, action
        assert f'value="Имя {action}"' in answer.text


@pytest.mark.parametrize(
    ("said", "kept"), [("250", 250), ("0", 0), ("default", None), ("-1", "no"), ("much", "no"), ("9999999999", "no")]
)
def test_an_operator_sets_a_quota(
    tmp_path_factory: pytest.TempPathFactory, sqlite_url: str, said: str, kept: int | str | None
) -> None:
    folder = tmp_path_factory.mktemp("quota")
    environ = {
        "MEMORY_ROAD_SECRET_KEY": "a secret of the tests, long enough",
        "MEMORY_ROAD_DATA_DIR": str(folder),
        "MEMORY_ROAD_STORAGE_URL": str(folder / "uploads"),
        "MEMORY_ROAD_DATABASE_URL": sqlite_url,
    }
    run = CliRunner().invoke
    assert run(main, ["user", "create", "a@example.org", "--password", PASSWORD], env=environ).exit_code == 0
    done = run(main, ["user", "quota", "A@example.org", "--", said], env=environ)
    assert (done.exit_code == 0) is (kept != "no"), done.output
    assert run(main, ["user", "quota", "b@example.org", "5"], env=environ).exit_code == 1
