"""Forms on public pages: taken from our own pages only, whatever the browser's age."""

import pytest
from werkzeug.datastructures import Headers

from memory_road.web.same_origin import sent_from_own_page

OWN = {"https://memory.example.org", "http://127.0.0.1:8000"}


@pytest.mark.parametrize(
    ("headers", "taken", "why"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True, "the browser says that it was our page"),
        ({"Sec-Fetch-Site": "same-site"}, False, "a page beside ours, on another host"),
        ({"Sec-Fetch-Site": "cross-site"}, False, "a page of another site"),
        ({"Sec-Fetch-Site": "none"}, False, "no page: nobody types a form into the address line"),
        (
            {"Sec-Fetch-Site": "cross-site", "Origin": "https://memory.example.org"},
            False,
            "what no page can forge counts first",
        ),
        ({"Origin": "https://memory.example.org"}, True, "an older browser names the origin"),
        ({"Origin": "http://127.0.0.1:8000"}, True, "each of our origins"),
        ({"Origin": "http://memory.example.org"}, False, "without the s it is another origin"),
        ({"Origin": "https://memory.example.org.evil.example"}, False, "a name that only begins like ours"),
        ({"Origin": "null"}, False, "a page that hides where it comes from"),
        ({"Referer": "https://memory.example.org/en/people/x/report"}, True, "a very old browser names the page"),
        ({"Referer": "https://evil.example/https://memory.example.org"}, False, "our address inside another one"),
        ({"Origin": "null", "Referer": "https://memory.example.org/"}, False, "the origin counts before the page"),
        ({}, False, "whoever says nothing has not read our page"),
    ],
)
def test_where_a_form_was_sent_from(headers: dict[str, str], taken: bool, why: str) -> None:
    assert sent_from_own_page(Headers(headers), OWN) is taken, why
