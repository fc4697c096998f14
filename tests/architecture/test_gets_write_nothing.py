"""Looking changes nothing: every GET route, as every reader, on a database that refuses to be written.

Scanners follow links, browsers fetch pages before they are asked for, and a read replica cannot be written at all. Only
the table of sessions may change: the form's token and the reader's own session live there.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import Connection, event, select
from werkzeug.routing import Rule

from memory_road.accounts.user import Account
from memory_road.contributions.parked import park
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.facts.steps import Step
from memory_road.family.ask_care import ask_for_care
from memory_road.family.disagree import dispute
from memory_road.family.hand_over import hand_over
from memory_road.family.successor import name_successor
from memory_road.mail.letter import Letter, LetterKind
from memory_road.mail.search_links import confirm_address, keeper_token
from memory_road.mail.unsubscribe import leave_address
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import return_to_sender
from memory_road.moderation.proposal import EntryProposal
from memory_road.requests.report import Report, report
from memory_road.requests.takedown import ask_for_takedown
from memory_road.searches.keep import keep_own
from memory_road.searches.sought import Sought
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Sample, begin, publish, send_in, work
from tests.relatives import two_relatives

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|REPLACE)\b", re.IGNORECASE)
SESSIONS = re.compile(r"\bsign_in\b")
READERS = ("visitor", "contributor", "stranger", "moderator", "senior_moderator", "administrator")


class Written(Exception):
    """A statement that changes something was sent."""


@contextmanager
def refusing_to_be_written(app: Portal) -> Iterator[list[str]]:
    """The statements that were refused meanwhile."""
    refused: list[str] = []

    def refuse(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if WRITES.match(statement) and not SESSIONS.search(statement):
            refused.append(statement)
            raise Written(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield refused
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def addresses(app: Portal, values: dict[str, list[str]]) -> Iterator[str]:
    """Every GET route with every fitting value in its place."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()):
            yield from filled(rule, values)


def filled(rule: Rule, values: dict[str, list[str]]) -> Iterator[str]:
    found = [rule.rule.replace("<lang>", "en")]
    for name in rule.arguments - {"lang"}:
        place = re.compile(rf"<(?:[^<>]*:)?{name}>")
        found = [place.sub(value, address) for address in found for value in values[name]]
    yield from found


def test_no_get_writes(app: Portal, accounts: Accounts, portrait: Sample, client_of: Callable[[str], Browser]) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    other = publish(app, accounts.stranger, accounts.moderator)
    cases = [begin(app, accounts.contributor, portrait), *(send_in(app, accounts.contributor) for _ in range(3))]
    with work(app):
        claim(cases[2], accounts.moderator.actor)
        claim(cases[3], accounts.moderator.actor)
        return_to_sender(cases[3], accounts.moderator.actor, "other", "Кто это?")
    with work(app):
        hand_over(entry, accounts.contributor.actor, "vera@example.org")
        name_successor(entry, accounts.contributor.actor, "Вера", "vera@example.org")
        takeover = ask_for_care(entry, accounts.stranger.actor, "child", "Почему?", "", 1).id
        kept = park(accounts.contributor.actor.id, "/en/contribute", [("surname", "Орлов")]).id
        disputed = dispute(entry, accounts.stranger.actor, "Год", "Нет.").id
        mine, theirs, message = two_relatives(entry, accounts)
        invitation = db.session.execute(select(Letter).where(Letter.kind == LetterKind.CARE_OFFERED)).scalar_one()
        tokens = [invitation.content["token"]]
        asked = ask_for_takedown(entry, accounts.contributor.actor, "other", "Почему?").id
        reported = report(entry, Report("other", "Почему?"), "en", "").id
        proposal = EntryProposal(
            participant_id=other,
            move="take_down",
            content={"reason": "family", "message": ""},
            proposer_id=accounts.senior_moderator.actor.id,
        )
        db.session.add(proposal)
        db.session.flush()
        proposed = proposal.id
        searched = keep_own(Sought("Верещагина"), "vera@example.org", "ru")
        search_id, keeper_id = searched.id, searched.keeper_id
    with app.app_context():
        photograph = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
        account = db.session.get_one(Account, accounts.contributor.actor.id)
        leaves = leave_address(account.id, "en", parts().settings).rpartition("/")[2]
        confirms = confirm_address(search_id, "en", parts().settings).rpartition("/")[2]
        tokens += [confirms, keeper_token(keeper_id, parts().settings)]
        tokens += [leaves, generate_confirmation_token(account), generate_reset_password_token(account), "nonsense"]
    values = {
        "contribution_id": [*cases, "000000000"],
        "participant_id": [entry, "000000000"],
        "photograph_id": [photograph],
        "name": ["vereshchagina-anna", "preview", "look.css", "ranks"],
        "day": ["05-12", "02-30"],
        "key": ["nothing.webp", "other"],
        "upload_id": ["000000000"],
        "region": ["full"],
        "size": ["max"],
        "rotation": ["0"],
        "digest": ["x"],
        "token": tokens,
        "depth": ["0"],
        "category": ["medical"],
        "number": ["0"],
        "step": [step.value for step in Step if step.value],
        "parked_id": [kept, "000000000"],
        "takeover_id": [takeover],
        "dispute_id": [disputed],
        "wish_id": [mine, theirs],
        "message_id": [message],
        "request_id": [asked, reported],
        "other_id": [other, "000000000"],
        "proposal_id": [proposed],
        "kind": ["b", "x"],
        "account_id": [str(accounts.contributor.actor.id), "0"],
    }
    clients = {reader: client_of(reader) for reader in READERS}
    seen: set[int] = set()
    with refusing_to_be_written(app) as refused:
        for reader, client in clients.items():
            for address in addresses(app, values):
                seen.add(client.get(address).status_code)
                assert not refused, f"GET {address} as {reader} writes: {refused}"
    assert 200 in seen


def test_the_test_would_notice(app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]) -> None:
    client = client_of("contributor")
    token = client.token()
    with refusing_to_be_written(app) as refused:
        answer = client.post("/en/contribute", data={"csrf_token": token, "surname": "Тян"})
    assert answer.status_code == 500
    assert refused[0].startswith("INSERT INTO")


@pytest.mark.parametrize("statement", ["INSERT INTO x", " update x", "DELETE FROM x", "\nDROP TABLE x"])
def test_a_write_is_recognised(statement: str) -> None:
    assert WRITES.match(statement)
