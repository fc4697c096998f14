"""From a family tree to a draft, as a relative does it: send the file, choose somebody, find the form filled."""

import io
import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.family_tree import KEPT, FamilyTree, FamilyTreePerson
from memory_road.contributions.offer import PAGE
from memory_road.db import db, now
from memory_road.gedcom import process
from memory_road.jobs.tidy import forget_old_trees
from memory_road.web.contribute import gedcom
from memory_road.web.edge import Portal, parts
from tests.application import Browser, jpeg, make_accounts, signed_in, work
from tests.gedcom import SOLDIER, archive, person, tree

ClientOf = Callable[[str], Browser]
START = "/en/contribute/family-tree"
FAMILY = tree(
    SOLDIER + "1 FAMC @F1@\n1 NOTE Он любил петь.\n1 SOUR Рассказ <b>бабушки</b>\n1 OBJE\n2 FILE photo.jpg\n",
    person("1 NAME Пётр /Орлов/", "1 BIRT", "2 DATE 1890", name="I2"),
    person("1 NAME Тайна /Живущая/", "1 BIRT", "2 DATE 1960", name="I3"),
    person("1 NAME Зоя /Ёлкина (Орлова)/", "1 BIRT", "2 DATE 1925", name="I4"),
    "0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I3@\n1 CHIL @I1@",
)


@pytest.fixture(autouse=True)
def empty_store(portal: Portal) -> None:
    """All tests share one store: what another one left there is not counted."""
    store = portal.extensions["memory_road"].store
    for key, _ in list(store.keys("private/trees/")):
        store.delete(key)


def send(client: Browser, content: str | bytes, name: str = "family.ged", language: str = "en") -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    return client.send(START.replace("en", language, 1), {"tree": (io.BytesIO(raw), name)})


def choose(client: Browser, number: int, **ticks: str) -> TestResponse:
    """Press the button of the person at this place."""
    page = client.get(f"{START}/people").text
    tree_id = re.search(r'name="tree" value="(\w+)"', page)
    assert tree_id is not None
    return client.send(f"{START}/choose", {"tree": tree_id[1], "person": str(number), **ticks})


def kept(app: Portal) -> tuple[int, int, list[str]]:
    """How many trees and people wait, and which portraits."""
    with app.app_context():
        counted = [
            db.session.scalar(select(func.count()).select_from(table)) for table in (FamilyTree, FamilyTreePerson)
        ]
        return counted[0] or 0, counted[1] or 0, [key for key, _ in parts().store.keys("private/trees/")]


def draft_of(app: Portal, answer: TestResponse) -> Contribution:
    assert answer.status_code == 303
    found = re.fullmatch(r"/en/contribute/(\w{9})\?said=tree_\w+", answer.location or "")
    assert found is not None, answer.location
    with app.app_context():
        draft = db.session.get_one(Contribution, found[1])
        assert draft.photographs is not None
        return draft


