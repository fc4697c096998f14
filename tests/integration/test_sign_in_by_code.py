"""Signing in by a code that comes by mail: who forgets passwords needs none, and nobody learns who has an account."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from memory_road.accounts import attempt
from memory_road.accounts.attempt import Attempt, may_attempt
from memory_road.accounts.code import MOST_TRIES, VALID, SignInCode, forget_codes, make_code, use_code
from memory_road.accounts.flood import FloodCount
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.mail.letter import Letter, LetterKind
from memory_road.mail.send import send_due
from memory_road.web.edge import Portal, parts
from tests.application import PASSWORD, Accounts, Browser, csrf, signed_in, work
from tests.smtp import SmtpSink, page_of, text_of

Post = Callable[[Browser, str], TestResponse]


def visitor(app: Portal) -> Browser:
    return signed_in(app, None)


def ask(client: Browser, email: str, address: str = "/en/account/login") -> TestResponse:
    """Press “Send me a code” on the page for signing in."""
    page = client.get(address)
    found = re.search(r'formaction="([^"]+)"', page.text)
    assert found is not None, "the page offers a code beside the password"
    return client.post(found[1], data={"csrf_token": csrf(page), "email": email, "password": ""})


def type_code(client: Browser, digits: str) -> TestResponse:
    page = client.get("/en/account/code")
    return client.post("/en/account/code", data={"csrf_token": csrf(page), "code": digits})


def deliver(app: Portal, sink: SmtpSink) -> list[EmailMessage]:
    with app.app_context():
        send_due(replace(parts().settings, mail_url=sink.url))
    return sink.messages


def code_in(letter: EmailMessage) -> str:
    """The digits, alone on their line."""
    (found,) = [line for line in text_of(letter).splitlines() if re.fullmatch("[0-9]{6}", line)]
    return found


def code_of(app: Portal, email: str) -> str:
    with app.app_context():
        found = select(SignInCode.code).join(Account, Account.id == SignInCode.account_id).where(Account.email == email)
        return db.session.execute(found).scalar_one()


def is_signed_in(client: Browser) -> bool:
    return client.get("/en/my/contributions").status_code == 200


def account(app: Portal, email: str) -> Account:
    with app.app_context():
        return db.session.execute(select(Account).where(Account.email == email)).scalar_one()


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def register(client: Browser, email: str, password: str = "") -> TestResponse:
    page = client.get("/en/account/register")
    typed = {"csrf_token": csrf(page), "email": email, "password": password, "display_name": "Anna"}
    return client.post("/en/account/register", data=typed)


# --- the way --------------------------------------------------------------------------------------------------------


def test_from_asking_for_a_code_to_being_signed_in(app: Portal, accounts: Accounts, smtp_sink: SmtpSink) -> None:
    client = visitor(app)
    answer = ask(client, "Contributor@Example.org")
    assert (answer.status_code, answer.location) == (303, "/en/account/code")
    before = client.get_cookie("memory_road")
    page = client.get(answer.location)
    assert "contributor@example.org" in page.text
    field = re.search(r'<input id="code"[^>]*>', page.text)
    assert field is not None
    assert 'autocomplete="one-time-code"' in field[0]
    assert 'inputmode="numeric"' in field[0]

    (letter,) = deliver(app, smtp_sink)
    digits = code_in(letter)
    assert letter["Subject"] == f"{digits} is your code for signing in"
    assert f'<p class="code">{digits}</p>' in page_of(letter)
    assert letter["List-Unsubscribe"] is None

    answer = type_code(client, f" {digits[:3]} {digits[3:]} ")
    assert (answer.status_code, answer.location) == (303, "/en/my/contributions")
    assert is_signed_in(client)
    after = client.get_cookie("memory_road")
    assert before is not None
    assert after is not None
    assert before.value != after.value, "the session has a new token"
    with app.app_context():
        kept = db.session.execute(select(SignIn)).scalar_one()
        assert not {"code_for", "code_next"} & set(kept.data)

    again = visitor(app)
    ask(again, "contributor@example.org")
    assert digits != code_of(app, "contributor@example.org")
    assert type_code(again, digits).status_code == 422, "it works once"
    assert not is_signed_in(again)


def test_a_code_of_a_moderator_opens_what_is_a_moderators(app: Portal, accounts: Accounts) -> None:
    client = visitor(app)
    ask(client, accounts.moderator.email)
    type_code(client, code_of(app, accounts.moderator.email))
    assert client.get("/en/moderate/").status_code == 200


def test_who_was_asked_to_sign_in_comes_where_they_wanted(app: Portal, accounts: Accounts) -> None:
    client = visitor(app)
    asked = client.get("/en/contribute?x=1")
    ask(client, accounts.contributor.email, asked.location)
    answer = type_code(client, code_of(app, accounts.contributor.email))
    assert answer.location == "/en/contribute?x=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "/\nx", "/x\r\ny"]
)
def test_nobody_is_sent_elsewhere(app: Portal, accounts: Accounts, elsewhere: str) -> None:
    client = visitor(app)
    token = csrf(client.get("/en/account/login"))
    typed = {"csrf_token": token, "email": accounts.contributor.email}
    client.post("/en/account/code/send", query_string={"next": elsewhere}, data=typed)
    assert type_code(client, code_of(app, accounts.contributor.email)).location == "/en/my/contributions"


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c"])
def test_what_is_no_address_is_said_and_kept(app: Portal, email: str) -> None:
    client = visitor(app)
    answer = ask(client, email)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert f'value="{email}"' in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_without_a_code_asked_for_there_is_no_page_to_type_one(app: Portal) -> None:
    client = visitor(app)
    page = client.get("/en/account/code")
    assert 'id="email"' in page.text
    answer = client.post("/en/account/code", data={"csrf_token": csrf(page), "code": "000000"})
    assert (answer.status_code, answer.location) == (303, "/en/account/code")


# --- what a code is worth -------------------------------------------------------------------------------------------


def test_a_wrong_code_is_answered_with_what_to_do_and_a_few_end_it(app: Portal, accounts: Accounts) -> None:
    client = visitor(app)
    ask(client, accounts.contributor.email)
    digits = code_of(app, accounts.contributor.email)
    for _ in range(MOST_TRIES):
        answer = type_code(client, wrong(digits))
        assert answer.status_code == 422
        assert 'id="code-error"' in answer.text
    assert type_code(client, digits).status_code == 422, "it has died of wrong tries"
    ask(client, accounts.contributor.email)
    type_code(client, code_of(app, accounts.contributor.email))
    assert is_signed_in(client), "a new one can be asked for"


def test_who_asks_again_gets_the_same_code_and_no_more_tries(app: Portal, accounts: Accounts) -> None:
    person = accounts.contributor.actor.id
    with work(app):
        first = make_code(person)
        assert use_code(person, wrong(first)) is None
        db.session.execute(update(SignInCode).values(expires_at=now() + timedelta(minutes=1)))
    with work(app):
        assert make_code(person) == first
        kept = db.session.get_one(SignInCode, person)
        assert kept.tries == 1
        assert kept.expires_at - now() == pytest.approx(VALID, abs=timedelta(seconds=5))


@pytest.mark.parametrize("typed", ["", "0", "１２３４５６", "123456789012", "no digits at all"])
def test_what_is_not_the_code_opens_nothing(app: Portal, accounts: Accounts, typed: str) -> None:
    with work(app):
        make_code(accounts.contributor.actor.id)
        db.session.execute(update(SignInCode).values(code="123456"))
        assert use_code(accounts.contributor.actor.id, typed) is None
        assert use_code(accounts.stranger.actor.id, "123456") is None, "it belongs to one account"


def test_a_code_lives_for_a_quarter_of_an_hour(app: Portal, accounts: Accounts) -> None:
    person = accounts.contributor.actor.id
    assert timedelta(minutes=15) == VALID, "the letters say so"
    with work(app):
        digits = make_code(person)
        db.session.execute(update(SignInCode).values(expires_at=now() - timedelta(seconds=1)))
        db.session.expire_all()
        assert use_code(person, digits) is None
        assert make_code(accounts.stranger.actor.id)
        assert forget_codes() == 1
        assert db.session.scalars(select(SignInCode.account_id)).all() == [accounts.stranger.actor.id]


def test_two_who_ask_at_once_get_one_code(app: Portal, accounts: Accounts) -> None:
    def one(_: int) -> str:
        with work(app):
            return make_code(accounts.contributor.actor.id)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(one, range(4)))) == 1


# --- who has an account --------------------------------------------------------------------------------------------


def test_known_and_unknown_addresses_are_answered_alike(app: Portal, accounts: Accounts, smtp_sink: SmtpSink) -> None:
    seen = []
    for email in (accounts.contributor.email, "nobody@example.org"):
        client = visitor(app)
        pages = [ask(client, email), client.get("/en/account/code"), type_code(client, "not it")]
        seen.append([(page.status_code, page.location, plain(page, email)) for page in pages])
    assert seen[0] == seen[1]
    to = {str(letter["To"]): letter for letter in deliver(app, smtp_sink)}
    assert set(to) == {accounts.contributor.email, "nobody@example.org"}
    assert "has no account here" in text_of(to["nobody@example.org"])
    assert "/en/account/register" in text_of(to["nobody@example.org"])


def plain(page: TestResponse, email: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*>', "", page.text).replace(email, "")


def test_a_closed_account_gets_no_letter_and_no_session(app: Portal, accounts: Accounts) -> None:
    with work(app):
        db.session.get_one(Account, accounts.contributor.actor.id).active = False
    client = visitor(app)
    assert ask(client, accounts.contributor.email).status_code == 303
    type_code(client, code_of(app, accounts.contributor.email))
    assert not is_signed_in(client)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


# --- registering without a password -----------------------------------------------------------------------------------


def test_an_account_needs_no_password(app: Portal, smtp_sink: SmtpSink) -> None:
    client = visitor(app)
    answer = register(client, "anna@example.org")
    assert (answer.status_code, answer.location) == (302, "/en/account/code")
    made = account(app, "anna@example.org")
    assert (made.password, made.confirmed_at, made.display_name) == (None, None, "Anna")
    (letter,) = deliver(app, smtp_sink)
    type_code(client, code_in(letter))
    assert is_signed_in(client)
    assert account(app, "anna@example.org").confirmed_at is not None
    page = client.get("/en/account/change")
    assert 'id="password"' not in page.text, "there is no present one to type"
    chosen = {"new_password": "quite new words", "new_password_confirm": "quite new words"}
    assert client.send("/en/account/change", chosen).status_code == 302
    assert account(app, "anna@example.org").password is not None


@pytest.mark.parametrize("password", ["", "anything at all"])
def test_an_account_without_a_password_is_entered_with_none(app: Portal, smtp_sink: SmtpSink, password: str) -> None:
    client = visitor(app)
    register(client, "anna@example.org")
    type_code(client, code_in(deliver(app, smtp_sink)[0]))
    thief = visitor(app)
    page = thief.get("/en/account/login")
    thief.post("/en/account/login", data={"csrf_token": csrf(page), "email": "anna@example.org", "password": password})
    assert not is_signed_in(thief)


def test_the_code_that_answers_registering_keeps_the_password_that_was_chosen(app: Portal) -> None:
    client = visitor(app)
    register(client, "anna@example.org", PASSWORD)
    type_code(client, code_of(app, "anna@example.org"))
    assert is_signed_in(client)
    assert account(app, "anna@example.org").password is not None


def test_a_password_that_somebody_else_chose_opens_nothing(app: Portal) -> None:
    """Somebody registers with another's address and waits for the owner to confirm it."""
    thief, owner = visitor(app), visitor(app)
    register(thief, "anna@example.org", PASSWORD)
    register(owner, "anna@example.org", "the owner's own words")
    arrived = owner.get(type_code(owner, code_of(app, "anna@example.org")).location or "")
    assert arrived.status_code == 200
    assert "choose a new one in your profile" in arrived.text
    page = thief.get("/en/account/login")
    thief.post("/en/account/login", data={"csrf_token": csrf(page), "email": "anna@example.org", "password": PASSWORD})
    assert not is_signed_in(thief)


