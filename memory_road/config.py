"""Every setting of the portal: its environment variable, type, default and meaning. Read once at the start; a wrong or
missing one stops the start with one sentence that names it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from babel.dates import get_timezone

PREFIX = "MEMORY_ROAD_"
SHIPPED_LANGUAGES = ("ru", "en", "kk", "ky", "be", "tg", "hy")
SHORTEST_SECRET = 32
T = TypeVar("T")


class SettingWrong(Exception):
    """A setting is missing or wrong; the message is one sentence that names it and how to mend it."""


def _setting(default: T, read: Callable[[str], T], meaning: str) -> T:
    made: Any = field(default=default, metadata={"read": read, "meaning": meaning})
    return made


def _text(value: str) -> str:
    return value


def _whole_number(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("must be a whole number")
    return int(value)


def _positive(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise ValueError("must be a whole number, 1 or more")
    return int(value)


def _yes_or_no(value: str) -> bool:
    if value not in {"yes", "no"}:
        raise ValueError("must be yes or no")
    return value == "yes"


def _day_of_year(value: str) -> str:
    if value:
        if not re.fullmatch(r"\d\d-\d\d", value):
            raise ValueError("must be a month and a day, like 05-09 for 9 May, or empty")
        try:
            date(2026, int(value[:2]), int(value[3:]))  # no leap year: the day must be there in every year
        except ValueError:
            raise ValueError("must be a day that every year has, like 05-09 for 9 May, or empty") from None
    return value


def _folder(value: str) -> Path:
    return Path(value).absolute()


def _languages(value: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = [language for language in chosen if language not in SHIPPED_LANGUAGES]
    if not chosen or unknown:
        raise ValueError(f"must list languages out of {', '.join(SHIPPED_LANGUAGES)}, separated by commas")
    return chosen


def _words(value: str) -> frozenset[str]:
    return frozenset(part.strip() for part in value.split(",") if part.strip())


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("must be the site's address, like https://memory.example.org, without a path")
    return value.rstrip("/")


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(
            f"must be at least {SHORTEST_SECRET} random characters; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return value


def _database(value: str) -> str:
    if value.startswith("postgresql://"):
        value = value.replace("postgresql://", "postgresql+psycopg://", 1)
    if value.startswith("sqlite:///") and value != "sqlite:///":
        # Alembic and Flask-SQLAlchemy take a relative path from different folders.
        return f"sqlite:///{Path(value.removeprefix('sqlite:///')).absolute()}"
    if not value.startswith("postgresql+psycopg://"):
        raise ValueError("must begin with sqlite:///, followed by a path, or with postgresql://")
    return value


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of S3-compatible storage. ``endpoint`` is where this machine reaches it, ``signed`` where browsers do;
    empty: they are never sent there. Both are addresses without a path."""

    name: str
    endpoint: str
    region: str
    signed: str = ""


_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]+")
_ENDPOINT = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/?")


def _storage(value: str) -> Path | Bucket:
    if value.startswith("s3://"):
        return _bucket(value)
    if "://" in value:
        raise ValueError("must be the path of a folder, or like s3://bucket?endpoint=https://s3.example.org")
    return _folder(value)


def _bucket(value: str) -> Bucket:
    parts = urlsplit(value)
    if "@" in parts.netloc:
        raise ValueError(f"must not hold the credentials: they belong into {PREFIX}STORAGE_KEY and …_SECRET")
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not _BUCKET_NAME.fullmatch(parts.netloc) or parts.path not in {"", "/"} or parts.fragment:
        raise ValueError("must name the bucket alone, like s3://bucket?endpoint=https://s3.example.org")
    if set(asked) - {"endpoint", "region", "signed"}:
        raise ValueError("must have no other parts after the question mark than endpoint, region and signed")
    region = asked.get("region", "us-east-1")
    if not _REGION.fullmatch(region) or not ({"endpoint", "region"} & asked.keys()):
        raise ValueError("must name the endpoint, or the region for Amazon's, like s3://bucket?region=eu-central-1")
    endpoint = _endpoint("endpoint", asked.get("endpoint", f"https://s3.{region}.amazonaws.com"))
    signed = asked.get("signed", "no")
    signed = {"no": "", "yes": endpoint}.get(signed) if "://" not in signed else _endpoint("signed", signed)
    if signed is None:
        raise ValueError(
            "must say signed=yes, signed=no, or signed= and the address at which browsers reach the bucket"
        )
    return Bucket(parts.netloc, endpoint, region, signed)


def _endpoint(name: str, value: str) -> str:
    if not _ENDPOINT.fullmatch(value):
        raise ValueError(f"must give an address like https://s3.example.org, without a path, as {name}")
    return value.rstrip("/")


def _broker(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"redis", "rediss"} or not parts.hostname):
        raise ValueError("must be like redis://:password@redis.example.org:6379/0, or empty")
    assert parts.port is None or parts.port > 0  # reading a port that is no number raises ValueError
    return value


def _mail(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname):
        raise ValueError("must be like smtp+starttls://user:password@mail.example.org:587, or empty")
    assert parts.port is None or parts.port > 0  # reading a port that is no number raises ValueError
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"[^\s<>@,]+@[^\s<>@,]+", value):
        raise ValueError("must be one plain address, like memory@example.org")
    return value


