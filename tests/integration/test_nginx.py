"""Behind nginx with the configuration that is shipped: public pages come out of its cache and are never older than two
seconds, everything else goes past it, and nobody can say who they are but nginx."""

import gzip
import json
import math
import re
import secrets
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest

from benchmarks.nginx import HOST, Nginx
from benchmarks.sender import SHORT_WAY, File, Sender
from benchmarks.served import Person, ServedPortal
from memory_road.accounts.permissions import Audience
from memory_road.web.audience import audience_of
from memory_road.web.caching import A_MOMENT
from memory_road.web.edge import Portal
from tests.application import PASSWORD, jpeg, make_accounts, on_database

RELATIVE = Person("contributor@example.org", PASSWORD)
SENIOR = Person("senior_moderator@example.org", PASSWORD)
AT_ONCE = 20
TAKEN = ("gzip", "identity")
LONGEST_SHOWN = 2.0
SECONDS_TO_PUBLISH = 20.0
SECONDS_BETWEEN_LOOKS = 0.02
OUT_OF_THE_CACHE = {"HIT", "STALE", "UPDATING"}
PAST_THE_CACHE = {
    "gallery.welcome",
    "keeping.letter",
    "keeping.sent",
    "kept.seen",
    "letters.leave",
    "paper.form",
    "probes.healthz",
    "probes.readyz",
    "reporting.form",
    "reporting.sent",
}
"""Pages for everybody that are never kept, or seldom asked for."""
SURNAME = "Верещагинская"
SHORT_ADDRESS = re.compile(r"/p/([0-9a-z]{9})")


@dataclass(slots=True)
class Line:
    """Passes on everything between nginx and the portal, and keeps the head of each request."""

    to: int
    listening: socket.socket = field(default_factory=lambda: socket.create_server((HOST, 0)))
    heads: list[str] = field(default_factory=list[str])

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def asked(self, address: str) -> list[str]:
        """The heads of the requests for an address, the oldest first."""
        return [head for head in self.heads if head.split(" ", 2)[1] == address]

    def accept(self) -> None:
        """Take calls until the line is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.listening.accept()
                threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        with near, socket.create_connection((HOST, self.to)) as far:
            back = threading.Thread(target=self._carry, args=(far, near), daemon=True)
            back.start()
            self._carry(near, far)
            back.join()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                if data.startswith((b"GET ", b"HEAD ", b"POST ")):
                    self.heads.append(data.partition(b"\r\n\r\n")[0].decode("latin-1"))
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def kept(self) -> str:
        """What nginx says of its cache; nothing where it went past it."""
        return self.headers.get("X-Cache-Status", "")


@dataclass(frozen=True, slots=True)
class House:
    """A portal, nginx before it, and the line between them."""

    nginx: Nginx
    line: Line

    def get(self, address: str, **headers: str) -> Answer:
        """Ask nginx; an underscore in the name of a header stands for a hyphen."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection(HOST, self.nginx.port, timeout=30)) as connection:
            connection.request("GET", address, headers=sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def sign_in(self, person: Person) -> Sender:
        return Sender(self.nginx.address).sign_in(person)


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, portal: Portal, password_hash: str
) -> Iterator[House]:
    """What an operator runs, in processes and folders of its own."""
    folder = tmp_path_factory.mktemp("behind-nginx")
    served = ServedPortal(folder / "portal")
    (served.folder / "data").mkdir(parents=True)
    shutil.copyfile(sqlite_template, served.folder / "data" / "memory-road.sqlite3")
    for app in on_database(portal, served.database_url):
        make_accounts(app, password_hash)
    line = Line(served.port)
    threading.Thread(target=line.accept, daemon=True).start()
    nginx = Nginx(folder / "nginx", line.port)
    served.settings |= {"MEMORY_ROAD_PROXIES": "1", "MEMORY_ROAD_BASE_URL": nginx.address}
    served.start()
    nginx.start()
    yield House(nginx, line)
    nginx.stop()
    served.stop()
    line.listening.shutdown(socket.SHUT_RDWR)
    line.listening.close()
    assert "Traceback" not in served.log.read_text(), served.last_words()


@pytest.fixture(scope="module")
def waiting(house: House) -> str:
    """The number of a contribution with a portrait that waits for a moderator."""
    relative = house.sign_in(RELATIVE)
    told = {**SHORT_WAY, "surname": SURNAME}
    waits = relative.begin(secrets.token_urlsafe(32), told, [File("portrait.jpg", jpeg())])
    relative.submit(waits, told)
    return waits


