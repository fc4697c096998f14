"""Put a letter into words, in its receiver's language, as plain text and as a page beside it."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from memory_road.config import Settings
from memory_road.mail.letter import ALWAYS, Letter, LetterKind
from memory_road.mail.search_links import confirm_address, searches_address
from memory_road.mail.unsubscribe import leave_address
from memory_road.mail.words import FOOT, Words, catalogue, words_of

LEAVE = "List-Unsubscribe"


class WholeAddresses(EmailPolicy):
    """Headers as ever, but that an address to press stays whole: the standard policy would write a long one as encoded
    words, which nobody can follow."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name == LEAVE else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii") if name == LEAVE else super().fold_binary(name, value)


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The message of ``letter``. Its Message-ID stays the same however often it is sent, so that a receiver's server
    can drop a second copy. Letters about one contribution name one root, and so stand together at the receiver's."""
    words = letter_words(letter, settings)
    language = letter.language
    host = urlsplit(settings.base_url).hostname or "localhost"
    site_name = settings.site_name or catalogue(language).gettext("Memory Road")
    message = EmailMessage(WholeAddresses())
    message["Subject"] = words.subject
    message["From"] = Address(site_name, addr_spec=settings.mail_from)
    message["To"] = letter.recipient
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{host}>"
    if "contribution" in letter.content:
        message["In-Reply-To"] = message["References"] = f"<contribution-{letter.content['contribution']}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    leave = _links(letter, settings).get("searches_page") or _leave(letter, settings)
    if leave:
        ways = [f"<{leave}>"]
        if settings.operator_email:
            ways.append(f"<mailto:{settings.operator_email}?subject=unsubscribe%20{letter.id}>")
        message[LEAVE] = ", ".join(ways)
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.as_text(), cte="quoted-printable")
    message.add_alternative(words.as_page(language, site_name), subtype="html", cte="quoted-printable")
    message["Content-Language"] = language  # after the content, which clears every header about it
    return message


def _leave(letter: Letter, settings: Settings) -> str:
    """Where its receiver can leave such letters; empty for what they need in any case (RFC 8058)."""
    if letter.account_id is None or letter.kind in ALWAYS:
        return ""
    return leave_address(letter.account_id, letter.language, settings)


def _links(letter: Letter, settings: Settings) -> dict[str, str]:
    """What lets the receiver of a letter about searches keep or end them: made as it is sent, and kept nowhere."""
    links = {"search": ("address", confirm_address), "keeper": ("searches_page", searches_address)}
    return {
        link: address(letter.content[name], letter.language, settings)
        for name, (link, address) in links.items()
        if name in letter.content
    }


def letter_words(letter: Letter, settings: Settings) -> Words:
    """What ``letter`` says, in its language. Raises ``UndefinedError`` where its content lacks something."""
    content = {**letter.content, **_links(letter, settings)}
    words = _words_of(letter.kind, content, letter.language, settings)
    for told in letter.content["letters"] if letter.kind == LetterKind.DIGEST else ():
        words.take_in(_words_of(told["kind"], told["content"], letter.language, settings))
    operator = " · ".join(filter(None, (settings.operator_name, settings.operator_phone, settings.operator_email)))
    words.foot = words_of(FOOT, letter.language, {"operator": operator, "leave": _leave(letter, settings)}).parts
    return words


def _words_of(kind: str, content: Mapping[str, Any], language: str, settings: Settings) -> Words:
    return words_of(kind, language, {**content, "site": f"{settings.base_url}/{language}", "home": settings.base_url})
