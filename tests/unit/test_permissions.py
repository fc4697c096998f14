"""Who may do what: every role with every audience, and the rules about one's own contributions."""

from dataclasses import replace

import pytest

from memory_road.accounts.permissions import (
    Actor,
    Audience,
    NotPermitted,
    Role,
    Scope,
    in_scope,
    may_care,
    may_change,
    may_decide,
    may_hear,
    may_read,
    may_see_request,
    may_settle,
    may_speak_for,
    require,
)

AUDIENCES_OF = {
    None: {Audience.EVERYONE},
    Role.CONTRIBUTOR: {Audience.EVERYONE, Audience.CONTRIBUTORS},
    Role.MODERATOR: {Audience.EVERYONE, Audience.CONTRIBUTORS, Audience.MODERATORS},
    Role.SENIOR_MODERATOR: {
        Audience.EVERYONE,
        Audience.CONTRIBUTORS,
        Audience.MODERATORS,
        Audience.SENIOR_MODERATORS,
    },
    Role.ADMINISTRATOR: set(Audience),
}
SENDER = 7


def somebody(role: Role | None, identifier: int = 1) -> Actor:
    return Actor(identifier, frozenset() if role is None else frozenset({role}))


@pytest.mark.parametrize("role", AUDIENCES_OF)
@pytest.mark.parametrize("audience", Audience)
def test_a_role_belongs_to_its_audiences(role: Role | None, audience: Audience) -> None:
    assert somebody(role).belongs_to(audience) is (audience in AUDIENCES_OF[role])


def test_several_roles_add_up() -> None:
    both = Actor(1, frozenset({Role.CONTRIBUTOR, Role.MODERATOR}))
    assert both.belongs_to(Audience.MODERATORS)
    assert not both.belongs_to(Audience.ADMINISTRATORS)


def test_whoever_acts_is_a_contributor_unless_it_is_said() -> None:
    assert Actor(1).roles == {Role.CONTRIBUTOR}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("rule", "of_sender", "of_others", "why"),
    [
        (may_change, set(Role), set(), "only the sender changes it, whatever somebody else is"),
        (
            may_read,
            set(Role),
            {Role.MODERATOR, Role.SENIOR_MODERATOR, Role.ADMINISTRATOR},
            "unpublished matter is for its sender and the moderators",
        ),
        (
            may_decide,
            set(),
            {Role.MODERATOR, Role.SENIOR_MODERATOR, Role.ADMINISTRATOR},
            "nobody decides about what they sent themselves",
        ),
    ],
)
def test_rules_about_one_contribution(
    rule: object, of_sender: set[Role], of_others: set[Role], why: str, role: Role
) -> None:
    assert callable(rule)
    about = (SENDER,) if rule is may_change else (SENDER, "ru", "BY")
    assert rule(somebody(role, SENDER), *about) is (role in of_sender), why
    assert rule(somebody(role), *about) is (role in of_others), why


@pytest.mark.parametrize("role", Role)
def test_an_appeal_is_heard_by_a_senior_moderator_who_did_not_decide(role: Role) -> None:
    senior = role in {Role.SENIOR_MODERATOR, Role.ADMINISTRATOR}
    assert may_hear(somebody(role), SENDER, "ru", "BY", {2, 3}) is senior
    assert not may_hear(somebody(role), SENDER, "ru", "BY", {1, 2}), "nobody hears an appeal against what they decided"
    assert not may_hear(somebody(role, SENDER), SENDER, "ru", "BY", set()), "nor one of their own"


def test_a_single_moderator_decides_also_what_they_sent() -> None:
    alone = Actor(SENDER, frozenset({Role.SENIOR_MODERATOR}), decides_own=True)
    assert may_decide(alone, SENDER, "ru", "")
    assert not may_hear(alone, SENDER, "ru", "", set()), "no appeal of their own"
    assert not may_decide(Actor(SENDER, decides_own=True), SENDER, "ru", ""), "that makes no moderator"


