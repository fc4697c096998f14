"""The form to print and fill in by hand: a page for everybody, without a session."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.web.audience import audience
from memory_road.web.built import asset_file
from memory_road.web.contribute.paper_form import Printer, paper_form
from memory_road.web.edge import parts
from memory_road.web.language import language, site_name

paper = Blueprint("paper", __name__, url_prefix="/<lang>/contribute")


@paper.get("/form.pdf")
@audience(Audience.EVERYONE)
def form() -> ResponseReturnValue:
    """The form as a PDF, in the language of the address."""
    settings = parts().settings
    send_to = (
        settings.operator_name,
        settings.operator_postal_address,
        settings.operator_phone,
        settings.operator_email,
    )
    printer = Printer(
        regular=asset_file("paper/DejaVuSansCondensed.ttf"),
        bold=asset_file("paper/DejaVuSansCondensed-Bold.ttf"),
        site=site_name(),
        address=f"{settings.base_url}/{language()}/",
        send_to=tuple(filter(None, send_to)),
    )
    return Response(paper_form(printer, language()), mimetype="application/pdf")
