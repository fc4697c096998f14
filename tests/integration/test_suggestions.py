"""What is suggested beside ranks, branches and awards: an administrator adds to it and takes off it."""

from collections.abc import Callable

import pytest

from memory_road.accounts.permissions import NotPermitted
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.suggestion import (
    LONGEST,
    SHIPPED,
    Vocabulary,
    add_suggestion,
    retire_added,
    retire_shipped,
    suggestions,
)
from memory_road.facts.fields import FIELDS
from memory_road.web.edge import Portal
from memory_road.web.suggested import VOCABULARIES
from tests.application import Accounts, Browser, begin, work

LONG = "я" * (LONGEST + 1)
ClientOf = Callable[[str], Browser]


def test_every_fact_with_suggestions_has_its_vocabulary() -> None:
    shipped = {fact.suggestions for fact in FIELDS} | {part.suggestions for fact in FIELDS for part in fact.parts}
    assert shipped - {()} == set(VOCABULARIES)


def test_what_is_added_is_suggested_in_its_language(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    administrator = accounts.administrator.actor
    with work(app):
        add_suggestion(administrator, Vocabulary.RANK, "ru", "  Полковой  писарь ")
        add_suggestion(administrator, Vocabulary.RANK, "ru", "Полковой писарь")
        retire_shipped(administrator, Vocabulary.RANK, "Captain", retired=True)
    draft = begin(app, accounts.contributor)
    client = client_of("contributor")
    russian, english = (client.get(f"/{code}/contribute/{draft}/service").text for code in ("ru", "en"))
    assert russian.count('value="Полковой писарь"') == 1
    assert 'value="Полковой писарь"' not in english
    assert '<option value="Captain">' not in english
    assert '<option value="Colonel">' in english
    with work(app):
        added = suggestions(Vocabulary.RANK)[-1]
        retire_added(administrator, added.id, retired=True)
        retire_shipped(administrator, Vocabulary.RANK, "Captain", retired=False)
    assert "Полковой писарь" not in client.get(f"/ru/contribute/{draft}/service").text
    assert '<option value="Captain">' in client.get(f"/en/contribute/{draft}/service").text


def test_what_cannot_be_kept(app: Portal, accounts: Accounts) -> None:
    administrator = accounts.administrator.actor
    for verb, code in (
        (lambda: add_suggestion(administrator, Vocabulary.RANK, "ru", "  "), RefusalCode.SUGGESTION_MISSING),
        (
            lambda: add_suggestion(administrator, Vocabulary.RANK, "ru", LONG),
            RefusalCode.SUGGESTION_TOO_LONG,
        ),
        (lambda: retire_shipped(administrator, Vocabulary.RANK, "King", retired=True), RefusalCode.NOT_FOUND),
        (lambda: retire_added(administrator, "nonsense", retired=True), RefusalCode.NOT_FOUND),
    ):
        with pytest.raises(Refused) as refused, work(app):
            verb()
        assert refused.value.code == code
    with pytest.raises(NotPermitted), work(app):
        add_suggestion(accounts.senior_moderator.actor, Vocabulary.RANK, "ru", "Старшина")


def test_the_pages(app: Portal, client_of: ClientOf) -> None:
    client = client_of("administrator")
    assert "Awards" in client.get("/en/administer/suggestions").text
    address = "/en/administer/suggestions/award"
    assert client.send(address, {"words": "Order of Suvorov, 3rd class"}).status_code == 303
    page = client.get(address).text
    assert "Order of Suvorov, 3rd class" in page
    assert "Suggest it again" not in page
    assert (
        client.send(f"{address}/retire", {"words": SHIPPED[Vocabulary.AWARD][0], "retired": "yes"}).status_code == 303
    )
    assert client.get(address).text.count("Suggest it again") == 1
    wrong = client.send(address, {"words": "я" * 300})
    assert (wrong.status_code, "я" * 300 in wrong.text) == (422, True)
    assert client.get("/en/administer/suggestions/kings").status_code == 404
    assert client.send(f"{address}/retire", {"words": "King", "retired": "yes"}).status_code == 404
