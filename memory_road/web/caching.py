"""How long browsers and caches may keep what everybody may see.

What is published or taken down shows at once in a browser that asks, and two seconds later wherever many share a cache:
a shared copy is new for a second, and is given out for one more while it is fetched anew. ``must-revalidate`` keeps
browsers from doing the latter, too.
"""

SHARED = "must-revalidate, s-maxage=1, stale-while-revalidate=1"
A_MOMENT = f"public, max-age=0, {SHARED}"
"""Browsers ask each time, with the ETag."""
TEN_MINUTES = f"public, max-age=600, {SHARED}"
A_DAY = f"public, max-age=86400, {SHARED}"
FOR_EVER = "public, max-age=31536000, immutable"
NOT_KEPT = "private, no-store"


def until(asked_at: int) -> str:
    """For nginx (``X-Accel-Expires``): the end of the second in which the page was asked for, in seconds since 1970. It
    is counted from before anything was read, so that a page which took long to make is not shown for longer."""
    return f"@{asked_at}"
