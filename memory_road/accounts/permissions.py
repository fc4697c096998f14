"""Who may do what, on one page."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    CONTRIBUTOR = "contributor"
    MODERATOR = "moderator"
    SENIOR_MODERATOR = "senior_moderator"
    ADMINISTRATOR = "administrator"


class Audience(StrEnum):
    """Whom a route is for. Every route names one; each includes those below it in the list of its roles."""

    EVERYONE = "everyone"
    CONTRIBUTORS = "contributors"
    MODERATORS = "moderators"
    SENIOR_MODERATORS = "senior_moderators"
    ADMINISTRATORS = "administrators"


ROLES_OF: dict[Audience, frozenset[Role]] = {
    Audience.CONTRIBUTORS: frozenset(Role),
    Audience.MODERATORS: frozenset({Role.MODERATOR, Role.SENIOR_MODERATOR, Role.ADMINISTRATOR}),
    Audience.SENIOR_MODERATORS: frozenset({Role.SENIOR_MODERATOR, Role.ADMINISTRATOR}),
    Audience.ADMINISTRATORS: frozenset({Role.ADMINISTRATOR}),
}


class NotPermitted(Exception):
    """Somebody tried what they may not do."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For which languages, and for which countries of ISO 3166-1, somebody moderates; empty: for all."""

    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def holds(self, language: str, country: str) -> bool:
        """Whether a case in ``language`` about somebody from ``country`` is among them. What is not known, an empty
        text, is in everybody's scope: a case must not lie where nobody sees it."""
        return _among(language, self.languages) and _among(country, self.countries)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the account's id, its roles, and for what it moderates. Rules take an actor, never a request or a
    session. ``decides_own`` is said at the edge of a house with a single moderator: then their own cases are approved
    in the open."""

    id: int
    roles: frozenset[Role] = frozenset({Role.CONTRIBUTOR})
    scope: Scope = EVERYTHING
    decides_own: bool = False

    def belongs_to(self, audience: Audience) -> bool:
        """Whether the actor is of ``audience``."""
        return audience is Audience.EVERYONE or bool(self.roles & ROLES_OF[audience])


def may_change(actor: Actor, sender_id: int) -> bool:
    """Only its sender changes a contribution; a moderator returns it instead."""
    return actor.id == sender_id


def in_scope(actor: Actor, language: str, country: str) -> bool:
    """Whether a case in ``language`` about somebody from ``country`` is among what the actor moderates. Seniors and
    administrators have a scope too, if they were given one."""
    return actor.scope.holds(language, country)


def may_read(actor: Actor, sender_id: int, language: str, country: str) -> bool:
    """Unpublished matter is for its sender and the moderators in whose scope it is."""
    return actor.id == sender_id or (actor.belongs_to(Audience.MODERATORS) and in_scope(actor, language, country))


def may_decide(actor: Actor, sender_id: int, language: str, country: str) -> bool:
    """Nobody decides about what they sent themselves (design, section 4), but where there is nobody else; nor out of
    their scope."""
    others = actor.id != sender_id or actor.decides_own
    return actor.belongs_to(Audience.MODERATORS) and others and in_scope(actor, language, country)


def may_hear(actor: Actor, sender_id: int, language: str, country: str, deciders: Collection[int]) -> bool:
    """An appeal is heard by a senior moderator who is none of the ``deciders`` against whom it is made."""
    return (
        may_decide(actor, sender_id, language, country)
        and actor.id != sender_id
        and actor.belongs_to(Audience.SENIOR_MODERATORS)
        and actor.id not in deciders
    )


Place = tuple[str, str]
"""The language and the country of what people ask for or disagree about; empty: not known."""


def may_see_request(actor: Actor, place: Place, asker_id: int | None) -> bool:
    """What was asked about an entry is for whoever asked and the moderators in whose scope it is; a visitor without an
    account never sees it again."""
    return actor.id == asker_id or may_oversee(actor, place)


def may_oversee(actor: Actor, place: Place) -> bool:
    """What relatives ask for or disagree about is seen at the desk by the moderators in whose scope it is."""
    return actor.belongs_to(Audience.MODERATORS) and in_scope(actor, *place)


def may_care(actor: Actor, holder_id: int | None) -> bool:
    """Only whoever has the care of an entry gives it away, names a successor, and answers kin who ask for it."""
    return actor.id == holder_id


def may_speak_for(actor: Actor, holder_id: int | None, has_told: bool) -> bool:
    """The family of an entry, as far as the site knows it: whoever has its care, or has told of it and was
    published."""
    return may_care(actor, holder_id) or has_told


def may_settle(actor: Actor, place: Place, *concerned: int | None) -> bool:
    """A moderator settles what people ask for or disagree about in their scope, never where they are one of the
    ``concerned``."""
    return may_oversee(actor, place) and actor.id not in concerned


def may_govern(actor: Actor, language: str, country: str, *, senior: bool) -> bool:
    """What becomes of a published entry is decided by moderators in whose scope it is; what takes it from visitors'
    eyes by ``senior`` ones."""
    audience = Audience.SENIOR_MODERATORS if senior else Audience.MODERATORS
    return actor.belongs_to(audience) and in_scope(actor, language, country)


def require(permitted: bool) -> None:
    """Raise ``NotPermitted`` unless ``permitted``."""
    if not permitted:
        raise NotPermitted


def _among(value: str, chosen: frozenset[str]) -> bool:
    return not chosen or not value or value in chosen
