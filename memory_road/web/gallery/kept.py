"""The searches that are kept for an address, for whoever holds a letter about them, and for those who are signed in:
each can be ended or prolonged, and all be ended."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.mail.search_links import keeper_of, keeper_token
from memory_road.searches.end import end_all, end_search
from memory_road.searches.keep import prolong
from memory_road.searches.kept_search import SearchKeeper
from memory_road.searches.queries import keeper_at, keeper_with, searches_of
from memory_road.web.audience import audience
from memory_road.web.caching import NOT_KEPT
from memory_road.web.edge import actor, parts
from memory_road.web.search_words import search_words

kept = Blueprint("kept", __name__, url_prefix="/<lang>/searches", template_folder="templates")
HEADERS = {"Cache-Control": NOT_KEPT}


@kept.get("/mine")
@audience(Audience.CONTRIBUTORS)
def mine() -> ResponseReturnValue:
    """Those for the address of the account."""
    return _page(keeper_at(db.session.get_one(Account, actor().id).email))


@kept.get("/<token>")
@audience(Audience.EVERYONE)
def seen(token: str) -> ResponseReturnValue:
    """Those for the address that the letter went to; none where all have ended."""
    return _page(keeper_with(_keeper_id(token)))


@kept.post("/<token>")
@audience(Audience.EVERYONE, from_anywhere=True)
def end(token: str) -> ResponseReturnValue:
    """End all: mail programs press this button themselves, and follow no redirect (RFC 8058). With a number, end that
    one, or prolong it."""
    keeper = keeper_with(_keeper_id(token))
    one, longer = request.form.get("end"), request.form.get("longer")
    if keeper is not None and (one or longer):
        if longer:
            prolong(keeper, longer)
        else:
            end_search(keeper, one or "")
        return redirect(url_for("kept.seen", token=token, said="search_kept" if longer else "search_ended"), 303)
    if keeper is not None:
        end_all(keeper.email)
    return _page(None, "searches_ended")


def _keeper_id(token: str) -> str:
    keeper_id = keeper_of(token, parts().settings)
    if keeper_id is None:
        abort(404)
    return keeper_id


def _page(keeper: SearchKeeper | None, said: str = "") -> ResponseReturnValue:
    searches = searches_of(keeper) if keeper is not None else []
    page = render_template(
        "gallery/kept_searches.html",
        searches=[(search, search_words(search.sought), search.sought.address) for search in searches],
        token=keeper_token(keeper.id, parts().settings) if keeper is not None else "",
        said=said,
    )
    return page, HEADERS
