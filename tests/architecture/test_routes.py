"""Every route names its audience, and the list of all of them stands here: a new one is added on purpose."""

import re

import pytest

from memory_road.accounts.permissions import Audience
from memory_road.app import create_app
from memory_road.config import Settings
from memory_road.web import site
from memory_road.web.audience import ANYBODY, SMALL_BODY, audience_of, comes_from_anywhere, most_bytes_of
from memory_road.web.edge import Portal
from tests.application import make_accounts, signed_in

EVERYONE, CONTRIBUTORS, MODERATORS = Audience.EVERYONE, Audience.CONTRIBUTORS, Audience.MODERATORS
SENIORS = Audience.SENIOR_MODERATORS
ADMINISTRATORS = Audience.ADMINISTRATORS
ROUTES = {
    # endpoint, methods: audience
    ("files.static_file", "GET"): EVERYONE,
    ("files.favicon", "GET"): EVERYONE,
    ("files.published", "GET"): EVERYONE,
    ("files.tiles_described", "GET"): EVERYONE,
    ("files.published_tile", "GET"): EVERYONE,
    ("probes.healthz", "GET"): EVERYONE,
    ("probes.readyz", "GET"): EVERYONE,
    ("gallery.welcome", "GET"): EVERYONE,
    ("gallery.home", "GET"): EVERYONE,
    ("gallery.grid", "GET"): EVERYONE,
    ("gallery.person", "GET"): EVERYONE,
    ("gallery.short", "GET"): EVERYONE,
    ("gallery.privacy", "GET"): EVERYONE,
    ("citing.square", "GET"): EVERYONE,
    ("sharing.card", "GET"): EVERYONE,
    ("sitemap.robots", "GET"): EVERYONE,
    ("sitemap.index", "GET"): EVERYONE,
    ("sitemap.pages", "GET"): EVERYONE,
    ("sitemap.entries", "GET"): EVERYONE,
    ("flowers.lay", "POST"): EVERYONE,
    ("anniversaries.today", "GET"): EVERYONE,
    ("anniversaries.of", "GET"): EVERYONE,
    ("suggesting.people", "GET"): EVERYONE,
    ("mapping.page", "GET"): EVERYONE,
    ("mapping.squares", "GET"): EVERYONE,
    ("mapping.square", "GET"): EVERYONE,
    ("feed.everybody", "GET"): EVERYONE,
    ("feed.of_kind", "GET"): EVERYONE,
    ("manifest.of_entry", "GET"): EVERYONE,
    ("family_file.of_entry", "GET"): EVERYONE,
    ("api.openapi", "GET"): EVERYONE,
    ("api_people.listed", "GET"): EVERYONE,
    ("api_people.one", "GET"): EVERYONE,
    ("api_days.of", "GET"): EVERYONE,
    ("api_vocabularies.listed", "GET"): EVERYONE,
    ("reporting.form", "GET"): EVERYONE,
    ("reporting.send", "POST"): EVERYONE,
    ("reporting.sent", "GET"): EVERYONE,
    ("keeping.form", "GET"): ANYBODY,
    ("keeping.keep", "POST"): EVERYONE,
    ("keeping.keep_mine", "POST"): CONTRIBUTORS,
    ("keeping.sent", "GET"): EVERYONE,
    ("keeping.letter", "GET"): EVERYONE,
    ("keeping.agree", "POST"): EVERYONE,
    ("kept.mine", "GET"): CONTRIBUTORS,
    ("kept.seen", "GET"): EVERYONE,
    ("kept.end", "POST"): EVERYONE,
    ("security.login", "GET POST"): ANYBODY,
    ("security.logout", "POST"): ANYBODY,
    ("security.register", "GET POST"): ANYBODY,
    ("security.send_confirmation", "GET POST"): ANYBODY,
    ("security.confirm_email", "GET POST"): ANYBODY,
    ("security.forgot_password", "GET POST"): ANYBODY,
    ("security.reset_password", "GET POST"): ANYBODY,
    ("security.change_password", "GET POST"): CONTRIBUTORS,
    ("letters.leave", "GET POST"): EVERYONE,
    ("data.page", "GET"): CONTRIBUTORS,
    ("data.archive", "GET"): CONTRIBUTORS,
    ("closing.page", "GET"): CONTRIBUTORS,
    ("closing.send_code", "POST"): CONTRIBUTORS,
    ("closing.confirm", "POST"): CONTRIBUTORS,
    ("closing.closed", "GET"): ANYBODY,
    ("second_factor.page", "GET"): MODERATORS,
    ("second_factor.check", "POST"): MODERATORS,
    ("second_factor.check_passkey", "POST"): MODERATORS,
    ("second_factor.challenge", "POST"): MODERATORS,
    ("factors.app", "GET"): MODERATORS,
    ("factors.add_an_app", "POST"): MODERATORS,
    ("factors.remove_the_app", "POST"): MODERATORS,
    ("factors.add_a_passkey", "POST"): MODERATORS,
    ("factors.remove_a_passkey", "POST"): MODERATORS,
    ("factors.new_codes", "POST"): MODERATORS,
    ("invited.letter", "GET"): ANYBODY,
    ("invited.take", "POST"): CONTRIBUTORS,
    ("administer.people", "GET"): ADMINISTRATORS,
    ("administer.person", "GET"): ADMINISTRATORS,
    ("administer.roles", "POST"): ADMINISTRATORS,
    ("administer.scope", "POST"): ADMINISTRATORS,
    ("administer.pen_name", "POST"): ADMINISTRATORS,
    ("administer.quota", "POST"): ADMINISTRATORS,
    ("administer.shut_out", "POST"): ADMINISTRATORS,
    ("administer.let_in", "POST"): ADMINISTRATORS,
    ("administer.forget_second_step", "POST"): ADMINISTRATORS,
    ("vocabularies.page", "GET"): ADMINISTRATORS,
    ("vocabularies.one", "GET"): ADMINISTRATORS,
    ("vocabularies.add", "POST"): ADMINISTRATORS,
    ("vocabularies.retire", "POST"): ADMINISTRATORS,
    ("reasons.page", "GET"): ADMINISTRATORS,
    ("reasons.add", "POST"): ADMINISTRATORS,
    ("reasons.one", "GET"): ADMINISTRATORS,
    ("reasons.change", "POST"): ADMINISTRATORS,
    ("reasons.words", "POST"): ADMINISTRATORS,
    ("staff_invitations.page", "GET"): ADMINISTRATORS,
    ("staff_invitations.send", "POST"): ADMINISTRATORS,
    ("staff_invitations.back", "POST"): ADMINISTRATORS,
    ("code.page", "GET"): ANYBODY,
    ("code.send", "POST"): ANYBODY,
    ("code.check", "POST"): ANYBODY,
    ("account.profile", "GET POST"): CONTRIBUTORS,
    ("contribute.new", "GET"): CONTRIBUTORS,
    ("contribute.begin", "POST"): CONTRIBUTORS,
    ("contribute.edit", "GET"): CONTRIBUTORS,
    ("contribute.save", "POST"): CONTRIBUTORS,
    ("contribute.step", "GET"): CONTRIBUTORS,
    ("contribute.save_step", "POST"): CONTRIBUTORS,
    ("contribute.send_previewed", "POST"): CONTRIBUTORS,
    ("paper.form", "GET"): EVERYONE,
    ("parked.back", "GET"): CONTRIBUTORS,
    ("contribute.upload", "POST"): CONTRIBUTORS,
    ("contribute.place", "POST"): CONTRIBUTORS,
    ("correction.page", "GET"): CONTRIBUTORS,
    ("correction.begin", "POST"): CONTRIBUTORS,
    ("uploads.abilities", ""): CONTRIBUTORS,
    ("uploads.abilities_of_one", ""): CONTRIBUTORS,
    ("uploads.create", "POST"): CONTRIBUTORS,
    ("uploads.state", "GET"): CONTRIBUTORS,
    ("uploads.add", "PATCH"): CONTRIBUTORS,
    ("uploads.cancel", "DELETE"): CONTRIBUTORS,
    ("uploads.instead", "POST"): CONTRIBUTORS,
    ("same_person.ask", "GET"): CONTRIBUTORS,
    ("same_person.told", "POST"): CONTRIBUTORS,
    ("same_person.apart", "POST"): CONTRIBUTORS,
    ("family_tree.page", "GET"): CONTRIBUTORS,
    ("family_tree.send", "POST"): CONTRIBUTORS,
    ("family_tree.people", "GET"): CONTRIBUTORS,
    ("family_tree.take", "POST"): CONTRIBUTORS,
    ("family_tree.forget", "POST"): CONTRIBUTORS,
    ("marking.page", "GET"): CONTRIBUTORS,
    ("marking.set_crop", "POST"): CONTRIBUTORS,
    ("marking.add_person", "POST"): CONTRIBUTORS,
    ("marking.remove_person", "POST"): CONTRIBUTORS,
    ("marking.set_original", "POST"): CONTRIBUTORS,
    ("my.contributions", "GET"): CONTRIBUTORS,
    ("my.contribution", "GET"): CONTRIBUTORS,
    ("my.preview", "GET"): CONTRIBUTORS,
    ("my.receipt", "GET"): CONTRIBUTORS,
    ("reply.answer", "POST"): CONTRIBUTORS,
    ("reply.look_again", "POST"): CONTRIBUTORS,
    ("my.photograph", "GET"): CONTRIBUTORS,
    ("my.tile", "GET"): CONTRIBUTORS,
    ("my.take_back", "POST"): CONTRIBUTORS,
    ("entries.one", "GET"): CONTRIBUTORS,
    ("entries.mine", "GET"): CONTRIBUTORS,
    ("care.hand", "GET POST"): CONTRIBUTORS,
    ("care.withdraw", "POST"): CONTRIBUTORS,
    ("care.successor", "GET POST"): CONTRIBUTORS,
    ("care.forget", "POST"): CONTRIBUTORS,
    ("invitations.letter", "GET"): ANYBODY,
    ("invitations.take", "POST"): CONTRIBUTORS,
    ("invitations.leave", "POST"): ANYBODY,
    ("takeovers.ask", "GET POST"): CONTRIBUTORS,
    ("takeovers.one", "GET"): CONTRIBUTORS,
    ("takeovers.withdraw", "POST"): CONTRIBUTORS,
    ("takeovers.answer", "GET POST"): CONTRIBUTORS,
    ("disputes.page", "GET"): CONTRIBUTORS,
    ("disputes.begin", "POST"): CONTRIBUTORS,
    ("disputes.side", "POST"): CONTRIBUTORS,
    ("families.dispute", "GET POST"): MODERATORS,
    ("families.admit", "POST"): MODERATORS,
    ("relatives.found", "GET"): CONTRIBUTORS,
    ("relatives.wish", "POST"): CONTRIBUTORS,
    ("relatives.one", "GET"): CONTRIBUTORS,
    ("relatives.write", "POST"): CONTRIBUTORS,
    ("relatives.stop", "POST"): CONTRIBUTORS,
    ("relatives.resume", "POST"): CONTRIBUTORS,
    ("screening.message", "GET"): MODERATORS,
    ("screening.let_through", "POST"): MODERATORS,
    ("screening.keep_back", "POST"): MODERATORS,
    ("families.waiting", "GET"): MODERATORS,
    ("families.takeover", "GET POST"): MODERATORS,
    ("requests.mine", "GET"): CONTRIBUTORS,
    ("requests.one", "GET"): CONTRIBUTORS,
    ("requests.takedown", "GET POST"): CONTRIBUTORS,
    ("request_desk.waiting", "GET"): MODERATORS,
    ("request_desk.one", "GET"): MODERATORS,
    ("request_desk.answer", "POST"): MODERATORS,
    ("request_desk.take", "POST"): MODERATORS,
    ("request_desk.give_back", "POST"): MODERATORS,
    ("request_desk.take_back", "POST"): MODERATORS,
    ("request_desk.notice", "GET"): MODERATORS,
    ("request_desk.present", "POST"): MODERATORS,
    ("desk.queue", "GET"): MODERATORS,
    ("statistics.page", "GET"): MODERATORS,
    ("desk.find", "GET"): MODERATORS,
    ("desk.following", "GET"): MODERATORS,
    ("entry_desk.find", "GET"): MODERATORS,
    ("entry_desk.one", "GET"): MODERATORS,
    ("entry_desk.hold_still", "POST"): MODERATORS,
    ("entry_desk.let_go", "POST"): MODERATORS,
    ("entry_desk.remove", "GET POST"): SENIORS,
    ("entry_desk.show_again", "POST"): SENIORS,
    ("entry_desk.part", "POST"): SENIORS,
    ("portrait.page", "GET POST"): MODERATORS,
    ("proposals.waiting", "GET"): MODERATORS,
    ("proposals.one", "GET"): MODERATORS,
    ("proposals.answer", "POST"): MODERATORS,
    ("merging.choose", "GET"): MODERATORS,
    ("merging.apart", "POST"): MODERATORS,
    ("merging.compare", "GET"): SENIORS,
    ("merging.decide", "POST"): SENIORS,
    ("moderate.case", "GET"): MODERATORS,
    ("moderate.photograph", "GET"): MODERATORS,
    ("moderate.tile", "GET"): MODERATORS,
    ("moderate.take", "POST"): MODERATORS,
    ("presence.notice", "GET"): MODERATORS,
    ("presence.present", "POST"): MODERATORS,
    ("setting_aside.family", "POST"): MODERATORS,
    ("setting_aside.family_of_request", "POST"): MODERATORS,
    ("noting.keep", "POST"): MODERATORS,
    ("comparing.page", "GET"): MODERATORS,
    ("noting.mark", "POST"): MODERATORS,
    ("noting.harmless", "POST"): SENIORS,
    ("moderate.give_back", "POST"): MODERATORS,
    ("moderate.publish", "POST"): MODERATORS,
    ("moderate.send_back", "POST"): MODERATORS,
    ("moderate.decline", "POST"): MODERATORS,
    ("moderate.take_back", "POST"): MODERATORS,
    ("hearing.put_on_hold", "POST"): MODERATORS,
    ("hearing.resume", "POST"): MODERATORS,
    ("hearing.stands", "POST"): SENIORS,
    ("hearing.goes_on", "POST"): SENIORS,
    ("batch.page", "GET"): MODERATORS,
    ("batch.decide", "POST"): MODERATORS,
    ("batch.send_back", "POST"): MODERATORS,
    ("batch.decline", "POST"): MODERATORS,
    ("batch.take_back", "POST"): MODERATORS,
    ("covering.page", "GET"): MODERATORS,
    ("covering.cover", "POST"): MODERATORS,
    ("covering.uncover", "POST"): MODERATORS,
    ("covering.set_veil", "POST"): MODERATORS,
}
LARGE_BODIES = {
    "contribute.begin",
    "contribute.save",
    "contribute.save_step",
    "contribute.upload",
    "family_tree.send",
    "reply.look_again",
    "uploads.add",
    "uploads.instead",
}


