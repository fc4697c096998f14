"""The server's side of tus 1.0.0, as the text of the protocol asks: https://tus.io/protocols/resumable-upload.

Each case quotes what the protocol says a server must or should do."""

import base64
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import withdraw
from memory_road.contributions.upload import KEPT, LONGEST_DESCRIPTION, Upload
from memory_road.db import db, now
from memory_road.media.store import Store, StoreFault, StoreUnavailable
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, begin, jpeg, make_accounts, signed_in, work

ClientOf = Callable[[str], Browser]
PICTURE = jpeg(7)
HALF = len(PICTURE) // 2
PART = "application/offset+octet-stream"


def named(name: str, **more: str) -> str:
    pairs = {"filename": name, **more}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


@dataclass
class Client:
    """Speaks tus about one contribution, as ``browser``'s person."""

    browser: Browser
    contribution: str
    token: str

    @property
    def address(self) -> str:
        return f"/en/contribute/{self.contribution}/uploads"

    def ask(self, method: str, where: str = "", body: bytes = b"", **headers: str | None) -> TestResponse:
        """``where`` is an upload's address; headers are written with underscores, ``None`` leaves one out."""
        said = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in said.items() if value is not None}
        return self.browser.open(where or self.address, method=method, data=body, headers=kept)

    def create(self, length: int = len(PICTURE), name: str = "portrait.jpg") -> str:
        answer = self.ask("POST", Upload_Length=str(length), Upload_Metadata=named(name))
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def patch(self, where: str, offset: int, body: bytes, **headers: str | None) -> TestResponse:
        return self.ask("PATCH", where, body, **{"Upload_Offset": str(offset), "Content_Type": PART, **headers})

    def offset(self, where: str) -> int:
        answer = self.ask("HEAD", where)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])


@pytest.fixture
def client(app: Portal, accounts: Accounts, client_of: ClientOf) -> Client:
    browser = client_of("contributor")
    return Client(browser, begin(app, accounts.contributor), browser.token())


def photographs(app: Portal) -> list[ContributionPhotograph]:
    with app.app_context():
        return list(db.session.scalars(select(ContributionPhotograph)))


def parts_kept(app: Portal, where: str) -> list[str]:
    with app.app_context():
        upload = where.rsplit("/", 1)[-1]
        return [key for key, _ in parts().store.keys("private/uploads/") if upload in key]


def original(app: Portal, photograph: ContributionPhotograph) -> bytes:
    with app.app_context(), parts().store.open(photograph.original_key) as file:
        return file.read()


# --- the core ---


def test_a_picture_arrives_in_parts_and_is_whole(app: Portal, client: Client) -> None:
    where = client.create()
    assert client.offset(where) == 0
    first = client.patch(where, 0, PICTURE[:HALF])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(HALF))
    assert client.offset(where) == HALF
    assert photographs(app) == []
    assert client.browser.get(where).status_code == 409
    last = client.patch(where, HALF, PICTURE[HALF:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(PICTURE)))
    assert client.offset(where) == len(PICTURE)
    (photograph,) = photographs(app)
    assert photograph.sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert original(app, photograph) == PICTURE
    assert photograph.file_name == "portrait.jpg"
    card = client.browser.get(where)
    assert card.status_code == 200
    assert f'id="photograph-{photograph.id}"' in card.text
    assert parts_kept(app, where) == []


def test_options_tell_versions_extensions_and_the_largest_size(app: Portal, client: Client) -> None:
    """«A successful response … MUST contain the Tus-Version header. It MAY include Tus-Extension and Tus-Max-Size.»
    «The Server MUST ignore the header [Tus-Resumable]» of this request."""
    for where in (client.address, client.create()):
        for version in (None, "1.0.0", "0.2.2"):
            answer = client.ask("OPTIONS", where, Tus_Resumable=version)
            assert answer.status_code == 204
            assert answer.headers["Tus-Version"] == "1.0.0"
            assert answer.headers["Tus-Extension"] == "creation,expiration,termination"
            with app.app_context():
                assert answer.headers["Tus-Max-Size"] == str(parts().limits.bytes)


