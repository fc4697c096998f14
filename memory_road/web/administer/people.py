"""People: who has a desk, and what an administrator gives them or takes away."""

from collections.abc import Callable

from babel import Locale
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.second_factor import has_second_factor
from memory_road.accounts.user import Account
from memory_road.contributions.quota import MEGABYTE, used
from memory_road.db import db
from memory_road.facts.read import COUNTRIES, plain_name
from memory_road.people.administration import acts_about
from memory_road.people.appoint import GIVEN, give_pen_name, give_quota, give_roles, give_scope
from memory_road.people.refusal import PeopleRefusal, PeopleRefused
from memory_road.people.staff import PAGE, found, staff
from memory_road.people.suspend import lift, reset_second_step, suspend
from memory_road.web.asking import request_sentence
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.language import NAMES, language
from memory_road.web.people_sentences import ACTS, ROLES

administer = Blueprint("administer", __name__, url_prefix="/<lang>/administer", template_folder="templates")


@administer.get("/")
@audience(Audience.ADMINISTRATORS)
def people() -> ResponseReturnValue:
    """Who has a desk; or whoever was looked for."""
    wanted = request.args.get("q", "").strip()
    after = request.args.get("after", "")
    listed = found(wanted) if wanted else staff(int(after) if after.isdecimal() and len(after) < 10 else 0)
    more = not wanted and len(listed) > PAGE
    return render_template(
        "administer/people.html", people=listed[:PAGE], more=more, wanted=wanted, roles=ROLES, first=not after
    )


@administer.get("/people/<account_id>")
@audience(Audience.ADMINISTRATORS)
def person(account_id: str) -> ResponseReturnValue:
    """One account: what it may, and what was done about it."""
    return _page(_number(account_id))


@administer.post("/people/<account_id>/roles")
@audience(Audience.ADMINISTRATORS)
def roles(account_id: str) -> ResponseReturnValue:
    """Give these roles and no others."""
    return _do(account_id, "roles_given", lambda who: give_roles(actor(), who, request.form.getlist("roles")))


@administer.post("/people/<account_id>/scope")
@audience(Audience.ADMINISTRATORS)
def scope(account_id: str) -> ResponseReturnValue:
    """Let them moderate for these languages and countries."""
    return _do(account_id, "scope_given", lambda who: give_scope(actor(), who, *chosen_scope()))


@administer.post("/people/<account_id>/pen-name")
@audience(Audience.ADMINISTRATORS)
def pen_name(account_id: str) -> ResponseReturnValue:
    """Name them as senders see them."""
    name = plain_name(request.form.get("pen_name")) or ""
    return _do(account_id, "profile", lambda who: give_pen_name(actor(), who, name))


@administer.post("/people/<account_id>/quota")
@audience(Audience.ADMINISTRATORS)
def quota(account_id: str) -> ResponseReturnValue:
    """Give them room for pictures."""
    return _do(account_id, "profile", lambda who: give_quota(actor(), who, request.form.get("quota", "")))


@administer.post("/people/<account_id>/suspend")
@audience(Audience.ADMINISTRATORS)
def shut_out(account_id: str) -> ResponseReturnValue:
    """Shut them out at once."""
    return _do(account_id, "suspended", lambda who: suspend(actor(), who))


@administer.post("/people/<account_id>/lift")
@audience(Audience.ADMINISTRATORS)
def let_in(account_id: str) -> ResponseReturnValue:
    """Let them in again."""
    return _do(account_id, "lifted", lambda who: lift(actor(), who))


@administer.post("/people/<account_id>/second-step")
@audience(Audience.ADMINISTRATORS)
def forget_second_step(account_id: str) -> ResponseReturnValue:
    """Let them choose anew with what they take the second step of signing in."""
    return _do(account_id, "second_step_reset", lambda who: reset_second_step(actor(), who))


def chosen_scope() -> tuple[list[str], list[str]]:
    """The languages and countries of a form; those that a site does not offer are left out."""
    offered = set(parts().settings.languages)
    return [code for code in request.form.getlist("languages") if code in offered], request.form.getlist("countries")


def scope_choices() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for a scope, in the reader's language."""
    names = Locale(language()).territories
    countries = sorted(((code, str(names.get(code, code))) for code in COUNTRIES), key=lambda pair: pair[1])
    return {"languages": [(code, NAMES[code]) for code in parts().settings.languages], "countries": countries}


def _number(account_id: str) -> int:
    if not account_id.isdecimal() or len(account_id) > 9:
        raise PeopleRefused(PeopleRefusal.NO_SUCH_ACCOUNT)
    return int(account_id)


def _do(account_id: str, said: str, verb: Callable[[int], None]) -> ResponseReturnValue:
    who = _number(account_id)
    try:
        verb(who)
    except PeopleRefused as refused:
        if refused.code is PeopleRefusal.NO_SUCH_ACCOUNT:
            raise
        db.session.rollback()
        return _page(who, request_sentence(refused)), 422
    return redirect(url_for("administer.person", account_id=who, said=said), 303)


def _page(account_id: int, error: str = "") -> str:
    account = db.session.get(Account, account_id)
    if account is None or not account.active:
        raise PeopleRefused(PeopleRefusal.NO_SUCH_ACCOUNT)
    return render_template(
        "administer/person.html",
        account=account,
        held={role.name for role in account.roles},
        roles=[(role.value, ROLES[role]) for role in GIVEN],
        choices=scope_choices(),
        megabytes=-(-used(account.id) // MEGABYTE),
        second_step=has_second_factor(account.id),
        oneself=account.id == actor().id,
        acts=acts_about(account.id),
        act_words=ACTS,
        role_words=ROLES,
        country_names=Locale(language()).territories,
        error=error,
        typed=request.form if error else {},
    )