def routes(app: Portal) -> dict[tuple[str, str], object]:
    with app.app_context():
        return {
            (rule.endpoint, " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))): audience_of(rule.endpoint)
            for rule in app.url_map.iter_rules()
        }


def test_every_route_and_its_audience(portal: Portal) -> None:
    assert routes(portal) == ROUTES


def test_the_demonstration_has_one_page_more(settings: Settings) -> None:
    demo = create_app(Settings(secret_key=settings.secret_key, data_dir=settings.data_dir, demo=True))
    assert routes(demo) == {**ROUTES, ("demo_mail.letters", "GET"): EVERYONE}


def test_a_view_without_an_audience_stops_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def install_one_more(app: Portal, settings: Settings) -> None:
        app.add_url_rule("/forgotten", view_func=lambda: "seen by everybody", endpoint="forgotten")

    monkeypatch.setattr(site.wording, "install", install_one_more)
    with pytest.raises(site.RouteWithoutAudience, match="forgotten"):
        create_app(settings)


LEAVING = {"letters.leave", "kept.end"}
"""Mail programs press these buttons themselves."""


def test_only_a_letter_is_answered_from_elsewhere(portal: Portal) -> None:
    with portal.app_context():
        assert {name for name in portal.view_functions if comes_from_anywhere(name)} == LEAVING


def test_only_pictures_and_family_trees_come_in_large_bodies(portal: Portal) -> None:
    with portal.app_context():
        assert {name for name in portal.view_functions if most_bytes_of(name) > SMALL_BODY} == LARGE_BODIES


def test_everything_that_writes_needs_its_token(portal: Portal) -> None:
    """A form without its token is refused wherever it is sent, before the view is asked."""
    client = portal.test_client()
    for rule in portal.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or ROUTES[_key(rule)] is not ANYBODY:
            continue
        address = rule.rule.replace("<lang>", "en").replace("<token>", "x")
        answer = client.post(address, data={"email": "a@example.org", "password": "a long password"})
        assert answer.status_code == 400, address


def test_forms_on_public_pages_come_from_our_own_pages(portal: Portal) -> None:
    """They have no token: where they were sent from is asked before the view is."""
    open_to_all = [
        rule.rule.replace("<lang>", "en").replace("<participant_id>", "000000000")
        for rule in portal.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"} and ROUTES[_key(rule)] is EVERYONE
        if rule.endpoint not in LEAVING
    ]
    assert sorted(open_to_all) == [
        "/en/people/000000000/flower",
        "/en/people/000000000/report",
        "/en/searches",
        "/en/searches/confirm/<token>",
    ]
    for address in open_to_all:
        assert portal.test_client().post(address).status_code == 403, address


def _key(rule: object) -> tuple[str, str]:
    methods = getattr(rule, "methods", None) or set()
    return getattr(rule, "endpoint", ""), " ".join(sorted(methods - {"HEAD", "OPTIONS"}))


@pytest.mark.parametrize("role", ["contributor", "moderator"])
def test_a_page_for_others_is_refused(sqlite_app: Portal, role: str, password_hash: str) -> None:
    accounts = make_accounts(sqlite_app, password_hash)
    client, visitor = signed_in(sqlite_app, getattr(accounts, role)), signed_in(sqlite_app, None)
    for rule in sqlite_app.url_map.iter_rules():
        who = ROUTES[_key(rule)]
        if "GET" not in (rule.methods or set()) or who in {EVERYONE, ANYBODY}:
            continue
        address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule.replace("<lang>", "en"))
        for name in rule.arguments:
            address = address.replace(f"<{name}>", "000000000")
        sent_away = visitor.get(address)
        assert sent_away.status_code == 302, address
        assert sent_away.location.startswith("/en/account/login?next="), address
        refused = who in {SENIORS, ADMINISTRATORS} or (role == "contributor" and who is MODERATORS)
        assert (client.get(address).status_code == 403) is refused, address
