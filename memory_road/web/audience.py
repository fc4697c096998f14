"""Every route names whom it is for, and how large a body it takes."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app

from memory_road.accounts.permissions import Audience

View = TypeVar("View", bound=Callable[..., Any])
SMALL_BODY = 1024 * 1024
PICTURE_TYPES = frozenset({"multipart/form-data", "application/offset+octet-stream"})
"""How pictures come: with a form, or in parts."""
ANYBODY = "anybody"
"""Beside the audiences of ``accounts.permissions``: account pages, open to all like public ones, but with a session."""


def audience(
    who: Audience | str, most_bytes: int = SMALL_BODY, from_anywhere: bool = False, one_step: bool = False
) -> Callable[[View], View]:
    """Mark a view with its audience and the largest request body that it takes, in bytes. ``from_anywhere`` says that
    its form need not be sent from a page of ours, since its address is a secret that only a letter holds. ``one_step``
    opens it to moderators before they have taken the second step of signing in."""

    def mark(view: View) -> View:
        view.audience = who  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue] -- a mark on the function
        view.most_bytes = most_bytes  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
        view.from_anywhere = from_anywhere  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
        view.one_step = one_step  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
        return view

    return mark


def takes_one_step(endpoint: str | None) -> bool:
    """Whether the view at ``endpoint`` is open before the second step of signing in."""
    return bool(getattr(current_app.view_functions.get(endpoint or ""), "one_step", False))


def audience_of(endpoint: str | None) -> Audience | str | None:
    """The audience of the view at ``endpoint``; ``None`` when it names none."""
    return getattr(current_app.view_functions.get(endpoint or ""), "audience", None)


def comes_from_anywhere(endpoint: str | None) -> bool:
    """Whether the form of the view at ``endpoint`` may be sent from elsewhere than a page of ours."""
    return bool(getattr(current_app.view_functions.get(endpoint or ""), "from_anywhere", False))


def most_bytes_of(endpoint: str | None) -> int:
    """The largest body that the view at ``endpoint`` takes, in bytes."""
    return int(getattr(current_app.view_functions.get(endpoint or ""), "most_bytes", SMALL_BODY))