def soon(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(SECONDS_BETWEEN_LOOKS)


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_nginx_takes_the_configuration_without_a_word(house: House) -> None:
    assert house.nginx.complaints() == ""


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/gallery",
        "/ru/gallery?q=%D0%B0%D0%BD%D0%BD%D0%B0",
        "/en/map",
        "/en/map/b/0212.json",
        "/en/privacy",
        "/en/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/api/v1/people",
        "/api/openapi.json",
    ],
)
def test_a_public_page_comes_out_of_the_cache_without_a_cookie(house: House, address: str) -> None:
    answers = [house.get(address, Accept_Encoding="gzip, br") for _ in range(2)]
    for answer in answers:
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers
        assert "s-maxage=1" in answer.headers["Cache-Control"]
        assert answer.headers["ETag"]
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "X-Accel-Expires" not in answer.headers
    assert answers[0].body == answers[1].body
    assert answers[1].kept in OUT_OF_THE_CACHE


def test_somebody_who_is_signed_in_gets_the_same_page_out_of_the_cache(house: House) -> None:
    relative = house.sign_in(RELATIVE)
    theirs = relative.get("/en/gallery?category=press")
    everybodys = house.get("/en/gallery?category=press")
    assert theirs.body == everybodys.body
    assert everybodys.kept in OUT_OF_THE_CACHE


@pytest.mark.parametrize(
    ("takes", "coded"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("br;q=1.0, gzip;q=0.5", "gzip"),
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip;q=0", None),
        ("gzip;q=0.0, br", None),
        ("xgzipx", None),
    ],
)
def test_a_page_comes_compressed_to_whoever_takes_it_so(house: House, takes: str, coded: str | None) -> None:
    answer, plain = house.get("/en/privacy", Accept_Encoding=takes), house.get("/en/privacy")
    assert answer.headers.get("Content-Encoding") == coded
    assert (gzip.decompress(answer.body) if coded else answer.body) == plain.body
    assert len(answer.body) < len(plain.body) / 2 or not coded


def test_assets_are_kept_compressed_and_for_ever(house: House) -> None:
    found = re.search(rb'href="(/static/[^"]+look\.css)"', house.get("/en/").body)
    assert found is not None
    for expected in ("MISS", "HIT"):
        answer = house.get(found[1].decode(), Accept_Encoding="gzip")
        assert (answer.kept, answer.headers["Content-Encoding"]) == (expected, "gzip")
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_browser_that_has_the_page_gets_304_out_of_the_cache(house: House) -> None:
    for takes in TAKEN:
        page = house.get("/en/gallery?category=medical", Accept_Encoding=takes)
        again = house.get("/en/gallery?category=medical", Accept_Encoding=takes, If_None_Match=page.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
        assert again.kept in OUT_OF_THE_CACHE
        assert again.headers["Cache-Control"] == A_MOMENT
        other = house.get("/en/gallery?category=medical", Accept_Encoding=takes, If_None_Match='"another"')
        assert (other.status, other.body) == (200, page.body)


# --- one at a time ---------------------------------------------------------------------------------------------------


def let_through(house: House, address: str, before: int = 0) -> list[Answer]:
    """The answers to many who ask at once. The portal saw one of them in a second, and perhaps another one for those
    who had waited until the next."""
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda takes: house.get(address, Accept_Encoding=takes), TAKEN * (AT_ONCE // 2)))
    seconds = math.ceil(time.monotonic() - began)
    assert 1 <= len(house.line.asked(address)) - before <= min(2 * seconds, AT_ONCE - 1)
    return answers


def test_of_all_who_ask_at_once_one_gets_through(house: House) -> None:
    answers = let_through(house, "/en/gallery?category=captive")
    assert {answer.status for answer in answers} == {200}


def test_so_it_is_with_what_has_grown_too_old_which_is_asked_for_by_its_etag(house: House) -> None:
    address = "/en/gallery?category=worker"
    for takes in TAKEN:
        house.get(address, Accept_Encoding=takes)
    time.sleep(LONGEST_SHOWN + 0.05)
    answers = let_through(house, address, len(house.line.asked(address)))
    assert "REVALIDATED" in {answer.kept for answer in answers}


def test_an_address_where_nothing_is_lets_one_through_too(house: House) -> None:
    answers = let_through(house, "/en/people/zzzzzzzzz")
    assert {answer.status for answer in answers} == {404}


# --- what is never kept ----------------------------------------------------------------------------------------------


def addresses(portal: Portal, everyone: bool) -> Iterator[tuple[str, str]]:
    """The endpoint of each route that is for everybody, or not, and an address of it."""
    with portal.app_context():
        rules = [rule for rule in portal.url_map.iter_rules() if "GET" in (rule.methods or set())]
        for rule in rules:
            if (audience_of(rule.endpoint) is Audience.EVERYONE) is everyone:
                address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule.replace("<lang>", "en"))
                address = re.sub(r"<int:\w+>", "0", address)
                yield rule.endpoint, re.sub(r"<[^>]+>", "000000000", address)


def test_pages_of_accounts_and_desks_go_past_the_cache(house: House, portal: Portal) -> None:
    """Every one of them: a new folder of such pages is named in the configuration, too."""
    for _, address in addresses(portal, everyone=False):
        answer = house.get(address)
        assert answer.kept == "", address
        assert answer.headers["Cache-Control"] == "private, no-store", address


def test_all_other_pages_go_through_it(house: House, portal: Portal) -> None:
    past = {endpoint for endpoint, address in addresses(portal, everyone=True) if not house.get(address).kept}
    assert past == PAST_THE_CACHE


def test_own_pages_are_written_for_each_anew(house: House) -> None:
    relative, senior = house.sign_in(RELATIVE), house.sign_in(SENIOR)
    before = len(house.line.asked("/en/account/profile"))
    for sender in (relative, senior, relative):
        answer = sender.get("/en/account/profile")
        assert sender.cookies
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert len(house.line.asked("/en/account/profile")) - before == 3
    assert relative.get("/en/moderate/").status == 403
    assert senior.get("/en/moderate/").status == 200
    assert relative.get("/en/moderate/").status == 403


# --- what nginx says of visitors -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/gallery?q=forged", "/en/account/login?next=forged"])
def test_what_a_visitor_says_of_where_they_come_from_does_not_get_through(house: House, address: str) -> None:
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X_Forwarded_For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": "for=203.0.113.9;host=evil.example",
    }
    with closing(HTTPConnection(HOST, house.nginx.port, timeout=30)) as connection:
        connection.request("GET", address, headers=forged)
        assert connection.getresponse().status == 200
    (head,) = house.line.asked(address)
    told = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])
    assert told["host"] == HOST
    assert told["x-forwarded-for"] == HOST
    assert told["x-forwarded-proto"] == "http"
    assert told["x-forwarded-host"] == HOST
    assert not {"203.0.113.9", "evil.example", "/evil"} & set(told.values())
    assert not any("_" in name or name == "forwarded" for name in told)


