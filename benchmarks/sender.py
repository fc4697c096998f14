"""A relative or moderator without a browser: signs in and sends the portal's forms over HTTP, as a browser would."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from benchmarks.served import Person

FORM_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
PICTURE_CARD = re.compile(r'id="photograph-([0-9a-z]{9})"')
QUESTION = re.compile(r"/same-person\?")
NAMESAKE = re.compile(r'name="(same-[0-9a-z]{9})"')
SECONDS_TO_ANSWER = 120.0
Fields = Mapping[str, str | list[str]]

SHORT_WAY: dict[str, str | list[str]] = {
    "surname": "Орлова",
    "given_name": "Анна",
    "patronymic": "Ильинична",
    "birth_date": "12 May 1915",
    "categories": ["medical"],
    "fate": "survived",
    "living": "no",
    "permission": "yes",
}
"""The fewest answers with which somebody who has a portrait, or says that none survives, can be sent."""


class NotAnswered(Exception):
    """The portal answered otherwise than it should, with ``status``; the message says how."""

    def __init__(self, sentence: str, status: int) -> None:
        self.status = status
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class File:
    """A file as a browser sends it, in the form's ``field``."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    field: str = "photos"


@dataclass(frozen=True, slots=True)
class Answer:
    """``location`` is the path and query that the portal sends on to; empty: it does not."""

    status: int
    body: bytes
    location: str
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass(slots=True)
class Sender:
    """One person's session at the portal at ``address``. Not to be shared by threads."""

    address: str
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    token: str = ""

    def request(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> Answer:
        """Send one request on a connection of its own. Raises ``OSError`` or ``HTTPException`` when nothing answers."""
        headers = {"Content-Type": content_type} if content_type else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=SECONDS_TO_ANSWER)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(cookie).items()})
        target = urlsplit(response.headers.get("Location", ""))
        location = target.path + (f"?{target.query}" if target.query else "")
        return Answer(response.status, content, location, dict(response.headers.items()))

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def post(self, path: str, fields: Fields | None = None, files: Iterable[File] = ()) -> Answer:
        """Send a form with the session's token; files under the name that the form gives them."""
        listed = [("csrf_token", self.token), *_listed(fields or {})]
        pictures = list(files)
        if not pictures:
            return self.request("POST", path, urlencode(listed).encode(), "application/x-www-form-urlencoded")
        boundary = secrets.token_hex(16)
        return self.request(
            "POST", path, _multipart(listed, pictures, boundary), f"multipart/form-data; boundary={boundary}"
        )

    def sign_in(self, person: Person) -> "Sender":
        """Sign in and keep the token of the session's forms. Raises ``NotAnswered``."""
        page = self.get(f"/{self.language}/account/login")
        self.token = _found(FORM_TOKEN, page, "a form")
        answer = self.post(f"/{self.language}/account/login", {"email": person.email, "password": person.password})
        _expect(answer, 302)
        self.token = _found(FORM_TOKEN, self.get(f"/{self.language}/contribute"), "a form")
        return self

    def begin(self, form_key: str, fields: Fields, files: Iterable[File] = ()) -> str:
        """Save a new form as a draft; returns the contribution's id. Raises ``NotAnswered``."""
        answer = self.post(f"/{self.language}/contribute", {**fields, "form_key": form_key, "action": "save"}, files)
        _expect(answer, 303)
        return urlsplit(answer.location).path.rsplit("/", 1)[-1]

    def attach(self, contribution: str, file: File) -> str:
        """Add one picture, as the form's script does; returns the picture's id. Raises ``NotAnswered``."""
        answer = self.post(f"/{self.language}/contribute/{contribution}/photographs", files=[file])
        _expect(answer, 200)
        return _found(PICTURE_CARD, answer, "a picture")

    def submit(self, contribution: str, fields: Fields) -> str:
        """Send a draft for checking; returns the address to which the portal sends on. Of entries that may be about the
        same person the sender says not to be sure. Raises ``NotAnswered``."""
        answer = self.post(f"/{self.language}/contribute/{contribution}", {**fields, "action": "submit"})
        _expect(answer, 302, 303)
        if QUESTION.search(answer.location):
            asked = set(NAMESAKE.findall(self.get(answer.location).text))
            answer = self.post(answer.location, dict.fromkeys(asked, "unsure"))
            _expect(answer, 303)
        return answer.location

    def decide(self, contribution: str, verb: str, fields: Fields | None = None) -> Answer:
        """Press one of the desk's buttons: claim, release, approve, return, reject."""
        return self.post(f"/{self.language}/moderate/{contribution}/{verb}", fields)


def _listed(fields: Fields) -> list[tuple[str, str]]:
    return [(name, each) for name, value in fields.items() for each in ([value] if isinstance(value, str) else value)]


def _multipart(fields: list[tuple[str, str]], files: list[File], boundary: str) -> bytes:
    """RFC 7578."""
    parts: list[bytes] = []
    for name, value in fields:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for file in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{file.field}"; filename="{file.name}"\r\n'
        parts += [head.encode(), f"Content-Type: {file.media_type}\r\n\r\n".encode(), file.content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])


def _found(pattern: re.Pattern[str], answer: Answer, what: str) -> str:
    found = pattern.search(answer.text)
    if found is None:
        raise NotAnswered(f"There is not {what} in the answer {answer.status}: {_heading(answer)}", answer.status)
    return unescape(found[1])


def _heading(answer: Answer) -> str:
    """What a page says first of itself, and what is to be mended on it."""
    return unescape(" ".join(re.findall(r"<h1>.*?</h1>|<li><a href=.*?</li>", answer.text, re.DOTALL)))[:500]


def _expect(answer: Answer, *statuses: int) -> None:
    if answer.status not in statuses:
        raise NotAnswered(f"The portal answered {answer.status} {answer.location}: {_heading(answer)}", answer.status)
