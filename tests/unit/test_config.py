"""Settings are read once and refused with one sentence that names them."""

from dataclasses import fields
from pathlib import Path

import pytest

from memory_road.config import Bucket, Settings, SettingWrong

SECRET = {"MEMORY_ROAD_SECRET_KEY": "x" * 40}


AMAZON = "https://s3.eu-central-1.amazonaws.com"
OF_A_BUCKET = {"MEMORY_ROAD_STORAGE_KEY": "key", "MEMORY_ROAD_STORAGE_SECRET": "its secret"}


def read(**values: str) -> Settings:
    return Settings.from_environ(
        SECRET | OF_A_BUCKET | {f"MEMORY_ROAD_{name}": value for name, value in values.items()}
    )


@pytest.mark.parametrize(
    ("name", "value", "attribute", "expected"),
    [
        ("DATABASE_URL", "postgresql://u:p@db/road", "database_url", "postgresql+psycopg://u:p@db/road"),
        ("DATABASE_URL", "postgresql+psycopg://db/road", "database_url", "postgresql+psycopg://db/road"),
        ("DATABASE_URL", "sqlite:////srv/road.sqlite3", "database_url", "sqlite:////srv/road.sqlite3"),
        ("DATA_DIR", "/srv/road", "database_url", "sqlite:////srv/road/memory-road.sqlite3"),
        ("STORAGE_URL", "/srv/uploads", "storage_url", Path("/srv/uploads")),
        ("STORAGE_URL", "uploads", "storage_url", Path("uploads").absolute()),
        (
            "STORAGE_URL",
            "s3://bucket?endpoint=http://127.0.0.1:9000/",
            "storage_url",
            Bucket("bucket", "http://127.0.0.1:9000", "us-east-1"),
        ),
        (
            "STORAGE_URL",
            "s3://my.bucket?region=eu-central-1&signed=yes",
            "storage_url",
            Bucket("my.bucket", AMAZON, "eu-central-1", AMAZON),
        ),
        (
            "STORAGE_URL",
            "s3://bucket?endpoint=http://10.0.0.2:9000&region=here&signed=https://pictures.example.org",
            "storage_url",
            Bucket("bucket", "http://10.0.0.2:9000", "here", "https://pictures.example.org"),
        ),
        (
            "MAIL_URL",
            "smtp+starttls://u:p@mail.example.org:587",
            "mail_url",
            "smtp+starttls://u:p@mail.example.org:587",
        ),
        ("MAIL_URL", "", "mail_url", ""),
        ("BROKER_URL", "redis://:p@redis.example.org:6379/0", "broker_url", "redis://:p@redis.example.org:6379/0"),
        ("BROKER_URL", "rediss://redis.example.org", "broker_url", "rediss://redis.example.org"),
        ("BROKER_URL", "", "broker_url", ""),
        ("BASE_URL", "https://memory.example.org/", "base_url", "https://memory.example.org"),
        ("BASE_URL", "https://memory.example.org", "secure", True),
        ("BASE_URL", "http://127.0.0.1:9000", "secure", False),
        ("LANGUAGES", " en , ru ", "languages", ("en", "ru")),
        ("LANGUAGES", "ru", "languages", ("ru",)),
        ("TIME_ZONE", "Asia/Almaty", "time_zone", "Asia/Almaty"),
        ("LANGUAGES", "kk,ky,ru", "languages", ("kk", "ky", "ru")),
        ("LANGUAGES", "tg,be,ru", "languages", ("tg", "be", "ru")),
        ("PHOTO_MAX_MEGABYTES", " 20 ", "photo_max_megabytes", 20),
        ("PROXIES", "0", "proxies", 0),
        ("SINGLE_MODERATOR", "yes", "single_moderator", True),
        ("SECOND_FACTOR", "no", "second_factor", False),
        ("SECOND_FACTOR", " yes ", "second_factor", True),
        ("SITE_NAME", " Дорога памяти ", "site_name", "Дорога памяти"),
    ],
)
def test_a_right_setting_is_taken(name: str, value: str, attribute: str, expected: object) -> None:
    assert getattr(read(**{name: value}), attribute) == expected


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "short", "at least 32 random characters"),
        ("SECRET_KEY", "", "at least 32 random characters"),
        ("DATABASE_URL", "mysql://db/road", "sqlite:///, followed by a path, or with postgresql://"),
        ("DATABASE_URL", "", "sqlite:///, followed by a path, or with postgresql://"),
        ("STORAGE_URL", "ftp://files.example.org", "the path of a folder, or like s3://"),
        ("STORAGE_URL", "s3://bucket", "the endpoint, or the region"),
        ("STORAGE_URL", "s3://?endpoint=http://127.0.0.1:9000", "the bucket alone"),
        ("STORAGE_URL", "s3://bucket/folder?region=eu-central-1", "the bucket alone"),
        ("STORAGE_URL", "s3://Bucket?region=eu-central-1", "the bucket alone"),
        ("STORAGE_URL", "s3://bucket?region=Frankfurt!", "the endpoint, or the region"),
        ("STORAGE_URL", "s3://bucket?endpoint=127.0.0.1:9000", "an address like https://s3.example.org"),
        ("STORAGE_URL", "s3://bucket?endpoint=http://127.0.0.1/a", "an address like https://s3.example.org"),
        ("STORAGE_URL", "s3://bucket?region=eu-central-1&sined=yes", "no other parts"),
        ("STORAGE_URL", "s3://bucket?region=eu-central-1&signed=maybe", "signed=yes, signed=no"),
        ("STORAGE_URL", "s3://bucket?region=eu-central-1&signed=ftp://x", "as signed"),
        ("STORAGE_URL", "s3://bucket?endpoint=https://key:hunter2@s3.example.org", "without a path, as endpoint"),
        ("STORAGE_URL", "s3://key:hunter2@bucket?region=eu-central-1", "STORAGE_KEY"),
        ("SECOND_FACTOR", "maybe", "must be yes or no"),
        ("SECOND_FACTOR", "", "must be yes or no"),
        ("MAIL_URL", "mail.example.org", "smtp+starttls://"),
        ("MAIL_URL", "https://mail.example.org", "smtp+starttls://"),
        ("MAIL_URL", "smtp://", "smtp+starttls://"),
        ("BROKER_URL", "redis.example.org", "redis://"),
        ("BROKER_URL", "redis://", "redis://"),
        ("BROKER_URL", "amqp://redis.example.org", "redis://"),
        ("BASE_URL", "memory.example.org", "without a path"),
        ("BASE_URL", "https://", "without a path"),
        ("BASE_URL", "https://memory.example.org/road", "without a path"),
        ("BASE_URL", "ftp://memory.example.org", "without a path"),
        ("TIME_ZONE", "Moscow", "a name like Europe/Moscow"),
        ("TIME_ZONE", "", "a name like Europe/Moscow"),
        ("LANGUAGES", "", "ru, en"),
        ("LANGUAGES", "ru,xx", "ru, en"),
        ("PHOTO_MAX_MEGABYTES", "many", "a whole number"),
        ("PHOTO_MAX_MEGABYTES", "-5", "a whole number"),
        ("PHOTO_MAX_MEGAPIXELS", "1.5", "a whole number"),
        ("PHOTO_MEMORY_MEGABYTES", "", "a whole number"),
        ("PROXIES", "one", "a whole number"),
        ("THREADS", "²", "a whole number"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence_that_names_it(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingWrong) as wrong:
        read(**{name: value})
    sentence = str(wrong.value)
    assert sentence.startswith(f"MEMORY_ROAD_{name} must ")
    assert says in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_secret_is_never_repeated_in_a_sentence() -> None:
    with pytest.raises(SettingWrong) as wrong:
        read(SECRET_KEY="hunter2")
    assert "hunter2" not in str(wrong.value)


@pytest.mark.parametrize("name", OF_A_BUCKET)
def test_a_bucket_without_its_key_is_refused(name: str) -> None:
    given = {**SECRET, **OF_A_BUCKET, name: "", "MEMORY_ROAD_STORAGE_URL": "s3://bucket?region=eu-central-1"}
    with pytest.raises(SettingWrong, match=f"{name} is missing"):
        Settings.from_environ(given)


def test_the_password_in_an_address_is_never_repeated() -> None:
    with pytest.raises(SettingWrong) as wrong:
        read(STORAGE_URL="s3://key:hunter2@bucket")
    assert "hunter2" not in str(wrong.value)


def test_a_missing_secret_is_named() -> None:
    with pytest.raises(SettingWrong, match="MEMORY_ROAD_SECRET_KEY is missing"):
        Settings.from_environ({})


@pytest.mark.parametrize("name", ["DATABSE_URL", "DEMO", "secret_key", ""])
def test_a_setting_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(SettingWrong, match=f"There is no setting MEMORY_ROAD_{name}:"):
        read(**{name: "x"})


def test_what_is_not_ours_is_left_alone() -> None:
    Settings.from_environ(SECRET | {"PATH": "/bin", "MEMORY": "1"})


def test_without_settings_everything_lies_in_the_folder_it_is_started_in() -> None:
    settings = read()
    assert settings.database_url == f"sqlite:///{Path('data').absolute()}/memory-road.sqlite3"
    assert settings.storage_url == Path("uploads").absolute()
    assert settings.languages == ("ru", "en")
    assert not settings.demo


def test_every_setting_says_what_it_means() -> None:
    for item in fields(Settings):
        assert item.metadata["meaning"].endswith("."), item.name
