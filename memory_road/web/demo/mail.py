"""The demo's letters on a page: no mail leaves the machine, and a newcomer must find the link to confirm with."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from memory_road.accounts.permissions import Audience
from memory_road.web.audience import audience
from memory_road.web.edge import parts

demo_mail = Blueprint("demo_mail", __name__, url_prefix="/demo/mail")
NEWEST = 30
LINK = re.compile(r"https?://[^\s<>]+")


@demo_mail.get("")
@audience(Audience.EVERYONE)
def letters() -> ResponseReturnValue:
    """The newest letters, with links to press."""
    folder = parts().settings.data_dir / "mail"
    paths = sorted(folder.glob("*.eml"), reverse=True)[:NEWEST] if folder.is_dir() else []
    shown = [(letter, linked(_text_of(letter))) for letter in (_read(path.read_bytes()) for path in paths)]
    return render_template("demo_mail.html", letters=shown), {"Cache-Control": "no-store"}


def _read(content: bytes) -> EmailMessage:
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


def _text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""


def linked(text: str) -> Markup:
    """``text`` escaped, its addresses as links."""
    escaped = str(escape(text))
    return Markup(LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escaped))  # noqa: S704 -- escaped above
