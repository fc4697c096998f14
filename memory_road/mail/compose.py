"""Put a letter into words, in its receiver's language."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from memory_road.config import Settings
from memory_road.mail.letter import Letter, LetterKind

TRANSLATIONS = Path(__file__).parents[1] / "translations"
TEMPLATES = Path(__file__).parent / "templates"


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])


@cache
def _environment(language: str) -> Environment:
    # Letters are plain text: escaping would write "&amp;" into them.
    environment = Environment(  # noqa: S701 -- plain text, never HTML
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(_catalogue(language), newstyle=True)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] -- added by the extension
    return environment


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The message of ``letter``. The first line of its template is the subject, the rest the text. Its Message-ID stays
    the same however often it is sent, so that a receiver's server can drop a second copy."""
    message = EmailMessage()
    if letter.kind == LetterKind.ACCOUNT:
        subject, body = letter.content["subject"], letter.content["body"]
    else:
        template = _environment(letter.language).get_template(f"{letter.kind}.txt")
        text = template.render(letter.content, site=f"{settings.base_url}/{letter.language}", home=settings.base_url)
        subject, _, body = text.partition("\n")
    host = urlsplit(settings.base_url).hostname or "localhost"
    sender = settings.mail_from
    message["Subject"] = " ".join(subject.split())
    message["From"] = Address(
        settings.site_name or _catalogue(letter.language).gettext("Memory Road"), addr_spec=sender
    )
    message["To"] = letter.recipient
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n", cte="quoted-printable")
    message["Content-Language"] = letter.language  # after the content, which clears every header about it
    return message
