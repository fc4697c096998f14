"""A picture's own pages: its sender marks it, a moderator covers it, visitors see what came of it."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.jobs.derive import derive_due
from memory_road.media.limits import Limits
from memory_road.media.verify import verify
from memory_road.web.edge import Portal, parts
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    Sample,
    begin,
    filled_in,
    jpeg,
    publish,
    publish_approved,
    send_in,
    work,
)

ClientOf = Callable[[str], Browser]
LEFT = {"left": "0", "top": "0", "width": "50", "height": "100"}
WITH_PORTRAIT = filled_in(none_survives=False)


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Another picture than ``portrait``."""
    folder = tmp_path_factory.mktemp("second")
    original, preview = folder / "second.jpg", folder / "preview.webp"
    original.write_bytes(jpeg(1))
    return Sample(original, preview, verify(original, Limits(), preview))


def picture_of(app: Portal, contribution: str) -> str:
    with app.app_context():
        return db.session.get_one(Contribution, contribution).photographs[0].id


def row(app: Portal, identifier: str) -> ContributionPhotograph:
    with app.app_context():
        return db.session.get_one(ContributionPhotograph, identifier)


def entry_of(app: Portal, other: str = "") -> str:
    """The only published entry, besides ``other``."""
    with app.app_context():
        return db.session.execute(select(Participant.id).where(Participant.id != other)).scalar_one()


def approve(app: Portal, client: Browser, case: str, note: str = "") -> None:
    with app.app_context():
        derive_due(parts().store, parts().limits)
    answer = client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes", "note": note})
    assert answer.status_code == 303
    publish_approved(app)