def test_who_registers_twice_is_let_in_by_the_letter(app: Portal, accounts: Accounts, smtp_sink: SmtpSink) -> None:
    client = visitor(app)
    register(client, accounts.contributor.email)
    (letter,) = deliver(app, smtp_sink)
    assert "It has an account already" in text_of(letter)
    type_code(client, code_in(letter))
    assert is_signed_in(client)
    assert account(app, accounts.contributor.email).password is not None


# --- too many attempts -----------------------------------------------------------------------------------------------


def test_letters_and_tries_are_bounded_for_known_and_unknown_addresses(app: Portal, accounts: Accounts) -> None:
    for email in (accounts.contributor.email, "nobody@example.org"):
        client = visitor(app)
        answers = [ask(client, email).status_code for _ in range(attempt.FOR_ONE_MAILBOX[Attempt.LETTER] + 1)]
        assert answers == [303] * (len(answers) - 1) + [429]
    with app.app_context():
        sent = db.session.scalars(select(Letter.kind)).all()
    assert sent.count(LetterKind.CODE) == sent.count(LetterKind.NO_ACCOUNT) == len(answers) - 1


def test_who_has_a_letter_signs_in_however_often_others_asked_for_one(app: Portal, accounts: Accounts) -> None:
    for _ in range(attempt.FOR_ONE_MAILBOX[Attempt.LETTER]):
        ask(visitor(app), accounts.contributor.email)
    client = visitor(app)
    refused = ask(client, accounts.contributor.email)
    assert refused.status_code == 429
    assert "in an hour" in refused.text
    assert type_code(client, code_of(app, accounts.contributor.email)).location == "/en/my/contributions"


