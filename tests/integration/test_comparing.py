"""Two pictures of a case beside each other at the desk, turned and enlarged for looking alone."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from memory_road.archive.photograph import Photograph
from memory_road.contributions.bad_picture import put_on_list
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.queries import locked
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, publish, send_in, work
from tests.integration.test_scope import give_scope

ClientOf = Callable[[str], Browser]
SampleOf = Callable[[int], Sample]


@pytest.fixture
def app(sqlite_app: Portal) -> Portal:
    """No engine changes what a page prints."""
    return sqlite_app


def keys(app: Portal, case: str) -> list[str]:
    """The pictures of a case."""
    with app.app_context():
        return [photograph.id for photograph in db.session.get_one(Contribution, case).photographs]


def shown(page: str) -> list[str]:
    """The panes of the page: how each is turned, and the addresses of its picture."""
    return re.findall(r'<div class="pane (turned-\d)".*?</div>', page, re.DOTALL)


def test_two_pictures_lie_side_by_side(
    app: Portal, accounts: Accounts, client_of: ClientOf, sample_of: SampleOf
) -> None:
    case = send_in(app, accounts.contributor, sample_of(1), sample_of(2))
    left, right = keys(app, case)
    client, address = client_of("moderator"), f"/en/moderate/{case}/compare"
    assert f"{address}?left={left}" in client.get(f"/en/moderate/{case}").text
    page = client.get(f"{address}?left={left}&right={right}&turn_right=3&zoom=2").text
    assert shown(page) == ["turned-0", "turned-3"]
    assert page.count("zoom-2") == 1
    assert page.index(f"/photographs/{left}/") < page.index(f"/photographs/{right}/")
    assert "turned by 270 degrees" in page
    assert "nothing is stored" in page
    assert "turn_right=0" in page, "a last quarter, and it stands upright"
    assert "zoom=4" in page
    assert "style=" not in page.split("<main", 1)[1]


@pytest.mark.parametrize(
    ("asked", "panes"),
    [
        ("", ["turned-0"]),
        ("turn_left=-1", ["turned-3"]),
        ("turn_left=x&zoom=x", ["turned-0"]),
        ("zoom=999", ["turned-0"]),
        ("right=nothing", ["turned-0"]),
    ],
)
def test_whatever_is_asked_a_picture_is_shown(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample, asked: str, panes: list[str]
) -> None:
    case = send_in(app, accounts.contributor, portrait)
    answer = client_of("moderator").get(f"/en/moderate/{case}/compare?{asked}")
    assert answer.status_code == 200
    assert shown(answer.text) == panes
    assert ("is not here any more" in answer.text) == ("nothing" in asked)


def test_a_case_without_pictures_says_so(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    assert "No portrait survives" in client_of("moderator").get(f"/en/moderate/{case}/compare").text


def test_the_same_picture_elsewhere_lies_beside_it(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    publish(app, accounts.stranger, accounts.moderator, portrait)
    sent = send_in(app, accounts.stranger, portrait, form=filled_in({"surname": "Другая"}))
    case = send_in(app, accounts.contributor, portrait)
    with app.app_context():
        published = db.session.scalars(select(Photograph.key)).one()
    (mine,), (other,) = keys(app, case), keys(app, sent)
    client, page = client_of("moderator"), client_of("moderator").get(f"/en/moderate/{case}").text
    for beside in (published, other):
        address = f"/en/moderate/{case}/compare?left={mine}&amp;right={beside}"
        assert address in page
        laid = client.get(address.replace("&amp;", "&")).text
        assert len(shown(laid)) == 2
        assert f"/{beside}" in laid


def test_what_is_like_it_out_of_scope_is_not_there(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    sent, case = send_in(app, accounts.stranger, portrait), send_in(app, accounts.contributor, portrait)
    (other,) = keys(app, sent)
    client, address = client_of("moderator"), f"/en/moderate/{case}/compare"
    assert other in client.get(address).text
    with work(app):
        db.session.get_one(Contribution, sent).language = "hy"
        language = db.session.get_one(Contribution, case).language
    give_scope(app, accounts.moderator, [language], [])
    assert other not in client.get(address).text


def test_what_is_known_as_bad_stays_covered(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    bad, case = send_in(app, accounts.stranger, portrait), send_in(app, accounts.contributor, portrait)
    with work(app):
        put_on_list(locked(bad), accounts.moderator.actor.id)
    (mine,), (other,) = keys(app, case), keys(app, bad)
    page = client_of("moderator").get(f"/en/moderate/{case}/compare?left={mine}&right={other}").text
    assert len(shown(page)) == 2
    assert page.count('class="veil"') == 2
    assert "<img" not in page.split("<main", 1)[1]