def test_the_card_leads_to_the_page_and_keeps_what_was_typed(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    case = begin(app, accounts.contributor, portrait)
    picture, client = picture_of(app, case), client_of("contributor")
    assert f'value="picture:{picture}"' in client.get(f"/en/contribute/{case}").text
    form = {**TYPED, "none_survives": "yes", "biography": "Ещё не сохранено", "action": f"picture:{picture}"}
    answer = client.send(f"/en/contribute/{case}", form)
    assert answer.location == f"/en/contribute/{case}/photographs/{picture}"
    assert client.get(answer.location).status_code == 200
    assert "Ещё не сохранено" in client.get(f"/en/contribute/{case}/story").text


def test_a_portrait_is_cropped_by_three_sliders(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    case = begin(app, accounts.contributor, portrait, form=WITH_PORTRAIT)
    picture, client = picture_of(app, case), client_of("contributor")
    address = f"/en/contribute/{case}/photographs/{picture}"
    saved = client.send(f"{address}/crop", {"across": "100", "down": "0", "size": "50", "action": "crop"})
    assert saved.location == f"{address}?said=cropped#crop"
    assert row(app, picture).crop == [5000, 0, 5000, 5000]
    page = client.get(saved.location).text
    assert re.search(r'name="across" type="range" min="0" max="100" value="100"', page)
    assert re.search(r'name="size" type="range" min="10" max="100" value="50"', page)
    client.send(f"{address}/crop", {"across": "x", "action": "proposal"})
    proposed = None if portrait.verified.face is None else list(portrait.verified.face)
    assert row(app, picture).crop == proposed, "as it was when the picture came"


def test_who_is_in_the_picture_is_named_and_published(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    known = publish(app, accounts.stranger, accounts.moderator, form=filled_in({"surname": "Петров"}))
    case = begin(app, accounts.contributor, portrait)
    picture, client, visitor = picture_of(app, case), client_of("contributor"), client_of("visitor")
    address = f"/en/contribute/{case}/photographs/{picture}"
    assert "Living people only with their own consent." in client.get(address).text
    typed = {**LEFT, "name": "Иван <b>Петров</b>", "entry": f"https://memory.example/p/{known.upper()}"}
    assert client.send(f"{address}/people", typed).location == f"{address}?said=person_named#people"
    client.send(f"{address}/people", {**LEFT, "left": "50", "name": "Анна Тайная"})
    page = client.get(address).text
    assert "Иван &lt;b&gt;Петров&lt;/b&gt;" in page
    assert f'href="/p/{known}"' in page
    client.send(f"{address}/people/remove", {"area": "5000,0,5000,10000"})
    assert "Анна Тайная" not in client.get(address).text
    client.send(f"{address}/people", {**LEFT, "left": "50", "name": "Анна Орлова"})
    assert client.send(f"/en/contribute/{case}/submit").location == f"/en/my/{case}?said=sent"
    assert "Орлова" not in visitor.get(f"/p/{known}", follow_redirects=True).text
    assert visitor.get(address).status_code == 302

    desk = client_of("moderator")
    assert "Анна Орлова" in desk.get(f"/en/moderate/{case}").text
    assert f'href="/p/{known}"' in desk.get(f"/en/moderate/{case}/photographs/{picture}").text
    desk.send(f"/en/moderate/{case}/claim")
    approve(app, desk, case)
    shown = visitor.get(f"/p/{entry_of(app, known)}", follow_redirects=True).text
    assert re.search(rf'<li><a href="/\w\w/people/{known}">Иван &lt;b&gt;Петров&lt;/b&gt;</a></li>', shown)
    assert "<li>Анна Орлова</li>" in shown
    assert shown.count('<g class="person">') == 2
    assert client.get(address).location == f"/en/my/{case}", "what is decided is marked no more"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Please write who it is."),
        ({"left": ""}, "Please say where"),
        ({"left": "60"}, "The frame must lie inside the picture."),
        ({"width": "0"}, "The frame must lie inside the picture."),
        ({"width": "wide"}, "The frame must lie inside the picture."),
        ({"entry": "/p/000000000"}, "There is no entry at this address."),
        ({"entry": "Иван"}, "There is no entry at this address."),
    ],
)
def test_what_cannot_be_kept_is_said_and_stands_there_still(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf, typed: dict[str, str], sentence: str
) -> None:
    case = begin(app, accounts.contributor, portrait)
    address = f"/en/contribute/{case}/photographs/{picture_of(app, case)}"
    sent = {**LEFT, "top": "0.5", "height": "33", "name": "Иван Петров", "entry": "", **typed}
    answer = client_of("contributor").send(f"{address}/people", sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    for name, value in sent.items():
        assert re.search(rf'name="{name}"[^>]* value="{re.escape(value)}"', answer.text), name
    assert row(app, picture_of(app, case)).people == []


def test_a_coloured_picture_stands_beside_its_original(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf, second: Sample
) -> None:
    case = begin(app, accounts.contributor, portrait, second, form=WITH_PORTRAIT)
    coloured, client = picture_of(app, case), client_of("contributor")
    with app.app_context():
        original = db.session.get_one(Contribution, case).photographs[1].id
    address = f"/en/contribute/{case}/photographs/{coloured}"
    client.send(f"{address}/original", {"enhanced": "yes", "original": ""})
    assert "please add it in the form too" in client.get(address).text
    wrong = client.send(f"{address}/original", {"enhanced": "yes", "original": coloured})
    assert (wrong.status_code, "must be another one" in wrong.text) == (422, True)
    client.send(f"{address}/original", {"enhanced": "yes", "original": original})
    assert "please add it in the form too" not in client.get(address).text
    client.send(f"/en/contribute/{case}/submit")
    desk = client_of("moderator")
    desk.send(f"/en/moderate/{case}/claim")
    approve(app, desk, case)
    shown = client_of("visitor").get(f"/en/people/{entry_of(app)}", follow_redirects=True).text
    face, rest = shown.split('<div class="life">')
    assert face.index("Coloured or restored") < face.index("The unchanged picture")
    assert "Photographs and documents" not in rest, "it stands beside the portrait, and nowhere else"


def test_only_its_sender_sees_the_page_of_a_draft(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    case = begin(app, accounts.contributor, portrait)
    address = f"/en/contribute/{case}/photographs/{picture_of(app, case)}"
    for who in ("stranger", "moderator"):
        client = client_of(who)
        assert client.get(address).status_code == 404
        for what in ("crop", "people", "people/remove", "original"):
            assert client.send(f"{address}/{what}", {**LEFT, "name": "Иван"}).status_code == 404
    assert client_of("visitor").get(address).location.startswith("/en/account/login")
    mine = client_of("contributor")
    assert mine.get(f"/en/contribute/{case}/photographs/000000000").status_code == 404
    assert mine.get(f"/en/moderate/{case}/photographs/{picture_of(app, case)}").status_code == 403


class TestTheDesk:
    def test_a_part_is_hidden_shown_again_and_written_down(
        self, app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
    ) -> None:
        case = send_in(app, accounts.contributor, portrait)
        picture, client = picture_of(app, case), client_of("moderator")
        address = f"/en/moderate/{case}/photographs/{picture}"
        assert address in client.get(f"/en/moderate/{case}").text
        assert "Hide this part" not in client.get(address).text, "the case is not taken"
        unclaimed = client.send(f"{address}/hide", LEFT)
        assert (unclaimed.status_code, "had taken this case is over" in unclaimed.text) == (409, True)
        client.send(f"/en/moderate/{case}/claim")
        client.send(f"{address}/hide", LEFT)
        client.send(f"{address}/hide", {**LEFT, "left": "75", "width": "25"})
        page = client.get(address).text
        assert page.count('<g class="hidden">') == 2
        assert f"/en/moderate/photographs/{picture}/preview" in page, "moderators see it without covers"
        assert "is being made anew" in page
        waits = client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes"})
        assert "still being prepared" in waits.text
        assert client.send(f"{address}/show", {"area": "7500,0,2500,10000"}).location == f"{address}?said=shown_again"
        client.send(f"{address}/veil", {"veiled": "yes"})
        assert "1 part hidden" in client.get(f"/en/moderate/{case}").text
        with app.app_context():
            derive_due(parts().store, parts().limits)
        assert f"/en/moderate/photographs/{picture}/320.webp" in client.get(address).text.replace(
            "360.webp", "320.webp"
        )
        approve(app, client, case, note="по просьбе семьи")
        log = client.get(f"/en/moderate/{case}").text
        assert "по просьбе семьи\nPicture 1: 1 part hidden, veiled." in log
        assert "part hidden" not in client_of("contributor").get(f"/en/my/{case}").text, "notes stay among moderators"

    @pytest.mark.parametrize("what", ["hide", "show", "veil"])
    def test_only_who_holds_the_case_may(
        self, app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf, what: str
    ) -> None:
        case, own = send_in(app, accounts.contributor, portrait), send_in(app, accounts.second_moderator)
        address = f"/en/moderate/{case}/photographs/{picture_of(app, case)}"
        client_of("moderator").send(f"/en/moderate/{case}/claim")
        second = client_of("second_moderator")
        answer = second.send(f"{address}/{what}", {**LEFT, "veiled": "yes", "area": "0,0,1,1"})
        assert (answer.status_code, "Another moderator is working" in answer.text) == (409, True)
        assert client_of("contributor").send(f"{address}/{what}", LEFT).status_code == 403
        elsewhere = f"/en/moderate/{own}/photographs/{picture_of(app, case)}/{what}"
        assert client_of("moderator").send(elsewhere, LEFT).status_code in {404, 409}
        assert row(app, picture_of(app, case)).hidden == []

    def test_a_frame_that_is_none_is_refused(
        self, app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
    ) -> None:
        case, client = send_in(app, accounts.contributor, portrait), client_of("moderator")
        client.send(f"/en/moderate/{case}/claim")
        address = f"/en/moderate/{case}/photographs/{picture_of(app, case)}"
        answer = client.send(f"{address}/hide", {**LEFT, "left": "51"})
        assert (answer.status_code, "must lie inside the picture" in answer.text) == (422, True)
        assert 'name="left" type="number" min="0" max="100" step="any" value="51"' in answer.text

    def test_a_returned_picture_says_that_a_part_is_hidden(
        self, app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
    ) -> None:
        case, client = send_in(app, accounts.contributor, portrait), client_of("moderator")
        client.send(f"/en/moderate/{case}/claim")
        picture = picture_of(app, case)
        client.send(f"/en/moderate/{case}/photographs/{picture}/hide", LEFT)
        client.send(f"/en/moderate/{case}/return", {"reason": "other", "message": "Кто это?"})
        page = client_of("contributor").get(f"/en/contribute/{case}/photographs/{picture}").text
        assert "A moderator has hidden 1 part of the published copy." in page


def test_a_veiled_picture_is_loaded_by_nobody_who_did_not_ask(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    case = send_in(app, accounts.contributor, portrait, form=WITH_PORTRAIT)
    client, visitor = client_of("moderator"), client_of("visitor")
    client.send(f"/en/moderate/{case}/claim")
    client.send(f"/en/moderate/{case}/photographs/{picture_of(app, case)}/veil", {"veiled": "yes"})
    approve(app, client, case)
    page = visitor.get(f"/en/people/{entry_of(app)}", follow_redirects=True).text
    assert "/media/" not in re.sub(r'<a class="veil"[^>]*>', "", page), "only the link knows the file"
    card = _card(page, visitor)
    veil = re.search(r'<a class="veil" href="(/media/[^"]+)"', page)
    assert veil is not None
    assert visitor.get(veil[1]).status_code == 200
    for address in ("/en/gallery", "/en/"):
        gallery = visitor.get(address).text
        assert "/media/" not in gallery
        assert '<span class="initials"' in gallery
    preview = client_of("contributor").get(f"/en/my/{case}/preview").text
    assert '<a class="veil"' in preview
    with work(app):
        db.session.get_one(Participant, entry_of(app)).photographs[0].veiled = False
    page = visitor.get(f"/en/people/{entry_of(app)}", follow_redirects=True).text
    assert _card(page, visitor) != card, "the card for other sites shows the face now, and did not before"
    assert "<img" in page


def _card(page: str, visitor: Browser) -> bytes:
    """The picture that other sites show beside a link to a page."""
    address = re.search(r'property="og:image" content="http://127.0.0.1:8000(/[^"]+)"', page)
    assert address is not None
    answer = visitor.get(address[1])
    assert answer.mimetype == "image/jpeg"
    return answer.data
