"""The archive as programs read it: what is answered, and that every answer is as its description says."""

import json
from collections.abc import Callable
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.facts.fields import FIELDS, Field, Group, Kind
from memory_road.web.api.schemas import field_of
from memory_road.web.caching import A_MOMENT
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, publish, work
from tests.prepared import FORM, gone_entries

ClientOf = Callable[[str], Browser]
SITE = "http://127.0.0.1:8000"
EXAMPLES = 12
"""Requests that are made up for each address, fitting ones and others."""
TOLD = {
    "patronymic": "Петровна",
    "awards": [{"award": "медаль «За отвагу»", "date": "1943"}],
    "kin": [{"relation": "муж", "name": "Тайный Пётр"}],
    "award_certificate": "Тайный 7",
}


def read(client: Browser, address: str) -> dict[str, Any]:
    answer = client.get(address.removeprefix(SITE))
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), address
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == A_MOMENT
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = client.get(address.removeprefix(SITE), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    return json.loads(answer.text)


def test_somebody_is_told_of_whole(app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf) -> None:
    client = client_of("visitor")
    form = filled_in(TOLD, none_survives=False)
    entry = publish(app, accounts.contributor, accounts.moderator, portrait, form=form)
    person = read(client, f"/api/v1/people/{entry}")
    assert person["facts"] == {
        "surname": "Верещагина",
        "given_name": "Анна",
        "patronymic": "Петровна",
        "birth_date": "1915-05-12",
        "categories": ["medical"],
        "fate": "survived",
        "living": "no",
        "awards": [{"award": "медаль «За отвагу»", "date": "1943"}],
    }
    assert "Тайный" not in json.dumps(person, ensure_ascii=False)
    assert (person["contributor"], person["disputed"]) == ("Name of contributor", False)
    assert person["pages"]["en"] == f"{SITE}/en/people/{entry}/vereshchagina-anna-petrovna"
    assert person["manifest"] == f"{SITE}/iiif/{entry}/manifest.json"
    (picture,) = person["pictures"]
    assert (picture["kind"], picture["veiled"], picture["service"]) == ("portrait", False, None)
    assert client.get(picture["image"].removeprefix(SITE)).mimetype == "image/jpeg"
    summary = read(client, "/api/v1/people")["people"][0]
    assert summary["url"] == f"{SITE}/api/v1/people/{entry}"
    assert (summary["surname"], summary["given_names"], summary["birth_date"]) == (
        "Верещагина",
        "Анна Петровна",
        "1915-05-12",
    )
    assert client.get(summary["portrait"].removeprefix(SITE)).status_code == 200


def surnames(client: Browser, address: str | None) -> list[list[str]]:
    """Those on each page, one after the other."""
    seen: list[list[str]] = []
    while address:
        page = read(client, address)
        seen.append([person["surname"] for person in page["people"]])
        address = page["next"]
    return seen


def test_people_are_found_and_paged(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("visitor")
    names = ("Орлов", "Орлова", "Тян")
    for surname in names:
        publish(app, accounts.contributor, accounts.moderator, form=filled_in({"surname": surname}))
    assert surnames(client, "/api/v1/people?limit=2&category=medical") == [["Тян", "Орлова"], ["Орлов"]]
    found = read(client, "/api/v1/people?q=orlova")["people"]
    assert found[0]["surname"] == "Орлова"
    assert read(client, "/api/v1/people?category=soldier")["people"] == []
    assert read(client, "/api/v1/people?fate=survived&born_from=1915&born_to=1915&limit=1")["next"]


def test_people_of_a_day_are_paged(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("visitor")
    for surname in ("Орлов", "Орлова", "Тян"):
        publish(app, accounts.contributor, accounts.moderator, form=filled_in({"surname": surname}))
    assert surnames(client, "/api/v1/days/05-12?limit=2") == [["Тян", "Орлова"], ["Орлов"]]
    assert read(client, "/api/v1/days/5-12?of=died") == {"people": [], "next": None}


def test_what_is_gone_is_said_so(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("visitor")
    here = publish(app, accounts.contributor, accounts.moderator, form=FORM)
    gone, part = gone_entries(app, accounts, here)
    answer = client.get(f"/api/v1/people/{gone}", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert answer.json is not None
    assert (answer.json["status"], answer.json["reason"]) == (410, "rights")
    assert answer.json["detail"] == "Its pictures or texts belong to somebody who did not permit it"
    for address in (part, here.upper()):
        moved = client.get(f"/api/v1/people/{address}")
        assert (moved.status_code, moved.location) == (301, f"/api/v1/people/{here}")
    assert [person["id"] for person in read(client, "/api/v1/people")["people"]] == [here]


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [
        ("GET", "/api/v1/people/000000000", 404, "may be misspelt"),
        ("GET", "/api/v1/nothing", 404, "may be misspelt"),
        ("GET", "/api/v1/days/02-30", 404, "may be misspelt"),
        ("GET", "/api/v1/days/05-09?of=wed", 400, "Correct these parameters: of."),
        ("POST", "/api/v1/people", 405, "ask with GET"),
        ("DELETE", "/api/v1/people/000000000", 405, "ask with GET"),
        ("GET", "/api/v1/people?limit=0", 400, "Correct these parameters: limit."),
        ("GET", "/api/v1/people?limit=x&category=general", 400, "Correct these parameters: category, limit."),
        ("GET", "/api/v1/people?born_from=15", 400, "Correct these parameters: born_from."),
    ],
)
def test_an_error_is_a_problem_with_a_sentence(
    sqlite_app: Portal, method: str, address: str, status: int, words: str
) -> None:
    answer = sqlite_app.test_client().open(address, method=method, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json is not None
    assert answer.json["status"] == status
    assert words in answer.json["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert ("Allow" in answer.headers) is (status == 405)
    assert {each["parameter"] for each in answer.json.get("errors", [])} == (
        {word.strip(",.") for word in words.split(": ")[1].split()} if status == 400 else set()
    )


def test_vocabularies_have_every_public_fact_in_every_language(sqlite_app: Portal) -> None:
    client = sqlite_app.test_client()
    assert isinstance(client, Browser)
    said = read(client, "/api/v1/vocabularies")
    facts = {fact["name"]: fact for fact in said["facts"]}
    assert list(facts) == [field.name for field in FIELDS if not field.private]
    assert facts["surname"]["label"] == {"ru": "Фамилия", "en": "Surname"}
    assert facts["awards"]["parts"][1]["kind"] == "date"
    assert {term["value"] for term in facts["fate"]["terms"]} >= {"killed", "missing"}


def test_a_description_has_every_public_fact_and_no_private_one(sqlite_app: Portal) -> None:
    document = json.loads(sqlite_app.test_client().get("/api/openapi.json").text)
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": SITE}]
    assert set(document["paths"]) == {
        "/api/v1/people",
        "/api/v1/people/{participant_id}",
        "/api/v1/days/{day}",
        "/api/v1/vocabularies",
    }
    described = document["components"]["schemas"]["Facts"]["properties"]
    assert set(described) == {field.name for field in FIELDS if not field.private}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_fact_of_any_kind_is_described_by_itself(kind: Kind) -> None:
    field = Field(name="call_sign", kind=kind, group=Group.SERVICE, label="Call sign")
    assert field_of(field).metadata["description"].startswith("Call sign")


@pytest.fixture
def entries(app: Portal, accounts: Accounts, portrait: Sample) -> Portal:
    """The portal with an entry of everything, and two that are gone."""
    here = publish(app, accounts.contributor, accounts.moderator, portrait, form=filled_in(TOLD, none_survives=False))
    gone_entries(app, accounts, publish(app, accounts.contributor, accounts.moderator, form=FORM))
    with work(app):
        db.session.get_one(Participant, here).photographs[0].taken = "1943~"
    return app


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_it_is_described(entries: Portal, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", entries)
    operations = [cast(Any, found).ok() for found in described.get_all_operations()]
    assert len(operations) == 4
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.query:
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate()

        ask()