def test_a_relative_is_taken_from_the_tree_into_the_form(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    assert START in client.get("/en/my/contributions").text
    assert client.get(START).status_code == 200
    sent = send(client, archive({"family.ged": FAMILY.encode(), "media/photo.jpg": jpeg(3)}), "family.zip")
    assert sent.location == f"{START}/people"
    assert kept(app)[:2] == (1, 3)
    assert len(kept(app)[2]) == 1
    page = client.get(sent.location).text
    assert 'data-people="4" data-offered="3"' in page
    assert page.index("Ёлкина Зоя") < page.index("Орлов Иван Петрович") < page.index("Орлов Пётр")
    assert "formerly Орлова" in page
    assert "Живущая" not in page
    assert page.count("The file does not say that this person has died.") == 1

    draft = draft_of(app, choose(client, 1, story="yes", kin="yes"))
    assert draft.typed == {
        "surname": "Орлов",
        "given_name": "Иван",
        "patronymic": "Петрович",
        "sex": "male",
        "birth_date": "12 May 1915",
        "birth_place": "дер. Выдуманная",
        "death_date": "about 1985",
        "biography": "Он любил петь.",
        "references": [{"archive": "Рассказ бабушки"}],
        "kin": [{"relation": "Father", "name": "Орлов Пётр"}],
    }
    assert [(each.kind, each.file_name) for each in draft.photographs] == [("portrait", "photo.jpg")]
    assert (draft.permitted_at, draft.named, draft.living_consent) == (None, False, False)
    assert kept(app) == (0, 0, []), "nothing of the file stays but what was chosen"

    form = client.get(f"/en/contribute/{draft.id}?said=tree_taken").text
    assert "The form is filled with what your family tree says." in form
    assert 'value="12 May 1915"' in form
    assert "Рассказ бабушки" in client.get(f"/en/my/{draft.id}/preview").text
    assert not re.search(r'name="living"[^>]* checked', form), "whether they live is for the relative to say"
    assert not re.search(r'name="categories"[^>]* checked', form)


def test_what_is_not_ticked_is_not_taken(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    send(client, FAMILY)
    draft = draft_of(app, choose(client, 1))
    assert not {"biography", "kin"} & draft.typed.keys()
    assert draft.photographs == []


def test_the_form_is_filled_in_the_language_of_the_page(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    assert send(client, FAMILY, language="ru").location == "/ru/contribute/family-tree/people"
    page = client.get("/ru/contribute/family-tree/people").text
    tree_id = re.search(r'name="tree" value="(\w+)"', page)
    assert tree_id is not None
    answer = client.send("/ru/contribute/family-tree/choose", {"tree": tree_id[1], "person": "1"})
    with app.app_context():
        draft = db.session.execute(select(Contribution)).scalar_one()
        assert draft.typed["birth_date"] == "12 мая 1915"
        assert draft.language == "ru"
        assert answer.location == f"/ru/contribute/{draft.id}?said=tree_taken"


def test_a_second_click_comes_to_the_same_draft(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    send(client, FAMILY)
    page = client.get(f"{START}/people").text
    tree_id = re.search(r'name="tree" value="(\w+)"', page)
    assert tree_id is not None
    fields = {"tree": tree_id[1], "person": "1"}
    draft = draft_of(app, client.send(f"{START}/choose", fields))
    again = client.send(f"{START}/choose", fields)
    assert again.location == f"/en/contribute/{draft.id}"
    other = client.send(f"{START}/choose", {**fields, "person": "0"})
    assert other.location == f"{START}?said=tree_gone"
    assert "Please send it once more" in client.get(other.location).text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1


@pytest.mark.parametrize("person", ["99", "-1", "x", "", "99999999999999999999"])
def test_nobody_is_chosen_who_is_not_offered(app: Portal, client_of: ClientOf, person: str) -> None:
    client = client_of("contributor")
    send(client, FAMILY)
    page = client.get(f"{START}/people").text
    tree_id = re.search(r'name="tree" value="(\w+)"', page)
    assert tree_id is not None
    assert client.send(f"{START}/choose", {"tree": tree_id[1], "person": person}).status_code == 303
    assert kept(app)[:2] == (1, 3)


def test_a_tree_is_its_senders_alone(app: Portal, client_of: ClientOf) -> None:
    client, stranger = client_of("contributor"), client_of("stranger")
    send(client, FAMILY)
    page = client.get(f"{START}/people").text
    tree_id = re.search(r'name="tree" value="(\w+)"', page)
    assert tree_id is not None
    assert stranger.get(f"{START}/people").location == f"{START}?said=tree_gone"
    assert "Орлов" not in stranger.get(START).text
    taken = stranger.send(f"{START}/choose", {"tree": tree_id[1], "person": "1"})
    assert taken.location == f"{START}?said=tree_gone"
    stranger.send(f"{START}/forget")
    assert kept(app)[:2] == (1, 3)
    assert client_of("moderator").get(f"{START}/people").status_code == 302
    client.send(f"{START}/forget")
    assert kept(app) == (0, 0, [])


def test_another_tree_takes_the_place_of_the_first(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    send(client, archive({"a.ged": FAMILY.encode(), "photo.jpg": jpeg(4)}))
    assert len(kept(app)[2]) == 1
    send(client, tree(SOLDIER))
    assert kept(app) == (1, 1, [])


def test_after_an_hour_it_is_gone(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    send(client, archive({"a.ged": FAMILY.encode(), "photo.jpg": jpeg(5)}))
    with app.app_context():
        assert forget_old_trees(parts().store) == 0
    with work(app):
        db.session.execute(update(FamilyTree).values(created_at=now() - KEPT - timedelta(seconds=1)))
    assert client.get(f"{START}/people").location == f"{START}?said=tree_gone", "before anybody has tidied"
    with app.app_context():
        assert forget_old_trees(parts().store) == 1
    assert kept(app) == (0, 0, [])


def test_somebody_is_found_by_some_letters_of_any_name(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    people = [person(f"1 NAME Иван /Фамилия{number:03}/", "1 DEAT Y", name=f"I{number}") for number in range(PAGE + 5)]
    send(client, tree(*people, SOLDIER.replace("@I1@", "@X@"), header=FAMILY.split("0 @")[0]))
    first = client.get(f"{START}/people").text
    assert first.count('name="person"') == PAGE
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert client.get(following[1].replace("&amp;", "&")).text.count('name="person"') == 6
    for words, names in (
        ("орл", 1),
        ("Orlov ivan", 1),
        ("петр", 1),
        ("familiya01", 10),
        ("орлов пётр семён", 0),
        ("%", PAGE),
    ):
        found = client.get(f"{START}/people", query_string={"q": words}).text
        assert found.count('name="person"') == names, words
    assert "Nobody with such a name" in client.get(f"{START}/people?q=Сидоров").text
    for odd in ("after=x", "after=-5", "after=99999999999999999999", "q=" + "я" * 500):
        assert client.get(f"{START}/people?{odd}").status_code == 200


REFUSED = [
    (b"", "a.ged", "The file is empty."),
    (b"Dear Sirs", "letter.txt", "It is not a family tree that we can read."),
    (jpeg(1), "photo.jpg", "It is a picture."),
    (archive({"a.txt": b""}), "a.zip", "There is no GEDCOM file in this archive"),
    (archive({"a.ged": b"0 HEAD", "b.ged": b"0 HEAD"}), "a.zip", "There are several GEDCOM files"),
    (b"PK\x03\x04", "a.zip", "The archive is damaged."),
]


@pytest.mark.parametrize(("content", "name", "sentence"), REFUSED, ids=[row[2] for row in REFUSED])
def test_every_refusal_says_what_to_do(
    sqlite_app: Portal, password_hash: str, content: bytes, name: str, sentence: str
) -> None:
    client = contributor(sqlite_app, password_hash)
    answer = send(client, content, f"family/{name}")
    assert answer.status_code == 422
    assert f"“{name}” was not taken." in answer.text
    assert sentence in answer.text
    assert "In your program choose “Export”" in answer.text
    assert kept(sqlite_app) == (0, 0, [])


def contributor(app: Portal, password_hash: str) -> Browser:
    return signed_in(app, make_accounts(app, password_hash).contributor)


def test_who_would_wait_in_a_long_line_is_asked_to_come_later(sqlite_app: Portal, password_hash: str) -> None:
    client = contributor(sqlite_app, password_hash)
    with ExitStack() as others:
        for _ in range(process.MOST_IN_LINE):
            others.enter_context(process.line)
        answer = send(client, FAMILY)
    assert answer.status_code == 503
    assert "Please send it again in a few minutes." in answer.text
    assert send(client, FAMILY).status_code == 303


def test_nothing_sent_and_nobody_to_choose(sqlite_app: Portal, password_hash: str) -> None:
    client = contributor(sqlite_app, password_hash)
    for answer in (client.send(START), client.send(START, {"tree": "no file"}), send(client, b"x", "")):
        assert answer.status_code == 422
        assert "No file has arrived." in answer.text
    young = send(client, tree(person("1 NAME Тайна /Живущая/", "1 BIRT", "2 DATE 1990")))
    assert young.status_code == 422
    assert "There is nobody in it whose years fit the war" in young.text
    assert "Живущая" not in young.text


def test_a_picture_that_is_none_costs_only_the_portrait(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    send(client, archive({"a.ged": FAMILY.encode(), "photo.jpg": b"no picture"}))
    answer = choose(client, 1)
    assert (answer.location or "").endswith("?said=tree_without_portrait")
    assert draft_of(app, answer).photographs == []
    assert "please add it here" in client.get(answer.location or "").text
    assert kept(app) == (0, 0, [])


def test_a_reader_that_is_killed_is_answered_with_a_sentence(
    sqlite_app: Portal, password_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = contributor(sqlite_app, password_hash)
    monkeypatch.setattr("memory_road.gedcom.process._START", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert "Reading it takes too long." in send(client, FAMILY).text
    monkeypatch.setattr("memory_road.gedcom.process._START", "raise SystemExit(3)")
    broken = send(client, FAMILY)
    assert broken.status_code == 503
    assert "the fault is ours" in broken.text
    monkeypatch.setattr("memory_road.gedcom.process.SECONDS_TO_WAIT", 0.2)
    monkeypatch.setattr("memory_road.gedcom.process._START", "import time; time.sleep(60)")
    assert "Reading it takes too long." in send(client, FAMILY).text
    monkeypatch.setattr("memory_road.gedcom.process._SECONDS_IN_LINE", 0.1)
    with process._turn:
        assert send(client, FAMILY).status_code == 503


def test_a_store_that_fails_leaves_nothing_behind(
    sqlite_app: Portal, password_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = contributor(sqlite_app, password_hash)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(gedcom, "offer", fail)
        assert send(client, archive({"a.ged": FAMILY.encode(), "photo.jpg": jpeg(7)})).status_code == 503
    assert kept(sqlite_app) == (0, 0, [])
