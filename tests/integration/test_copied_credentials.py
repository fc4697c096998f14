"""Whatever was copied while somebody was signed in opens nothing after they signed out or changed their password."""

from collections.abc import Callable

from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, signed_in
from tests.integration.test_pages_account import PASSWORD, is_signed_in, session_cookie, sign_in

ClientOf = Callable[[str], Browser]


def with_cookie(app: Portal, name: str, value: str) -> Browser:
    browser = signed_in(app, None)
    browser.set_cookie(name, value)
    return browser


def test_a_copy_of_the_cookie_ends_with_the_old_password(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("contributor")
    copied = session_cookie(client)
    new = {"password": PASSWORD, "new_password": "quite new words", "new_password_confirm": "quite new words"}
    assert client.send("/en/account/change", new).status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(with_cookie(app, "memory_road", copied))


def test_no_cookie_signs_in_by_itself(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, None)
    client.get("/en/account/login")
    form = {"email": accounts.contributor.email, "password": PASSWORD, "remember": "y"}
    client.send("/en/account/login", form)
    assert client.get_cookie("remember_token") is None
    assert is_signed_in(client)


def test_no_token_in_an_address_signs_in(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, None)
    sign_in(client, accounts.contributor.email, PASSWORD)
    form = {"email": accounts.contributor.email, "password": PASSWORD, "csrf_token": client.token()}
    answer = client.post("/en/account/login?include_auth_token", json=form, headers={"X-CSRFToken": client.token()})
    token = (
        ((answer.get_json(silent=True) or {}).get("response") or {}).get("user", {}).get("authentication_token", "x")
    )
    visitor = signed_in(app, None)
    assert visitor.get(f"/en/my/contributions?auth_token={token}").status_code == 302
    assert visitor.get("/en/my/contributions", headers={"Authentication-Token": token}).status_code == 302
