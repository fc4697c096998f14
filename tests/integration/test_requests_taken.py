"""A request at the desk is a case like others: others are seen at it, it is taken, skipped, and answered by one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from memory_road.accounts.permissions import Actor
from memory_road.db import db, now
from memory_road.moderation.answer_request import answer_request, take_request
from memory_road.moderation.claim import Claim
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.report import Report, report
from memory_road.requests.takedown import ask_for_takedown
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, filled_in, next_id, publish, signed_in, work
from tests.integration.test_races import at_once
from tests.integration.test_scope import give_scope

ClientOf = Callable[[str], Browser]
ANSWER = {"outcome": "stays", "words": "Почему?", "note": "тихо"}


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's."""
    return publish(app, accounts.contributor, accounts.senior_moderator)


@pytest.fixture
def asked(app: Portal, accounts: Accounts, entry: str) -> str:
    """A relative's request about it."""
    with work(app):
        return ask_for_takedown(entry, accounts.stranger.actor, "other", "Мы не хотим.").id


def reported(app: Portal, entry: str) -> str:
    with work(app):
        return report(entry, Report("other", "Кто это?"), "ru", "192.0.2.7").id


def test_moderators_at_one_request_notice_each_other(asked: str, client_of: ClientOf) -> None:
    first, second = client_of("moderator"), client_of("second_moderator")
    address = f"/en/moderate/requests/{asked}"

    def news(client: Browser) -> object:
        return client.get(f"{address}/notice").json

    assert news(first) == {"sentence": "", "waits": True}
    second.send(f"{address}/present")
    assert news(first) == {"sentence": "Looking at this case, too: Pen of second_moderator.", "waits": True}
    page = first.get(address).text
    assert "Looking at this case, too: Pen of second_moderator." in page, "without a script as well"
    assert f'data-notice="{address}/notice" data-present="{address}/present"' in page
    assert news(second) == {"sentence": "", "waits": True}
    second.send(f"{address}/claim")
    assert news(first) == {"sentence": "Pen of second_moderator is working on this case.", "waits": True}
    second.send(address, ANSWER)
    answered = {"sentence": "Pen of second_moderator has answered this request.", "waits": False}
    assert news(first) == answered
    assert first.send(f"{address}/present").json == answered
    assert news(second) == {"sentence": "", "waits": False}, "one's own answer is no news"
    assert client_of("stranger").get(f"{address}/notice").status_code == 403


def test_a_request_is_taken_and_given_back(
    app: Portal, accounts: Accounts, entry: str, asked: str, client_of: ClientOf
) -> None:
    other = reported(app, entry)
    client, second, address = client_of("moderator"), client_of("second_moderator"), f"/en/moderate/requests/{asked}"
    page = client.get(address).text
    assert f'action="{address}/claim"' in page
    assert "Skip, and open the next" in page
    assert "Answer and close" not in page, "as with other cases: first it is taken"
    taken = client.send(f"{address}/claim")
    assert taken.location == f"{address}?said=claimed"
    page = client.get(address).text
    assert "Answer and close" in page
    assert "Put back and open the next" in page
    assert "with you" in client.get("/en/moderate/?mine=yes").text
    assert "with another moderator" in second.get("/en/moderate/").text
    page = second.get(address).text
    assert "Another moderator is working on this case" in page
    assert f"{address}/claim" not in page
    with app.app_context():
        assert next_id(accounts.second_moderator.actor) == other, "what another has taken is not offered"
    refused = second.send(f"{address}/claim")
    assert refused.status_code == 409
    assert "leave the answer to them, and open the next case" in refused.text
    begun = client.send(f"{address}/release", ANSWER)
    assert begun.status_code == 422
    assert "press the same button once more" in begun.text
    assert ANSWER["words"] in begun.text
    left = client.send(f"{address}/release", {**ANSWER, "leave": "yes"})
    assert client.get(left.location).location == f"/en/moderate/requests/{other}?said=released"
    with app.app_context():
        assert next_id(accounts.moderator.actor) == other, "it is not brought straight back"
        assert next_id(accounts.second_moderator.actor) == asked, "for others it waits as before"


