"""Manifests of IIIF Presentation 3: what viewers of libraries and museums are told of an entry's pictures.

``check`` states the rules of the standard (https://iiif.io/api/presentation/3.0/) for what we write. The published
cookbook of IIIF is held to the same rules, so that they are not only ours.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.web.caching import A_MOMENT
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, publish, work
from tests.prepared import FORM, gone_entries

ClientOf = Callable[[str], Browser]
SITE = "http://127.0.0.1:8000"
COOKBOOK = Path(__file__).parents[3] / "shared" / "data" / "formats" / "iiif"
CONTEXT = "http://iiif.io/api/presentation/3/context.json"
LANGUAGE = re.compile(r"none|@none|[a-z]{2,3}(-[A-Za-z0-9]+)*")
NAV_DATE = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
TOLD = {"birth_place": "Малая Вишера", "occupation": "санитарка", "kin": [{"relation": "муж", "name": "Тайный Пётр"}]}


def faults(manifest: dict[str, Any]) -> Iterator[str]:
    """Where a manifest is not as the standard asks."""
    context = manifest.get("@context")
    if CONTEXT not in (context if isinstance(context, list) else [context]):
        yield "no context"
    if manifest.get("type") != "Manifest" or not manifest.get("id") or not manifest.get("items"):
        yield "a manifest has a type, an id and canvases"
    yield from _texts(manifest)
    for canvas in manifest.get("items", []):
        yield from _texts(canvas)
        if canvas.get("type") != "Canvas" or "#" in canvas["id"]:
            yield "a canvas has its type, and an id without a fragment"
        if ("height" in canvas) != ("width" in canvas) or not ({"height", "duration"} & canvas.keys()):
            yield "a canvas has both sides, or lasts some time"
        for page in canvas.get("items", []):
            if page["type"] != "AnnotationPage":
                yield "a canvas holds pages of annotations"
            for annotation in page["items"]:
                if annotation["motivation"] != "painting" or not annotation["target"].startswith(canvas["id"]):
                    yield "what is painted is painted on its canvas"


def _texts(resource: dict[str, Any]) -> Iterator[str]:
    pairs = [*resource.get("metadata", []), *filter(None, [resource.get("requiredStatement")])]
    texts = [resource[name] for name in ("label", "summary") if name in resource]
    texts += [pair[side] for pair in pairs for side in ("label", "value")]
    for text in texts:
        if not text or not all(LANGUAGE.fullmatch(code) and isinstance(said, list) for code, said in text.items()):
            yield f"a text is lists by language: {text}"
    if resource["type"] == "Manifest" and "label" not in resource:
        yield "a manifest has a label"
    if "navDate" in resource and not NAV_DATE.fullmatch(resource["navDate"]):
        yield "navDate is a moment with its zone"
    for thumbnail in resource.get("thumbnail", []):
        if thumbnail.get("type") != "Image":
            yield "a thumbnail is a picture"
    for homepage in resource.get("homepage", []):
        if not {"id", "type", "label"} <= homepage.keys():
            yield "a homepage has an address, a type and a label"


@pytest.mark.skipif(not COOKBOOK.is_dir(), reason="needs ../shared/data beside the checkout")
def test_the_rules_are_those_of_the_published_cookbook() -> None:
    examples = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(COOKBOOK.glob("*__manifest*.json"))]
    manifests = [each for each in examples if each.get("items")]
    assert len(manifests) > 20
    assert [fault for each in manifests for fault in faults(each)] == []


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample, sample_of: Callable[[int], Sample]) -> str:
    """Somebody with a portrait and another picture of 9 May 1943."""
    form = filled_in(TOLD, none_survives=False)
    identifier = publish(app, accounts.contributor, accounts.moderator, portrait, sample_of(7), form=form)
    with work(app):
        second = db.session.get_one(Participant, identifier).photographs[1]
        second.taken, second.caption, second.credit = "1943-05-09", "В госпитале", "семейный архив"
    return identifier


def test_a_manifest_shows_every_picture(entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    answer = client.get(f"/iiif/{entry}/manifest.json")
    assert answer.status_code == 200
    assert answer.content_type == f'application/ld+json;profile="{CONTEXT}"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers
    assert "Set-Cookie" not in answer.headers
    manifest = json.loads(answer.text)
    assert list(faults(manifest)) == []
    assert manifest["id"] == f"{SITE}/iiif/{entry}/manifest.json"
    assert manifest["label"] == {"ru": ["Верещагина Анна, род. 1915"], "en": ["Верещагина Анна, born 1915"]}
    assert {
        "label": {"ru": ["Работа"], "en": ["Worked"]},
        "value": {"ru": ["санитарка"], "en": ["санитарка"]},
    } in manifest["metadata"]
    assert "Тайный" not in answer.text
    assert [page["language"] for page in manifest["homepage"]] == [["ru"], ["en"]]
    first, second = manifest["items"]
    assert "navDate" not in first
    assert second["navDate"] == "1943-05-09T00:00:00Z"
    assert second["label"] == {"ru": ["В госпитале"]}
    assert {"ru": ["семейный архив"]} in [row["value"] for row in second["metadata"]]
    for canvas in (first, second):
        body = canvas["items"][0]["items"][0]["body"]
        picture = client.get(body["id"].removeprefix(SITE))
        assert (picture.status_code, picture.mimetype) == (200, body["format"])
        assert picture.headers["Access-Control-Allow-Origin"] == "*"
        assert "service" not in body, "so small a picture has no tiles"
        assert client.get(canvas["thumbnail"][0]["id"].removeprefix(SITE)).status_code == 200


def test_the_page_names_the_manifest_and_a_veil_hides_from_both(app: Portal, entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    page = f"/en/people/{entry}/vereshchagina-anna"
    assert f'href="/iiif/{entry}/manifest.json"' in client.get(page).text
    with work(app):
        db.session.get_one(Participant, entry).photographs[1].veiled = True
    assert len(json.loads(client.get(f"/iiif/{entry}/manifest.json").text)["items"]) == 1
    with work(app):
        db.session.get_one(Participant, entry).photographs[0].veiled = True
    assert client.get(f"/iiif/{entry}/manifest.json").status_code == 404
    assert "manifest.json" not in client.get(page).text


def test_a_large_picture_is_zoomed_into(app: Portal, entry: str, client_of: ClientOf) -> None:
    with work(app):
        portrait = db.session.get_one(Participant, entry).photographs[0]
        portrait.sizes = [*portrait.sizes, {"name": "tiles.zip", "width": 1, "height": 1}]
        key = portrait.key
    canvas = json.loads(client_of("visitor").get(f"/iiif/{entry}/manifest.json").text)["items"][0]
    service = {"id": f"{SITE}/media/{key}", "type": "ImageService3", "profile": "level0"}
    assert canvas["items"][0]["items"][0]["body"]["service"] == [service]


def test_what_is_gone_is_told_to_programs(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    other = publish(app, accounts.contributor, accounts.moderator, form=FORM)
    gone, _ = gone_entries(app, accounts, other)
    assert client.get(f"/iiif/{other}/manifest.json").status_code == 404, "no picture, no manifest"
    answer = client.get(f"/iiif/{gone}/manifest.json", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert answer.json == {
        "type": "about:blank",
        "title": "This entry was taken down",
        "status": 410,
        "detail": "Its pictures or texts belong to somebody who did not permit it",
        "reason": "rights",
    }
    assert answer.headers["Cache-Control"] == A_MOMENT
    assert answer.headers["Vary"] == "Accept-Language"
    nothing = client.get("/iiif/000000000/manifest.json")
    assert (nothing.status_code, nothing.mimetype) == (404, "application/problem+json")
    upper = client.get(f"/iiif/{entry.upper()}/manifest.json")
    assert (upper.status_code, upper.location) == (301, f"/iiif/{entry}/manifest.json")
