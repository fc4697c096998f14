"""What is said after several cases of one sender were decided together."""

from collections.abc import Callable

from flask_babel import ngettext

_SAID: dict[str, Callable[[int], str]] = {
    "approved": lambda number: ngettext(
        "%(num)s entry is approved, and will be published soon.",
        "%(num)s entries are approved, and will be published soon.",
        number,
    ),
    "voted": lambda number: ngettext(
        "%(num)s entry is approved for the first time. Now another moderator looks at it.",
        "%(num)s entries are approved for the first time. Now another moderator looks at them.",
        number,
    ),
    "returned": lambda number: ngettext(
        "%(num)s entry is returned to the sender.", "%(num)s entries are returned to the sender.", number
    ),
    "rejected": lambda number: ngettext(
        "%(num)s entry will not be published.", "%(num)s entries will not be published.", number
    ),
    "undone": lambda number: ngettext(
        "%(num)s decision is taken back. The case is yours again.",
        "%(num)s decisions are taken back. The cases are yours again.",
        number,
    ),
}


def said_together(done: str, number: int) -> str:
    """What was done with how many; empty: nothing."""
    say = _SAID.get(done)
    return say(number) if say is not None and number > 0 else ""
