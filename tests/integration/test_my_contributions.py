"""Where a contribution stands: decisions, an answer to a question, an appeal, the place in the queue, the receipt."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select, update

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.submit import submit, withdraw
from memory_road.contributions.waits import FEWEST, ahead_of, recent_waits, usual_days
from memory_road.db import db, now
from memory_road.identifier import spoken
from memory_road.mail.letter import Letter, LetterKind
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.moderation.hear import uphold
from memory_road.moderation.hold import hold, release
from memory_road.web.edge import Parts, Portal
from tests.application import Accounts, Browser, begin, decide, filled_in, jpeg, publish, send_correction, send_in, work

ClientOf = Callable[[str], Browser]


def found(app: Portal, identifier: str) -> Contribution:
    with app.app_context():
        contribution = db.session.get_one(Contribution, identifier)
        assert contribution.photographs is not None
        return contribution


def returned(app: Portal, accounts: Accounts) -> str:
    identifier = send_in(app, accounts.contributor)
    with work(app):
        claim(identifier, accounts.moderator.actor)
        return_to_sender(identifier, accounts.moderator.actor, "source_needed", "Откуда это известно?", "между нами")
    return identifier


def rejected(app: Portal, accounts: Accounts, reason: str = "source_needed") -> str:
    identifier = send_in(app, accounts.contributor)
    with work(app):
        claim(identifier, accounts.moderator.actor)
        reject(identifier, accounts.moderator.actor, reason, "Нет источника.")
    return identifier


def letters(app: Portal) -> list[Letter]:
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.created_at, Letter.id)))


# --- an answer -------------------------------------------------------------------------------------------------------


def test_an_answer_travels_with_what_is_sent_again(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = returned(app, accounts)
    sender, moderator = client_of("contributor"), client_of("moderator")
    page = sender.get(f"/en/my/{identifier}").text
    assert "Откуда это известно?" in page
    assert "A source is needed" in page
    assert "между нами" not in page
    sent = sender.send(f"/en/my/{identifier}/answer", {"answer": "Из письма\r\nс фронта.", "action": "send"})
    assert (sent.status_code, sent.location) == (303, f"/en/my/{identifier}?said=sent")
    assert found(app, identifier).answer == ""
    case = moderator.get(f"/en/moderate/{identifier}").text
    assert "Из письма\nс фронта." in case
    again = sender.send(f"/en/my/{identifier}/answer", {"answer": "Ещё раз.", "action": "send"})
    assert again.status_code == 409
    assert "decided or changed in the meantime" in again.text


def test_an_answer_is_kept_while_the_form_is_changed(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier, sender = returned(app, accounts), client_of("contributor")
    changed = sender.send(f"/en/my/{identifier}/answer", {"answer": "Из письма.", "action": "change"})
    assert changed.location == f"/en/contribute/{identifier}"
    assert "Из письма." in sender.get(changed.location).text
    saved = sender.send(
        f"/en/contribute/{identifier}", {"surname": "Тян", "answer": "Из двух писем.", "action": "save"}
    )
    assert saved.status_code == 303
    assert found(app, identifier).answer == "Из двух писем."
    sender.send(f"/en/contribute/{identifier}/awards", {"action": "save"})
    assert found(app, identifier).answer == "Из двух писем.", "a step that does not ask leaves it alone"
    with work(app):
        db.session.execute(update(Contribution).values(permitted_at=None))
    unfinished = sender.send(f"/en/my/{identifier}/answer", {"answer": "Из трёх писем.", "action": "send"})
    assert unfinished.status_code == 422
    assert "We need your permission to publish." in unfinished.text
    assert "Из трёх писем." in unfinished.text


def test_an_answer_that_is_too_long_is_said_and_kept(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier, sender = returned(app, accounts), client_of("contributor")
    answer = sender.send(f"/en/my/{identifier}/answer", {"answer": "я" * 4001, "action": "send"})
    assert answer.status_code == 422
    assert "at most 4,000 characters fit" in answer.text
    assert "я" * 4001 in answer.text
    form = {"answer": "я" * 4001, "action": "submit", "permission": "yes", "none_survives": "yes"}
    assert (
        "Your answer to the moderator: This answer is too long."
        in sender.send(f"/en/contribute/{identifier}", form).text
    )


def test_nobody_else_answers(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = returned(app, accounts)
    for who in ("stranger", "moderator"):
        client = client_of(who)
        for what in ("answer", "appeal"):
            assert client.send(f"/en/my/{identifier}/{what}", {"answer": "x", "message": "x"}).status_code == 404
        assert "Send it again with this answer" not in client.get(f"/en/my/{identifier}").text
    assert found(app, identifier).state == "returned"


# --- an appeal -------------------------------------------------------------------------------------------------------


def test_asking_to_look_again(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier, sender = rejected(app, accounts), client_of("contributor")
    page = sender.get(f"/en/my/{identifier}").text
    assert "Ask us to look again" in page
    assert "Нет источника." in page
    empty = sender.send(f"/en/my/{identifier}/appeal", {"message": " ", "source": "Письмо"})
    assert empty.status_code == 422
    assert "Please write why it should be looked at again." in empty.text
    assert 'value="Письмо"' in empty.text
    asked = sender.send(f"/en/my/{identifier}/appeal", {"message": "Это мой дед.", "source": ""})
    assert asked.location == f"/en/my/{identifier}?said=appealed"
    page = sender.get(asked.location).text
    assert "which takes longer" in page
    assert "Это мой дед." in page
    assert "Ask us to look again" not in page
    with work(app):
        uphold(identifier, accounts.senior_moderator.actor, "Нужен документ.")
    assert "Нужен документ." in sender.get(f"/en/my/{identifier}").text
    bare = sender.send(f"/en/my/{identifier}/appeal", {"message": "Очень прошу."})
    assert bare.status_code == 422
    assert "add a source or a picture" in bare.text
    assert "Очень прошу." in bare.text


def test_a_new_picture_is_evidence(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier, sender = rejected(app, accounts), client_of("contributor")
    address = f"/en/my/{identifier}/appeal"
    sender.send(address, {"message": "Это мой дед."})
    with work(app):
        uphold(identifier, accounts.senior_moderator.actor, "Нужен документ.")
    text = (io.BytesIO(b"%PDF-1.4"), "scan.pdf")
    not_one = sender.send(address, {"message": "Вот документ.", "photos": text}, content_type="multipart/form-data")
    assert not_one.status_code == 422
    assert "was not taken" in not_one.text
    assert found(app, identifier).state == "rejected"
    picture = (io.BytesIO(jpeg(7)), "letter.jpg")
    sent = sender.send(address, {"message": "Вот документ.", "photos": picture}, content_type="multipart/form-data")
    assert sent.status_code == 303
    assert [kept.file_name for kept in found(app, identifier).photographs] == ["letter.jpg"]
    with work(app):
        uphold(identifier, accounts.senior_moderator.actor, "Документ не о нём.")
    again = {"message": "Тот же документ.", "photos": (io.BytesIO(jpeg(7)), "letter.jpg")}
    assert "add a source or a picture" in sender.send(address, again, content_type="multipart/form-data").text


def test_of_abuse_nothing_is_said_and_nothing_offered(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = rejected(app, accounts, reason="abuse")
    page = client_of("contributor").get(f"/en/my/{identifier}").text
    assert "Not published yet" in page
    assert "Ask us to look again" not in page
    assert "Abuse" not in page
    assert "Нет источника." not in page
    assert "Нет источника." in client_of("moderator").get(f"/en/moderate/{identifier}").text


# --- letters ---------------------------------------------------------------------------------------------------------


def test_every_move_that_concerns_the_sender_has_its_letter(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    held = send_in(app, accounts.stranger)
    with work(app):
        claim(held, accounts.moderator.actor)
        hold(held, accounts.moderator.actor, "Спросим историка.")
    case, sender = rejected(app, accounts), client_of("contributor")
    sender.send(f"/en/my/{case}/appeal", {"message": "Это мой дед."})
    client_of("senior_moderator").send(f"/en/moderate/{case}/reopen", {"message": "Вы правы."})
    kinds = [letter.kind for letter in letters(app)]
    assert kinds == [
        LetterKind.RECEIVED,
        LetterKind.HELD,
        LetterKind.RECEIVED,
        LetterKind.REJECTED,
        LetterKind.APPEALED,
        LetterKind.REOPENED,
    ]
    assert letters(app)[1].content["message"] == "Спросим историка."
    assert letters(app)[-1].content["message"] == "Вы правы."


def test_a_letter_about_a_correction_says_that_it_is_one(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    decide(app, send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"}), accounts.moderator)
    told = letters(app)[-1]
    assert (told.kind, told.content["entry"], told.content["correction"]) == (LetterKind.APPROVED, entry, True)


# --- the queue -------------------------------------------------------------------------------------------------------


def test_the_place_in_the_queue(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    first, second, third = (send_in(app, accounts.contributor) for _ in range(3))
    client = client_of("contributor")
    assert "Nothing waits before yours." in client.get(f"/en/my/{first}").text
    assert "1 contribution waits before yours." in client.get(f"/en/my/{second}").text
    page = client.get(f"/en/my/{third}").text
    assert "2 contributions wait before yours." in page
    assert "was looked at within" not in page, "of too few nothing is said"
    with app.app_context():
        assert ahead_of(db.session.get_one(Contribution, third)) == 2
    draft = begin(app, accounts.contributor)
    assert "before yours" not in client.get(f"/en/my/{draft}").text


def test_the_usual_wait_is_measured(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    cases = [send_in(app, accounts.stranger) for _ in range(FEWEST)]
    with work(app):
        for case in cases:
            claim(case, accounts.moderator.actor)
            return_to_sender(case, accounts.moderator.actor, "other", "Кто это?")
    waiting = send_in(app, accounts.contributor)
    client = client_of("contributor")
    assert "Most of what was sent lately was looked at within 1 day." in client.get(f"/en/my/{waiting}").text
    with app.app_context():
        assert usual_days() == 1


def test_a_set_date_is_told_to_senders_and_moderators(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = now() + timedelta(days=10)
    before: Parts = app.extensions["memory_road"]
    settings = replace(before.settings, set_date=f"{soon:%m-%d}")
    monkeypatch.setitem(app.extensions, "memory_road", replace(before, settings=settings))
    sender, desk = client_of("contributor"), client_of("moderator")
    waiting = send_in(app, accounts.contributor)
    assert "is in 10 days. Too little was decided lately" in desk.get("/en/moderate/").text
    assert "be looked at before" not in sender.get(f"/en/my/{waiting}").text, "of too little nothing is said"
    with work(app):
        withdraw(waiting, accounts.contributor.actor)
    for _ in range(FEWEST):
        case = send_in(app, accounts.stranger)
        with work(app):
            claim(case, accounts.moderator.actor)
            return_to_sender(case, accounts.moderator.actor, "other", "Кто это?")
    cases = [send_in(app, accounts.contributor) for _ in range(16)]
    assert "about 14 cases can be looked at until then" in desk.get("/en/moderate/").text
    assert "Yours will probably be looked at before" in sender.get(f"/en/my/{cases[0]}").text
    assert "will probably not be looked at before" in sender.get(f"/en/my/{cases[-1]}").text


def test_only_the_first_look_counts(app: Portal, accounts: Accounts) -> None:
    identifier = returned(app, accounts)
    with app.app_context():
        sent, asked = db.session.scalars(
            select(Decision.made_at).where(Decision.contribution_id == identifier, Decision.move != Move.START)
        )
    taken_back = send_in(app, accounts.stranger)
    with work(app):
        withdraw(taken_back, accounts.stranger.actor)
        submit(identifier, accounts.contributor.actor, now().date())
    with work(app):
        claim(identifier, accounts.moderator.actor)
        reject(identifier, accounts.moderator.actor, "other", "Нет.")
    held = send_in(app, accounts.contributor)
    with work(app):
        claim(held, accounts.moderator.actor)
        hold(held, accounts.moderator.actor)
        release(held, accounts.moderator.actor)
    with app.app_context():
        newest, oldest = recent_waits()
        assert oldest == asked - sent, "a question is a look; what was decided after it is not the first"
        assert newest > timedelta(0), "so is asking a historian; what was taken back was not looked at"


# --- the receipt and the number --------------------------------------------------------------------------------------


def test_a_receipt_names_what_was_sent(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    told = filled_in({"rank": "старшина", "biography": "Её помнили."})
    identifier = send_in(app, accounts.contributor, form=told)
    client = client_of("contributor")
    page = unescape(client.get(f"/en/my/{identifier}/receipt").text)
    for said in (spoken(identifier), "Верещагина Анна", "старшина", "12 May 1915", "1 paragraph", "none"):
        assert said in page
    draft = begin(app, accounts.contributor)
    assert client.get(f"/en/my/{draft}/receipt").location == f"/en/my/{draft}"
    assert client_of("stranger").get(f"/en/my/{identifier}/receipt").status_code == 404


def test_a_case_is_found_by_its_number(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier, draft = send_in(app, accounts.contributor), begin(app, accounts.contributor)
    moderator = client_of("moderator")
    for typed in (identifier, spoken(identifier), identifier.upper(), f" {identifier[:4]}-{identifier[4:]}"):
        answer = moderator.get("/en/moderate/find", query_string={"number": typed})
        assert answer.location == f"/en/moderate/{identifier}", typed
    for typed in ("", "nonsense", "000000000", draft):
        missing = moderator.get("/en/moderate/find", query_string={"number": typed})
        assert missing.status_code == 404
        assert "Number of a case" in missing.text
    assert 'value="nonsense"' in moderator.get("/en/moderate/find?number=nonsense").text
    assert spoken(identifier) in unescape(moderator.get(f"/en/moderate/{identifier}").text)


@pytest.mark.parametrize("where", ["/en/my/{}", "/en/my/contributions", "/en/my/{}/receipt"])
def test_the_number_is_shown_as_it_is_read_out(
    app: Portal, accounts: Accounts, client_of: ClientOf, where: str
) -> None:
    identifier = send_in(app, accounts.contributor)
    assert spoken(identifier) in unescape(client_of("contributor").get(where.format(identifier)).text)
