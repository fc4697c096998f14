"""The table of contents: which parts the portal is made of."""

from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from memory_road.accounts.sessions import LIFETIME, ServerSessions
from memory_road.config import Settings
from memory_road.db import db
from memory_road.jobs.sweep import Sweep
from memory_road.jobs.threads import Worker
from memory_road.media.limits import Limits
from memory_road.media.local_store import LocalStore
from memory_road.tables import TABLES
from memory_road.web import site
from memory_road.web.audience import SMALL_BODY
from memory_road.web.edge import Parts, Portal, uses_session

MEGABYTE = 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_app(settings: Settings) -> Portal:
    """The WSGI application for ``settings``. Starts nothing: ``serve`` starts the worker."""
    app = Portal("memory_road", static_folder=None, template_folder="web/templates")
    host = urlsplit(settings.base_url).hostname or ""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # what families typed does not belong into logs
        MAX_CONTENT_LENGTH=SMALL_BODY,
        MAX_FORM_MEMORY_SIZE=SMALL_BODY,
        MAX_FORM_PARTS=4000,
        TRUSTED_HOSTS=[host, *LOOPBACK] if host in LOOPBACK else [host],
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
        SESSION_COOKIE_NAME="memory_road",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stand open for an evening; the token lives as long as the session
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.session_interface = ServerSessions(uses_session)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # pyright: ignore[reportAttributeAccessIssue] -- Flask's documented way
    assert TABLES
    db.init_app(app)
    store = LocalStore(settings.storage_url)
    limits = Limits(
        bytes=settings.photo_max_megabytes * MEGABYTE,
        pixels=settings.photo_max_megapixels * 1_000_000,
        memory_bytes=settings.photo_memory_megabytes * 1_000_000,
    )

    sweep = Sweep(settings, store, limits)

    def work() -> int:
        with app.app_context():
            return sweep()

    app.extensions["memory_road"] = Parts(settings, store, limits, Worker(work))
    site.install(app, settings)
    return app
