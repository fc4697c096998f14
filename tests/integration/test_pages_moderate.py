"""The moderator's desk, and what the sender and the visitors see of each decision."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.contributions.contribution import Contribution
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.moderation.claim import Claim
from memory_road.web.edge import Portal, parts
from tests.application import TYPED, Accounts, Browser, Sample, filled_in, publish_approved, send_in, work

ClientOf = Callable[[str], Browser]
WORDS = {"reason": "source_needed", "message": "Откуда это известно?", "note": "между нами"}


def state_of(app: Portal, identifier: str) -> str:
    with app.app_context():
        return str(db.session.get_one(Contribution, identifier).state)


def entry_of(app: Portal) -> str:
    with app.app_context():
        return db.session.execute(select(Participant.id)).scalar_one()


def test_from_the_queue_to_the_gallery(app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf) -> None:
    secret = {"award_certificate": "АБ 123456", "kin": [{"relation": "муж", "name": "Пётр Тайный"}]}
    case = send_in(app, accounts.contributor, portrait, form=filled_in({**secret, "birth_date": "1915"}))
    other = send_in(app, accounts.stranger)
    client, visitor = client_of("moderator"), client_of("visitor")
    queue = client.get("/en/moderate/")
    assert "2 cases wait" in queue.text
    assert queue.text.index(case) < queue.text.index(other), "the oldest first"
    assert client.get("/en/moderate/next").location == f"/en/moderate/{case}"

    page = client.get(f"/en/moderate/{case}")
    assert "Верещагина" in page.text
    assert "Take this case" in page.text
    assert "АБ 123456" in page.text
    assert "Пётр Тайный" in page.text, "what is private is for the moderators"
    taken = client.send(f"/en/moderate/{case}/claim")
    assert taken.location == f"/en/moderate/{case}?said=claimed"
    page = client.get(taken.location)
    assert "nobody_living_exposed" in page.text

    unprepared = client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes"})
    assert unprepared.status_code == 422
    assert "still being prepared" in unprepared.text
    with app.app_context():
        derive_due(parts().store, parts().limits)
    unanswered = client.send(f"/en/moderate/{case}/approve")
    assert unanswered.status_code == 422
    assert "exposes nobody living" in unanswered.text
    assert state_of(app, case) == "submitted"
    approved = client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes"})
    assert (approved.status_code, approved.location) == (303, f"/en/moderate/next?after={case}&said=approved")
    assert client.get(approved.location).location == f"/en/moderate/{other}?said=approved"
    assert "Approved" in client.get(f"/en/moderate/{other}?said=approved").text

    publish_approved(app)
    entry = entry_of(app)
    shown = visitor.get(f"/en/people/{entry}/vereshchagina-anna")
    assert shown.status_code == 200
    for private in ("АБ 123456", "Тайный", case, accounts.contributor.email, accounts.moderator.email, "Pen of"):
        assert private not in shown.text
    assert "Told by Name of contributor" in shown.text
    assert f"/en/people/{entry}/vereshchagina-anna" in visitor.get("/en/gallery").text
    mine = client_of("contributor").get(f"/en/my/{case}")
    assert f"/p/{entry}" in mine.text
    assert "Pen of moderator" in mine.text, "senders see moderators by a pen name"
    assert accounts.moderator.email not in mine.text
    again = client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes"})
    assert again.status_code == 409
    assert entry_of(app) == entry

    with app.app_context():
        key = db.session.execute(select(Photograph.key)).scalar_one()
    for address in sorted(set(re.findall(r'"(/media/[^"\s]+)', shown.text))):
        assert key in address
        picture = visitor.get(address)
        assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
        assert picture.data[:4] == b"RIFF"
        assert picture.headers["X-Content-Type-Options"] == "nosniff"
    shared = visitor.get(f"/media/{key}-share.jpg")
    assert (shared.headers["Content-Type"], shared.data[:2]) == ("image/jpeg", b"\xff\xd8")


def test_returned_mended_and_sent_again(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    client, sender = client_of("moderator"), client_of("contributor")
    client.send(f"/en/moderate/{case}/claim")
    returned = client.send(f"/en/moderate/{case}/return", WORDS)
    assert returned.status_code == 303
    page = sender.get(f"/en/contribute/{case}")
    assert "Откуда это известно?" in page.text
    assert "A source is needed" in page.text
    assert "между нами" not in page.text + sender.get(f"/en/my/{case}").text, "notes stay among moderators"
    form = {**TYPED, "none_survives": "yes", "permission": "yes", "surname": "Тян", "action": "submit"}
    assert sender.send(f"/en/contribute/{case}", form).location == f"/en/my/{case}?said=sent"
    page = client.get(f"/en/moderate/{case}")
    assert "Тян" in page.text
    assert "между нами" in page.text
    assert state_of(app, case) == "submitted"


def test_not_published_with_a_reason(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    for lacking, sentence in (
        ({"message": ""}, "Please write to the sender"),
        ({"reason": ""}, "Please choose a reason"),
    ):
        page = client.send(f"/en/moderate/{case}/reject", {**WORDS, **lacking})
        assert page.status_code == 422
        assert sentence in page.text
        kept = {**WORDS, **lacking}
        assert kept["message"] in page.text
        assert kept["note"] in page.text, "what was written is still there"
    assert client.send(f"/en/moderate/{case}/reject", WORDS).status_code == 303
    page = client_of("contributor").get(f"/en/my/{case}")
    assert "Not published yet" in page.text
    assert "Откуда это известно?" in page.text
    assert client.get("/en/moderate/next").location == "/en/moderate/"


def test_two_moderators_do_not_work_on_one_case(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    first, second = client_of("moderator"), client_of("second_moderator")
    first.send(f"/en/moderate/{case}/claim")
    assert "Another moderator is working on this case." in second.get(f"/en/moderate/{case}").text
    for what, words in (
        ("claim", {}),
        ("approve", {"nobody_living_exposed": "yes"}),
        ("return", WORDS),
        ("reject", WORDS),
    ):
        page = second.send(f"/en/moderate/{case}/{what}", words)
        assert page.status_code == 409
        assert "Another moderator is working on this case." in page.text
    assert first.send(f"/en/moderate/{case}/release").location == f"/en/moderate/next?after={case}&said=released"
    assert second.send(f"/en/moderate/{case}/claim").status_code == 303


def test_who_was_away_too_long_keeps_what_they_wrote(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    with work(app):
        past = now().replace(year=2020)
        db.session.execute(update(Claim).values(claimed_at=past.replace(year=2019), expires_at=past))
    page = client.send(f"/en/moderate/{case}/return", WORDS)
    assert page.status_code == 409
    assert "had taken this case is over" in page.text
    assert "Take this case" in page.text
    assert WORDS["message"] in page.text, "a message that took minutes is not lost"


def test_ones_own_case_is_shown_and_not_decided(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.moderator)
    client = client_of("moderator")
    page = client.get(f"/en/moderate/{case}")
    assert "another moderator decides" in page.text
    assert f"/moderate/{case}/claim" not in page.text
    for what in ("claim", "approve", "return", "reject"):
        answer = client.send(f"/en/moderate/{case}/{what}", {**WORDS, "nobody_living_exposed": "yes"})
        assert answer.status_code == 403
    assert state_of(app, case) == "submitted"


@pytest.mark.parametrize("what", ["claim", "approve", "return", "reject"])
def test_a_case_that_there_is_not_is_not_found(client_of: ClientOf, what: str) -> None:
    answer = client_of("moderator").send(f"/en/moderate/000000000/{what}", {**WORDS, "nobody_living_exposed": "yes"})
    assert answer.status_code == 404


def test_what_is_unlikely_is_shown_to_the_moderator(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor, form=filled_in({"birth_date": "1935", "categories": ["soldier"]}))
    assert "younger than 14 when the war ended" in client_of("moderator").get(f"/en/moderate/{case}").text


def test_what_a_family_wrote_is_text_and_never_markup(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    typed = {"surname": evil[:90], "biography": evil, "rank": evil, "references": [{"archive": evil}]}
    case = send_in(app, accounts.contributor, form=filled_in(typed))
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes"})
    publish_approved(app)
    for address in (
        f"/en/moderate/{case}",
        f"/en/my/{case}",
        f"/en/my/{case}/preview",
        f"/p/{entry_of(app)}",
        "/en/gallery",
        "/en/",
    ):
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_what_the_sender_says_of_living_people_is_said_in_words(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    case = send_in(app, accounts.contributor, portrait, form=filled_in(living_faces="no"))
    page = client_of("moderator").get(f"/en/moderate/{case}").text
    assert "Living people in the pictures</dt><dd>No</dd>" in page