def test_every_letter_that_a_stranger_can_ask_for_is_counted_together(app: Portal, accounts: Accounts) -> None:
    client = visitor(app)
    forms = ["/en/account/reset", "/en/account/confirm", "/en/account/register"] * 3
    answers = []
    for address in forms:
        token = csrf(client.get(address))
        answers.append(client.post(address, data={"csrf_token": token, "email": "anna@example.org"}).status_code)
    most = attempt.FOR_ONE_MAILBOX[Attempt.LETTER]
    assert 429 not in answers[:most]
    assert set(answers[most:]) == {429}


@pytest.mark.parametrize("form", ["register", "reset", "confirm"])
def test_who_forgets_the_address_is_told_so_however_many_do(app: Portal, form: str) -> None:
    """They are not counted together, as if they asked for letters to one mailbox."""
    client, address = visitor(app), f"/en/account/{form}"
    typed = {"csrf_token": csrf(client.get(address)), "email": " "}
    answers = [client.post(address, data=typed) for _ in range(attempt.FOR_ONE_MAILBOX[Attempt.LETTER] + 1)]
    assert {answer.status_code for answer in answers} == {200}
    assert "Please write your e-mail address" in answers[-1].text
    assert "is on its way" not in answers[-1].text
    mistyped = client.post(address, data={**typed, "email": "anna@example"})
    assert "This is not an e-mail address" in mistyped.text
    assert 'value="anna@example"' in mistyped.text
    assert "is on its way" not in mistyped.text


