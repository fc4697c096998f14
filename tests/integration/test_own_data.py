"""Taking away what one has given: everything of one's own, nothing of anybody else's, and never all in memory."""

import io
import json
import re
import tracemalloc
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update

from memory_road.accounts.code import make_code
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.contributions.attach import put_away
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, now
from memory_road.family.ask_care import answer_kin, ask_for_care
from memory_road.family.contact import write_to
from memory_road.family.disagree import dispute, tell_side
from memory_road.family.screen import deliver
from memory_road.family.successor import name_successor
from memory_road.mail.letter import Letter, LetterKind
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.owner.download import PIECE, pack
from memory_road.requests.answer import close
from memory_road.requests.takedown import ask_for_takedown
from memory_road.web.account.data import MOST_AT_ONCE, Turnstile, turnstile
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Sample, begin, filled_in, publish, send_in, work
from tests.relatives import two_relatives

ARCHIVE = "/en/account/data/archive"
ClientOf = Callable[[str], Browser]


def taken_away(client: Browser) -> ZipFile:
    answer = client.get(ARCHIVE)
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert re.fullmatch(
        r'attachment; filename="memory-road-\d{4}-\d\d-\d\d\.zip"', answer.headers["Content-Disposition"]
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    archive = ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


def document(archive: ZipFile, name: str) -> Any:
    return json.loads(archive.read(f"memory-road/{name}.json"))


def everything(archive: ZipFile) -> str:
    return b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")


def test_everything_of_ones_own_is_in_it(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    told = filled_in({"biography": "Жила у реки.", "award_certificate": "А 123456"})
    case = send_in(app, accounts.contributor, portrait, form=told)
    draft = begin(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, "other", "Кто это?", note="между нами")
    archive = taken_away(client_of("contributor"))
    own = document(archive, "account")
    assert (own["email"], own["display_name"]) == (accounts.contributor.email, "Name of contributor")
    assert own["has_password"] is True
    assert len(own["sessions"]) == 1
    kept = document(archive, f"contributions/{case}/contribution")
    assert kept["state"] == "returned"
    assert kept["typed"]["biography"] == kept["facts"]["biography"] == "Жила у реки."
    assert kept["facts"]["award_certificate"] == "А 123456", "private facts are the sender's own"
    returned = kept["decisions"][-1]
    assert (returned["move"], returned["message"], returned["by"]) == ("return", "Кто это?", "a moderator")
    assert returned["reason"] == "other"
    assert kept["decisions"][0]["by"] == "you"
    assert document(archive, f"contributions/{draft}/contribution")["state"] == "draft"
    assert [letter["kind"] for letter in document(archive, "letters")] == ["received", "returned"]
    assert "Кто это?" in document(archive, "letters")[1]["text"]
    assert "между нами" not in everything(archive), "notes among moderators are theirs"
    assert accounts.moderator.email not in everything(archive)
    assert not re.search("(Pen|Name) of moderator", everything(archive))


def test_pictures_are_the_bytes_that_were_sent_under_names_of_ours(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    case = send_in(app, accounts.contributor, portrait)
    with work(app):
        picture = db.session.execute(select(ContributionPhotograph)).scalar_one()
        picture.file_name = "../../etc/passwd\\..\\CON"
        name = f"memory-road/contributions/{case}/01-{picture.id}.jpg"
    archive = taken_away(client_of("contributor"))
    assert archive.read(name) == portrait.original.read_bytes()
    assert all(re.fullmatch(r"memory-road/[a-zA-Z0-9./-]+", each) and ".." not in each for each in archive.namelist())
    (described,) = document(archive, f"contributions/{case}/contribution")["photographs"]
    assert described["file"] == name.rpartition("/")[2]
    assert described["file_name"] == "../../etc/passwd\\..\\CON", "what the device called it is still said"


def test_nothing_of_anybody_else_is_in_it(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    publish(app, accounts.contributor, accounts.moderator, portrait)
    archive = taken_away(client_of("stranger"))
    assert sorted(archive.namelist()) == [
        f"memory-road/{name}" for name in ("README.txt", "account.json", "family.json", "letters.json", "requests.json")
    ]
    assert document(archive, "letters") == []
    assert client_of("visitor").get(ARCHIVE).status_code == 302


def test_what_others_wrote_is_not_in_it(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    """Three letters of a relative came: a message, a request for the care, a disagreement. And a colleague's note."""
    entry = publish(app, accounts.contributor, accounts.moderator)
    one, other, desk = accounts.contributor.actor, accounts.stranger.actor, accounts.second_moderator.actor
    with work(app):
        mine, _, message = two_relatives(entry, accounts)
        deliver(message, desk)
        write_to(entry, mine, other, "Позвоните мне.")
        name_successor(entry, one, "Вера", "vera@example.org")
        asked = ask_for_care(entry, other, "grandchild", "Я внучка.", "", 30).id
        answer_kin(asked, one, "objects", "Я отвечаю сам.")
        dispute(entry, other, "год рождения", "Он родился в 1912 году.")
        tell_side(entry, one, "Он родился в 1915 году.")
        ask_for_takedown(entry, one, "other", "Снимите, пожалуйста.")
    archive = taken_away(client_of("contributor"))
    text = everything(archive)
    for theirs in ("кажется, родня", "Позвоните", "Я внучка", "год рождения", "1912"):
        assert theirs not in text, theirs
    for name in (accounts.stranger.email, "Name of stranger", "Name of moderator", "Pen of", "moderator@"):
        assert name not in text, name
    family = document(archive, "family")
    assert [held["participant_id"] for held in family["care"]] == [entry]
    assert [(named["name"], named["email"]) for named in family["successors"]] == [("Вера", "vera@example.org")]
    assert [answer["carer_words"] for answer in family["answers_to_kin"]] == ["Я отвечаю сам."]
    assert [side["words"] for side in family["told_differently"]] == ["Он родился в 1915 году."]
    assert [request["words"] for request in document(archive, "requests")] == ["Снимите, пожалуйста."]
    kinds = [letter["kind"] for letter in document(archive, "letters")]
    assert {"relative_wrote", "care_asked", "dispute_asked"} <= set(kinds), "that they came is said"
    theirs = document(taken_away(client_of("stranger")), "family")
    assert [sent["words"] for sent in theirs["letters_to_relatives"]] == ["Мы, кажется, родня.", "Позвоните мне."]
    assert [asked["words"] for asked in theirs["care_asked_for"]] == ["Я внучка."]
    assert [begun["subject"] for begun in theirs["disagreements_begun"]] == ["год рождения"]
    assert "Я отвечаю" not in str(theirs)


def test_of_abuse_nothing_is_told(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        reject(case, accounts.moderator.actor, "abuse", "Ложь.")
    archive = taken_away(client_of("contributor"))
    assert document(archive, f"contributions/{case}/contribution")["decisions"][-1]["reason"] == ""
    assert "abuse" not in everything(archive)
    assert "Ложь" not in everything(archive)


@pytest.mark.usefixtures("five_minutes")
def test_what_can_be_taken_back_is_not_told_here_either(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    entry, case = publish(app, accounts.contributor, accounts.moderator, portrait), send_in(app, accounts.stranger)
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, "other", "Вы ошиблись.")
        asked = ask_for_takedown(entry, accounts.stranger.actor, "own_wish", "Это я.").id
    with work(app):
        close(asked, accounts.moderator.actor, None, "stays", "Мы не согласны.")
    archive = taken_away(client_of("stranger"))
    assert document(archive, f"contributions/{case}/contribution")["state"] == "submitted"
    assert [request["state"] for request in document(archive, "requests")] == ["open"]
    for said in ("Вы ошиблись", "Мы не согласны"):
        assert said not in everything(archive)


def test_letters_are_read_page_by_page(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.owner.documents.PAGE", 2)
    cases = [send_in(app, accounts.contributor) for _ in range(5)]
    with work(app):
        db.session.execute(update(Letter).values(created_at=now()))  # all at one moment
    letters = document(taken_away(client_of("contributor")), "letters")
    assert sorted(case for case in cases for letter in letters if case in letter["text"]) == sorted(cases)


def test_what_would_let_somebody_in_is_not_in_it(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    with work(app):
        account = db.session.get_one(Account, accounts.contributor.actor.id)
        link = "http://127.0.0.1:8000/en/account/reset/a-secret-token"
        tell(account, LetterKind.NEW_PASSWORD, address=link, code="")
        code = make_code(account.id)
        tell(account, LetterKind.CODE, code=code, closing="")
        hashed = account.password or ""
    archive = taken_away(client_of("contributor"))
    text = everything(archive)
    assert [letter["kind"] for letter in document(archive, "letters")] == ["new_password", "code"]
    for secret in ("a-secret-token", code, hashed):
        assert secret not in text


def test_a_missing_original_is_said_and_spoils_nothing(
    app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample
) -> None:
    case = send_in(app, accounts.contributor, portrait)
    with app.app_context():
        picture = db.session.execute(select(ContributionPhotograph)).scalar_one()
        put_away(parts().store, picture.original_key)
    archive = taken_away(client_of("contributor"))
    (missing,) = document(archive, f"contributions/{case}/contribution")["missing_files"]
    assert missing.startswith("01-")
    assert not [name for name in archive.namelist() if name.endswith(".jpg")]


def test_it_is_made_piece_by_piece(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    """Many contributions, and a picture much larger than what is held of it."""
    for _ in range(25):
        begin(app, accounts.contributor)
    send_in(app, accounts.contributor, portrait)
    with app.app_context():
        picture = db.session.execute(select(ContributionPhotograph)).scalar_one()
        large = parts().settings.data_dir / "large"
        large.write_bytes(bytes(24 * 1024 * 1024))
        parts().store.put(picture.original_key, large)
        with work(app):
            db.session.get_one(ContributionPhotograph, picture.id).bytes = large.stat().st_size
        tracemalloc.start()
        sizes = [len(piece) for piece in pack(accounts.contributor.actor.id, parts().store, parts().settings, "")]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert sum(sizes) > 24 * 1024 * 1024
    assert max(sizes) <= 2 * PIECE
    assert peak < 12 * 1024 * 1024


def test_one_download_at_a_time(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("contributor")
    account_id = accounts.contributor.actor.id
    assert turnstile.enter(account_id)
    try:
        busy = client.get(ARCHIVE)
        assert (busy.status_code, busy.headers["Retry-After"]) == (429, "60")
        assert "packed already" in busy.text
    finally:
        turnstile.leave(account_id)
    for _ in range(MOST_AT_ONCE + 1):
        taken_away(client)
    assert client.head(ARCHIVE).status_code == 200
    taken_away(client)


def test_a_turnstile_lets_so_many_through() -> None:
    gate = Turnstile()
    assert [gate.enter(number) for number in range(MOST_AT_ONCE + 1)] == [True] * MOST_AT_ONCE + [False]
    gate.leave(0)
    assert not gate.enter(1), "one is inside already"
    assert gate.enter(7)
