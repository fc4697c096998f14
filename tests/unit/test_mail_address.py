"""A mail address as somebody types it, and the one form in which it is kept."""

import pytest

from memory_road.mail.address import mail_address


@pytest.mark.parametrize(
    ("typed", "kept", "why"),
    [
        ("anna@example.org", "anna@example.org", "as it is"),
        (" Anna@Example.ORG\n", "anna@example.org", "spaces around it and large letters do not count"),
        ("anna@почта.рф", "anna@xn--80a1acny.xn--p1ai", "a host in Cyrillic, as mail servers write it"),
        ("анна@example.org", None, "a mailbox in Cyrillic, which few servers can be sent to"),
        ("anna", None, "no host"),
        ("anna@example.org, vera@example.org", None, "two addresses"),
        ("anna@example.org\nBcc: all@example.org", None, "a line more is a header more"),
        ("", None, "nothing"),
        ("a" * 64 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 60 + ".org", None, "too long"),
    ],
)
def test_an_address(typed: str, kept: str | None, why: str) -> None:
    assert mail_address(typed) == kept, why
