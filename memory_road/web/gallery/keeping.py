"""A visitor keeps a search: a page of its own, without a cookie for those who are not signed in; the letter that
follows leads to a page with a button."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from memory_road.accounts.permissions import Audience
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.mail.search_links import keeper_token, search_of
from memory_road.requests.refusal import RequestRefused
from memory_road.searches.keep import ask_to_keep, confirm, keep_own, waiting_search
from memory_road.searches.keys import is_narrow
from memory_road.searches.refusal import SearchRefusal
from memory_road.searches.sought import Sought
from memory_road.web.asking import at_its_field, request_sentence
from memory_road.web.audience import ANYBODY, audience
from memory_road.web.caching import NOT_KEPT
from memory_road.web.edge import actor, parts
from memory_road.web.gallery.asked import Asked, asked
from memory_road.web.language import language
from memory_road.web.search_words import search_words

keeping = Blueprint("keeping", __name__, url_prefix="/<lang>/searches", template_folder="templates")
HEADERS = {"Cache-Control": NOT_KEPT}
FLOODS = {SearchRefusal.LETTERS_ENOUGH, SearchRefusal.SEARCHES_FROM_YOU, SearchRefusal.SEARCHES_IN_ALL}


@keeping.get("")
@audience(ANYBODY)
def form() -> ResponseReturnValue:
    """What was searched for, and the field for an address: that of the account, for those who are signed in."""
    email = str(current_user.email) if current_user.is_authenticated else ""
    return _page(asked(), email, {})


@keeping.post("")
@audience(Audience.EVERYONE)
def keep() -> ResponseReturnValue:
    """Send the letter that asks for a confirmation, or show the form again with a sentence and what was typed."""
    return _ask(asked(), request.form.get("email", ""))


@keeping.post("/own")
@audience(Audience.CONTRIBUTORS)
def keep_mine() -> ResponseReturnValue:
    """Keep it at once for the address of the account, which is confirmed; any other is asked by a letter."""
    wish, email = asked(), request.form.get("email", "")
    account = db.session.get_one(Account, actor().id)
    if email.strip().lower() != account.email.lower() or account.confirmed_at is None:
        return _ask(wish, email)
    try:
        keep_own(_sought(wish), account.email, language())
    except RequestRefused as refused:
        return _again(wish, email, refused)
    return redirect(url_for("kept.mine", said="search_kept"), 303)


@keeping.get("/asked")
@audience(Audience.EVERYONE)
def sent() -> ResponseReturnValue:
    """A letter is on its way."""
    return render_template("gallery/search_asked.html"), HEADERS


@keeping.get("/confirm/<token>")
@audience(Audience.EVERYONE)
def letter(token: str) -> ResponseReturnValue:
    """What the letter asks, and a button: programs that look into mail open every link."""
    return _answer(token)


@keeping.post("/confirm/<token>")
@audience(Audience.EVERYONE)
def agree(token: str) -> ResponseReturnValue:
    """Yes. Twice does the same as once."""
    search_id = search_of(token, parts().settings)
    search = waiting_search(search_id) if search_id is not None else None
    if search is None:
        return _answer(token)
    keeper_id = search.keeper_id
    try:
        confirm(search, language())
    except RequestRefused as refused:
        db.session.rollback()
        return _answer(token, request_sentence(refused), 409)
    address = url_for("kept.seen", token=keeper_token(keeper_id, parts().settings), said="search_kept")
    return redirect(address, 303)


def _ask(wish: Asked, email: str) -> ResponseReturnValue:
    try:
        ask_to_keep(_sought(wish), email, language(), request.remote_addr or "")
    except RequestRefused as refused:
        return _again(wish, email, refused)
    return redirect(url_for("keeping.sent"), 303)


def _again(wish: Asked, email: str, refused: RequestRefused) -> ResponseReturnValue:
    db.session.rollback()
    return _page(wish, email, at_its_field(refused)), 429 if refused.code in FLOODS else 422, HEADERS


def _sought(wish: Asked) -> Sought:
    return Sought(wish.query, wish.filters)


def _page(wish: Asked, email: str, errors: dict[str, str]) -> str:
    sought = _sought(wish)
    return render_template(
        "gallery/keep_search.html",
        words=search_words(sought),
        said=sought.address,
        narrow=is_narrow(sought),
        too_wide=request_sentence(RequestRefused(SearchRefusal.TOO_WIDE)),
        email=email,
        errors=errors,
    )


def _answer(token: str, sentence: str = "", status: int = 200) -> ResponseReturnValue:
    settings = parts().settings
    search_id = search_of(token, settings)
    search = waiting_search(search_id) if search_id is not None else None
    page = render_template(
        "gallery/confirm_search.html",
        words=search_words(search.sought) if search is not None else None,
        mine=keeper_token(search.keeper_id, settings) if search is not None else "",
        sentence=sentence,
    )
    return page, status if search is not None else 410, HEADERS