def test_large_pictures_get_through(house: House) -> None:
    relative = house.sign_in(RELATIVE)
    draft = relative.begin(secrets.token_urlsafe(32), SHORT_WAY)
    large = jpeg(7) + bytes(20_000_000)
    assert relative.attach(draft, File("large.jpg", large))


# --- published, and taken down ---------------------------------------------------------------------------------------


def test_an_entry_is_there_two_seconds_after_its_publication_and_gone_two_after_its_takedown(
    house: House, waiting: str
) -> None:
    senior = house.sign_in(SENIOR)
    lists = ["/en/", "/en/gallery", "/en/gallery?q=vereshchaginskaya", "/en/feed.atom", "/api/v1/people"]
    for address in lists:
        assert not names(house.get(address).body)
    senior.decide(waiting, "claim")
    soon(lambda: senior.decide(waiting, "approve", {"nobody_living_exposed": "yes"}).status == 303, SECONDS_TO_PUBLISH)
    found: list[str] = []

    def is_published() -> bool:
        for address in lists:
            house.get(address)  # so that something old lies in the cache
        found.extend(SHORT_ADDRESS.findall(senior.get(f"/en/my/{waiting}").text))
        return bool(found)

    soon(is_published, SECONDS_TO_PUBLISH)
    time.sleep(LONGEST_SHOWN)
    assert [address for address in lists if not names(house.get(address).body)] == []

    number = found[0]
    page = house.get(f"/en/people/{number}/{_slug(house, number)}")
    portrait = re.search(rb'src="(/media/[^"]+)"', house.get("/en/gallery").body)
    assert page.status == 200
    assert portrait is not None
    own = [
        f"/en/people/{number}/{_slug(house, number)}",
        f"/en/people/{number}/card.jpg",
        f"/en/people/{number}/gedcom",
        f"/iiif/{number}/manifest.json",
        f"/api/v1/people/{number}",
        portrait[1].decode(),
    ]
    assert {house.get(address).status for address in own} == {200}

    def shown() -> list[str]:
        return [
            *(address for address in own if house.get(address).status == 200),
            *(address for address in lists if names(house.get(address).body)),
        ]

    assert set(shown()) == {*own, *lists}
    answer = senior.post(f"/en/moderate/entries/{number}/take-down", {"reason": "rights"})
    taken_down = time.monotonic()
    assert answer.status == 303, answer.text
    while (left := taken_down + LONGEST_SHOWN - time.monotonic()) > 0:
        shown()  # visitors who go on asking keep nothing in the cache that has to leave it
        time.sleep(min(SECONDS_BETWEEN_LOOKS, left))
    assert shown() == []
    assert house.get(f"/en/people/{number}").status == 410
    soon(lambda: _files_with_the_name(house.nginx.folder) == [], SECONDS_TO_PUBLISH)


def names(body: bytes) -> bool:
    """Whether the entry is in a page, or in JSON."""
    return SURNAME.encode() in body or json.dumps(SURNAME)[1:-1].encode() in body


def _slug(house: House, number: str) -> str:
    return house.get(f"/en/people/{number}").headers["Location"].rpartition("/")[2]


def _files_with_the_name(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and names(path.read_bytes()):
                found.append(path)
    return found
