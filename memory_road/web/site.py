"""Registers every page, and what templates share."""

from flask import Flask
from flask_wtf import CSRFProtect

from memory_road.accounts.permissions import Audience
from memory_road.config import Settings
from memory_road.web import errors, language, wording
from memory_road.web.account import security
from memory_road.web.account.closing import closing
from memory_road.web.account.code import code
from memory_road.web.account.data import data
from memory_road.web.account.factors import factors
from memory_road.web.account.invited import invited
from memory_road.web.account.letters import letters
from memory_road.web.account.routes import account
from memory_road.web.account.second_factor import second_factor
from memory_road.web.administer.invitations import staff_invitations
from memory_road.web.administer.people import administer
from memory_road.web.administer.reasons import reasons
from memory_road.web.administer.vocabularies import vocabularies
from memory_road.web.api import service
from memory_road.web.api.days import days
from memory_road.web.api.people import people
from memory_road.web.api.vocabularies import words
from memory_road.web.built import asset
from memory_road.web.contribute.correction import correction
from memory_road.web.contribute.gedcom import family_tree
from memory_road.web.contribute.marking import marking
from memory_road.web.contribute.my import my
from memory_road.web.contribute.paper import paper
from memory_road.web.contribute.parked import parked
from memory_road.web.contribute.reply import reply
from memory_road.web.contribute.resumable import uploads
from memory_road.web.contribute.routes import contribute
from memory_road.web.contribute.same_person import same_person
from memory_road.web.demo.mail import demo_mail
from memory_road.web.edge import finish, guard
from memory_road.web.family.care import care
from memory_road.web.family.disputes import disputes
from memory_road.web.family.entries import entries
from memory_road.web.family.invitations import invitations
from memory_road.web.family.relatives import relatives
from memory_road.web.family.requests import requests
from memory_road.web.family.takeovers import takeovers
from memory_road.web.files import files
from memory_road.web.gallery.anniversaries import anniversaries
from memory_road.web.gallery.citing import citing
from memory_road.web.gallery.feed import feed
from memory_road.web.gallery.flowers import flowers
from memory_road.web.gallery.gedcom import family_file
from memory_road.web.gallery.keeping import keeping
from memory_road.web.gallery.kept import kept
from memory_road.web.gallery.manifest import manifest
from memory_road.web.gallery.mapping import mapping
from memory_road.web.gallery.report import reporting
from memory_road.web.gallery.routes import gallery
from memory_road.web.gallery.sharing import sharing
from memory_road.web.gallery.sitemap import sitemap
from memory_road.web.gallery.suggest import suggesting
from memory_road.web.moderate.batch import batch
from memory_road.web.moderate.comparing import comparing
from memory_road.web.moderate.covering import covering
from memory_road.web.moderate.entries import entry_desk
from memory_road.web.moderate.families import families
from memory_road.web.moderate.hearing import hearing
from memory_road.web.moderate.merging import merging
from memory_road.web.moderate.noting import noting
from memory_road.web.moderate.portrait import portrait
from memory_road.web.moderate.presence import presence
from memory_road.web.moderate.proposals import proposals
from memory_road.web.moderate.queue import desk
from memory_road.web.moderate.requests import request_desk
from memory_road.web.moderate.routes import moderate
from memory_road.web.moderate.screening import screening
from memory_road.web.moderate.setting_aside import setting_aside
from memory_road.web.moderate.statistics import statistics
from memory_road.web.probes import probes
from memory_road.web.tones import tone

BLUEPRINTS = (
    files,
    probes,
    gallery,
    citing,
    sharing,
    flowers,
    anniversaries,
    suggesting,
    mapping,
    reporting,
    sitemap,
    feed,
    manifest,
    family_file,
    keeping,
    kept,
    contribute,
    correction,
    paper,
    parked,
    uploads,
    marking,
    same_person,
    family_tree,
    my,
    reply,
    entries,
    requests,
    care,
    invitations,
    takeovers,
    disputes,
    relatives,
    desk,
    moderate,
    presence,
    setting_aside,
    noting,
    hearing,
    covering,
    comparing,
    batch,
    request_desk,
    entry_desk,
    merging,
    portrait,
    proposals,
    families,
    screening,
    statistics,
    account,
    letters,
    code,
    invited,
    administer,
    staff_invitations,
    reasons,
    vocabularies,
    second_factor,
    factors,
    data,
    closing,
)


class RouteWithoutAudience(Exception):
    """A route does not say whom it is for."""


def install(app: Flask, settings: Settings) -> None:
    """Add the whole site to ``app``. Raises ``RouteWithoutAudience``: a forgotten guard stops the start."""
    app.before_request(guard)  # first of all: it limits the body before the form's token is looked for in it
    tokens = CSRFProtect(app)
    language.install(app, settings)
    errors.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    service.install(app, settings, people, days, words)
    security.install(app, settings)  # after the account pages: their templates come before Flask-Security's own
    if settings.demo:
        app.register_blueprint(demo_mail)
    app.after_request(finish)
    wording.install(app, settings)
    app.jinja_env.globals.update(asset=asset, tone=tone)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for endpoint, view in app.view_functions.items():
        if not hasattr(view, "audience"):
            raise RouteWithoutAudience(f"The route {endpoint} names no audience: mark its view with @audience(…).")
        if view.audience is Audience.EVERYONE:  # pyright: ignore[reportFunctionMemberAccess] -- the mark
            tokens.exempt(view)  # public pages have no session; the guard looks where the form was sent from
