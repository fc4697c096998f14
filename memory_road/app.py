"""The table of contents: which parts the portal is made of."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from memory_road.accounts.sessions import LIFETIME, ServerSessions
from memory_road.accounts.tell import UNDO_TIME
from memory_road.config import Settings, SettingWrong
from memory_road.db import db
from memory_road.facts.vocabulary import Category
from memory_road.jobs import offers
from memory_road.jobs.executor import Executor
from memory_road.jobs.sweep import Sweep
from memory_road.jobs.threads import Threads
from memory_road.jobs.verbs import Verbs
from memory_road.media.limits import Limits
from memory_road.media.local_store import LocalStore
from memory_road.media.store import Store
from memory_road.moderation.approval import TWO_FOR
from memory_road.tables import TABLES
from memory_road.web import site
from memory_road.web.audience import SMALL_BODY
from memory_road.web.edge import Parts, Portal, uses_session

MEGABYTE = 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_app(settings: Settings) -> Portal:
    """The WSGI application for ``settings``. Starts nothing: ``serve`` and ``worker`` do."""
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
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
        **{UNDO_TIME: timedelta(minutes=settings.undo_minutes)},
    )
    app.session_interface = ServerSessions(uses_session)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # pyright: ignore[reportAttributeAccessIssue] -- Flask's documented way
    assert TABLES
    db.init_app(app)
    store = store_of(settings)
    limits = Limits(
        bytes=settings.photo_max_megabytes * MEGABYTE,
        pixels=settings.photo_max_megapixels * 1_000_000,
        memory_bytes=settings.photo_memory_megabytes * 1_000_000,
    )
    known = {*Category, *TWO_FOR}
    if settings.two_approvals - known:
        raise SettingWrong(
            f"MEMORY_ROAD_TWO_APPROVALS must list words out of {', '.join(sorted(known))}, separated by commas."
        )
    executor = executor_of(app, settings, store, limits)
    app.extensions["memory_road"] = Parts(settings, store, limits, executor)
    app.extensions[offers.EXTENSION] = executor
    site.install(app, settings)
    return app


def store_of(settings: Settings) -> Store:
    """The store that the settings name. Touches neither disk nor network. Raises ``SettingWrong`` where what a bucket
    needs is not installed."""
    bucket = settings.storage_url
    if isinstance(bucket, Path):
        return LocalStore(bucket)
    try:
        s3 = import_module("memory_road.media.s3_store")  # obstore belongs to an extra
    except ModuleNotFoundError as missing:
        raise SettingWrong(
            f"MEMORY_ROAD_STORAGE_URL names a bucket: that needs {missing.name}, which comes with the extra s3."
        ) from missing
    key = (settings.storage_key, settings.storage_secret)
    signer = s3.Signer(bucket.endpoint, bucket.region, bucket.name, *key)
    return s3.S3Store(signer, bucket.signed)


def executor_of(app: Portal, settings: Settings, store: Store, limits: Limits) -> Executor:
    """Who does the background work: threads, or Celery workers where a broker is set. Starts and reaches nothing.
    Raises ``SettingWrong`` where what a broker needs is not installed."""
    verbs = Verbs(app, settings, store, limits)
    if not settings.broker_url:
        return Threads(verbs, Sweep(app, store, folder=settings.data_dir))
    try:
        queue = import_module("memory_road.jobs.celery_queue")  # Celery belongs to an extra
    except ModuleNotFoundError as missing:
        raise SettingWrong(
            f"MEMORY_ROAD_BROKER_URL names a broker, which needs {missing.name}: "
            "install memory-road with its extra celery."
        ) from missing
    return queue.CeleryQueue(
        verbs, Sweep(app, store, queue.FORGOTTEN_AFTER, folder=settings.data_dir), settings.broker_url
    )
