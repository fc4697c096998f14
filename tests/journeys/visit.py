"""Pages as the journeys open them: each in a browser of its own, watched for anything that no page may do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from benchmarks.sender import Sender

PATIENCE = 20_000
"""Milliseconds that a page may take on a machine that has much else to do."""


@dataclass
class Watch:
    """What pages of the site at ``address`` did and should not have done."""

    address: str
    complaints: list[str] = field(default_factory=list[str])

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "blob:", "data:")):
            self.complaints.append(f"asked another site: {request.url}")

    def _response(self, response: Response) -> None:
        part_of_page = response.request.resource_type not in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and part_of_page):
            self.complaints.append(f"{response.status} from {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # What the server refuses is judged above; a picture opened by itself is not our page but the browser's, and it
        # complains that its own style may not be applied.
        of_picture = "/media/" in message.location["url"]
        if message.type == "error" and not of_picture and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")


@dataclass(slots=True)
class Visits:
    """Opens browsers at one site. ``sessions`` are signed in already, by e-mail address."""

    browser: Browser
    watch: Watch
    sessions: Callable[[str], Sender]

    @contextmanager
    def __call__(
        self,
        path: str = "",
        *,
        signed_in: str = "",
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
    ) -> Iterator[Page]:
        """A page in a browser of its own; ``signed_in`` is an e-mail address."""
        context = self.browser.new_context(
            base_url=self.watch.address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en",
        )
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        if signed_in:
            kept = self.sessions(signed_in).cookies
            context.add_cookies([{"name": n, "value": v, "url": self.watch.address} for n, v in kept.items()])
        page = context.new_page()
        if path:
            page.goto(path)
        yield page
        context.close()