def test_a_head_is_never_kept_by_caches_and_says_everything(client: Client) -> None:
    """«MUST always include the Upload-Offset header … even if the offset is 0, or the upload is already considered
    completed. If the size of the upload is known, MUST include Upload-Length.» «MUST prevent the client and/or proxies
    from caching the response by adding Cache-Control: no-store.» «HEAD requests MUST include Upload-Metadata … as
    specified by the Client during the creation.»"""
    where = client.create(name="бабушка Анна.jpg")
    for offset, body in ((0, PICTURE[:HALF]), (HALF, PICTURE[HALF:]), (len(PICTURE), b"")):
        head = client.ask("HEAD", where)
        assert head.headers["Upload-Offset"] == str(offset)
        assert head.headers["Upload-Length"] == str(len(PICTURE))
        assert head.headers["Upload-Metadata"] == named("бабушка Анна.jpg")
        assert "no-store" in head.headers["Cache-Control"]
        assert head.headers["Tus-Resumable"] == "1.0.0"
        client.patch(where, offset, body)


WRONG_VERSIONS = [None, "", "0.2.2", "1.0", "2.0.0"]


@pytest.mark.parametrize("version", WRONG_VERSIONS)
@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_another_version_is_refused_and_nothing_done(sqlite_client: Client, version: str | None, method: str) -> None:
    """«If the version specified by the Client is not supported by the Server, it MUST respond with the 412 Precondition
    Failed status and MUST include the Tus-Version header into the response. In addition, the Server MUST NOT process
    the request.»"""
    client = sqlite_client
    where = client.create()
    headers = {"Tus_Resumable": version, "Upload_Offset": "0", "Upload_Length": "9", "Content_Type": PART}
    answer = client.ask(method, client.address if method == "POST" else where, PICTURE[:HALF], **headers)
    signed_out_look = method == "HEAD" and version is None
    assert answer.status_code == 412 or signed_out_look
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert client.offset(where) == 0


PATCHES_REFUSED = [
    # what is wrong, headers and body, status
    ("the offset is behind", {"Upload_Offset": "0"}, b"more", 409),
    ("the offset is ahead", {"Upload_Offset": str(HALF + 1)}, b"more", 409),
    ("the offset is missing", {"Upload_Offset": None}, b"more", 400),
    ("the offset is negative", {"Upload_Offset": "-1"}, b"more", 400),
    ("the offset is no number", {"Upload_Offset": "٣"}, b"more", 400),
    ("the offset is endless", {"Upload_Offset": "9" * 5000}, b"more", 400),
    ("the content type is another", {"Content_Type": "application/octet-stream"}, b"more", 415),
    ("the content type is missing", {"Content_Type": None}, b"more", 415),
    ("more comes than was announced", {}, PICTURE, 413),
    ("the token is missing", {"X_CSRFToken": None}, b"more", 400),
    ("the token is another's", {"X_CSRFToken": "forged"}, b"more", 400),
]


@pytest.mark.parametrize(("wrong", "headers", "body", "status"), PATCHES_REFUSED, ids=lambda case: str(case)[:40])
def test_a_wrong_part_changes_nothing(
    sqlite_client: Client, wrong: str, headers: dict[str, str | None], body: bytes, status: int
) -> None:
    """«If the offsets do not match, the Server MUST respond with the 409 Conflict status without modifying the upload
    resource.» «All PATCH requests MUST use Content-Type: application/offset+octet-stream, otherwise … 415.»"""
    client = sqlite_client
    where = client.create()
    client.patch(where, 0, PICTURE[:HALF])
    answer = client.patch(where, HALF, body, **headers)
    assert answer.status_code == status, wrong
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert "Upload-Offset" not in answer.headers
    assert client.offset(where) == HALF
    assert client.patch(where, HALF, PICTURE[HALF:]).status_code == 204


def test_an_empty_part_is_acknowledged_and_kept_nowhere(app: Portal, client: Client) -> None:
    where = client.create()
    assert client.patch(where, 0, b"").headers["Upload-Offset"] == "0"
    assert parts_kept(app, where) == []


def test_the_method_can_be_said_in_a_header(app: Portal, client: Client) -> None:
    """«X-HTTP-Method-Override … MUST be interpreted as the request's method by the Server.»"""
    where = client.create()
    said = {"X_HTTP_Method_Override": "PATCH", "Upload_Offset": "0", "Content_Type": PART}
    assert client.ask("POST", where, PICTURE[:HALF], **said).status_code == 204
    assert client.offset(where) == HALF
    assert client.ask("POST", where, X_HTTP_Method_Override="DELETE").status_code == 204
    assert client.ask("HEAD", where).status_code == 404
    assert client.ask("POST", where).status_code == 405
    assert client.ask("POST", where, X_HTTP_Method_Override="TRACE").status_code == 405


