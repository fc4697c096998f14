"""What waits for a decision is seen by its sender and the moderators, whatever address anybody else tries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from memory_road.accounts.permissions import Audience
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.jobs.derive import derive_due
from memory_road.web.audience import audience_of
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Sample, filled_in, publish, send_in

SECRET = "Невидимкина"
SENDER, DESK, SENDER_AND_DESK = {"sender"}, {"moderator"}, {"sender", "moderator"}
READERS = ("visitor", "stranger", "sender", "moderator")


@dataclass(frozen=True, slots=True)
class Pending:
    """A contribution that waits, its picture, that picture's sizes, and where its files lie."""

    id: str
    photograph: str
    sizes: tuple[str, ...]


@pytest.fixture
def pending(app: Portal, accounts: Accounts, portrait: Sample) -> Pending:
    publish(app, accounts.stranger, accounts.moderator)
    case = send_in(app, accounts.contributor, portrait, form=filled_in({"surname": SECRET}))
    with app.app_context():
        derive_due(parts().store, parts().limits)
        row = db.session.execute(select(ContributionPhotograph)).scalar_one()
        return Pending(case, row.id, tuple(size["name"] for size in row.sizes))


def addresses(app: Portal, pending: Pending) -> Iterator[tuple[str, set[str]]]:
    """Every address that could lead to the contribution, and who may be answered with it."""
    case, photograph = pending.id, pending.photograph
    yield f"/en/my/{case}", SENDER_AND_DESK
    yield f"/en/my/{case}/preview", SENDER_AND_DESK
    yield f"/en/moderate/{case}", DESK
    yield "/en/moderate/", DESK
    yield "/en/moderate/next", set()
    yield f"/en/contribute/{case}", set()
    for name in ("preview", *pending.sizes):
        yield f"/en/my/photographs/{photograph}/{name}", SENDER_AND_DESK
        yield f"/en/moderate/photographs/{photograph}/{name}", DESK
    for name in ("original", "preview.webp", "..", "%2e%2e%2foriginals", "", f"..%2f..%2foriginals%2f{photograph}"):
        yield f"/en/my/photographs/{photograph}/{name}", set()
    yield from ((address, set[str]()) for address in guesses(pending))
    yield from ((address, set[str]()) for address in every_route(app, pending))


def guesses(pending: Pending) -> Iterator[str]:
    """Addresses of what everybody sees, tried with numbers that only the sender knows."""
    for number in (pending.id, pending.photograph):
        yield f"/p/{number}"
        yield f"/en/people/{number}"
        yield f"/en/people/{number}/nevidimkina-anna"
        for name in ("", "-preview.webp", ".webp", *(f"-{size}" for size in pending.sizes)):
            yield f"/media/{number}{name}"
    for folder in ("originals", "previews", "sizes"):
        inside = f"private/{folder}/{pending.photograph}"
        for path in (inside, f"../{inside}", inside.replace("/", "%2f"), f"..%2f{inside.replace('/', '%2f')}"):
            for suffix in ("", ".webp", *(f"-{size}" for size in pending.sizes)):
                yield f"/media/{path}{suffix}"
                yield f"/static/x/{path}{suffix}"
        yield f"/uploads/{inside}"
    yield f"/static/x/..%2f..%2f..%2f..%2fuploads%2fprivate%2foriginals%2f{pending.photograph}"


def every_route(app: Portal, pending: Pending) -> Iterator[str]:
    """Every route for more than the sender and the desk, with both numbers in each of its places."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or set()) and audience_of(rule.endpoint) in {Audience.EVERYONE, "anybody"}:
                for number in (pending.id, pending.photograph):
                    address = rule.rule.replace("<lang>", "en")
                    for name in rule.arguments:
                        address = address.replace(f"<path:{name}>", number).replace(f"<{name}>", number)
                    yield address


def test_who_sees_what(app: Portal, pending: Pending, client_of: Callable[[str], Browser]) -> None:
    people = {"sender": "contributor"}
    wrong: list[str] = []
    tried = 0
    for reader in READERS:
        client = client_of(people.get(reader, reader))
        for address, allowed in addresses(app, pending):
            answer = client.get(address)
            tried += 1
            reveals = SECRET.encode() in answer.data or answer.headers["Content-Type"] in {"image/webp", "image/jpeg"}
            if reader in allowed:
                if answer.status_code != 200 or not reveals:
                    wrong.append(f"{reader} is not shown {address}: {answer.status_code}")
            elif reveals:
                wrong.append(f"{reader} is shown {address}")
            elif allowed and answer.status_code == 200:
                wrong.append(f"{reader} gets 200 from {address}")
            elif answer.status_code >= 500:
                wrong.append(f"{address} fails")
    assert wrong == []
    assert tried > 400


@pytest.mark.parametrize("who", ["visitor", "stranger", "moderator"])
def test_nobody_else_moves_or_changes_it(
    app: Portal, pending: Pending, client_of: Callable[[str], Browser], who: str
) -> None:
    client = client_of(who)
    for address in (f"contribute/{pending.id}", f"contribute/{pending.id}/submit", f"my/{pending.id}/withdraw"):
        form = {"surname": "Чужой", "action": f"remove:{pending.photograph}"}
        answer = client.post(f"/en/{address}", data={**form, "csrf_token": client.token()})
        assert answer.status_code in {302, 401, 404}, address
        assert answer.status_code == 401 or "Чужой" not in answer.text, "only their own words come back to a visitor"
    with app.app_context():
        assert db.session.get(ContributionPhotograph, pending.photograph) is not None
    if who != "moderator":
        for what in ("claim", "approve", "return", "reject", "release"):
            answer = client.post(f"/en/moderate/{pending.id}/{what}", data={"csrf_token": client.token()})
            assert answer.status_code in {302, 401, 403}, what


def test_who_looks_learns_not_even_that_it_exists(
    app: Portal, pending: Pending, client_of: Callable[[str], Browser]
) -> None:
    client = client_of("stranger")
    for there, not_there in (
        (f"/en/my/{pending.id}", "/en/my/000000000"),
        (f"/en/contribute/{pending.id}", "/en/contribute/000000000"),
        (f"/en/my/photographs/{pending.photograph}/preview", "/en/my/photographs/000000000/preview"),
    ):
        answers = [client.get(address) for address in (there, not_there)]
        bodies = {
            answer.text.replace(pending.id, "").replace(pending.photograph, "").replace("000000000", "")
            for answer in answers
        }
        assert [answer.status_code for answer in answers] == [404, 404]
        assert len(bodies) == 1


def test_the_gallery_and_its_search_know_nothing_of_it(pending: Pending, client_of: Callable[[str], Browser]) -> None:
    client = client_of("visitor")
    for address in (
        "/en/",
        "/en/gallery",
        f"/en/gallery?q={SECRET}",
        f"/en/gallery?q={pending.id}",
        "/en/gallery?category=medical",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert f"/{pending.id}" not in page.text
        assert pending.photograph not in page.text
        assert f"{SECRET}</span>" not in page.text
