"""A case is left to others: since it is skipped, since it concerns one's family, or since somebody else works on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from memory_road.accounts.permissions import NotPermitted
from memory_road.archive.participant import Participant
from memory_road.contributions.appeal import appeal
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.submit import withdraw
from memory_road.db import db, now
from memory_road.family.carer import locked_care
from memory_road.moderation.claim import LEASE, LONGEST, Claim, claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.moderation.entry import governs
from memory_road.moderation.hear import reopen
from memory_road.moderation.hold import hold, release
from memory_road.moderation.kin import Bar, bar_of, recuse
from memory_road.moderation.presence import LASTS, CaseViewer, look_at, others_looking
from memory_road.moderation.skip import CaseSkip, skip
from memory_road.requests.report import Report, report
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Person, next_id, publish, send_correction, send_in, work

ClientOf = Callable[[str], Browser]


def refusal_of(app: Portal, verb: Callable[[], object]) -> RefusalCode | None:
    try:
        with work(app):
            verb()
    except Refused as refused:
        return refused.code
    return None


# --- skipped ---------------------------------------------------------------------------------------------------------


def test_what_was_skipped_does_not_come_straight_back(app: Portal, accounts: Accounts) -> None:
    first, second, third = (send_in(app, accounts.contributor) for _ in range(3))
    moderator, other = accounts.moderator.actor, accounts.second_moderator.actor
    with work(app):
        skip(first, moderator)
        skip(first, moderator)
    with app.app_context():
        assert next_id(moderator) == second
        assert next_id(moderator, after=third) == second, "not even once round"
        assert next_id(other) == first, "for others it waits as before"
    with work(app):
        skip(second, moderator)
        skip(third, moderator)
    with app.app_context():
        assert next_id(moderator, after=third) == first, "unless nothing else waits"
    with work(app):
        db.session.execute(update(CaseSkip).values(until_at=now() - timedelta(minutes=1)))
    with app.app_context():
        assert next_id(moderator) == first, "some hours later it is offered again"
    with work(app):
        skip(second, moderator)
    with app.app_context():
        assert [each.case_id for each in db.session.query(CaseSkip)] == [second], "what lies back is forgotten"


def test_skipping_at_the_desk(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    first, second = send_in(app, accounts.contributor), send_in(app, accounts.contributor)
    client = client_of("moderator")
    assert "Skip, and open the next" in client.get(f"/en/moderate/{first}").text
    client.send(f"/en/moderate/{first}/claim")
    assert "Put back and open the next" in client.get(f"/en/moderate/{first}").text
    left = client.send(f"/en/moderate/{first}/release")
    assert client.get(left.location).location == f"/en/moderate/{second}?said=released"
    assert client.get("/en/moderate/next").location == f"/en/moderate/{second}"
    assert client_of("second_moderator").send(f"/en/moderate/{first}/claim").status_code == 303
    assert client.send("/en/moderate/000000000/release").status_code == 404


# --- kin -------------------------------------------------------------------------------------------------------------


def test_whoever_says_that_it_is_family_is_out_of_the_case(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    case, other = send_in(app, accounts.contributor), send_in(app, accounts.contributor)
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    said = client.send(f"/en/moderate/{case}/family")
    assert said.location == f"/en/moderate/next?after={case}&said=kin"
    assert client.get(said.location).location == f"/en/moderate/{other}?said=kin"
    page = client.get(f"/en/moderate/{case}").text
    assert "You have said that this concerns your family" in page
    assert f"/en/moderate/{case}/claim" not in page
    again = client.send(f"/en/moderate/{case}/claim")
    assert again.status_code == 409
    assert "concerns your own family" in again.text
    assert client.send(f"/en/moderate/{case}/family").status_code == 303, "twice is once"
    with app.app_context():
        assert db.session.get(Claim, case) is None
        assert next_id(accounts.second_moderator.actor) == case


@pytest.mark.parametrize("tie", ["care", "told"])
def test_who_is_known_as_family_decides_nothing_about_the_entry(app: Portal, accounts: Accounts, tie: str) -> None:
    """The moderator has sent an entry; somebody else corrects it."""
    entry = publish(app, accounts.moderator, accounts.second_moderator)
    if tie == "told":
        with work(app):
            locked_care(entry).holder_id = None
    case = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    with work(app):
        asked = report(entry, Report("other", "Кто это?"), "ru", "192.0.2.7").id
    kin, other = accounts.moderator.actor, accounts.second_moderator.actor
    with app.app_context():
        assert bar_of(kin, case, accounts.stranger.actor.id, entry) is (Bar.CARE if tie == "care" else Bar.TOLD)
        assert bar_of(other, case, accounts.stranger.actor.id, entry) is None
        assert next_id(kin) is None
        assert next_id(other) == case
    assert asked
    assert refusal_of(app, lambda: claim(case, kin)) is RefusalCode.KIN
    with work(app):
        claim(case, other)
        hold(case, other)
    assert refusal_of(app, lambda: release(case, kin)) is RefusalCode.KIN


def test_what_concerns_the_family_does_so_for_the_whole_entry(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    first, second = (
        send_correction(app, accounts.stranger, entry, typed=typed)
        for typed in ({"rank": "старшина"}, {"birth_place": "Омск"})
    )
    other = accounts.second_moderator.actor
    with app.app_context():
        assert bar_of(other, second, None, entry) is None
    with work(app):
        recuse(first, other)
    with app.app_context():
        assert bar_of(other, second, None, entry) is Bar.SAID
        assert not governs(db.session.get_one(Participant, entry), other, senior=False)


def test_a_claim_of_before_decides_nothing(app: Portal, accounts: Accounts) -> None:
    case, moderator = send_in(app, accounts.contributor), accounts.moderator.actor
    with work(app):
        claim(case, moderator)
        recuse(case, moderator)
    for verb in (
        lambda: reject(case, moderator, "other", "Нет."),
        lambda: return_to_sender(case, moderator, "other", "Нет."),
        lambda: hold(case, moderator),
    ):
        assert refusal_of(app, verb) is RefusalCode.KIN


def test_family_hears_no_appeal(app: Portal, accounts: Accounts) -> None:
    case, senior = send_in(app, accounts.contributor), accounts.senior_moderator.actor
    with work(app):
        claim(case, accounts.moderator.actor)
        reject(case, accounts.moderator.actor, "other", "Нет.")
        appeal(case, accounts.contributor.actor, "Посмотрите ещё раз.")
        recuse(case, senior)
    with app.app_context():
        assert next_id(senior) is None
    assert refusal_of(app, lambda: reopen(case, senior, "Да.")) is RefusalCode.KIN


def test_family_answers_no_request(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    entry = publish(app, accounts.contributor, accounts.second_moderator)
    with work(app):
        asked = report(entry, Report("other", "Кто это?"), "ru", "192.0.2.7").id
    client, address = client_of("moderator"), f"/en/moderate/requests/{asked}"
    assert client.send(f"{address}/family").location == f"/en/moderate/next?after={asked}&said=kin"
    assert "You have said that this concerns your family" in client.get(address).text
    assert client.send(address, {"outcome": "answered"}).status_code == 403
    assert client_of("second_moderator").send(address, {"outcome": "answered"}).status_code == 303


# --- others at the same case -----------------------------------------------------------------------------------------


def test_moderators_at_one_case_notice_each_other(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    first, second, sender = client_of("moderator"), client_of("second_moderator"), client_of("contributor")
    address = f"/en/moderate/{case}"

    def news(client: Browser) -> object:
        return client.get(f"{address}/notice").json

    assert news(first) == {"sentence": "", "waits": True}
    second.send(f"{address}/present")
    assert news(first) == {"sentence": "Looking at this case, too: Pen of second_moderator.", "waits": True}
    assert "Looking at this case, too: Pen of second_moderator." in first.get(address).text, "without a script as well"
    assert news(second) == {"sentence": "", "waits": True}
    second.send(f"{address}/claim")
    assert news(first) == {"sentence": "Pen of second_moderator is working on this case.", "waits": True}
    second.send(f"{address}/return", {"reason": "other", "message": "Кто это?"})
    decided = {"sentence": "Pen of second_moderator has decided: Returned with a question.", "waits": False}
    assert news(first) == decided
    assert first.send(f"{address}/present").json == decided
    assert news(second) == {"sentence": "", "waits": False}, "one's own decision is no news"
    with work(app):
        withdraw(case, accounts.contributor.actor)
    assert news(first) == {"sentence": "The sender has changed this: Withdrawn.", "waits": False}
    assert sender.get(f"{address}/notice").status_code == 403
    assert first.get("/en/moderate/000000000/notice").status_code == 404


def test_who_looked_a_while_ago_looks_no_longer(app: Portal, accounts: Accounts) -> None:
    case, elsewhere = send_in(app, accounts.contributor), send_in(app, accounts.contributor)
    first, second = accounts.moderator.actor, accounts.second_moderator.actor
    with work(app):
        look_at(case, second)
        look_at(case, second)
        db.session.execute(update(CaseViewer).values(seen_at=now() - 2 * LASTS))
    with work(app):
        assert others_looking(case, first) == []
        look_at(elsewhere, second)
    with app.app_context():
        assert [each.case_id for each in db.session.query(CaseViewer)] == [elsewhere], "rows do not pile up"


def test_a_claim_goes_on_while_its_moderator_is_active(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    client, other = client_of("moderator"), client_of("second_moderator")
    client.send(f"/en/moderate/{case}/claim")

    def aged(by: timedelta, left: timedelta) -> timedelta:
        """The claim was made so long ago and has so much left; what is left after the page has said that it is used."""
        with work(app):
            db.session.execute(update(Claim).values(claimed_at=now() - by, expires_at=now() + left))
        client.send(f"/en/moderate/{case}/present", {"active": "yes"})
        with app.app_context():
            return db.session.get_one(Claim, case).expires_at - now()

    minute = timedelta(minutes=1)
    assert aged(timedelta(minutes=20), 10 * minute) > LEASE - minute
    assert aged(LONGEST - 5 * minute, 2 * minute) < 5 * minute, "two hours at most"
    with work(app):
        db.session.execute(update(Claim).values(claimed_at=now() - 9 * minute, expires_at=now() + minute))
    client.send(f"/en/moderate/{case}/present")
    other.send(f"/en/moderate/{case}/present", {"active": "yes"})
    with app.app_context():
        held = db.session.get_one(Claim, case)
        assert held.expires_at - now() < minute, "nobody was active, or somebody else"
    with work(app):
        db.session.execute(update(Claim).values(claimed_at=now() - 9 * minute, expires_at=now() - minute))
    client.send(f"/en/moderate/{case}/present", {"active": "yes"})
    with app.app_context():
        assert not db.session.get_one(Claim, case).holds(), "what has lapsed is free again"


def test_a_sender_is_not_told_who_looks(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.moderator)
    client_of("second_moderator").send(f"/en/moderate/{case}/present")
    assert client_of("moderator").get(f"/en/moderate/{case}/notice").json == {"sentence": "", "waits": True}


# --- marked ----------------------------------------------------------------------------------------------------------


def test_a_moderator_asks_to_look_twice(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    client = client_of("moderator")
    assert client.send(f"/en/moderate/{case}/mark", {"wanted": "yes"}).location.endswith("said=marked")
    assert "a moderator asks to look twice" in client_of("second_moderator").get(f"/en/moderate/{case}").text
    with app.app_context():
        assert flags_of(case) == [Flag.LOOK_TWICE]
    client.send(f"/en/moderate/{case}/mark", {"wanted": "no"})
    with app.app_context():
        assert flags_of(case) == []
    own: Person = accounts.moderator
    mine = send_in(app, own)
    assert client.send(f"/en/moderate/{mine}/mark", {"wanted": "yes"}).status_code == 403
    with app.app_context(), pytest.raises(NotPermitted):
        claim(mine, own.actor)
