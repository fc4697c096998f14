"""The edge of every request: who may enter, one transaction, headers."""

from dataclasses import dataclass, replace
from functools import cache
from time import time
from typing import cast

from flask import Flask, Request, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from memory_road.accounts.permissions import Actor, Audience, Role
from memory_road.accounts.second_factor import has_second_factor
from memory_road.config import Bucket, Settings
from memory_road.db import db, writing
from memory_road.jobs.executor import Executor
from memory_road.media.limits import Limits
from memory_road.media.store import Store
from memory_road.web.audience import PICTURE_TYPES, audience_of, comes_from_anywhere, most_bytes_of, takes_one_step
from memory_road.web.caching import A_MOMENT, NOT_KEPT, SHARED, until
from memory_road.web.same_origin import SentFromElsewhere, sent_from_own_page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FAULT = 500
NOT_THERE = frozenset({404, 410})
"""Errors that are kept like pages: of an address that is asked for by thousands, too."""
NOBODY = AnonymousUserMixin()
SECOND_FACTOR = "second_factor"
"""In the session, the id of the account that has taken the second step of signing in."""


@cache
def content_security_policy(pictures: str = "") -> str:
    """The same on every page. ``pictures`` is the address from which browsers also fetch them, if any."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' blob: {pictures}".rstrip(),
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What views need of the application: ``create_app`` puts it together."""

    settings: Settings
    store: Store
    limits: Limits
    worker: Executor


def parts() -> Parts:
    """The parts of the present application."""
    return cast(Parts, current_app.extensions["memory_road"])


def actor() -> Actor:
    """Who acts in the present request. The guard has put it there for every route that is not for everybody."""
    return cast(Actor, g.actor)


class Portal(Flask):
    """Flask with one rule: a request that may write runs in one transaction, committed here and nowhere else."""

    def full_dispatch_request(self) -> Response:
        g.asked_at = int(time())  # before anything is read
        return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        if request.method in SAFE_METHODS:
            return super().dispatch_request()
        # What was read so far, to know who asks, is left: a transaction that began with reading must not go on to write
        # (see db.writing), and none may stay open while an upload is decoded.
        db.session.rollback()
        names = [file.filename or "" for _, file in request.files.items(multi=True)]
        if _holds_nul(*names, *(text for _, text in request.form.items(multi=True))):
            abort(400)
        with writing():
            response = self.make_response(super().dispatch_request())
            if response.status_code >= FAULT:  # a view that answers for a fault of ours has kept nothing, or only half
                db.session.rollback()
            db.session.commit()
        return response


def uses_session(request: Request) -> bool:
    """Whether the requested page may see the session: public pages depend on their address alone."""
    return request.endpoint is not None and audience_of(request.endpoint) not in {Audience.EVERYONE, None}


def _holds_nul(*sent: str) -> bool:
    # No keyboard makes one, and PostgreSQL neither keeps nor compares it.
    return any("\x00" in text for text in sent)


def guard() -> BaseResponse | None:
    """Refuse whom the route is not for. A route that names no audience is for nobody."""
    if _holds_nul(request.path, *(text for _, text in request.args.items(multi=True))):
        abort(404)
    # Only pictures are large; a form of a million small fields would keep the machine busy for a minute.
    if request.mimetype in PICTURE_TYPES:
        request.max_content_length = most_bytes_of(request.endpoint)
    who = audience_of(request.endpoint)
    if who is Audience.EVERYONE or request.endpoint is None:
        if request.method not in SAFE_METHODS and request.endpoint and not _sent_from_here(request.endpoint):
            raise SentFromElsewhere
        # Flask-Login would look for somebody whenever a template is rendered.
        g._login_user = NOBODY
        return None
    if who is None:
        abort(403)
    if not isinstance(who, Audience):
        return None
    if not current_user.is_authenticated:
        # A redirect would throw away what was typed, and lead a script to a page that it cannot read.
        if request.method not in {"GET", "HEAD"} or "Tus-Resumable" in request.headers:
            abort(401)
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    return _admit(who)


def _admit(who: Audience) -> BaseResponse | None:
    """Say who acts, or refuse somebody who is signed in."""
    g.actor = _acting(current_user.actor)
    if g.actor.belongs_to(who):
        return None
    if not current_user.actor.belongs_to(who):
        abort(403)
    if takes_one_step(request.endpoint):
        return None
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    return redirect(url_for("second_factor.page", next=request.full_path.rstrip("?")))


def _acting(known: Actor) -> Actor:
    """Who acts in this session: without the second step, where one is asked for, a contributor and nothing more. So it
    does not matter by which page somebody came in, nor by which one they try to read what others sent."""
    known = replace(known, decides_own=parts().settings.single_moderator)
    if known.roles <= {Role.CONTRIBUTOR} or session.get(SECOND_FACTOR) == known.id:
        return known
    if parts().settings.second_factor or has_second_factor(known.id):
        return replace(known, roles=known.roles & {Role.CONTRIBUTOR})
    return known


def _sent_from_here(endpoint: str) -> bool:
    own = {parts().settings.base_url, request.host_url.rstrip("/")}
    return comes_from_anywhere(endpoint) or sent_from_own_page(request.headers, own)


def finish(response: Response) -> Response:
    """Headers of every response."""
    headers = response.headers
    storage = parts().settings.storage_url
    pictures = storage.signed if isinstance(storage, Bucket) else ""
    headers.setdefault("Content-Security-Policy", content_security_policy(pictures))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if parts().settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if not _may_be_kept(response):
        headers["Cache-Control"] = NOT_KEPT  # Flask-Security writes no-store=True, which is no directive
        return response
    headers.setdefault("Cache-Control", A_MOMENT)
    if SHARED in headers["Cache-Control"]:
        headers["X-Accel-Expires"] = until(g.asked_at)  # nginx before 1.23 wants it after Cache-Control
    if response.status_code in NOT_THERE and g.get("asks_for_language"):
        response.vary.add("Accept-Language")
    if response.status_code == 200 and not response.direct_passthrough:
        response.add_etag()
        response.make_conditional(request)
    return response


def _may_be_kept(response: Response) -> bool:
    """Whether browsers and caches may keep the answer: one to a question that depends on nothing but its address."""
    if request.method not in SAFE_METHODS or uses_session(request):
        return False
    return response.status_code < 400 or response.status_code in NOT_THERE
