"""A page that is looked at in every language."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A page: its address without the language, and who sees it. Where the page is the answer to a form,
    ``act`` makes the browser send it."""

    name: str
    path: str
    signed_in: str = ""
    act: Callable[[Page], None] | None = None

    @property
    def kind(self) -> str:
        """Whose page it is: public, account, relative or desk."""
        first = self.path.split("/")[1]
        desk = {"moderate": "desk", "administer": "desk"}
        return {"account": "account", "contribute": "relative", "my": "relative", **desk}.get(first, "public")
