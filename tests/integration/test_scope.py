"""Moderators of a language or a country: what lies out of their scope is to them as if it were not there."""

import pytest

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import readable
from memory_road.db import db
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject
from memory_road.moderation.entry import governs
from memory_road.moderation.merge import Plan, merge
from memory_road.moderation.unmerge import unmerge
from memory_road.requests.report import Report, report
from memory_road.web.edge import Portal
from tests.application import Accounts, Person, filled_in, publish, send_in, signed_in, work
from tests.integration.test_take_down import bring_back, remove


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


ELSEWHERE, HERE, NO_COUNTRY = ["KZ"], ["BY"], ""


@pytest.mark.parametrize("gone", ["taken down", "merged", "merged into what was taken down"])
@pytest.mark.parametrize(
    ("country", "countries", "within", "why"),
    [
        ("BY", HERE, True, "the country of the entry"),
        ("BY", ELSEWHERE, False, "another country, though the entry says nothing any more"),
        (NO_COUNTRY, ELSEWHERE, True, "an unknown country is everybody's, before and after"),
    ],
)
def test_the_scope_holds_for_what_is_gone(
    app: Portal, accounts: Accounts, gone: str, country: str, countries: list[str], within: bool, why: str
) -> None:
    form = filled_in({"birth_country": country} if country else {})
    entry, kept = (publish(app, accounts.contributor, accounts.moderator, form=form) for _ in range(2))
    with work(app):
        asked = report(entry, Report("other", "Кто это?"), "ru", "192.0.2.7").id
        if gone != "taken down":
            one, two = db.session.get_one(Participant, kept), db.session.get_one(Participant, entry)
            plan = Plan(kept, entry, {}, {}, "kept", (one.edition, two.edition))
            merge(plan, accounts.senior_moderator.actor)
    if gone != "merged":
        remove(app, entry if gone == "taken down" else kept, accounts.senior_moderator)
    scoped = give_scope(app, accounts.administrator, [], countries)
    with app.app_context():
        shown = db.session.get_one(Participant, entry)
        assert shown.facts == {}
        assert governs(shown, scoped.actor) is within, why
    assert signed_in(app, scoped).get(f"/en/moderate/requests/{asked}").status_code == (200 if within else 404)


def test_an_entry_that_is_shown_again_has_the_country_that_it_says(app: Portal, accounts: Accounts) -> None:
    form = filled_in({"birth_country": "BY"})
    entry, kept = (publish(app, accounts.contributor, accounts.moderator, form=form) for _ in range(2))
    senior = accounts.senior_moderator
    remove(app, entry, senior)
    bring_back(app, entry, senior)
    with work(app):
        one, two = db.session.get_one(Participant, kept), db.session.get_one(Participant, entry)
        merge(Plan(kept, entry, {}, {}, "kept", (one.edition, two.edition)), senior.actor)
    with work(app):
        unmerge(entry, senior.actor, "Всё-таки нет.")
    with app.app_context():
        shown = db.session.get_one(Participant, entry)
        assert (shown.gone_country, shown.place) == (None, ("ru", "BY"))
