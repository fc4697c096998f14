"""Memory Road: a memorial contribution portal.

The tree reads as the data's way:

    web/contribute/   (1) a relative's form
    contributions/    (2) what was sent, and the log of every decision about it
    moderation/       (3) how it is decided, and the one bridge to what is published
    archive/          (4) what is published
    web/gallery/      (5) what visitors see

Below them stand ``accounts`` (who somebody is and what they may do), ``mail`` (letters waiting to be sent), ``media``
(bytes of pictures), ``facts`` (what can be remembered of a person), ``db`` and ``config``. Above them stand ``jobs``
(background work), ``web`` (the edge), ``app`` (how the parts are put together), ``demo`` and ``cli``. Arrows run one
way only; import-linter holds them. ``docs/architecture.md`` tells why.
"""

__version__ = "0.1.0"
