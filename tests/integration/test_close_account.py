"""Closing an account: it ends at once and for good, what is published stays, and nothing else keeps the name."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from memory_road.accounts.attempt import FOR_ONE_MAILBOX_FROM_ONE_LINE, Attempt
from memory_road.accounts.code import SignInCode
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.cli import main
from memory_road.contributions.add_to import add_to
from memory_road.contributions.appeal import appeal
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.correct import correct
from memory_road.contributions.decision import DecisionWords, faults_in_chain
from memory_road.contributions.draft import keep, start
from memory_road.contributions.erase import erase
from memory_road.contributions.family_tree import FamilyTree
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import Refused
from memory_road.contributions.parked import park
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import withdraw
from memory_road.contributions.upload import Upload
from memory_road.db import db
from memory_road.facts.choice import Choice, Chosen
from memory_road.family.ask_care import ask_for_care
from memory_road.family.carer import Care, carer_of
from memory_road.family.contact import write_to
from memory_road.family.correspondence import RelativeMessage
from memory_road.family.find import relatives
from memory_road.family.hand_over import accept, hand_over
from memory_road.family.refusal import FamilyRefused
from memory_road.family.screen import deliver
from memory_road.family.successor import name_successor
from memory_road.family.takeover import Takeover
from memory_road.jobs.publish import publish_due
from memory_road.mail.letter import Letter, LetterKind
from memory_road.mail.send import send_due, send_one
from memory_road.moderation.approval import Approval
from memory_road.moderation.claim import Claim, claim
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.hear import reopen, uphold
from memory_road.moderation.hold import hold
from memory_road.owner.close import close
from memory_road.requests.refusal import RequestRefused
from memory_road.web.edge import Portal, parts
from tests.application import (
    PASSWORD,
    SAFE,
    Accounts,
    Browser,
    Person,
    Sample,
    approved,
    begin,
    csrf,
    filled_in,
    publish,
    publish_approved,
    send_in,
    signed_in,
    work,
)
from tests.integration.test_races import at_once
from tests.relatives import two_relatives
from tests.smtp import SmtpSink, text_of

ClientOf = Callable[[str], Browser]


def leave(app: Portal, person: Person) -> None:
    with work(app):
        close(person.actor.id, parts().store)


def confirm(client: Browser, **typed: str) -> TestResponse:
    page = client.get("/en/account/close")
    return client.post("/en/account/close", data={"csrf_token": csrf(page), **typed})


def is_signed_in(client: Browser) -> bool:
    return client.get("/en/my/contributions").status_code == 200


def row(app: Portal, person: Person) -> Account:
    with app.app_context():
        return db.session.get_one(Account, person.actor.id)


def state_of(app: Portal, contribution: str) -> str:
    with app.app_context():
        return db.session.get_one(Contribution, contribution).state


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_password_closes_it_and_every_session_ends(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    client, elsewhere = client_of("contributor"), client_of("contributor")
    answer = confirm(client, password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/en/account/closed")
    assert client.get(answer.location).status_code == 200
    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0
        send_due(replace(parts().settings, mail_url=smtp_sink.url))
    (letter,) = smtp_sink.messages
    assert (letter["To"], letter["Subject"]) == ("contributor@example.org", "Your account is closed")
    assert letter["List-Unsubscribe"] is None
    assert "without your name" in text_of(letter)


def test_a_code_from_a_letter_closes_it_too(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    with work(app):
        db.session.get_one(Account, accounts.contributor.actor.id).password = None
    client = client_of("contributor")
    assert 'id="password"' not in client.get("/en/account/close").text
    asked = client.send("/en/account/close/code")
    assert asked.location == "/en/account/close?said=code_sent"
    assert "on its way" in client.get(asked.location).text
    with app.app_context():
        code = db.session.execute(select(SignInCode.code)).scalar_one()
        (letter,) = db.session.scalars(select(Letter))
        assert (letter.kind, letter.content["closing"]) == (LetterKind.CODE, "yes")
    assert confirm(client, code=f"{code[:3]} {code[3:]}").status_code == 303
    assert not row(app, accounts.contributor).active


@pytest.mark.parametrize(
    ("typed", "at"),
    [({}, "password"), ({"password": "not it"}, "password"), ({"code": "000000"}, "code"), ({"code": "x"}, "code")],
)
def test_without_either_it_stays_open(
    app: Portal, accounts: Accounts, client_of: ClientOf, typed: dict[str, str], at: str
) -> None:
    client = client_of("contributor")
    answer = confirm(client, **typed)
    assert answer.status_code == 422
    assert f'id="{at}-error"' in answer.text
    assert row(app, accounts.contributor).active
    assert is_signed_in(client)


def test_a_password_cannot_be_tried_for_ever_here_either(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("contributor")
    most = FOR_ONE_MAILBOX_FROM_ONE_LINE[Attempt.SIGN_IN]
    assert [confirm(client, password="not it").status_code for _ in range(most + 1)] == [422] * most + [429]
    assert confirm(client, password=PASSWORD).status_code == 429
    assert row(app, accounts.contributor).active


# --- what goes and what stays --------------------------------------------------------------------------------------


def test_address_name_and_password_are_erased_and_the_row_stays(app: Portal, accounts: Accounts) -> None:
    before = row(app, accounts.moderator)
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
    leave(app, accounts.moderator)
    after = row(app, accounts.moderator)
    assert (after.email, after.active) == (f"closed-{after.id}@invalid", False)
    assert (after.password, after.display_name, after.pen_name, after.roles) == (None, "", "", [])
    assert after.fs_uniquifier != before.fs_uniquifier
    with app.app_context():
        assert db.session.scalars(select(Claim)).all() == [], "another moderator can go on"


def test_neither_address_nor_name_is_left_anywhere(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    publish(app, accounts.contributor, accounts.moderator, portrait)
    send_in(app, accounts.contributor)
    leave(app, accounts.contributor)
    with app.app_context():
        everywhere = [
            f"{table.name}: {found}"
            for table in db.metadata.sorted_tables
            for found in db.session.execute(select(table))
        ]
    left = [found for found in everywhere if re.search(r"\bcontributor@example|Name of contributor", found)]
    assert len(left) == 1, "the address of the last letter, until that is tidied away"
    assert left[0].startswith("letter:")


def test_what_is_published_stays_without_the_name(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, portrait)
    others = publish(app, accounts.stranger, accounts.moderator)
    with work(app):
        name_successor(entry, accounts.contributor.actor, "Вера", "vera@example.org")
        assert db.session.get_one(Participant, entry).contributor_name == "Name of contributor"
    leave(app, accounts.contributor)
    page = signed_in(app, None).get(f"/p/{entry}", follow_redirects=True)
    assert page.status_code == 200
    assert "Name of contributor" not in page.text
    with app.app_context():
        assert db.session.get_one(Participant, others).contributor_name == "Name of stranger"
        assert carer_of(entry) is None
        assert db.session.scalars(select(Letter.recipient).where(Letter.kind == LetterKind.CARE_LEFT)).all() == [
            "vera@example.org"
        ]
        for picture in db.session.scalars(select(ContributionPhotograph)):
            assert parts().store.exists(picture.original_key), "a better copy can be made from it"


def test_who_told_it_through_a_library_stays_named(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    with work(app):
        told = db.session.execute(select(Contribution)).scalar_one()
        told.assisted, told.teller_name = True, "Мария Орлова"
        db.session.get_one(Participant, entry).contributor_name = "Мария Орлова"
    leave(app, accounts.contributor)
    with app.app_context():
        assert db.session.get_one(Participant, entry).contributor_name == "Мария Орлова"


def test_what_waits_is_withdrawn_and_what_was_decided_stays(app: Portal, accounts: Accounts) -> None:
    draft = begin(app, accounts.contributor)
    waits, returned, held, rejected = (send_in(app, accounts.contributor) for _ in range(4))
    with work(app):
        for case in (returned, held, rejected):
            claim(case, accounts.moderator.actor)
        return_to_sender(returned, accounts.moderator.actor, "other", "Кто это?")
        hold(held, accounts.moderator.actor)
        reject(rejected, accounts.moderator.actor, "other", "Нет.")
    strangers = send_in(app, accounts.stranger)
    leave(app, accounts.contributor)
    for case in (draft, waits, returned, held):
        assert state_of(app, case) == State.WITHDRAWN
    assert state_of(app, rejected) == State.REJECTED
    assert state_of(app, strangers) == State.SUBMITTED
    with app.app_context():
        assert list(faults_in_chain()) == [], "the log is whole, though words were erased"
        kept = db.session.scalars(select(DecisionWords.message)).all()
    assert kept == ["Нет."]


def test_drafts_and_withdrawn_matter_go_with_their_files(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    told = filled_in({"biography": "Жила у реки."})
    draft = begin(app, accounts.contributor, portrait, form=told)
    withdrawn = send_in(app, accounts.contributor, portrait, form=told)
    entry = publish(app, accounts.stranger, accounts.moderator)
    with work(app):
        add_to(db.session.get_one(Contribution, draft), entry, {"surname": "Верещагина"}, {"biography": "Жила у реки."})
        withdraw(withdrawn, accounts.contributor.actor)
        park(accounts.contributor.actor.id, "/en/contribute", [("surname", "Орлов")])
        db.session.add(FamilyTree(account_id=accounts.contributor.actor.id, people=3, offered=1))
        upload = Upload(
            account_id=accounts.contributor.actor.id,
            contribution_id=draft,
            file_name="a.jpg",
            length=9,
            received=5,
            parts=["0-00ff"],
        )
        db.session.add(upload)
        db.session.flush()
        parts().store.put(upload.part_key("0-00ff"), portrait.preview)
        part = upload.part_key("0-00ff")
        keys = [picture.original_key for picture in db.session.scalars(select(ContributionPhotograph))]
        keys += [picture.preview_key for picture in db.session.scalars(select(ContributionPhotograph))]
    assert len(keys) == 4
    leave(app, accounts.contributor)
    with app.app_context():
        assert [key for key in [*keys, part] if parts().store.exists(key)] == []
        for table in (
            "contribution_photograph",
            "contribution_photograph_look",
            "upload",
            "parked_form",
            "family_tree",
        ):
            assert db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table  # noqa: S608
        for case in (draft, withdrawn):
            kept = db.session.get_one(Contribution, case)
            assert (kept.typed, kept.typed_before, kept.facts, kept.relationship_to) == ({}, None, None, "")


def test_what_a_moderator_has_mended_of_it_is_erased_too(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        mended = Approval(True, {"surname": Chosen(Choice.EDIT, "Верещагина-Орлова")})
        approve(case, accounts.moderator.actor, mended, two_for=frozenset({"medical"}))
    with work(app):
        withdraw(case, accounts.contributor.actor)
        erase(db.session.get_one(Contribution, case))
    with app.app_context():
        assert db.session.get_one(Contribution, case).approval is None


def test_only_what_was_withdrawn_is_erased(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app), pytest.raises(Refused):
        erase(db.session.get_one(Contribution, case))


def test_letters_go_but_for_the_last(app: Portal, accounts: Accounts) -> None:
    send_in(app, accounts.contributor)
    send_in(app, accounts.stranger)
    leave(app, accounts.contributor)
    with app.app_context():
        left = db.session.execute(select(Letter.kind, Letter.recipient, Letter.account_id).order_by(Letter.kind)).all()
    assert [tuple(each) for each in left] == [
        ("closed", "contributor@example.org", None),
        ("received", "stranger@example.org", accounts.stranger.actor.id),
    ]


def test_a_letter_that_is_just_being_sent_is_not_tried_again(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    """The mail server holds the letter up and then refuses it; meanwhile the account is closed."""
    send_in(app, accounts.contributor)
    smtp_sink.answer = "451 try again later"
    smtp_sink.meanwhile = lambda: leave(app, accounts.contributor)
    with app.app_context():
        waits = db.session.execute(select(Letter.id)).scalar_one()
        assert not send_one(replace(parts().settings, mail_url=smtp_sink.url), waits)
        assert db.session.scalars(select(Letter.kind)).all() == [LetterKind.CLOSED]


def appealed(app: Portal, accounts: Accounts) -> str:
    """A case that was not published, and that its sender asks to look at again."""
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        reject(case, accounts.moderator.actor, "other", "Нет.")
        appeal(case, accounts.contributor.actor, "Это мой дед.")
    return case


def test_nothing_comes_to_a_closed_account(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    case = appealed(app, accounts)
    leave(app, accounts.contributor)
    with work(app):
        uphold(case, accounts.senior_moderator.actor, "Источника нет.")
        account = db.session.get_one(Account, accounts.contributor.actor.id)
        assert tell(account, LetterKind.NEW_PASSWORD, address="x", code="") is None
    with app.app_context():
        assert db.session.scalars(select(Letter.kind)).all() == [LetterKind.CLOSED]


def test_what_reached_relatives_stays_and_what_waits_goes(app: Portal, accounts: Accounts) -> None:
    entry, other = (publish(app, accounts.contributor, accounts.moderator) for _ in range(2))
    with work(app):
        mine, _, message = two_relatives(entry, accounts)
        deliver(message, accounts.second_moderator.actor)
        write_to(entry, mine, accounts.stranger.actor, "Позвоните.")
        two_relatives(other, accounts)  # that one still waits
        ask_for_care(other, accounts.stranger.actor, "grandchild", "Я внучка.", "", 30)
    leave(app, accounts.stranger)
    with app.app_context():
        assert set(db.session.scalars(select(RelativeMessage.words))) == {"Мы, кажется, родня.", "Позвоните."}
        assert len(db.session.scalars(select(RelativeMessage)).all()) == 2
        assert db.session.scalars(select(Takeover)).all() == []
        assert relatives(other, accounts.contributor.actor) == []


def test_the_desk_opens_a_case_that_was_erased(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case, held = send_in(app, accounts.contributor), send_in(app, accounts.contributor)
    with work(app):
        claim(held, accounts.moderator.actor)
        hold(held, accounts.moderator.actor)
    leave(app, accounts.contributor)
    moderator = client_of("moderator")
    for each in (case, held):
        page = moderator.get(f"/en/moderate/{each}")
        assert page.status_code == 200
        assert "Withdrawn" in page.text
        assert "Верещагина" not in page.text
    queue = moderator.get("/en/moderate/")
    assert queue.status_code == 200
    assert held not in queue.text, "there is nothing to show of it"


def test_what_a_moderator_decided_stays_readable(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, "other", "Кто это?")
    leave(app, accounts.moderator)
    page = client_of("contributor").get(f"/en/my/{case}").text
    assert "Кто это?" in page
    assert "Pen of moderator" not in page


def test_closing_and_deciding_at_once_leave_one_story(app: Portal, accounts: Accounts) -> None:
    """Neither waits for the other for ever, and no name is left in what was published in between."""
    for person in (accounts.contributor, accounts.stranger):
        cases = [send_in(app, person) for _ in range(3)]
        with work(app):
            for case in cases:
                claim(case, accounts.moderator.actor)
        at_once(
            app,
            lambda person=person: close(person.actor.id, parts().store),
            *[lambda case=case: approve(case, accounts.moderator.actor, SAFE) for case in cases],
            lambda: publish_due(parts().store),
            lambda person=person: start(person.actor, "a form", filled_in()),
        )
        publish_approved(app)
        with app.app_context():
            kept = db.session.scalars(select(Contribution).where(Contribution.sender_id == person.actor.id)).all()
            assert {each.state for each in kept} <= {State.APPROVED, State.WITHDRAWN}
            assert all(each.typed == {} for each in kept if each.state == State.WITHDRAWN)
            assert set(db.session.scalars(select(Participant.contributor_name))) <= {""}
            assert db.session.scalars(select(Care).where(Care.holder_id.is_not(None))).all() == []
            assert list(faults_in_chain()) == []


def test_care_that_somebody_accepts_meanwhile_is_theirs(app: Portal, accounts: Accounts) -> None:
    entries = [publish(app, accounts.contributor, accounts.moderator) for _ in range(3)]
    with work(app):
        for entry in entries:
            hand_over(entry, accounts.contributor.actor, f"{entry}@example.org")
    with app.app_context():
        offers = select(Letter.content).where(Letter.kind == LetterKind.CARE_OFFERED)
        tokens = [content["token"] for content in db.session.scalars(offers)]
    accepted: list[str] = []

    def take(token: str) -> None:
        with suppress(FamilyRefused):  # the account was closed before, and the invitation with it
            accepted.append(accept(token, accounts.stranger.actor).participant_id)

    at_once(
        app,
        lambda: close(accounts.contributor.actor.id, parts().store),
        *[lambda token=token: take(token) for token in tokens],
    )
    with app.app_context():
        held = select(Care.participant_id).where(Care.holder_id == accounts.stranger.actor.id)
        assert set(db.session.scalars(held)) == set(accepted)


def test_a_closed_account_accepts_no_care(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    with work(app):
        hand_over(entry, accounts.contributor.actor, "vera@example.org")
        content = db.session.execute(select(Letter.content).where(Letter.kind == LetterKind.CARE_OFFERED)).scalar_one()
    leave(app, accounts.stranger)
    with work(app), pytest.raises(FamilyRefused):
        accept(content["token"], accounts.stranger.actor)
    with app.app_context():
        assert carer_of(entry) == accounts.contributor.actor.id


def test_what_is_published_after_its_sender_has_left_is_in_nobodys_care(app: Portal, accounts: Accounts) -> None:
    case = appealed(app, accounts)
    leave(app, accounts.contributor)
    with work(app):
        reopen(case, accounts.senior_moderator.actor, "Да, это он.")
        claim(case, accounts.moderator.actor)
    with work(app):
        entry = approved(case, accounts.moderator).id
    with app.app_context():
        assert carer_of(entry) is None
        assert db.session.get_one(Participant, entry).contributor_name == ""


def test_screening_a_message_while_its_writer_leaves(app: Portal, accounts: Accounts) -> None:
    """The message reaches somebody, or it is gone; nothing fails."""
    entry = publish(app, accounts.contributor, accounts.moderator)
    with work(app):
        _, _, message = two_relatives(entry, accounts)
    delivered: list[str] = []

    def let_through() -> None:
        with suppress(RequestRefused):
            delivered.append(deliver(message, accounts.second_moderator.actor).id)

    at_once(app, let_through, lambda: close(accounts.stranger.actor.id, parts().store))
    with app.app_context():
        assert db.session.scalars(select(RelativeMessage.id)).all() == delivered


def test_closing_twice_at_once_is_closing_once(app: Portal, accounts: Accounts) -> None:
    assert at_once(app, *[lambda: close(accounts.contributor.actor.id, parts().store)] * 3) == [None] * 3
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 1


def test_closing_twice_changes_nothing_twice(app: Portal, accounts: Accounts) -> None:
    leave(app, accounts.contributor)
    uniquifier = row(app, accounts.contributor).fs_uniquifier
    leave(app, accounts.contributor)
    assert row(app, accounts.contributor).fs_uniquifier == uniquifier
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Letter)) == 1


def test_nobody_goes_on_with_what_a_closed_account_had(app: Portal, accounts: Accounts) -> None:
    draft = begin(app, accounts.contributor)
    leave(app, accounts.contributor)
    with work(app), pytest.raises(Refused):
        keep(draft, accounts.contributor.actor, filled_in())
    with work(app), pytest.raises(Refused):
        start(accounts.contributor.actor, "an old form", filled_in())
    others = publish(app, accounts.stranger, accounts.moderator)
    with work(app), pytest.raises(Refused):
        correct(accounts.contributor.actor, "an old form", others, {}, "ru")


def test_the_same_address_makes_a_new_account(app: Portal, accounts: Accounts) -> None:
    leave(app, accounts.contributor)
    client = signed_in(app, None)
    page = client.get("/en/account/register")
    client.post("/en/account/register", data={"csrf_token": csrf(page), "email": "contributor@example.org"})
    with app.app_context():
        made = db.session.execute(select(Account).where(Account.email == "contributor@example.org")).scalar_one()
        assert made.id != accounts.contributor.actor.id
        assert not re.search("Name of", made.display_name)


def test_the_operator_closes_it_for_whoever_asks(tmp_path: Path) -> None:
    environ = {
        "MEMORY_ROAD_SECRET_KEY": "a secret of the tests, long enough",
        "MEMORY_ROAD_DATA_DIR": str(tmp_path),
        "MEMORY_ROAD_STORAGE_URL": str(tmp_path / "uploads"),
    }
    run = CliRunner().invoke
    assert run(main, ["db", "upgrade"], env=environ).exit_code == 0
    assert run(main, ["user", "create", "a@example.org", "--password", PASSWORD], env=environ).exit_code == 0
    assert run(main, ["user", "close", "a@example.org"], env=environ, input="n\n").exit_code == 1, "it asks first"
    assert run(main, ["user", "close", "A@example.org"], env=environ, input="y\n").exit_code == 0
    again = run(main, ["user", "close", "a@example.org", "--yes"], env=environ)
    assert again.exit_code == 1
    assert "There is no account a@example.org" in again.output
