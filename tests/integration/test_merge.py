"""Two entries about one person become one, and are two again; different people are told apart for ever."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from memory_road.accounts.permissions import NotPermitted
from memory_road.archive.alike import alike
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import any_entry, standing
from memory_road.archive.search import find
from memory_road.contributions.decision import faults_in_chain
from memory_road.contributions.queries import readable
from memory_road.db import db
from memory_road.family.queries import has_told
from memory_road.mail.letter import Letter, LetterKind
from memory_road.media.local_store import LocalStore
from memory_road.media.store import Store
from memory_road.moderation.different_people import tell_apart, told_apart_from
from memory_road.moderation.entry_history import told_of
from memory_road.moderation.merge import Plan, merge
from memory_road.moderation.merge_facts import conflicts, proposed_choice
from memory_road.moderation.same_person import namesakes_of
from memory_road.moderation.unmerge import unmerge
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.web.edge import Portal
from tests.application import (
    Accounts,
    Browser,
    Person,
    Sample,
    decide,
    filled_in,
    publish,
    send_correction,
    send_in,
    work,
)
from tests.integration.test_kept_pictures import keeping_in
from tests.integration.test_take_down import bring_back, files, remove
from tests.rows import rows_of

ClientOf = Callable[[str], Browser]
TOLD = frozenset({"decision", "decision_words", "decision_head", "entry_news"})


@pytest.fixture(autouse=True)
def store(app: Portal, tmp_path: Path) -> Iterator[Store]:
    """A store of the test's own, as the application's."""
    kept = LocalStore(tmp_path / "uploads")
    with keeping_in(app, kept):
        yield kept


@pytest.fixture
def three(app: Portal, accounts: Accounts, store: Store, sample_of: Callable[[int], Sample]) -> list[str]:
    """Three entries about one person, the first two with pictures, in the care of two families."""
    told: list[dict[str, object]] = [
        {"rank": "старшина", "awards": [{"award": "Медаль «За отвагу»"}]},
        {"fate": "missing", "unit": "1075-й полк", "biography": "Ушёл и не вернулся."},
        {"given_name": "Аня", "birth_date": "1916", "categories": ["medical", "soldier"]},
    ]
    pictures = [(sample_of(1), sample_of(2)), (sample_of(3),), ()]
    senders = (accounts.contributor, accounts.stranger, accounts.contributor)
    made = [
        publish(app, sender, accounts.moderator, *shown, form=filled_in(typed))
        for sender, shown, typed in zip(senders, pictures, told, strict=True)
    ]
    with work(app):
        db.session.execute(update(Photograph).where(Photograph.position == 1).values(position=0, kind="portrait"))
        db.session.execute(delete(Letter))
    return made


def join(app: Portal, kept: str, other: str, by: Person, face: str = "kept", **chosen: str) -> None:
    """Merge with what is chosen beforehand, and of everything else what the kept entry says."""
    with work(app):
        one, two = db.session.get_one(Participant, kept), db.session.get_one(Participant, other)
        answers = {
            each.field.name: proposed_choice(each.field, one.facts, two.facts) or "kept"
            for each in conflicts(one.facts, two.facts)
        }
        plan = Plan(kept, other, {**answers, **chosen}, dict.fromkeys(answers, "…"), face, (one.edition, two.edition))
        merge(plan, by.actor, "Одна и та же.")


def split(app: Portal, other: str, by: Person) -> None:
    with work(app):
        unmerge(other, by.actor, "Всё-таки нет.")


def kinds(app: Portal) -> list[tuple[LetterKind, str]]:
    with app.app_context():
        return sorted((letter.kind, letter.recipient) for letter in db.session.scalars(select(Letter)))


def test_a_merge_of_three_entries_and_its_undo_restore_every_row_and_file(
    app: Portal, accounts: Accounts, three: list[str], store: Store, client_of: ClientOf
) -> None:
    first, second, third = three
    senior, visitor = accounts.senior_moderator, client_of("visitor")
    rows, pictures = rows_of(app), files(store)
    addresses = [visitor.get(f"/en/people/{each}").location for each in three]
    join(app, first, second, senior, face="other", fate="both", unit="other")
    after_first = rows_of(app)
    join(app, first, third, senior)
    with app.app_context():
        kept = db.session.get_one(Participant, first)
        assert [card.id for card in find("Верещагина").cards] == [first]
        assert kept.facts["unit"] == "1075-й полк"
        assert kept.facts["categories"] == ["soldier", "medical"]
        assert [picture.position for picture in kept.photographs] == [0, 1, 2], "one face, and the others behind it"
        assert {each.facts.get("surname") for each in map(any_entry, (second, third)) if each} == {None}
    right = visitor.get(f"/en/people/{first}").location
    for gone, address in zip((second, third), addresses[1:], strict=True):
        for old in (address, f"/en/people/{gone}"):
            assert (visitor.get(old).status_code, visitor.get(old).location) == (301, right)
        short = visitor.get(f"/p/{gone}")
        assert (short.status_code, short.location) == (301, right.replace("/en/", "/ru/"))
    page = visitor.get(right).text
    assert page.count("another entry about the same person became part of this one") == 2
    with pytest.raises(RequestRefused) as refused:
        split(app, second, senior)
    assert refused.value.code is EntryRefusal.CHANGED_SINCE, "the last merge is undone first"
    split(app, third, senior)
    assert without(rows_of(app), *TOLD, "letter") == without(after_first, *TOLD, "letter")
    split(app, second, senior)
    assert without(rows_of(app), *TOLD) == without(rows, *TOLD)
    assert files(store) == pictures
    assert [visitor.get(f"/en/people/{each}").location for each in three] == addresses
    with app.app_context():
        assert list(faults_in_chain()) == []


def without(rows: dict[str, list[dict[str, object]]], *tables: str) -> dict[str, list[dict[str, object]]]:
    return {table: found for table, found in rows.items() if table not in tables}


def test_chains_are_followed_in_one_step(
    app: Portal, accounts: Accounts, three: list[str], client_of: ClientOf
) -> None:
    first, second, third = three
    join(app, second, third, accounts.senior_moderator)
    join(app, first, second, accounts.senior_moderator)
    visitor = client_of("visitor")
    assert visitor.get(f"/en/people/{third}").location == visitor.get(f"/en/people/{first}").location
    with app.app_context():
        found = standing(third)
        assert found is not None
        assert found.id == first
        assert has_told(accounts.stranger.actor, first), "who told of what became part of it is family, too"
    with pytest.raises(RequestRefused) as refused:
        split(app, third, accounts.senior_moderator)
    assert refused.value.code is EntryRefusal.KEPT_GONE


def test_the_carers_of_both_are_told_unless_it_is_undone_in_time(
    app: Portal, accounts: Accounts, three: list[str]
) -> None:
    first, second, _ = three
    join(app, first, second, accounts.senior_moderator)
    both = sorted((accounts.contributor.email, accounts.stranger.email))
    assert kinds(app) == [(LetterKind.ENTRIES_MERGED, email) for email in both]
    split(app, second, accounts.senior_moderator)
    assert kinds(app) == []


@pytest.mark.usefixtures("five_minutes")
def test_of_two_merges_into_one_entry_only_the_letters_about_the_undone_one_are_taken_back(
    app: Portal, accounts: Accounts, three: list[str]
) -> None:
    first, second, third = three
    senior, carers = accounts.senior_moderator, (accounts.contributor.email, accounts.stranger.email)
    about_second = sorted((LetterKind.ENTRIES_MERGED, email) for email in carers)
    join(app, first, second, senior)
    join(app, first, third, senior)
    assert len(kinds(app)) == 3, "the third entry is in the care of the first one's family"
    split(app, third, senior)
    assert kinds(app) == about_second, "what was told of the other merge still holds"
    join(app, first, third, senior)
    split(app, third, senior)
    split(app, second, senior)
    assert kinds(app) == []
    join(app, first, second, senior)
    with app.app_context():
        assert {tuple(sorted(each.content)) for each in db.session.scalars(select(Letter))} == {
            ("entry", "kept", "name", "other")
        }


def test_a_merge_can_be_undone_after_the_kept_entry_was_taken_down_and_shown_again(
    app: Portal, accounts: Accounts, three: list[str], store: Store
) -> None:
    first, second, third = three
    senior = accounts.senior_moderator
    rows, places = rows_of(app), _places(app)
    join(app, first, second, senior)
    join(app, third, first, senior)
    remove(app, third, senior)
    with pytest.raises(RequestRefused) as refused:
        split(app, first, senior)
    assert refused.value.code is EntryRefusal.KEPT_GONE
    bring_back(app, third, senior)
    split(app, first, senior)
    split(app, second, senior)
    assert _places(app) == places, "each has its own pictures again"
    pictures = ("photograph", "photograph_look")
    assert without(rows_of(app), *TOLD, *pictures, "letter") == without(rows, *TOLD, *pictures, "letter")
    assert len(files(store, "public/")) == sum(len(each["sizes"]) for each in rows_of(app)["photograph"])


def _places(app: Portal) -> list[tuple[str, int]]:
    with app.app_context():
        found = db.session.execute(select(Photograph.participant_id, Photograph.position))
        return sorted((row.participant_id, row.position) for row in found)


def test_what_was_told_of_its_parts_shows_at_the_kept_entry(app: Portal, accounts: Accounts, three: list[str]) -> None:
    first, second, third = three
    join(app, first, second, accounts.senior_moderator)
    join(app, third, first, accounts.senior_moderator)
    with app.app_context():
        assert {each.participant_id for each in told_of(third)} == {first, second, third}
        assert [each.participant_id for each in told_of(second)] == [second]


def test_a_correction_of_what_became_part_of_another_goes_there(
    app: Portal, accounts: Accounts, three: list[str]
) -> None:
    first, second, _ = three
    correction = send_correction(app, accounts.stranger, second, typed={"position": "санинструктор"})
    join(app, first, second, accounts.senior_moderator)
    assert decide(app, correction, accounts.moderator) == first
    with app.app_context():
        assert db.session.get_one(Participant, first).facts["position"] == "санинструктор"
    with pytest.raises(RequestRefused) as refused:
        split(app, second, accounts.senior_moderator)
    assert refused.value.code is EntryRefusal.CHANGED_SINCE


def test_what_was_changed_while_one_looked_is_not_merged_unseen(
    app: Portal, accounts: Accounts, three: list[str]
) -> None:
    first, second, _ = three
    with work(app), pytest.raises(RequestRefused) as refused:
        merge(Plan(first, second, {}, {}, "kept", ("before", "then")), accounts.senior_moderator.actor)
    assert refused.value.code is EntryRefusal.CHANGED


def test_only_seniors_merge_and_nobody_their_own_kin(app: Portal, accounts: Accounts, three: list[str]) -> None:
    for who in (accounts.moderator, accounts.contributor):
        with pytest.raises(NotPermitted):
            join(app, three[0], three[1], who)


def test_different_people_are_never_suggested_again(app: Portal, accounts: Accounts, three: list[str]) -> None:
    first, second, third = three
    case = send_in(app, accounts.stranger)
    about = send_correction(app, accounts.stranger, first, typed={"rank": "сержант"})
    with work(app):
        tell_apart(second, first, accounts.moderator.actor)
        tell_apart(first, second, accounts.moderator.actor)
    with app.app_context():
        assert told_apart_from(first) == {second}
        assert told_apart_from(second) == {first}
        facts = db.session.get_one(Participant, first).facts
        assert {entry.id for entry in alike(facts, first, *told_apart_from(first))} == {third}
        published = namesakes_of(readable(about, accounts.moderator.actor)).published
        assert {known.participant.id for known in published} == {third}
        everybody = namesakes_of(readable(case, accounts.moderator.actor)).published
        assert {first, second} <= {known.participant.id for known in everybody}
    with pytest.raises(RequestRefused) as refused:
        join(app, first, second, accounts.senior_moderator)
    assert refused.value.code is EntryRefusal.DIFFERENT_PEOPLE


def test_the_pages_of_a_merge(app: Portal, accounts: Accounts, three: list[str], client_of: ClientOf) -> None:
    first, second, third = three
    senior, moderator = client_of("senior_moderator"), client_of("moderator")
    choice = senior.get(f"/en/moderate/entries/{first}/merge").text
    assert f"/merge/{second}" in choice
    assert f"/merge/{third}" in choice
    assert moderator.get(f"/en/moderate/entries/{first}/merge/{second}").status_code == 403
    assert senior.get(f"/en/moderate/entries/{first}/merge?number={first}").status_code == 404
    address = senior.get(f"/en/moderate/entries/{first}/merge?number=/ru/people/{second}/x").location
    page = senior.get(address).text
    fields = dict.fromkeys(("rank", "awards"), "kept") | {"unit": "other", "biography": "other", "note": "Проверено."}
    for name in ("edition", "other_edition"):
        fields[name] = page.split(f'name="{name}" value="')[1].split('"')[0].replace("&#43;", "+")
    for name in ("face", "fate"):
        asked = page.split(f'id="field-{name}"')[1].split("</fieldset>")[0]
        assert " checked" not in asked, "nothing that changes a fate is ticked beforehand"
    lacking = senior.send(address, {**fields, "face": "kept", "action": "look"})
    assert lacking.status_code == 422
    assert "Please choose one" in lacking.text
    assert "Проверено." in lacking.text
    preview = senior.send(address, {**fields, "face": "other", "fate": "both", "action": "look"})
    assert preview.status_code == 200
    assert "Nothing is changed yet" in preview.text
    assert "1075-й полк" in preview.text
    assert "Missing in action" not in preview.text, "what is also recorded is said in the entry's language"
    with app.app_context():
        assert standing(second).id == second  # pyright: ignore[reportOptionalMemberAccess] -- it is there
    done = senior.send(address, {**fields, "face": "other", "fate": "both", "action": "merge"})
    assert (done.status_code, done.location.split("?")[0]) == (303, f"/en/moderate/entries/{first}")
    gone = senior.get(f"/en/moderate/entries/{second}").text
    assert "Merged with another entry" in gone
    assert senior.send(f"/en/moderate/entries/{second}/unmerge", {"note": ""}).status_code == 422
    assert senior.send(f"/en/moderate/entries/{second}/unmerge", {"note": "Нет."}).status_code == 303
    assert senior.send(f"/en/moderate/entries/{second}/unmerge", {"note": "Нет."}).status_code == 409
    told = moderator.send(f"/en/moderate/entries/{first}/merge/{third}/apart")
    assert told.status_code == 303
    assert f"/merge/{third}" not in senior.get(f"/en/moderate/entries/{first}/merge").text
