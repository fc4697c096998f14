"""What arrives as a picture: taken, or refused with a sentence, and never an error of ours."""

import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.web.edge import Portal, parts
from tests.application import TYPED, Accounts, Browser, begin, csrf, jpeg

ClientOf = Callable[[str], Browser]
BIG = 1024 * 1024 + 1
HOSTILE = [
    (b"", "empty.jpg", "is empty"),
    (b"Just a text, and no picture.", "text.jpg", "not a picture"),
    (b"%PDF-1.7\n1 0 obj\n", "page.jpg", "It is a PDF"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "drawing.png", "was not taken"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n", "drawing.jpg", "was not taken"),
    (b"PK\x03\x04" + b"\x00" * 64, "pictures.jpg", "was not taken"),
    (b"GIF89a" + b"\x00" * 64, "moving.jpg", "was not taken"),
    (b"\xff\xd8\xff\xe0" + b"\x00" * 200, "half.jpg", "was not taken"),
    (jpeg()[:2000], "cut off.jpg", "damaged"),
]


def count(app: Portal) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(ContributionPhotograph)) or 0


def stored(app: Portal) -> set[str]:
    with app.app_context():
        return {key for key, _ in parts().store.keys("private/")}


def test_hostile_files_are_refused_each_with_a_sentence(app: Portal, client_of: ClientOf) -> None:
    before = stored(app)
    client = client_of("contributor")
    files = [(io.BytesIO(content), name) for content, name, _ in HOSTILE]
    page = client.send("/en/contribute", {**TYPED, "form_key": "k", "action": "submit", "photos": files})
    assert page.status_code == 422
    sentences = re.findall(r'<li><a href="#photos">([^<]+)</a></li>', page.text)
    assert len(sentences) == len(HOSTILE)
    for (_, name, said), sentence in zip(HOSTILE, sentences, strict=True):
        assert f"“{name}” was not taken." in sentence
        assert said in sentence
    assert count(app) == 0
    assert stored(app) == before, "nothing stays of what was refused"
    assert 'value="Верещагина"' in page.text


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Users\\дед\\скан.jpg", "a" * 400 + ".jpg", "<b>.jpg", "нет имени"]
)
def test_a_file_name_is_only_ever_shown(app: Portal, accounts: Accounts, client_of: ClientOf, name: str) -> None:
    identifier = begin(app, accounts.contributor)
    client = client_of("contributor")
    answer = client.send(f"/en/contribute/{identifier}/photographs", {"photos": (io.BytesIO(jpeg()), name)})
    assert answer.status_code == 200
    assert "<b>" not in answer.text
    with app.app_context():
        kept = db.session.execute(select(ContributionPhotograph.file_name)).scalar_one()
        assert "/" not in kept
        assert "\\" not in kept


def test_the_pages_script_sends_one_picture_at_a_time(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = begin(app, accounts.contributor)
    client = client_of("contributor")
    address, headers = f"/en/contribute/{identifier}/photographs", {"X-CSRFToken": client.token()}
    card = client.post(address, data={"photos": (io.BytesIO(jpeg()), "1.jpg")}, headers=headers)
    assert card.status_code == 200
    assert card.text.count("<li") == 1
    shown = re.search(r'src="(/en/my/photographs/[^"]+)"', card.text)
    assert shown is not None
    picture = client.get(shown[1])
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
    assert picture.headers["Cache-Control"] == "private, no-store"
    for content, name, said in HOSTILE[:3]:
        refused = client.post(address, data={"photos": (io.BytesIO(content), name)}, headers=headers)
        assert refused.status_code == 422
        assert said in refused.text
    assert client.post(address, data={}, headers=headers).status_code == 422
    assert client.post(address, data={"photos": (io.BytesIO(jpeg()), "1.jpg")}).status_code == 400
    assert count(app) == 1


def test_nobody_adds_pictures_to_what_others_sent(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    before = stored(app)
    identifier = begin(app, accounts.contributor)
    for who, status in (("stranger", 422), ("moderator", 422), ("visitor", 400)):
        client = client_of(who)
        token = client.token() if who != "visitor" else csrf(client.get("/en/account/login"))
        data = {"csrf_token": token, "photos": (io.BytesIO(jpeg()), "1.jpg")}
        answer = client.post(f"/en/contribute/{identifier}/photographs", data=data)
        assert answer.status_code in {status, 401, 404}
    assert count(app) == 0
    assert stored(app) == before


@pytest.mark.parametrize(
    "address",
    ["/en/account/login", "/en/account/register", "/en/account/profile", "/en/my/000000000/withdraw"],
)
def test_a_body_that_is_too_large_is_answered_with_a_sentence(client_of: ClientOf, address: str) -> None:
    answer = client_of("contributor").post(address, data={"email": "a" * BIG})
    assert answer.status_code == 413
    assert "what you typed is still there" in answer.text


def test_a_text_that_is_too_large_for_the_form_is_answered_with_a_sentence(client_of: ClientOf) -> None:
    client = client_of("contributor")
    answer = client.send("/en/contribute", {"biography": "a" * BIG}, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "That is too much at once" in answer.text


def test_a_stranger_is_sent_away_before_their_body_is_read(portal: Portal) -> None:
    class Endless(io.RawIOBase):
        def readinto(self, _buffer: object) -> int:
            raise AssertionError("the body was read")

    body = {"wsgi.input": Endless(), "CONTENT_LENGTH": "10000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = portal.test_client().post("/en/contribute", environ_overrides=body)
    assert answer.status_code == 401
