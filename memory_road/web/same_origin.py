"""A form on a public page is checked by where it was sent from: public pages have no session, so no token either.

Browsers say it themselves, in a header that no page can forge: ``Sec-Fetch-Site``, older ones ``Origin``, very old ones
the address of the page that was read (``Referer``). Whoever says nothing at all has not read our page.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers
from werkzeug.exceptions import Forbidden


class SentFromElsewhere(Forbidden):
    """A form came from a page of another site, or from no page."""


def sent_from_own_page(headers: Headers, own: Collection[str]) -> bool:
    """Whether a form was sent from a page of ours; ``own`` are our origins, like ``https://memory.example.org``."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("Origin")
    if origin is not None:
        return origin in own
    page = urlsplit(headers.get("Referer", ""))
    return f"{page.scheme}://{page.netloc}" in own
