"""A visitor does not notice that the database's connections were cut off between two pages."""

from collections.abc import Callable

from sqlalchemy import text

from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import Browser


def test_the_gallery_asks_again_on_a_new_connection(app: Portal, client_of: Callable[[str], Browser]) -> None:
    visitor = client_of("visitor")
    assert visitor.get("/en/gallery").status_code == 200
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            with db.engine.connect() as outside:
                outside.execute(text(f"{others} AND pid <> pg_backend_pid()"))
                outside.detach()
    assert visitor.get("/en/gallery").status_code == 200
