"""The built-in server: waitress, with the background work beside it."""

import logging
import signal
import socket
from types import FrameType
from typing import NoReturn

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from waitress.server import create_server

from memory_road.db import db
from memory_road.media.store import Store, StoreFault, StoreUnavailable
from memory_road.web.contribute.routes import FORM_BYTES
from memory_road.web.edge import Portal, parts

log = logging.getLogger(__name__)


class AddressInUse(Exception):
    """The port is taken; the message says by which setting to choose another."""


class DatabaseNotReady(Exception):
    """The database cannot be used; the message says what to run."""


class StoreNotReady(Exception):
    """No picture can be kept; the message names the settings to look at."""


STORE_FAULTS = {
    StoreFault.NO_ANSWER: "The store of pictures does not answer: check MEMORY_ROAD_STORAGE_URL, and that it runs.",
    StoreFault.NO_BUCKET: "There is no such bucket: make it, or correct MEMORY_ROAD_STORAGE_URL.",
    StoreFault.NOT_ALLOWED: (
        "The store of pictures does not let this program write: check the owner of the folder MEMORY_ROAD_STORAGE_URL, "
        "or for a bucket MEMORY_ROAD_STORAGE_KEY and MEMORY_ROAD_STORAGE_SECRET."
    ),
    StoreFault.FULL: "There is no room for pictures where MEMORY_ROAD_STORAGE_URL points to: make some.",
    StoreFault.USED_BEFORE_FORK: "The bucket of MEMORY_ROAD_STORAGE_URL was used before this process was forked.",
}


def try_store(store: Store) -> None:
    """Raise ``StoreNotReady`` unless ``store`` can be used: better now than when a family sends a picture. A full one
    can still be read from, and is only warned about."""
    try:
        store.try_out()
    except StoreUnavailable as unavailable:
        sentence = f"{STORE_FAULTS[unavailable.fault]} ({unavailable.detail})"
        if unavailable.fault is not StoreFault.FULL:
            raise StoreNotReady(sentence) from unavailable
        log.warning(sentence)


def serve(app: Portal, host: str, port: int) -> None:
    """Serve ``app`` until SIGTERM or Ctrl+C; requests in flight and work in hand are finished first.
    Raises ``AddressInUse``, ``DatabaseNotReady`` or ``StoreNotReady``."""
    with app.app_context():
        worker, settings = parts().worker, parts().settings
        _refuse_unready()
        try_store(parts().store)
    _refuse_taken(host, port)
    server = create_server(
        app,
        host=host,
        port=port,
        threads=settings.threads,
        ident="memory-road",
        # Waitress writes bodies to disk before Flask is asked, so it must know the limit as well.
        max_request_body_size=FORM_BYTES,
        connection_limit=1000,
        channel_timeout=120,
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    # Waitress ends requests in flight only when SystemExit comes up through its loop.
    signal.signal(signal.SIGTERM, leave)
    worker.start()
    try:
        server.run()
    finally:
        server.close()
        worker.stop()


def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the program in good order: what runs is finished first."""
    raise SystemExit(0)


def _refuse_unready() -> None:
    try:
        db.session.execute(text("SELECT number FROM decision_head"))
    except SQLAlchemyError as unready:
        raise DatabaseNotReady(
            "The database does not answer or has no tables: check MEMORY_ROAD_DATABASE_URL, "
            "then run “memory-road db upgrade”."
        ) from unready
    db.session.rollback()


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise AddressInUse(
                f"Port {port} is used by another program: choose another one, for example --port {port + 1}."
            ) from taken
