"""Sessions kept on the server, so that signing out ends them: a cookie that was copied before opens nothing after.

Somebody signed in has a row here, found by the digest of a random token in the cookie. Before signing in there is
nothing to protect but the form's token, which travels in Flask's signed cookie; so visitors leave no rows. A session is
read only when something asks for it, and public pages answer as if there were none: they depend on their URL alone.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from sqlalchemy import ForeignKey, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.user import Account
from memory_road.db import Base, Document, Moment, db, now, writing

LIFETIME = timedelta(days=30)
SIGNED_IN_AS = "_user_id"  # Flask-Login's key


class SignIn(Base):
    """One signed-in browser."""

    __tablename__ = "sign_in"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True, comment="SHA-256 of the cookie's token")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    data: Mapped[Document]
    created_at: Mapped[Moment] = mapped_column(default=now)
    expires_at: Mapped[Moment] = mapped_column(index=True)


class LazySession(SessionMixin):
    """A session that is read at its first use. ``token`` is the one it was found by, if any.

    On a page that uses no session (``allowed`` answers no) it stays empty whatever is written into it: extensions note
    things in every response, and a public page must set no cookie."""

    def __init__(self, allowed: Callable[[], bool], load: Callable[[], tuple[dict[str, Any], str | None]]) -> None:
        self._allowed = allowed
        self._load = load
        self._data: dict[str, Any] | None = None
        self.token: str | None = None
        self.found_for: str | None = None
        self.modified = False
        self.accessed = False  # Flask sets it whenever somebody takes the session in hand; ``loaded`` tells more

    @property
    def data(self) -> dict[str, Any]:
        if not self._allowed():
            return {}
        if self._data is None:
            self._data, self.token = self._load()
            self.found_for = self._data.get(SIGNED_IN_AS)
        return self._data

    @property
    def loaded(self) -> bool:
        """Whether the page depends on the session."""
        return self._data is not None

    def renew(self) -> None:
        """Give the browser another cookie with the answer: whoever holds a copy of the present one is signed out."""
        self.found_for, self.modified = None, True

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.data[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self.data[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


class ServerSessions(SecureCookieSessionInterface):
    """Flask's session interface. ``uses_session`` says of a request whether its page may see the session at all."""

    def __init__(self, uses_session: Callable[[Request], bool]) -> None:
        self.uses_session = uses_session

    def open_session(self, app: Flask, request: Request) -> Any:
        # Flask opens the session before it knows the route, so the question waits until something is asked.
        def load() -> tuple[dict[str, Any], str | None]:
            cookie = request.cookies.get(self.get_cookie_name(app), "")
            if cookie.startswith("s."):
                return _find(cookie[2:])
            unsigned = super(ServerSessions, self).open_session(app, request)
            return dict(unsigned or {}), None

        return LazySession(lambda: self.uses_session(request), load)

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        if not session.loaded:
            return
        response.vary.add("Cookie")
        # Whoever does something stays signed in: the form that an evening was spent on must not end with its session.
        acts = request.method not in {"GET", "HEAD", "OPTIONS"} and session.token is not None
        if not session.modified and not acts:
            return
        cookie = self._store(app, session)
        name, path = self.get_cookie_name(app), self.get_cookie_path(app)
        secure, samesite = self.get_cookie_secure(app), self.get_cookie_samesite(app)
        if cookie is None:
            response.delete_cookie(name, path=path, secure=secure, samesite=samesite, httponly=True)
        else:
            age = LIFETIME if cookie.startswith("s.") else None
            response.set_cookie(name, cookie, age, path=path, secure=secure, httponly=True, samesite=samesite)

    def _store(self, app: Flask, session: LazySession) -> str | None:
        uniquifier = session.get(SIGNED_IN_AS)
        if uniquifier is None:
            if session.token is not None:
                end(session.token)
            signer = self.get_signing_serializer(app)
            return str(signer.dumps(dict(session))) if session and signer is not None else None
        if session.token is not None:
            # Somebody else, or the same with a new password: copies of the old cookie must open nothing.
            if uniquifier == session.found_for and _update(session.token, session.data):
                return f"s.{session.token}"
            end(session.token)
        return f"s.{_begin(uniquifier, session.data)}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _find(token: str) -> tuple[dict[str, Any], str | None]:
    row = db.session.execute(
        select(SignIn.data).where(SignIn.token_digest == _digest(token), SignIn.expires_at > now())
    ).first()
    return (dict(row.data), token) if row else ({}, None)


def _begin(uniquifier: str, data: dict[str, Any]) -> str:
    token = secrets.token_urlsafe(32)
    account_id = select(Account.id).where(Account.fs_uniquifier == uniquifier).scalar_subquery()
    with writing(), db.engine.begin() as connection:
        connection.execute(
            insert(SignIn).values(
                token_digest=_digest(token),
                account_id=account_id,
                data=data,
                created_at=now(),
                expires_at=now() + LIFETIME,
            )
        )
    return token


def _update(token: str, data: dict[str, Any]) -> bool:
    """Keep ``data``, and the session for another ``LIFETIME``; whether it was still there."""
    with writing(), db.engine.begin() as connection:
        found = connection.execute(
            update(SignIn).where(SignIn.token_digest == _digest(token)).values(data=data, expires_at=now() + LIFETIME)
        )
    return found.rowcount == 1


def end(token: str) -> None:
    """End the session of ``token``."""
    with writing(), db.engine.begin() as connection:
        connection.execute(delete(SignIn).where(SignIn.token_digest == _digest(token)))


def end_all(account_id: int) -> None:
    """End every session of an account, in the present transaction."""
    db.session.execute(delete(SignIn).where(SignIn.account_id == account_id))


def forget_expired() -> int:
    """Delete the rows of sessions that ended by age; returns how many."""
    ended = delete(SignIn).where(SignIn.expires_at <= now()).returning(SignIn.token_digest)
    return len(db.session.scalars(ended).all())