# --- creation ---

CREATIONS_REFUSED = [
    ("no length", {"Upload_Length": None}, 400),
    ("a length deferred, which is an extension of its own", {"Upload_Length": None, "Upload_Defer_Length": "1"}, 400),
    ("a negative length", {"Upload_Length": "-5"}, 400),
    ("a broken length", {"Upload_Length": "1.5"}, 400),
    ("a length of other digits", {"Upload_Length": "²"}, 400),
    ("nothing at all", {"Upload_Length": "0"}, 422),
    ("too much", {"Upload_Length": "99999999999"}, 413),
    ("metadata that is not base64", {"Upload_Metadata": "filename @@@"}, 400),
    ("metadata that is no text", {"Upload_Metadata": "filename /w=="}, 400),
    ("metadata without a key", {"Upload_Metadata": ",, "}, 400),
    ("one key twice", {"Upload_Metadata": "filename QQ==,filename Qg=="}, 400),
    ("two values", {"Upload_Metadata": "filename QQ== Qg=="}, 400),
    ("endless metadata", {"Upload_Metadata": "filename " + "QUFB" * LONGEST_DESCRIPTION}, 400),
    ("no token", {"X_CSRFToken": None}, 400),
]


@pytest.mark.parametrize(("wrong", "headers", "status"), CREATIONS_REFUSED, ids=lambda case: str(case)[:40])
def test_what_cannot_be_announced(
    sqlite_client: Client, wrong: str, headers: dict[str, str | None], status: int
) -> None:
    """«If the length of the upload exceeds the maximum … the Server MUST respond with the 413 status.» «The key MUST
    NOT contain spaces and commas and MUST NOT be empty … the value MUST be Base64 encoded. All keys MUST be unique.»"""
    answer = sqlite_client.ask("POST", **{"Upload_Length": "100", "Upload_Metadata": named("a.jpg"), **headers})
    assert answer.status_code == status, wrong
    assert answer.text.strip(), "with a sentence"


