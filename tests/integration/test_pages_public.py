"""Public pages depend on their address alone: no cookie, no session, one language each, headers of every page."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from memory_road.app import create_app
from memory_road.config import Settings
from memory_road.web.caching import A_DAY, A_MOMENT, NOT_KEPT, SHARED
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, publish, signed_in

ClientOf = Callable[[str], Browser]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    """The number of a published entry with a portrait."""
    return publish(app, accounts.contributor, accounts.moderator, portrait, form=filled_in())


def public(entry: str) -> Iterator[str]:
    for language in ("ru", "en"):
        for rest in (
            "",
            "gallery",
            "gallery?q=анна",
            "gallery?category=medical",
            f"people/{entry}/vereshchagina-anna",
            "privacy",
        ):
            yield f"/{language}/{rest}"
    yield from ("/healthz", "/readyz", "/favicon.ico")


def test_public_pages_are_the_same_for_everybody_and_set_no_cookie(entry: str, client_of: ClientOf) -> None:
    visitor, moderator = client_of("visitor"), client_of("moderator")
    for address in public(entry):
        answers = [visitor.get(address), moderator.get(address)]
        assert [answer.status_code for answer in answers] == [200, 200], address
        assert answers[0].data == answers[1].data, address
        for answer in answers:
            assert "Set-Cookie" not in answer.headers, address
            assert "Cookie" not in answer.headers.get("Vary", ""), address
            assert "private" not in answer.headers["Cache-Control"], address
            assert "csrf_token" not in answer.text, address
            assert "moderator@example.org" not in answer.text, address


def test_a_page_that_did_not_change_is_not_sent_again(entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    page = client.get(f"/en/people/{entry}/vereshchagina-anna")
    again = client.get(f"/en/people/{entry}/vereshchagina-anna", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("who", ["visitor", "contributor"])
def test_every_page_carries_one_policy_and_no_script_or_style_of_its_own(
    entry: str, client_of: ClientOf, who: str
) -> None:
    client = client_of(who)
    addresses = [
        *public(entry),
        "/",
        "/en/nowhere",
        "/xx/",
        "/en/account/login",
        "/en/my/contributions",
        "/en/contribute",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.headers["Content-Security-Policy"] == POLICY, address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        for inline in ("<style", " style=", "<script>", " onclick=", "javascript:", "nonce="):
            assert inline not in answer.text, f"{inline} in {address}"


def test_pages_with_a_session_are_kept_by_nobody(client_of: ClientOf) -> None:
    client = client_of("contributor")
    for address in ("/en/account/login", "/en/my/contributions", "/en/contribute"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store", address
        assert "Cookie" in answer.headers["Vary"], address


def test_an_entry_has_one_address(entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    right = f"/en/people/{entry}/vereshchagina-anna"
    for wrong in (f"/en/people/{entry}", f"/en/people/{entry}/vereshchagina", f"/en/people/{entry.upper()}/x"):
        answer = client.get(wrong)
        assert (answer.status_code, answer.location) == (301, right), wrong
    short = client.get(f"/p/{entry.upper()}")
    assert short.status_code in {302, 303, 307}
    assert short.location == f"/ru/people/{entry}/vereshchagina-anna", "the entry's own first language"
    assert client.get("/p/000000000").status_code == 404
    assert client.get(f"/en/people/{entry[:-1]}/x").status_code == 404
    assert f'href="http://127.0.0.1:8000{right}"' in client.get(right).text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en-GB,en;q=0.9,ru;q=0.8", "en"),
        ("de,en;q=0.5", "en"),
        ("de", "ru"),
        ("", "ru"),
        ("*", "ru"),
        ("\x00;q=x,,;", "ru"),
        ("en;q=0,ru;q=0.1", "ru"),
    ],
)
def test_the_first_page_leads_to_the_readers_language(portal: Portal, accepted: str, language: str) -> None:
    answer = portal.test_client().get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.location) == (302, f"/{language}/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Vary"] == "Accept-Language"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "address", ["/xx/", "/EN/", "/en-GB/", "/xx/gallery", "/xx/account/login", "/xx/my/contributions", "/%D0%B0/"]
)
def test_a_language_that_is_not_offered_is_nowhere(client_of: ClientOf, address: str) -> None:
    for who in ("visitor", "contributor"):
        answer = client_of(who).get(address)
        assert answer.status_code == 404
        assert "account" in address or "/my/" in address or "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("address", "language"), [("/ru/nowhere", "ru"), ("/en/nowhere", "en"), ("/p/000000000", "ru")]
)
def test_an_error_page_speaks_the_language_of_its_address(client_of: ClientOf, address: str, language: str) -> None:
    answer = client_of("visitor").get(address)
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Cache-Control"] == A_MOMENT, "it is asked for as often as a page"
    assert answer.headers.get("Vary") == (None if address.startswith(f"/{language}/") else "Accept-Language")


@pytest.mark.parametrize(
    ("address", "status"), [("/api/v1/people?born_from=x", 400), ("/en/people/000000000/report", 404)]
)
def test_other_errors_are_kept_by_nobody(client_of: ClientOf, address: str, status: int) -> None:
    answer = client_of("visitor").get(address)
    assert answer.status_code == status
    assert (answer.headers["Cache-Control"] == NOT_KEPT) is (status == 400)
    assert ("X-Accel-Expires" in answer.headers) is (status == 404)


def test_public_pages_depend_on_their_address_alone(entry: str, client_of: ClientOf) -> None:
    visitor, second = client_of("visitor"), int(time.time())
    further = ("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-0-0.xml", "/api/v1/people", f"/api/v1/people/{entry}")
    pages = [address for address in public(entry) if not address.endswith("z")]
    for address in (*pages, *further, f"/iiif/{entry}/manifest.json", "/en/feed.atom", "/en/map", f"/p/{entry}/qr.svg"):
        russian, english = (visitor.get(address, headers={"Accept-Language": code}) for code in ("ru", "en"))
        assert russian.status_code == 200, address
        assert russian.data == english.data, address
        assert "Vary" not in russian.headers, address
        assert SHARED in russian.headers["Cache-Control"], address
        assert russian.headers["ETag"] == english.headers["ETag"], address
        until = russian.headers["X-Accel-Expires"]
        assert second <= int(until.removeprefix("@")) <= time.time(), address


def test_what_a_form_answers_is_kept_by_nobody(entry: str, client_of: ClientOf) -> None:
    answer = client_of("visitor").post(f"/en/people/{entry}/flower", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (303, NOT_KEPT)


def test_a_picture_that_did_not_change_is_not_sent_again(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    publish(app, accounts.contributor, accounts.moderator, portrait, form=filled_in(none_survives=False))
    visitor = client_of("visitor")
    address = re.findall(r'src="(/media/[^"]+)"', visitor.get("/en/gallery").text)[0]
    picture = visitor.get(address)
    assert picture.headers["Cache-Control"] == A_DAY
    again = visitor.get(address, headers={"If-None-Match": picture.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == A_DAY
    assert visitor.get(address, headers={"If-None-Match": '"another"'}).data == picture.data
    gone = address.replace("/media/", "/media/0")
    assert visitor.get(gone, headers={"If-None-Match": picture.headers["ETag"]}).status_code == 404


def test_the_languages_are_the_operators_choice(settings: Settings) -> None:
    client = create_app(replace(settings, languages=("en",))).test_client()
    assert client.get("/", headers={"Accept-Language": "ru"}).location == "/en/"
    assert client.get("/ru/privacy").status_code == 404
    assert client.get("/en/privacy").status_code == 200


def test_a_page_leads_to_itself_in_the_other_language(entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    for address in (f"people/{entry}/vereshchagina-anna", "gallery?q=%D0%B0&category=medical", ""):
        other = f"/ru/{address}".replace("&", "&amp;")
        assert f'href="{other}" hreflang="ru"' in client.get(f"/en/{address}").text


def test_over_https_cookies_and_pages_stay_there(settings: Settings, sqlite_url: str) -> None:
    secure = replace(settings, base_url="https://memory.example.org", database_url=sqlite_url)
    client = create_app(secure).test_client()
    answer = client.get("/en/account/login", base_url="https://memory.example.org")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "a b", "\u00ff"])
def test_a_host_that_is_not_ours_is_refused(portal: Portal, host: str) -> None:
    for address in ("/", "/en/", "/en/account/login", "/en/nowhere"):
        answer = portal.test_client().get(address, headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text


def test_probes_say_whether_the_portal_can_serve(app: Portal, settings: Settings) -> None:
    client = signed_in(app, None)
    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ok\n")
    empty = create_app(replace(settings, database_url="sqlite:///:memory:")).test_client()
    answer = empty.get("/readyz")
    assert answer.status_code == 503
    assert "memory-road db upgrade" in answer.text


def test_letters_are_shown_in_the_demonstration_alone(settings: Settings, portal: Portal) -> None:
    demo = create_app(replace(settings, demo=True)).test_client()
    assert demo.get("/demo/mail").status_code == 200
    assert portal.test_client().get("/demo/mail").status_code == 404