def test_passwords_cannot_be_tried_for_ever(app: Portal, accounts: Accounts) -> None:
    client = visitor(app)
    token = csrf(client.get("/en/account/login"))
    typed = {"csrf_token": token, "email": accounts.contributor.email, "password": "not it"}
    most = attempt.FOR_ONE_MAILBOX_FROM_ONE_LINE[Attempt.SIGN_IN]
    answers = [client.post("/en/account/login", data=typed).status_code for _ in range(most + 1)]
    assert answers == [200] * most + [429]
    from_elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    right = {**typed, "password": PASSWORD}
    assert client.post("/en/account/login", data=right, environ_base=from_elsewhere).status_code == 302


def test_codes_cannot_be_tried_for_ever(app: Portal) -> None:
    client = visitor(app)
    ask(client, "nobody@example.org")
    most = attempt.FOR_ONE_MAILBOX_FROM_ONE_LINE[Attempt.CODE]
    assert [type_code(client, "1").status_code for _ in range(most + 1)] == [422] * most + [429]


def test_no_count_says_whose_it_is(app: Portal) -> None:
    with work(app):
        assert may_attempt(Attempt.CODE, "anna@example.org", "203.0.113.7")
        assert may_attempt(Attempt.CODE, "anna@example.org", ""), "behind a socket nobody can be told apart"
        keys = db.session.scalars(select(FloodCount.key)).all()
    assert keys
    assert not [key for key in keys if "anna" in key or "203" in key]
