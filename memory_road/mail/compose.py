"""Put a letter into words, in its receiver's language, as plain text and as a page beside it."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from memory_road.config import Settings
from memory_road.mail.letter import Letter, LetterKind
from memory_road.mail.words import Words, catalogue, words_of


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The message of ``letter``. Its Message-ID stays the same however often it is sent, so that a receiver's server
    can drop a second copy. Letters about one contribution name one root, and so stand together at the receiver's."""
    words = _words(letter, settings)
    language = letter.language
    host = urlsplit(settings.base_url).hostname or "localhost"
    site_name = settings.site_name or catalogue(language).gettext("Memory Road")
    message = EmailMessage()
    message["Subject"] = words.subject
    message["From"] = Address(site_name, addr_spec=settings.mail_from)
    message["To"] = letter.recipient
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{host}>"
    if "contribution" in letter.content:
        message["In-Reply-To"] = message["References"] = f"<contribution-{letter.content['contribution']}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.as_text(), cte="quoted-printable")
    message.add_alternative(words.as_page(language, site_name), subtype="html", cte="quoted-printable")
    message["Content-Language"] = language  # after the content, which clears every header about it
    return message


def _words(letter: Letter, settings: Settings) -> Words:
    if letter.kind == LetterKind.ACCOUNT:
        words = Words()
        words.set_subject(letter.content["subject"])
        for paragraph in letter.content["body"].strip().split("\n\n"):
            words.say(paragraph)
        return words
    site = f"{settings.base_url}/{letter.language}"
    return words_of(letter.kind, letter.language, {**letter.content, "site": site, "home": settings.base_url})
