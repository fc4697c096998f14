"""A real mail server on the loopback address, which keeps what it is sent."""

import asyncio
import email
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class SmtpSink:
    """What the server has taken so far. `answer` is its word on every letter: set another to have letters refused.
    `meanwhile` is done before it answers, while whoever sends the letter waits."""

    url: str = ""
    messages: list[EmailMessage] = field(default_factory=list[EmailMessage])
    answer: str = "250 OK"
    meanwhile: Callable[[], None] = lambda: None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        self.meanwhile()
        if self.answer.startswith("2"):
            letter = email.message_from_bytes(envelope.original_content or b"", policy=default)
            assert isinstance(letter, EmailMessage)
            self.messages.append(letter)
        return self.answer


def text_of(letter: EmailMessage) -> str:
    """A letter as somebody reads it whose program shows plain text."""
    part = letter.get_body(("plain",))
    assert part is not None, "every letter can be read as plain text"
    return str(part.get_content())


def page_of(letter: EmailMessage) -> str:
    """The HTML beside it."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A mail server of the test's own at `.url` (smtp://127.0.0.1:PORT), without encryption or sign-in."""
    with mail_server() as sink:
        yield sink


@contextmanager
def mail_server() -> Iterator[SmtpSink]:
    """What `smtp_sink` is for one test, for as long as the context lasts."""
    sink = SmtpSink()
    # All of it in a thread of its own: a running browser holds the loop of the test's.
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_listen(sink), loop).result()
    sink.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(_hang_up(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listen(sink: SmtpSink) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: SMTP(sink, loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0)


async def _hang_up(server: asyncio.Server) -> None:
    """Take no more calls and end those that a client left open."""
    server.close()
    conversations = asyncio.all_tasks() - {asyncio.current_task()}
    for conversation in conversations:
        conversation.cancel()
    await asyncio.gather(*conversations, return_exceptions=True)
