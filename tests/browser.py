"""The browser of the journeys: the machine's own Chromium, without a window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.system import chromium_program

# Nothing but the pages under test may be asked for, and the tests may run as root.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium; each test opens a context of its own in it, so that nobody is signed in already."""
    program = chromium_program()
    if program is None:
        pytest.fail("These tests need Chromium: `make test` says how to get it.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()