def of_scope(languages: str, countries: str, role: Role = Role.SENIOR_MODERATOR) -> Actor:
    return Actor(1, frozenset({role}), Scope(frozenset(languages.split()), frozenset(countries.split())))


@pytest.mark.parametrize(
    ("languages", "countries", "language", "country", "within", "why"),
    [
        ("", "", "ru", "BY", True, "no scope is every case"),
        ("be ru", "", "be", "", True, "one of the languages"),
        ("be", "", "ru", "", False, "another language"),
        ("", "BY", "ru", "BY", True, "one of the countries"),
        ("", "BY KZ", "ru", "AM", False, "another country"),
        ("", "BY", "ru", "", True, "an unknown country is everybody's"),
        ("be", "", "", "", True, "and so is an unknown language"),
        ("be", "BY", "be", "KZ", False, "both must fit"),
        ("be", "BY", "ru", "BY", False, "both must fit"),
        ("be", "BY", "ru", "", False, "an unknown country opens no other language"),
    ],
)
def test_a_scope_holds_cases(
    languages: str, countries: str, language: str, country: str, within: bool, why: str
) -> None:
    actor = of_scope(languages, countries)
    assert in_scope(actor, language, country) is within, why
    assert may_read(actor, SENDER, language, country) is within, why
    assert may_decide(actor, SENDER, language, country) is within, why
    assert may_hear(actor, SENDER, language, country, set()) is within, why
    assert may_read(actor, actor.id, language, country), "what one sent oneself one reads whatever the scope"


def test_a_scope_makes_no_moderator() -> None:
    relative = of_scope("ru", "", Role.CONTRIBUTOR)
    assert not may_read(relative, SENDER, "ru", "")
    assert not may_decide(relative, SENDER, "ru", "")


RUSSIAN = ("ru", "")
ARMENIAN = Scope(languages=frozenset({"hy"}))
MODERATORS = {Role.MODERATOR, Role.SENIOR_MODERATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_a_request_is_for_whoever_asked_and_for_moderators(role: Role) -> None:
    assert may_see_request(somebody(role, SENDER), RUSSIAN, SENDER)
    assert may_see_request(somebody(role), RUSSIAN, SENDER) is (role in MODERATORS)
    assert may_see_request(somebody(role), RUSSIAN, None) is (role in MODERATORS), "a visitor's"
    assert not may_see_request(replace(somebody(role), scope=ARMENIAN), RUSSIAN, SENDER), "out of their scope"
    assert may_see_request(replace(somebody(role, SENDER), scope=ARMENIAN), RUSSIAN, SENDER), "their own all the same"


@pytest.mark.parametrize("role", Role)
def test_care_is_the_carers_alone(role: Role) -> None:
    assert may_care(somebody(role, SENDER), SENDER)
    assert not may_care(somebody(role), SENDER), "whatever somebody else is"
    assert not may_care(somebody(role), None), "nobody's is nobody's"


@pytest.mark.parametrize("role", Role)
def test_the_family_is_whoever_cares_or_has_told(role: Role) -> None:
    assert may_speak_for(somebody(role, SENDER), SENDER, has_told=False)
    assert may_speak_for(somebody(role), SENDER, has_told=True)
    assert not may_speak_for(somebody(role), SENDER, has_told=False), "whatever somebody else is"
    assert not may_speak_for(somebody(role), None, has_told=False)


@pytest.mark.parametrize("role", Role)
def test_a_moderator_settles_what_does_not_concern_them(role: Role) -> None:
    assert may_settle(somebody(role), RUSSIAN, SENDER, None) is (role in MODERATORS)
    assert may_settle(somebody(role), RUSSIAN) is (role in MODERATORS)
    assert not may_settle(somebody(role, SENDER), RUSSIAN, None, SENDER)
    assert not may_settle(replace(somebody(role), scope=ARMENIAN), RUSSIAN), "out of their scope"


def test_require_lets_through_what_is_permitted_and_nothing_else() -> None:
    require(True)
    with pytest.raises(NotPermitted):
        require(False)
