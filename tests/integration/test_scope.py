"""Moderators of a language or a country: what lies out of their scope is to them as if it were not there."""

import pytest

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.user import Account
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import readable
from memory_road.db import db
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject
from memory_road.web.edge import Portal
from tests.application import Accounts, Person, filled_in, send_in, signed_in, work


def give_scope(app: Portal, person: Person, languages: list[str], countries: list[str]) -> Person:
    """The person with a scope, as the rules see them from now on."""
    with work(app):
        account = db.session.get_one(Account, person.actor.id)
        account.scope_languages, account.scope_countries = languages, countries
        return Person(person.email, account.actor)


@pytest.mark.parametrize(
    ("languages", "countries", "why"),
    [(["be"], [], "another language"), ([], ["KZ"], "another country"), (["ru"], ["KZ"], "one of both is another")],
)
def test_a_moderator_out_of_scope_neither_reads_nor_decides(
    app: Portal, accounts: Accounts, languages: list[str], countries: list[str], why: str
) -> None:
    case = send_in(app, accounts.contributor, form=filled_in({"birth_country": "BY"}))
    moderator = give_scope(app, accounts.moderator, languages, countries)
    with app.app_context():
        with pytest.raises(Refused) as refused:
            readable(case, moderator.actor)
        assert refused.value.code == RefusalCode.NOT_FOUND, why
        with pytest.raises(NotPermitted):
            claim(case, moderator.actor)
    browser = signed_in(app, moderator)
    assert browser.get(f"/en/moderate/{case}").status_code == 404
    assert browser.get(f"/en/moderate/find?number={case}").status_code == 404
    assert browser.send(f"/en/moderate/{case}/claim").status_code == 403


def test_a_claim_decides_nothing_once_the_scope_is_narrower(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
    moderator = give_scope(app, accounts.moderator, ["hy"], [])
    with app.app_context(), pytest.raises(NotPermitted):
        reject(case, moderator.actor, "other", "Кто это?")


@pytest.mark.parametrize(
    ("countries", "typed", "why"),
    [(["BY"], {"birth_country": "BY"}, "their country"), (["BY"], {}, "an unknown country is everybody's")],
)
def test_a_moderator_in_scope_decides(
    app: Portal, accounts: Accounts, countries: list[str], typed: dict[str, str], why: str
) -> None:
    case = send_in(app, accounts.contributor, form=filled_in(typed))
    moderator = give_scope(app, accounts.moderator, ["ru"], countries)
    with work(app):
        assert claim(case, moderator.actor).holds(), why
    assert signed_in(app, moderator).get(f"/en/moderate/{case}").status_code == 200
