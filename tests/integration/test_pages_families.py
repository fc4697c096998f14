"""What waits for a moderator among families: each list comes in pages of its own. Who is concerned reads no more."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from memory_road.db import db
from memory_road.family.ask_care import answer_kin, ask_for_care, decide_care
from memory_road.family.disagree import dispute
from memory_road.family.takeover import Takeover
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject
from memory_road.requests.answer import close
from memory_road.requests.takedown import ask_for_takedown
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, filled_in, publish, send_in, work
from tests.relatives import two_relatives

ClientOf = Callable[[str], Browser]
NUMBER = re.compile(r'href="/en/moderate/families/[a-z]+/([0-9a-z]{9})"')


@pytest.fixture
def waiting(app: Portal, accounts: Accounts) -> None:
    """Three entries; about each somebody asks for the care, tells it differently, and writes to a relative."""
    for name in ("Анна", "Вера", "Нина"):
        entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"given_name": name}))
        with work(app):
            ask_for_care(entry, accounts.stranger.actor, "child", "Это моя мать.", "", 1)
            dispute(entry, accounts.senior_moderator.actor, "Год смерти", "Она жила до 1950 года.")
            two_relatives(entry, accounts)
    with work(app):
        for takeover in db.session.scalars(select(Takeover)):
            takeover.decide_from_at -= timedelta(days=2)


@pytest.mark.usefixtures("waiting")
def test_every_list_goes_on_by_itself(
    app: Portal, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    client = client_of("moderator")
    whole = {kind: of_kind(client, "", kind) for kind in ("care", "messages", "disputes")}
    assert [len(ids) for ids in whole.values()] == [3, 3, 3]
    for module in ("memory_road.family.queries", "memory_road.web.moderate.families"):
        monkeypatch.setattr(f"{module}.PAGE", 2)
    for name, kind in (("takeovers", "care"), ("messages", "messages"), ("asked", "disputes")):
        with subtests.test(name):
            assert of_kind(client, "", kind) == whole[kind][:2]
            last = whole[kind][1]
            assert f"/en/moderate/families?list={name}&amp;after={last}" in client.get("/en/moderate/families").text
            further = client.get(f"/en/moderate/families?list={name}&after={last}").text
            assert NUMBER.findall(further) == whole[kind][2:], "what follows, and no other list"
            assert 'rel="next"' not in further


def of_kind(client: Browser, question: str, kind: str) -> list[str]:
    """The ids of one kind on a page."""
    page = client.get(f"/en/moderate/families{question}").text
    return re.findall(rf'href="/en/moderate/families/{kind}/([0-9a-z]{{9}})"', page)


def test_a_moderator_of_the_family_reads_no_more_than_the_family(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    """What the others tell the desk, what waits to be screened, and notes among moderators are not for them."""
    concerned = accounts.second_moderator
    entry = publish(app, concerned, accounts.moderator)
    with work(app):
        dispute(entry, accounts.stranger.actor, "Год смерти", "Она жила до 1950 года.")
        running = dispute(entry, concerned.actor, "Год смерти", "До 1951.").id
        _, _, message = two_relatives(entry, replace(accounts, contributor=concerned))
        asked = ask_for_care(entry, accounts.stranger.actor, "child", "Это моя мать.", "", 1)
        answer_kin(asked.id, concerned.actor, "objects", "Не мать.")
        care = decide_care(asked.id, accounts.moderator.actor, "refused", "Нет.", "Записка коллегам").id
    pages = {
        f"disputes/{running}": ("Она жила до 1950 года.", "До 1951."),
        f"messages/{message}": ("Мы, кажется, родня.", "First message"),
        f"care/{care}": ("Записка коллегам", "Это моя мать."),
    }
    for page, (secret, known) in pages.items():
        own, others = (client_of(who).get(f"/en/moderate/families/{page}") for who in ("second_moderator", "moderator"))
        assert (own.status_code, others.status_code) == (200, 200)
        assert secret not in own.text, page
        assert secret in others.text, page
        assert known.lower() in own.text.lower(), page


def test_notes_about_what_a_moderator_has_sent_are_not_for_them(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    concerned, entry = accounts.second_moderator, publish(app, accounts.contributor, accounts.moderator)
    case = send_in(app, concerned)
    with work(app):
        claim(case, accounts.moderator.actor)
        reject(case, accounts.moderator.actor, "abuse", "", "Записка коллегам")
        asked = ask_for_takedown(entry, concerned.actor, "rights", "Это наша фотография.").id
        close(asked, accounts.moderator.actor, None, "stays", "Нет.", "Записка коллегам")
    for page in (f"/en/moderate/{case}", f"/en/moderate/requests/{asked}"):
        own, others = (client_of(who).get(page) for who in ("second_moderator", "moderator"))
        assert (own.status_code, others.status_code) == (200, 200)
        assert "Записка коллегам" not in own.text
        assert "<p>Abuse</p>" not in own.text
        assert "Записка коллегам" in others.text
