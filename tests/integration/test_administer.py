"""What an administrator keeps: roles, scope, suspension, invitations, and the record of all of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError

from memory_road.accounts.code import make_code
from memory_road.accounts.permissions import Audience, NotPermitted, Role
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.jobs.tidy import tidy
from memory_road.mail.letter import LetterKind
from memory_road.moderation.claim import Claim, claim
from memory_road.people.administration import Act, Administration, acts_about
from memory_road.people.appoint import give_pen_name, give_quota, give_roles, give_scope
from memory_road.people.invite import StaffInvitation, accept, invite, open_invitations, take_back
from memory_road.people.refusal import PeopleRefusal
from memory_road.people.staff import found, staff
from memory_road.people.suspend import lift, reset_second_step, suspend
from memory_road.web.asking import SENTENCES
from memory_road.web.edge import Portal, parts
from memory_road.web.people_sentences import ACTS
from tests.application import PASSWORD, Accounts, Browser, Person, csrf, send_in, signed_in, work
from tests.outcomes import letters, refusal_of

ClientOf = Callable[[str], Browser]


def roles_of(app: Portal, person: Person) -> set[str]:
    with app.app_context():
        return {role.name for role in db.session.get_one(Account, person.actor.id).roles}


def acts(app: Portal, person: Person) -> list[str]:
    """What was recorded of the person, the newest first."""
    with app.app_context():
        return [str(act.act) for act in acts_about(person.actor.id)]


def test_every_code_and_act_has_its_words() -> None:
    assert set(PeopleRefusal) <= set(SENTENCES)
    assert set(Act) == set(ACTS)


# --- who may ---


@pytest.mark.parametrize("name", ["contributor", "moderator", "senior_moderator"])
def test_only_administrators_administer(app: Portal, accounts: Accounts, name: str) -> None:
    actor, other = getattr(accounts, name).actor, accounts.second_moderator.actor.id
    verbs: list[Callable[[], object]] = [
        lambda: give_roles(actor, other, ["administrator"]),
        lambda: give_scope(actor, other, ["ru"], []),
        lambda: give_pen_name(actor, other, "Ива"),
        lambda: give_quota(actor, other, "5"),
        lambda: suspend(actor, other),
        lambda: lift(actor, other),
        lambda: reset_second_step(actor, other),
        lambda: invite(actor, "vera@example.org", "moderator", [], [], "ru"),
        lambda: take_back(actor, "000000000"),
    ]
    for verb in verbs:
        with pytest.raises(NotPermitted), work(app):
            verb()


# --- roles, scope, name, room ---


def test_roles_are_given_and_taken(app: Portal, accounts: Accounts) -> None:
    administrator, person = accounts.administrator.actor, accounts.stranger
    with work(app):
        give_roles(administrator, person.actor.id, ["senior_moderator"])
    assert roles_of(app, person) == {"contributor", "senior_moderator"}
    with work(app):
        give_roles(administrator, person.actor.id, [])
        give_roles(administrator, person.actor.id, [])
    assert roles_of(app, person) == {"contributor"}
    assert acts(app, person) == ["roles", "roles"], "what changed nothing is not recorded"
    assert refusal_of(app, give_roles, administrator, person.actor.id, ["king"]) == PeopleRefusal.ROLE_MISSING
    assert refusal_of(app, give_roles, administrator, 999999, []) == PeopleRefusal.NO_SUCH_ACCOUNT


def test_an_administrator_always_remains(app: Portal, accounts: Accounts) -> None:
    administrator, other = accounts.administrator, accounts.stranger
    for verb in (give_roles, lambda actor, who, _: suspend(actor, who)):
        assert refusal_of(app, verb, administrator.actor, administrator.actor.id, []) == PeopleRefusal.ONESELF
    with work(app):
        give_roles(administrator.actor, other.actor.id, ["administrator"])
    with work(app):
        suspend(administrator.actor, other.actor.id)
    with app.app_context():
        second = db.session.get_one(Account, other.actor.id).actor
    assert second.belongs_to(Audience.ADMINISTRATORS)
    refused = refusal_of(app, give_roles, second, administrator.actor.id, [])
    assert refused == PeopleRefusal.LAST_ADMINISTRATOR, "the other one is suspended"
    assert refusal_of(app, suspend, second, administrator.actor.id) == PeopleRefusal.LAST_ADMINISTRATOR


def test_scope_name_and_room(app: Portal, accounts: Accounts) -> None:
    administrator, person = accounts.administrator.actor, accounts.moderator
    with work(app):
        give_scope(administrator, person.actor.id, ["ru", "be", "ru"], ["KZ"])
        give_pen_name(administrator, person.actor.id, "Ива")
        give_quota(administrator, person.actor.id, " 20000 ")
    with app.app_context():
        account = db.session.get_one(Account, person.actor.id)
        assert account.actor.scope.languages == {"be", "ru"}
        assert account.actor.scope.countries == {"KZ"}
        assert (account.pen_name, account.quota_megabytes) == ("Ива", 20000)
    with work(app):
        give_scope(administrator, person.actor.id, [], [])
        give_quota(administrator, person.actor.id, "")
    with app.app_context():
        account = db.session.get_one(Account, person.actor.id)
        assert account.actor.scope.holds("hy", "AM")
        assert account.quota_megabytes is None
    assert acts(app, person) == ["quota", "scope", "quota", "pen_name", "scope"]
    who = person.actor.id
    assert refusal_of(app, give_scope, administrator, who, [], ["ZZ"]) == PeopleRefusal.UNKNOWN_SCOPE
    assert refusal_of(app, give_pen_name, administrator, who, "я" * 101) == PeopleRefusal.PEN_NAME_TOO_LONG
    for typed in ("much", "-1", "1.5", "9" * 11, "9999999999", "²"):
        assert refusal_of(app, give_quota, administrator, who, typed) == PeopleRefusal.QUOTA_WRONG, typed


# --- suspension ---


def test_suspension_ends_everything_at_once(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    browsers = [signed_in(app, accounts.moderator) for _ in range(2)]
    tokens = [browser.token() for browser in browsers]
    with work(app):
        claim(case, accounts.moderator.actor)
        make_code(accounts.moderator.actor.id)
    with work(app):
        suspend(accounts.administrator.actor, accounts.moderator.actor.id)
    for browser, token in zip(browsers, tokens, strict=True):
        assert browser.get("/en/my/contributions").status_code == 302
        assert browser.post(f"/en/moderate/{case}/claim", data={"csrf_token": token}).status_code in {400, 401}
    with app.app_context():
        who = accounts.moderator.actor.id
        assert db.session.scalar(select(func.count()).where(SignIn.account_id == who)) == 0
        assert db.session.scalar(select(func.count()).where(Claim.moderator_id == who)) == 0
    assert acts(app, accounts.moderator) == ["suspended"]


def sign_in(app: Portal, person: Person, password: str = PASSWORD) -> tuple[Browser, str]:
    client = signed_in(app, None)
    page = client.get("/en/account/login")
    typed = {"csrf_token": csrf(page), "email": person.email, "password": password}
    return client, client.post("/en/account/login", data=typed).text


def test_signing_in_says_so_only_to_whoever_has_the_password_or_the_code(app: Portal, accounts: Accounts) -> None:
    person = accounts.moderator
    with work(app):
        suspend(accounts.administrator.actor, person.actor.id)
    client, said = sign_in(app, person)
    assert "This account is suspended" in said
    assert client.get("/en/my/contributions").status_code == 302
    assert "suspended" not in sign_in(app, person, "another password")[1]

    client.post(
        "/en/account/code/send", data={"csrf_token": csrf(client.get("/en/account/code")), "email": person.email}
    )
    with work(app):
        code = make_code(person.actor.id)
    for typed, told in ((f"{(int(code) + 1) % 10**6:06}", False), (code, True)):
        answer = client.post(
            "/en/account/code", data={"csrf_token": csrf(client.get("/en/account/code")), "code": typed}
        )
        assert (answer.status_code, "This account is suspended" in answer.text) == (422, told)

    with work(app):
        lift(accounts.administrator.actor, person.actor.id)
        lift(accounts.administrator.actor, person.actor.id)
    client, _ = sign_in(app, person)
    assert client.get("/en/moderate/").status_code == 200
    assert acts(app, person) == ["lifted", "suspended"]


# --- the record ---


@pytest.mark.parametrize("change", ["UPDATE administration SET act = 'lifted'", "DELETE FROM administration"])
def test_the_record_is_never_changed(app: Portal, accounts: Accounts, change: str) -> None:
    with work(app):
        suspend(accounts.administrator.actor, accounts.stranger.actor.id)
    with pytest.raises(DatabaseError, match="never changed or deleted"), work(app):
        db.session.execute(text(change))


# --- invitations ---


def token_of(app: Portal) -> str:
    return str(letters(app, LetterKind.STAFF_INVITED)[-1].content["token"])


def test_an_invitation_makes_a_moderator(app: Portal, accounts: Accounts) -> None:
    administrator, person = accounts.administrator.actor, accounts.stranger
    with work(app):
        invite(administrator, f" {person.email.upper()} ", "moderator", ["be"], ["BY"], "ru")
    address = f"/en/account/invited/{token_of(app)}"
    assert "Moderator" in signed_in(app, None).get(address).text
    other = signed_in(app, accounts.contributor)
    answer = other.send(address)
    assert answer.status_code == 409
    assert "another e-mail address" in answer.text
    client = signed_in(app, person)
    assert client.get(address).status_code == 200
    answer = client.send(address)
    assert (answer.status_code, answer.location) == (303, "/en/moderate/?said=welcome_to_desk")
    assert roles_of(app, person) == {"contributor", "moderator"}
    with app.app_context():
        scope = db.session.get_one(Account, person.actor.id).actor.scope
        assert (scope.languages, scope.countries) == ({"be"}, {"BY"})
        kept = db.session.scalars(select(StaffInvitation)).one()
        assert (kept.email, kept.ended_at is not None) == ("", True)
    assert client.send(address).status_code == 410, "it works once"
    assert acts(app, person) == ["invitation_accepted", "invited"]


def test_an_invitation_ends(app: Portal, accounts: Accounts) -> None:
    administrator, person = accounts.administrator.actor, accounts.stranger
    with work(app):
        invite(administrator, person.email, "moderator", [], [], "ru")
    first = token_of(app)
    with work(app):
        second = invite(administrator, person.email, "senior_moderator", [], [], "ru").id
    assert refusal_of(app, accept, person.actor, first) == PeopleRefusal.STAFF_INVITATION_GONE, "a newer one was sent"
    token = next(
        str(letter.content["token"])
        for letter in letters(app, LetterKind.STAFF_INVITED)
        if letter.content["token"] != first
    )
    with work(app):
        take_back(administrator, second)
        take_back(administrator, second)
        take_back(administrator, "nonsense")
        assert open_invitations() == []
    assert refusal_of(app, accept, person.actor, token) == PeopleRefusal.STAFF_INVITATION_GONE
    with work(app):
        invite(administrator, "vera@example.org", "moderator", [], [], "ru")
        db.session.execute(update(StaffInvitation).values(expires_at=now() - timedelta(days=1)))
    with app.app_context():
        tidy(parts().store)
        assert set(db.session.scalars(select(StaffInvitation.email))) == {""}
    assert refusal_of(app, accept, person.actor, "nonsense") == PeopleRefusal.STAFF_INVITATION_GONE
    assert roles_of(app, person) == {"contributor"}


@pytest.mark.parametrize(
    ("email", "role", "countries", "code"),
    [
        ("nobody", "moderator", [], PeopleRefusal.STAFF_ADDRESS_WRONG),
        ("", "moderator", [], PeopleRefusal.STAFF_ADDRESS_WRONG),
        ("vera@example.org", "contributor", [], PeopleRefusal.ROLE_MISSING),
        ("vera@example.org", "", [], PeopleRefusal.ROLE_MISSING),
        ("vera@example.org", "moderator", ["XX"], PeopleRefusal.UNKNOWN_SCOPE),
        ("moderator@example.org", "moderator", [], PeopleRefusal.INVITED_ALREADY),
    ],
)
def test_an_invitation_that_cannot_be_sent(
    app: Portal, accounts: Accounts, email: str, role: str, countries: list[str], code: PeopleRefusal
) -> None:
    administrator = accounts.administrator.actor
    assert refusal_of(app, invite, administrator, email, role, [], countries, "ru") == code
    answer = signed_in(app, accounts.administrator).send(
        "/en/administer/invitations", {"email": email, "role": role, "countries": countries}
    )
    assert answer.status_code == 422
    assert f'value="{email}"' in answer.text
    assert letters(app, LetterKind.STAFF_INVITED) == []


# --- pages ---


def test_people_are_found(app: Portal, accounts: Accounts) -> None:
    with work(app):
        db.session.get_one(Account, accounts.moderator.actor.id).pen_name = "Модератор БЕРЁЗА"
    with app.app_context():
        desk = {account.email for account in staff()}
        assert accounts.administrator.email in desk
        assert accounts.contributor.email not in desk
        assert [account.email for account in staff(after=accounts.senior_moderator.actor.id)] == [
            accounts.administrator.email
        ]
        assert [account.email for account in found("берёза")] == [accounts.moderator.email]
        assert [account.email for account in found(" Stranger@Example.org ")] == [accounts.stranger.email]
        assert found("stranger@example") == [], "of who has no desk the whole address is needed"


def test_the_pages_do_what_they_say(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client, person = client_of("administrator"), accounts.stranger
    page = client.get("/en/administer/?q=stranger@example.org").text
    link = re.search(r'href="(/en/administer/people/[0-9]+)"', page)
    assert link is not None
    address = link[1]
    for act, fields in {
        "roles": {"roles": ["moderator"]},
        "scope": {"languages": ["ru", "xx"], "countries": ["KZ"]},
        "pen-name": {"pen_name": "Ива"},
        "quota": {"quota": "30"},
        "second-step": {},
        "suspend": {},
        "lift": {},
    }.items():
        assert client.send(f"{address}/{act}", fields).status_code == 303, act
    page = client.get(address).text
    for told in ("Roles given", "Kazakhstan", "30 MB", "Suspended", "Let in again", "Pen of administrator"):
        assert told in page, told
    assert roles_of(app, person) == {"contributor", "moderator"}
    answer = client.send(f"{address}/quota", {"quota": "много"})
    assert (answer.status_code, 'value="много"' in answer.text) == (422, True)
    own = f"/en/administer/people/{accounts.administrator.actor.id}"
    assert client.send(f"{own}/suspend").status_code == 422
    for nobody in ("/en/administer/people/0", "/en/administer/people/x", "/en/administer/people/" + "9" * 30):
        assert client.get(nobody).status_code in {404, 409}


def test_a_record_holds_no_address(app: Portal, accounts: Accounts) -> None:
    with work(app):
        invite(accounts.administrator.actor, "vera@example.org", Role.MODERATOR, [], [], "ru")
    with app.app_context():
        assert "vera" not in str(db.session.scalars(select(Administration.what)).all())
