"""What came of a verb about an entry: how it was refused, and which letters were written."""

from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import select

from memory_road.db import db
from memory_road.mail.compose import compose
from memory_road.mail.letter import Letter, LetterKind
from memory_road.requests.refusal import RequestRefused
from memory_road.web.edge import Portal, parts
from tests.application import work


def refusal_of(app: Portal, verb: Any, *arguments: Any) -> StrEnum:
    """Why ``verb`` refuses its ``arguments``."""
    with pytest.raises(RequestRefused) as refused, work(app):
        verb(*arguments)
    return refused.value.code


def letters(app: Portal, kind: LetterKind) -> list[Letter]:
    """Those of a kind, in their order; they can be put into words."""
    with app.app_context():
        found = list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.created_at)))
        assert all(compose(letter, parts().settings)["Subject"] for letter in found)
        return found