def _time_zone(value: str) -> str:
    try:
        get_timezone(value)
    except LookupError:
        raise ValueError("must be a name like Europe/Moscow, Asia/Almaty or UTC") from None
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process. ``Settings.from_environ`` reads them; tests and the demo make them directly."""

    secret_key: str = _setting("", _secret, "Signs cookies and tokens. Keep it secret and never change it lightly.")
    data_dir: Path = _setting(Path("data").absolute(), _folder, "Folder for the embedded database and waiting letters.")
    database_url: str = _setting("", _database, "Database: sqlite:///… or postgresql://…; default: SQLite in DATA_DIR.")
    storage_url: Path | Bucket = _setting(
        Path("uploads").absolute(), _storage, "Where pictures are kept: a folder, or s3://bucket?endpoint=…&region=…."
    )
    storage_key: str = _setting("", _text, "Name of the key to the bucket, where pictures are kept in one.")
    storage_secret: str = _setting("", _text, "Secret of that key.")
    broker_url: str = _setting("", _broker, "Redis, for work on Celery workers; empty: work on threads of the server.")
    mail_url: str = _setting("", _mail, "SMTP server; empty: letters wait as files in the folder mail of DATA_DIR.")
    mail_from: str = _setting("memory-road@localhost", _address, "Sender's address of every letter.")
    base_url: str = _setting("http://127.0.0.1:8000", _web_address, "Public address of the site, without a path.")
    languages: tuple[str, ...] = _setting(("ru", "en"), _languages, "Languages offered; the first is the default.")
    time_zone: str = _setting(
        "UTC", _time_zone, "Whose days and hours pages and letters go by, like Europe/Moscow or Asia/Almaty."
    )
    site_name: str = _setting("", _text, "Name of the site; empty: “Memory Road” in the reader's language.")
    operator_name: str = _setting("", _text, "Who runs the site: stands in the foot of every page.")
    operator_phone: str = _setting("", _text, "Telephone of the operator, in the foot of every page.")
    operator_email: str = _setting("", _text, "Address of the operator, in the foot of every page.")
    operator_postal_address: str = _setting("", _text, "Postal address of the operator, on the form to print.")
    undo_minutes: int = _setting(5, _whole_number, "Minutes in which a decision can be undone; its letter waits.")
    photo_max_megabytes: int = _setting(200, _positive, "Largest picture file that is taken, in megabytes.")
    photo_max_megapixels: int = _setting(150, _positive, "Largest picture that is taken, in megapixels.")
    photo_memory_megabytes: int = _setting(800, _positive, "Memory limit of the process that decodes a picture.")
    photo_quota_megabytes: int = _setting(4000, _positive, "Room for one account's pictures, in megabytes.")
    two_approvals: frozenset[str] = _setting(
        frozenset(),
        _words,
        "What two moderators must approve: kinds of participants, flagged, portrait, merge, takedown, with commas.",
    )
    care_answer_days: int = _setting(
        30, _positive, "Days that whoever has the care of an entry has to answer a relative who asks for it."
    )
    due_days: int = _setting(14, _positive, "Days within which what families send should be looked at.")
    request_due_days: int = _setting(7, _positive, "Days within which reports and requests for a takedown should be.")
    single_moderator: bool = _setting(
        False, _yes_or_no, "Whether one moderator is all there is (yes or no): own cases are then approved in the open."
    )
    second_factor: bool = _setting(
        True, _yes_or_no, "Whether moderators need a second step of signing in (yes or no): an app or a passkey."
    )
    set_date: str = _setting(
        "",
        _day_of_year,
        "Month and day, like 05-09, before which much is sent: the site says what can be done till then.",
    )
    proxies: int = _setting(0, _whole_number, "Number of trusted proxies in front that set X-Forwarded-For.")
    threads: int = _setting(8, _positive, "Threads of the built-in server.")
    demo: bool = field(default=False, metadata={"meaning": "Only the demo sets it."})

    def __post_init__(self) -> None:
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.data_dir / 'memory-road.sqlite3'}")

    @property
    def secure(self) -> bool:
        """Whether visitors come over https, so that cookies must not travel otherwise."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises ``SettingWrong`` for a wrong value, a missing required one, or a name that no
        setting has (a misspelt setting must not pass silently)."""
        known = {PREFIX + item.name.upper(): item for item in fields(cls) if "read" in item.metadata}
        for name in environ:
            if name.startswith(PREFIX) and name not in known:
                raise SettingWrong(f"There is no setting {name}: correct its spelling or remove it.")
        values: dict[str, Any] = {}
        for name, item in known.items():
            if name not in environ:
                continue
            try:
                values[item.name] = item.metadata["read"](environ[name].strip())
            except ValueError as wrong:
                raise SettingWrong(f"{name} {wrong}.") from wrong
        if "secret_key" not in values:
            raise SettingWrong(f"{PREFIX}SECRET_KEY is missing: set it to {SHORTEST_SECRET} or more random characters.")
        if isinstance(values.get("storage_url"), Bucket):
            for name in ("storage_key", "storage_secret"):
                if not values.get(name):
                    raise SettingWrong(
                        f"{PREFIX}{name.upper()} is missing: the bucket of {PREFIX}STORAGE_URL needs it."
                    )
        return cls(**values)
