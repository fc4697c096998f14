"""Taking an entry down: nothing of it is left where visitors could see it, and everything comes back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from memory_road.accounts.permissions import NotPermitted
from memory_road.archive.alike import alike
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import entries, existing
from memory_road.archive.search import find
from memory_road.archive.tally import number_of_entries
from memory_road.contributions.decision import faults_in_chain
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import db
from memory_road.jobs.check_files import Inspection
from memory_road.jobs.tidy import FILES_SPARED, tidy
from memory_road.mail.letter import Letter, LetterKind
from memory_road.media.local_store import LocalStore
from memory_road.media.store import Store
from memory_road.moderation.claim import claim
from memory_road.moderation.freeze import freeze, unfreeze
from memory_road.moderation.take_down import removed_ahead, restore, shown_ahead, take_down
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Person, Sample, decide, publish, send_correction, work
from tests.integration.test_kept_pictures import keeping_in
from tests.integration.test_tidy import age
from tests.rows import rows_of

ClientOf = Callable[[str], Browser]


@pytest.fixture(autouse=True)
def store(app: Portal, tmp_path: Path) -> Iterator[Store]:
    """A store of the test's own, as the application's."""
    kept = LocalStore(tmp_path / "uploads")
    with keeping_in(app, kept):
        yield kept


@pytest.fixture
def entry(app: Portal, accounts: Accounts, store: Store, sample_of: Callable[[int], Sample]) -> str:
    """A published entry with two pictures."""
    made = publish(app, accounts.contributor, accounts.moderator, sample_of(1), sample_of(2))
    with work(app):
        db.session.execute(text("DELETE FROM letter"))
    return made


def remove(app: Portal, entry: str, person: Person, reason: str = "rights", **words: str) -> None:
    with work(app):
        store = parts().store
        with removed_ahead(entry, person.actor, store) as moved:
            take_down(entry, person.actor, moved, store, reason, **words)
            db.session.commit()


def bring_back(app: Portal, entry: str, person: Person, note: str = "Семья согласна.") -> None:
    with work(app):
        store = parts().store
        with shown_ahead(entry, person.actor, store) as moved:
            restore(entry, person.actor, moved, store, note)
            db.session.commit()


def files(store: Store, prefix: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for key, _ in store.keys(prefix):
        with store.open(key) as stored:
            found[key] = stored.read()
    return found


def letters(app: Portal) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(select(Letter).order_by(Letter.created_at)))


def test_nothing_of_it_is_left_for_visitors(
    app: Portal, accounts: Accounts, entry: str, store: Store, client_of: ClientOf
) -> None:
    visitor = client_of("visitor")
    address = visitor.get(f"/en/people/{entry}").location
    with app.app_context():
        facts = db.session.get_one(Participant, entry).facts
    before = files(store, "public/")
    remove(app, entry, accounts.senior_moderator)
    with app.app_context():
        assert find().cards == find("Верещагина").cards == []
        assert find("Анна").cards == []
        assert number_of_entries() == 0
        assert alike(facts) == []
        assert entries([entry]) == {}
        assert existing([entry]) == set()
        assert db.session.scalars(select(Photograph)).all() == []
    assert not files(store, "public/").keys() & before.keys()
    for key in before:
        assert visitor.get(f"/media/{key.removeprefix('public/')}").status_code == 404
    assert sorted(files(store, "private/removed/").values()) == sorted(before.values())
    for old in (address, f"/p/{entry}"):
        assert visitor.get(old).location == f"/{'en' if old == address else 'ru'}/people/{entry}", "no name in it"
    tombstone = visitor.get(f"/en/people/{entry}")
    assert tombstone.status_code == 410
    assert "belong to somebody who did not permit it" in tombstone.text
    for page in (tombstone, visitor.get("/en/"), visitor.get("/en/gallery"), visitor.get(f"/en/people/{entry}/report")):
        assert "Верещагина" not in page.text
        assert "vereshchagina" not in page.text.lower()


def test_everything_comes_back_under_new_addresses(app: Portal, accounts: Accounts, entry: str, store: Store) -> None:
    rows, pictures = rows_of(app), files(store)
    remove(app, entry, accounts.senior_moderator)
    bring_back(app, entry, accounts.senior_moderator)
    after, shown = rows_of(app), files(store)
    told = {"decision", "decision_words", "decision_head", "letter", "photograph", "photograph_look", "entry_news"}
    assert {table: after[table] for table in after if table not in told} == {
        table: rows[table] for table in rows if table not in told
    }
    for table in ("photograph", "photograph_look"):
        assert _without_keys(after[table]) == _without_keys(rows[table])
    old = {key for key in pictures if key.startswith("public/")}
    assert not old & shown.keys(), "what somebody has noted down leads nowhere"
    assert sorted(shown.values()) == sorted(pictures.values())
    assert not any(key.startswith("private/removed/") for key in shown)
    with app.app_context():
        assert len(find("Верещагина").cards) == 1
        assert list(faults_in_chain()) == []


def _without_keys(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(str({name: value for name, value in row.items() if "key" not in name}) for row in rows)


def test_the_sweep_and_the_check_know_what_is_taken_down(
    app: Portal, accounts: Accounts, entry: str, store: Store, tmp_path: Path
) -> None:
    remove(app, entry, accounts.senior_moderator)
    age(tmp_path / "uploads", FILES_SPARED + timedelta(minutes=1))
    kept = files(store)
    with app.app_context():
        tidy(store)
        assert files(store) == kept
        (removed, *_) = [key for key in kept if key.startswith("private/removed/")]
        store.delete(removed)
        said: list[str] = []
        inspection = Inspection(store, parts().limits, mend=True, say=said.append)
        list(inspection.run())
    assert (inspection.missing, inspection.damaged) == (1, 0)
    assert any(f"{removed} of entry {entry}, which is taken down, is missing" in sentence for sentence in said)


def test_a_failure_leaves_files_and_rows_as_they_were(
    app: Portal, accounts: Accounts, entry: str, store: Store
) -> None:
    rows, pictures = rows_of(app), files(store)
    with pytest.raises(RequestRefused) as refused:
        remove(app, entry, accounts.senior_moderator, reason="nobody knows")
    assert refused.value.code is EntryRefusal.REASON_MISSING
    assert (rows_of(app), files(store)) == (rows, pictures)


def test_a_picture_added_meanwhile_is_not_left_behind(
    app: Portal, accounts: Accounts, entry: str, sample_of: Callable[[int], Sample]
) -> None:
    correction = send_correction(app, accounts.stranger, entry, sample_of(3))
    with work(app):
        store, senior = parts().store, accounts.senior_moderator.actor

        def too_late() -> None:
            with removed_ahead(entry, senior, store) as moved:
                decide(app, correction, accounts.moderator)
                take_down(entry, senior, moved, store, "rights")

        with pytest.raises(RequestRefused) as refused:
            too_late()
    assert refused.value.code is EntryRefusal.CHANGED


@pytest.mark.parametrize("who", ["moderator", "contributor"])
def test_only_senior_moderators_take_down(app: Portal, accounts: Accounts, entry: str, who: str) -> None:
    with pytest.raises(NotPermitted):
        remove(app, entry, getattr(accounts, who))


def test_nobody_takes_down_the_entry_of_their_own_kin(app: Portal, accounts: Accounts, sample_of: Any) -> None:
    own = publish(app, accounts.senior_moderator, accounts.moderator)
    with pytest.raises(NotPermitted):
        remove(app, own, accounts.senior_moderator)


def test_twice_is_refused_and_so_is_what_is_not_gone(app: Portal, accounts: Accounts, entry: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        bring_back(app, entry, accounts.senior_moderator)
    assert refused.value.code is EntryRefusal.NOT_GONE
    remove(app, entry, accounts.senior_moderator)
    with pytest.raises(RequestRefused) as refused:
        remove(app, entry, accounts.senior_moderator)
    assert refused.value.code is EntryRefusal.GONE_ALREADY


def test_a_second_click_takes_no_file_away(app: Portal, accounts: Accounts, entry: str, store: Store) -> None:
    before = sorted(files(store, "public/").values())
    senior = accounts.senior_moderator

    def click_twice() -> None:
        with work(app), removed_ahead(entry, senior.actor, parts().store) as moved:
            with ThreadPoolExecutor(1) as other:  # the first one is done while the second still copies
                other.submit(remove, app, entry, senior).result(timeout=20)
            take_down(entry, senior.actor, moved, parts().store, "rights")

    with pytest.raises(RequestRefused) as refused:
        click_twice()
    assert refused.value.code is EntryRefusal.GONE_ALREADY
    bring_back(app, entry, senior)
    assert sorted(files(store, "public/").values()) == before


@pytest.mark.usefixtures("five_minutes")
def test_the_carer_is_told_unless_it_is_taken_back_in_time(app: Portal, accounts: Accounts, entry: str) -> None:
    remove(app, entry, accounts.senior_moderator, message="Мы напишем Вам.")
    (letter,) = letters(app)
    assert (letter.kind, letter.recipient) == (LetterKind.ENTRY_TAKEN_DOWN, accounts.contributor.email)
    assert "Верещагина" in letter.content["name"]
    assert letter.due_at > letter.created_at, "it waits for the time in which that can be undone"
    bring_back(app, entry, accounts.senior_moderator)
    assert letters(app) == []


def test_a_correction_of_what_is_gone_is_not_approved(app: Portal, accounts: Accounts, entry: str) -> None:
    correction = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    remove(app, entry, accounts.senior_moderator)
    with pytest.raises(Refused) as refused:
        decide(app, correction, accounts.moderator)
    assert refused.value.code is RefusalCode.ENTRY_GONE
    bring_back(app, entry, accounts.senior_moderator)
    with work(app):
        claim(correction, accounts.moderator.actor)
    assert decide(app, correction, accounts.moderator) == entry


def test_corrections_wait_while_an_entry_is_frozen(app: Portal, accounts: Accounts, entry: str) -> None:
    correction = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    with pytest.raises(RequestRefused) as asked, work(app):
        freeze(entry, accounts.moderator.actor, " ")
    assert asked.value.code is EntryRefusal.NOTE_MISSING
    with work(app):
        freeze(entry, accounts.moderator.actor, "Два внука спорят.")
    with pytest.raises(Refused) as refused:
        decide(app, correction, accounts.moderator)
    assert refused.value.code is RefusalCode.FROZEN
    with work(app):
        unfreeze(entry, accounts.moderator.actor, "Договорились.")
    assert decide(app, correction, accounts.moderator) == entry


def test_a_request_is_closed_as_taken_down_only_when_it_is(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    stranger, senior = client_of("stranger"), client_of("senior_moderator")
    asked = stranger.send(f"/en/my/entries/{entry}/takedown", {"ground": "rights", "words": "Это мой снимок."})
    assert asked.status_code == 303
    waiting = senior.get("/en/moderate/requests").text
    number = waiting.split("/en/moderate/requests/")[1].split('"')[0]
    page = senior.get(f"/en/moderate/requests/{number}").text
    assert f"/en/moderate/entries/{entry}" in page
    answer = {"outcome": "taken_down", "words": "Снято."}
    refused = senior.send(f"/en/moderate/requests/{number}", answer)
    assert refused.status_code == 422
    assert "The entry is still shown" in refused.text
    form = {"reason": "rights", "words": "Права.", "note": ""}
    assert senior.send(f"/en/moderate/entries/{entry}/take-down", form).status_code == 303
    assert senior.send(f"/en/moderate/requests/{number}", answer).status_code == 303


def test_the_page_at_the_desk(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    senior, moderator = client_of("senior_moderator"), client_of("moderator")
    found = moderator.get(f"/en/moderate/entries?number=https://memory.example.org/ru/people/{entry}/x")
    assert found.location == f"/en/moderate/entries/{entry}"
    assert moderator.get("/en/moderate/entries?number=nothing").status_code == 404
    assert moderator.get("/en/moderate/entries/000000000").status_code == 404
    assert moderator.get(f"/en/moderate/entries/{entry}/take-down").status_code == 403
    assert "take-down" not in moderator.get(found.location).text
    nothing_chosen = senior.send(f"/en/moderate/entries/{entry}/take-down", {"words": "Прощайте."})
    assert nothing_chosen.status_code == 422
    assert "Прощайте." in nothing_chosen.text
    assert " checked" not in nothing_chosen.text.replace("was checked", ""), "nothing is ticked beforehand"
    form = {"reason": "family_wish", "words": "", "note": "Письмо от дочери."}
    assert senior.send(f"/en/moderate/entries/{entry}/take-down", form).status_code == 303
    gone = senior.get(f"/en/moderate/entries/{entry}").text
    for said in ("Taken down", "The family wished it", "Письмо от дочери.", "Pen of senior_moderator"):
        assert said in gone
    assert "Верещагина" not in gone
    again = senior.send(f"/en/moderate/entries/{entry}/take-down", form)
    assert again.status_code == 409
    assert senior.send(f"/en/moderate/entries/{entry}/restore", {"note": ""}).status_code == 422
    assert senior.send(f"/en/moderate/entries/{entry}/restore", {"note": "Ошибка."}).status_code == 303
    assert senior.get(f"/en/people/{entry}", follow_redirects=True).status_code == 200
    late = senior.send(f"/en/moderate/entries/{entry}/restore", {"note": "Целый вечер."})
    assert late.status_code == 409
    assert "Целый вечер." in late.text, "another moderator was faster, and the form is gone"
