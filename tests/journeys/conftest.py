"""A portal in a process of its own, as an operator runs it, and browsers to visit it with."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.sender import SHORT_WAY, Fields, File, Sender
from benchmarks.served import ServedPortal
from memory_road.config import SHIPPED_LANGUAGES
from tests.journeys import album
from tests.journeys.album import Album
from tests.journeys.people import PEOPLE, RELATIVE, SECONDS_BETWEEN_LOOKS, new_surname
from tests.journeys.visit import PATIENCE, Visits, Watch
from tests.smtp import SmtpSink, mail_server

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def mail() -> Iterator[SmtpSink]:
    """The mail server that the portal sends its letters to."""
    with mail_server() as sink:
        yield sink


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, mail: SmtpSink) -> Iterator[ServedPortal]:
    """The running portal, with an account for each of PEOPLE. It must end well, and have noted no failure."""
    settings = {"MEMORY_ROAD_LANGUAGES": ",".join(SHIPPED_LANGUAGES), "MEMORY_ROAD_TWO_APPROVALS": "merge"}
    portal = ServedPortal(tmp_path_factory.mktemp("portal"), mail.url, settings)
    portal.create(list(PEOPLE.values()))
    portal.start()
    yield portal
    portal.stop()
    assert "Traceback" not in portal.log.read_text(), portal.last_words()


@pytest.fixture(scope="session")
def session_of(site: ServedPortal) -> Callable[[str], Sender]:
    """Gives a copy of the session of one of PEOPLE, who signs in once."""
    signed_in: dict[str, Sender] = {}

    def session(email: str) -> Sender:
        if email not in signed_in:
            signed_in[email] = Sender(site.address).sign_in(PEOPLE[email])
        return replace(signed_in[email], cookies=dict(signed_in[email].cookies))

    return session


@pytest.fixture
def visit(browser: Browser, site: ServedPortal, session_of: Callable[[str], Sender]) -> Iterator[Visits]:
    """Opens pages; in the end none of them may have failed, broken its own policy or asked another site."""
    watch = Watch(site.address)
    yield Visits(browser, watch, session_of)
    assert watch.complaints == []


@pytest.fixture(scope="session")
def drawn_album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Pictures that are drawn here."""
    return album.drawn(tmp_path_factory.mktemp("album"))


@pytest.fixture(scope="session")
def letters_to(mail: SmtpSink) -> Callable[[str, int], list[EmailMessage]]:
    """Waits until so many letters have come to an address, and gives them, the oldest first."""

    def letters(address: str, number: int = 1) -> list[EmailMessage]:
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            come = [letter for letter in mail.messages if str(letter["To"]) == address]
            if len(come) >= number:
                return come
            assert time.monotonic() < deadline, f"{len(come)} of {number} letters have come to {address}"
            time.sleep(SECONDS_BETWEEN_LOOKS)

    return letters


@pytest.fixture(scope="session")
def sent(session_of: Callable[[str], Sender], drawn_album: Album) -> Callable[..., str]:
    """Sends a contribution of RELATIVE's for checking, without a browser; gives its id."""

    def send(fields: Fields, pictures: list[Path] | None = None) -> str:
        sender = session_of(RELATIVE.email)
        chosen = [drawn_album.portrait] if pictures is None else pictures
        files = [File(picture.name, picture.read_bytes()) for picture in chosen]
        everything = {**SHORT_WAY, **fields}
        identifier = sender.begin(secrets.token_urlsafe(32), everything, files)
        sender.submit(identifier, everything)
        return identifier

    return send


@pytest.fixture
def surname() -> str:
    """A surname that nobody else at the portal has."""
    return new_surname()
