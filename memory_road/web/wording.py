"""What templates say: names, and wordings of codes."""

from collections.abc import Iterable, Mapping

from flask import Flask, current_app, request
from flask_babel import gettext, lazy_pgettext
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from wtforms import Form

from memory_road.accounts.permissions import Audience
from memory_road.config import Settings
from memory_road.contributions.lifecycle import Move, Remark
from memory_road.facts.fields import Field
from memory_road.facts.vocabulary import PhotographKind, Relationship
from memory_road.identifier import spoken
from memory_road.web.asking import ASKING_NOTICES
from memory_road.web.entry_sentences import ENTRY_NOTICES
from memory_road.web.inflection import OF_MANY
from memory_road.web.kinship import CARE_CHANGES, FAMILY_NOTICES, TAKEOVER_STATES
from memory_road.web.language import NAMES, language, site_name
from memory_road.web.moments import ago, clock, day, moment, set_day, span
from memory_road.web.people_sentences import PEOPLE_NOTICES
from memory_road.web.reason_words import ReasonWords
from memory_road.web.search_sentences import SEARCH_NOTICES
from memory_road.web.sentences import NOTICES, STATES
from memory_road.web.suggested import suggested
from memory_road.web.tree_sentences import TREE_NOTICES

MOVES: dict[Move | Remark, object] = {
    Move.START: _l("Begun"),
    Move.SUBMIT: _l("Sent"),
    Move.WITHDRAW: _l("Withdrawn"),
    Move.RETURN: _l("Returned with a question"),
    Move.HOLD: lazy_pgettext("state", "Put on hold"),
    Move.RELEASE: _l("Back in the queue"),
    Move.REJECT: _l("Not published yet"),
    Move.APPEAL: _l("Asked to look again"),
    Move.UPHOLD: _l("Looked at again: not published yet"),
    Move.REOPEN: _l("Looked at again: back in the queue"),
    Move.VOTE: _l("Approved for the first time"),
    Move.APPROVE: _l("Approved"),
    Move.UNDO: _l("Taken back"),
    Remark.NOTE: _l("A note for moderators"),
}


def install(app: Flask, settings: Settings) -> None:
    """Give the templates their words."""

    app.jinja_env.globals.update(
        settings=settings,
        site_name=site_name,
        notice=notice,
        in_language=in_language,
        is_moderator=is_moderator,
        is_administrator=is_administrator,
        relationship=relationship_wording,
        kind_wording=kind_wording,
        day=day,
        moment=moment,
        set_day=set_day,
        clock=clock,
        span=span,
        opened=opened,
        reasons=ReasonWords(),
        suggested=suggested,
        takeover_states=TAKEOVER_STATES,
        care_changes=CARE_CHANGES,
        states=STATES,
        moves=MOVES,
        of_many=OF_MANY,
        ago=ago,
        language_name=language_name,
        spoken=spoken,
    )


def notice(said: str | None = None) -> str:
    """What was done: what the address asks to be said after a redirect, or what a view ``said`` without one."""
    notices = {
        **NOTICES,
        **ASKING_NOTICES,
        **FAMILY_NOTICES,
        **TREE_NOTICES,
        **ENTRY_NOTICES,
        **PEOPLE_NOTICES,
        **SEARCH_NOTICES,
    }
    return str(notices.get(said or request.args.get("said", ""), ""))


def in_language(code: str) -> str:
    """The address of the present page in another language: its first part is exchanged, and the question kept."""
    _, first, *rest = _seen_at().split("/", 2)
    if first != language():  # an address without a language: an error page
        return f"/{code}/"
    query = request.query_string.decode("ascii", "replace")
    return f"/{code}/{''.join(rest)}" + (f"?{query}" if query else "")


def _seen_at() -> str:
    """Where the present page can be seen: one that answers a form stands under the form's address, or above it."""
    path, routes = request.path, current_app.url_map.bind("")
    while request.method == "POST" and path.count("/") > 2 and not routes.test(path, "GET"):
        path = path.rsplit("/", 1)[0]
    return path


def is_moderator() -> bool:
    """Whether the reader has a desk."""
    return bool(current_user.is_authenticated) and current_user.actor.belongs_to(Audience.MODERATORS)


def is_administrator() -> bool:
    """Whether the reader keeps the people of the site."""
    return bool(current_user.is_authenticated) and current_user.actor.belongs_to(Audience.ADMINISTRATORS)


def relationship_wording(term: str) -> str:
    """Who the sender is to the participant."""
    return gettext(Relationship(term).wording) if term in set(Relationship) else ""


def kind_wording(term: str) -> str:
    """The kind of a picture."""
    return gettext(PhotographKind(term).wording)


def language_name(code: str) -> str:
    """A language as its own readers call it."""
    return NAMES.get(code, code)


def opened(form: Form, facts: Iterable[Field], errors: Mapping[str, str]) -> bool:
    """Whether a part of the form that is offered folded stands open: something is in it, or is to be mended."""
    names = [fact.name for fact in facts]
    wrong = any(error.split("-")[0] in names for error in errors)
    return wrong or any(_stated(form[name].data) for name in names)


def _stated(data: object) -> bool:
    if isinstance(data, list):
        return any(_stated(list(row.values()) if isinstance(row, dict) else row) for row in data)
    return bool(data)