def test_who_comes_second_gets_a_sentence_and_loses_no_word(app: Portal, asked: str, client_of: ClientOf) -> None:
    first, second, address = client_of("moderator"), client_of("second_moderator"), f"/en/moderate/requests/{asked}"
    first.send(f"{address}/claim")
    refused = second.send(address, ANSWER)
    assert refused.status_code == 409
    assert "Another moderator has taken this request" in refused.text
    assert ANSWER["words"] in refused.text
    assert ANSWER["note"] in refused.text
    assert first.send(address, ANSWER).status_code == 303
    again = second.send(address, ANSWER)
    assert again.status_code == 409
    assert "answered in the meantime" in again.text
    assert second.send(f"{address}/claim").status_code == 409
    with app.app_context():
        assert db.session.scalars(select(Claim)).all() == [], "a claim goes with its case"


def test_a_claim_that_has_lapsed_is_in_nobodys_way(
    app: Portal, accounts: Accounts, asked: str, client_of: ClientOf
) -> None:
    minute = timedelta(minutes=1)
    client, address = client_of("moderator"), f"/en/moderate/requests/{asked}"
    client.send(f"{address}/claim")
    with work(app):
        db.session.execute(update(Claim).values(claimed_at=now() - 9 * minute, expires_at=now() + minute))
    client.send(f"{address}/present", {"active": "yes"})
    with app.app_context():
        assert db.session.get_one(Claim, asked).expires_at - now() > 20 * minute, "it goes on while somebody works"
    kept = client.send(f"{address}/claim", ANSWER)
    assert kept.status_code == 200
    assert ANSWER["words"] in kept.text, "holding it longer loses nothing"
    with work(app):
        db.session.execute(update(Claim).values(claimed_at=now() - 9 * minute, expires_at=now() - minute))
    with work(app):
        assert answer_request(asked, accounts.second_moderator.actor, **_given()).closed_at is not None


@pytest.mark.parametrize(
    ("verb", "lost"),
    [
        (take_request, RequestRefusal.TAKEN_BY_ANOTHER),
        (lambda case, actor: answer_request(case, actor, **_given()), RequestRefusal.CLOSED_ALREADY),
    ],
    ids=["take", "answer"],
)
def test_of_two_at_once_one_is_first(
    app: Portal, accounts: Accounts, asked: str, verb: Callable[[str, Actor], object], lost: RequestRefusal
) -> None:
    refused: list[object] = []

    def tries(actor: Actor) -> None:
        try:
            verb(asked, actor)
        except RequestRefused as refusal:
            db.session.rollback()
            refused.append(refusal.code)

    at_once(app, lambda: tries(accounts.moderator.actor), lambda: tries(accounts.second_moderator.actor))
    assert refused == [lost]


def test_whoever_leaves_it_for_good_holds_it_no_longer(app: Portal, asked: str, client_of: ClientOf) -> None:
    client, address = client_of("moderator"), f"/en/moderate/requests/{asked}"
    client.send(f"{address}/claim")
    client.send(f"{address}/family")
    with app.app_context():
        assert db.session.get(Claim, asked) is None
    assert client.send(f"{address}/claim").status_code == 403


def test_the_number_of_a_request_is_found_in_scope_only(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"birth_country": "BY"}))
    asked = reported(app, entry)
    read_out = f"{asked[:3].upper()}-{asked[3:6]} {asked[6:]}"
    for countries, status in ((["BY"], 302), (["KZ"], 404)):
        found = signed_in(app, give_scope(app, accounts.moderator, [], countries)).get(
            "/en/moderate/find", query_string={"number": read_out}
        )
        assert found.status_code == status
        assert status != 302 or found.location == f"/en/moderate/requests/{asked}"


def _given() -> dict[str, str]:
    return {"outcome": "stays", "answer": "Почему?"}