NAMES = [
    ("portrait.jpg", "portrait.jpg"),
    ("", ""),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\дед\\скан.jpg", "скан.jpg"),
    ("bad\x00name\x1b\n.jpg", "badname .jpg"),
    ("gpj\u202e.exe", "gpj.exe"),
    ("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
    ("a" * 400 + ".jpg", ("a" * 400 + ".jpg")[-255:]),
]


@pytest.mark.parametrize(("sent", "kept"), NAMES, ids=lambda name: repr(name[:20]))
def test_a_name_is_only_ever_shown(app: Portal, client: Client, sent: str, kept: str) -> None:
    where = client.create(name=sent)
    with app.app_context():
        assert db.session.scalars(select(Upload.file_name)).one() == kept
    form = client.browser.get(f"/en/contribute/{client.contribution}")
    assert "<img src=x" not in form.text
    client.patch(where, 0, PICTURE)
    assert photographs(app)[0].file_name == kept


@pytest.mark.parametrize("header", ["", "filename", "filename QQ==, relativePath bnVsbA==, is_confidential"])
def test_metadata_may_be_missing_and_values_empty(sqlite_client: Client, header: str) -> None:
    assert sqlite_client.ask("POST", Upload_Length="9", Upload_Metadata=header).status_code == 201


# --- expiration and termination ---


def test_every_answer_says_when_the_upload_ends(client: Client) -> None:
    """«This header MUST be included in every PATCH response if the upload is going to expire. If the expiration is
    known at the creation, the Upload-Expires header MUST be included in the response to the initial POST request.»"""
    created = client.ask("POST", Upload_Length=str(len(PICTURE)))
    where = created.headers["Location"]
    for answer in (created, client.patch(where, 0, PICTURE[:HALF]), client.ask("HEAD", where)):
        ends = parsedate_to_datetime(answer.headers["Upload-Expires"])
        assert abs(ends - now() - KEPT) < timedelta(minutes=1)


def test_what_was_not_gone_on_with_for_too_long_is_gone(app: Portal, client: Client) -> None:
    """«If a Client does attempt to resume an upload which has since been removed by the Server, the Server SHOULD
    respond with the 404 Not Found or 410 Gone status.»"""
    where = client.create()
    client.patch(where, 0, PICTURE[:HALF])
    with work(app):
        db.session.execute(update(Upload).values(updated_at=now() - KEPT - timedelta(seconds=1)))
    for answer in (client.ask("HEAD", where), client.patch(where, HALF, PICTURE[HALF:]), client.browser.get(where)):
        assert answer.status_code == 410
        assert "Upload-Offset" not in answer.headers
    assert "data-upload" not in client.browser.get(f"/en/contribute/{client.contribution}").text


def test_a_terminated_upload_is_gone_with_its_parts(app: Portal, client: Client) -> None:
    """«The Server SHOULD respond with a 204 … For all future requests to this URL, the Server SHOULD respond with the
    404 Not Found or 410 Gone status.»"""
    where = client.create()
    client.patch(where, 0, PICTURE[:HALF])
    assert len(parts_kept(app, where)) == 1
    assert client.ask("DELETE", where).status_code == 204
    assert parts_kept(app, where) == []
    assert client.ask("HEAD", where).status_code == 404
    assert client.ask("DELETE", where).status_code == 404
    assert client.patch(where, HALF, PICTURE[HALF:]).status_code == 404


def test_terminating_what_has_arrived_keeps_the_picture(app: Portal, client: Client) -> None:
    where = client.create()
    client.patch(where, 0, PICTURE)
    assert client.ask("DELETE", where).status_code == 204
    assert len(photographs(app)) == 1


# --- who may ---


@pytest.mark.parametrize("who", ["stranger", "moderator"])
def test_nobody_else_learns_of_an_upload(app: Portal, client: Client, client_of: ClientOf, who: str) -> None:
    where = client.create()
    browser = client_of(who)
    other = Client(browser, client.contribution, browser.token())
    assert other.ask("POST", Upload_Length="9").status_code == 404
    for method in ("HEAD", "DELETE", "GET"):
        assert other.ask(method, where).status_code == 404
    assert other.patch(where, 0, PICTURE).status_code == 404
    assert client.offset(where) == 0


def test_an_upload_belongs_to_one_contribution(app: Portal, accounts: Accounts, client: Client) -> None:
    where = client.create()
    other = begin(app, accounts.contributor)
    assert client.ask("HEAD", where.replace(client.contribution, other)).status_code == 404


def test_whoever_is_signed_out_is_told_so_and_not_sent_elsewhere(client: Client, client_of: ClientOf) -> None:
    where = client.create()
    nobody = Client(client_of("visitor"), client.contribution, "")
    for answer in (
        nobody.ask("HEAD", where),
        nobody.ask("GET", where),
        nobody.ask("POST", Upload_Length="9"),
        nobody.patch(where, 0, PICTURE),
        nobody.ask("DELETE", where),
    ):
        assert answer.status_code == 401
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert client.offset(where) == 0


def test_nothing_is_added_to_what_can_no_longer_be_changed(app: Portal, accounts: Accounts, client: Client) -> None:
    where = client.create()
    with work(app):
        withdraw(client.contribution, accounts.contributor.actor)
    assert client.ask("POST", Upload_Length="9").status_code == 422
    answer = client.patch(where, 0, PICTURE)
    assert answer.status_code == 422
    assert photographs(app) == []


# --- what came of it ---


def test_what_is_no_picture_is_refused_once_and_for_all(app: Portal, client: Client) -> None:
    text = b"Just a text, and no picture."
    where = client.create(len(text), "text.jpg")
    assert client.patch(where, 0, text).status_code == 204, "every byte has arrived"
    for _ in range(2):
        refused = client.browser.get(where)
        assert refused.status_code == 422
        assert "“text.jpg” was not taken. It is not a picture." in refused.text
    assert client.patch(where, 0, text).status_code == 409
    assert (photographs(app), parts_kept(app, where)) == ([], [])


def test_a_lost_answer_to_the_last_part_doubles_nothing(app: Portal, client: Client) -> None:
    where = client.create()
    client.patch(where, 0, PICTURE[:HALF])
    client.patch(where, HALF, PICTURE[HALF:])
    again = client.patch(where, HALF, PICTURE[HALF:])
    assert again.status_code == 409
    assert client.offset(where) == len(PICTURE)
    assert len(photographs(app)) == 1


def test_the_same_picture_sent_twice_is_kept_once(app: Portal, client: Client) -> None:
    cards = []
    for _ in range(2):
        where = client.create()
        client.patch(where, 0, PICTURE)
        cards.append(client.browser.get(where).text)
    assert cards[0] == cards[1]
    assert len(photographs(app)) == 1


def test_files_that_cannot_be_removed_now_spoil_nothing(
    app: Portal, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not needed any more waits for the sweep; the upload is not left half done."""
    client.patch(client.create(), 0, PICTURE)

    def dead(_store: Store, _key: str) -> None:
        raise StoreUnavailable(StoreFault.NO_ANSWER, "no answer")

    with app.app_context():
        monkeypatch.setattr(type(parts().store), "delete", dead)
    where = client.create()
    assert client.patch(where, 0, PICTURE).status_code == 204
    assert client.browser.get(where).status_code == 200
    assert len(photographs(app)) == 1


def test_a_part_that_the_store_has_lost_ends_the_upload(app: Portal, client: Client) -> None:
    where = client.create()
    client.patch(where, 0, PICTURE[:HALF])
    with app.app_context():
        parts().store.delete(parts_kept(app, where)[0])
    assert client.patch(where, HALF, PICTURE[HALF:]).status_code == 410
    assert client.ask("HEAD", where).status_code == 404


@pytest.mark.parametrize("last", [False, True], ids=["a part in the middle", "the last part"])
def test_of_two_parts_for_one_place_one_wins(app: Portal, client: Client, client_of: ClientOf, last: bool) -> None:
    """Two windows, or a request that was thought lost: their bytes are never mixed."""
    for turn in range(4):
        picture = jpeg(20 + turn)
        where = client.create(len(picture))
        ends = (len(picture), len(picture)) if last else (HALF, HALF // 2)
        gate = threading.Barrier(len(ends))

        def send(
            browser: Browser, end: int, where: str = where, picture: bytes = picture, gate: threading.Barrier = gate
        ) -> int:
            window = Client(browser, client.contribution, browser.token())
            gate.wait()
            return window.patch(where, 0, picture[:end]).status_code

        with ThreadPoolExecutor(len(ends)) as threads:
            statuses = list(threads.map(send, [client_of("contributor") for _ in ends], ends))
        assert sorted(statuses) == [204, 409]
        offset = client.offset(where)
        assert offset == ends[statuses.index(204)]
        if not last:
            assert len(parts_kept(app, where)) == 1
            client.patch(where, offset, picture[offset:])
        kept = {original(app, photograph) for photograph in photographs(app)}
        assert picture in kept
        assert len(kept) == turn + 1


def test_a_contribution_with_unfinished_uploads_says_so(app: Portal, client: Client) -> None:
    where = client.create(name="дед.jpg")
    client.patch(where, 0, PICTURE[:HALF])
    address = f"/en/contribute/{client.contribution}"
    form = client.browser.get(address).text
    assert "дед.jpg: 50 % has arrived" in form.replace("\xa0", " ")
    answer = client.browser.send(address, {"action": f"forget:{where.rsplit('/', 1)[-1]}"})
    assert answer.status_code == 200
    assert "data-upload" not in answer.text
    assert parts_kept(app, where) == []


@pytest.fixture
def sqlite_client(sqlite_app: Portal, password_hash: str) -> Client:
    accounts = make_accounts(sqlite_app, password_hash)
    browser = signed_in(sqlite_app, accounts.contributor)
    return Client(browser, begin(sqlite_app, accounts.contributor), browser.token())


def test_a_small_picture_is_taken_and_its_sender_told(client: Client) -> None:
    small, enough = jpeg(1, (90, 120)), jpeg(2, (1300, 1700))
    for picture, said in ((small, True), (enough, False)):
        where = client.create(len(picture))
        client.patch(where, 0, picture)
        card = client.browser.get(where)
        assert card.status_code == 200
        assert ("It is taken all the same." in card.text) is said


def test_parts_may_lie_in_a_bucket(
    app: Portal, client: Client, s3_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        monkeypatch.setitem(app.extensions, "memory_road", replace(parts(), store=s3_store))
    where = client.create()
    for offset in range(0, len(PICTURE), HALF // 2):
        assert client.patch(where, offset, PICTURE[offset : offset + HALF // 2]).status_code == 204
    (photograph,) = photographs(app)
    assert original(app, photograph) == PICTURE
    assert parts_kept(app, where) == []
