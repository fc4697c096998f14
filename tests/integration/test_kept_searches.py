"""A search can be kept: whoever fits later is told by one letter a day, and by none that nobody confirmed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event, func, select, update

from memory_road.app import create_app
from memory_road.archive.filters import Filters
from memory_road.archive.found_by import found_by
from memory_road.archive.news import EntryNews
from memory_road.archive.participant import Participant
from memory_road.archive.restate import restate, restate_some
from memory_road.archive.search import find
from memory_road.archive.spellings import Nearness
from memory_road.config import Settings
from memory_road.db import db, now
from memory_road.facts.date_words import say_date
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.jobs import key_names
from memory_road.jobs.gather import FROM_HOUR
from memory_road.jobs.search_letters import compare_news, tell_keepers
from memory_road.mail.letter import Letter, LetterKind
from memory_road.mail.search_links import confirm_address
from memory_road.mail.send import send_due
from memory_road.moderation.take_down import removed_ahead, restore, shown_ahead, take_down
from memory_road.owner.close import close
from memory_road.owner.documents import account_document
from memory_road.searches import compare, keep, tell
from memory_road.searches.end import forget_ended_searches
from memory_road.searches.fit import fits
from memory_road.searches.kept_search import (
    KEPT,
    MOST_SEARCHES,
    UNCONFIRMED,
    FoundEntry,
    KeptSearch,
    KeptSearchKey,
    SearchKeeper,
)
from memory_road.searches.sought import Sought
from memory_road.web.edge import Portal, parts
from tests.application import (
    Accounts,
    Browser,
    Person,
    decide,
    filled_in,
    publish,
    send_correction,
    signed_in,
    work,
)
from tests.smtp import SmtpSink, page_of, text_of

ClientOf = Callable[[str], Browser]
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
ANNA = "/en/searches?q=Vereshchagina&born_from=1910"
EMAIL = {"email": "Vera@Example.org"}


def today(hour: int = FROM_HOUR) -> datetime:
    return now().replace(hour=hour, minute=0, second=0, microsecond=0)


def delivered(app: Portal, sink: SmtpSink) -> list[EmailMessage]:
    """All letters that a real server has taken by now."""
    with app.app_context():
        send_due(replace(parts().settings, mail_url=sink.url))
    return sink.messages


def told(app: Portal, at: datetime | None = None) -> int:
    with app.app_context():
        compare_news()
        return tell_keepers(at or today())


def count(app: Portal, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def link_in(letter: EmailMessage, part: str) -> str:
    """The path of the first address in a letter that has this part."""
    found = re.search(rf"https?://\S+{part}\S*", text_of(letter))
    assert found is not None, f"no {part} in {text_of(letter)}"
    address = urlsplit(found[0])
    return address.path + (f"?{address.query}" if address.query else "")


def kept(app: Portal, sink: SmtpSink, visitor: Browser, search: str = ANNA, email: str = "vera@example.org") -> str:
    """Keep a search as a visitor does, and confirm it; gives the address of the page of their searches."""
    assert visitor.post(search, data={"email": email}, headers=FROM_HERE).location == "/en/searches/asked"
    letter = delivered(app, sink)[-1]
    sink.messages.clear()
    answer = visitor.post(link_in(letter, "/searches/confirm/"), headers=FROM_HERE)
    assert answer.status_code == 303
    return str(answer.location)


def write_of(app: Portal, sink: SmtpSink, person: Person, moderator: Person, **typed: Any) -> str:
    """Publish somebody, and let the letters about what was sent go; gives the entry."""
    entry = publish(app, person, moderator, form=filled_in(typed))
    delivered(app, sink)
    sink.messages.clear()
    return entry


def test_whoever_found_nobody_is_written_to_when_somebody_new_fits(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    gallery = visitor.get("/en/gallery?q=Vereshchagina&born_from=1910")
    assert 'href="/en/searches?q=Vereshchagina&amp;born_from=1910">Write to me when somebody new fits<' in gallery.text
    page = visitor.get(ANNA)
    assert "Set-Cookie" not in page.headers, "nobody gets a cookie for looking, nor for asking"
    assert "<dd>Vereshchagina</dd>" in page.text
    assert "<dd>1910</dd>" in page.text
    answer = visitor.post(ANNA, data=EMAIL, headers=FROM_HERE)
    assert (answer.status_code, answer.location) == (303, "/en/searches/asked")
    assert "Set-Cookie" not in answer.headers
    assert "Please look into your mail" in visitor.get("/en/searches/asked").text
    (letter,) = delivered(app, smtp_sink)
    assert (letter["To"], letter["Subject"]) == (
        "vera@example.org",
        "Shall we write to you when somebody new fits?",
    )
    assert "Surname, given name, patronymic: Vereshchagina\r\nBorn from the year: 1910" in text_of(letter)
    confirm = link_in(letter, "/searches/confirm/")
    assert "Yes, write to me" in visitor.get(confirm).text
    publish(app, accounts.contributor, accounts.moderator)
    smtp_sink.messages.clear()
    assert told(app) == 0, "looking confirms nothing: mail scanners open every link"
    done = visitor.post(confirm, headers=FROM_HERE)
    assert done.status_code == 303
    assert "We look for it from now on for a year" in visitor.get(done.location).text
    assert told(app, today(FROM_HOUR - 1)) == 0, "not before its hour"
    assert told(app) == 1
    letter = delivered(app, smtp_sink)[-1]
    text = text_of(letter)
    assert letter["Subject"] == "Somebody new fits your search"
    assert "Верещагина Анна, born 1915" in text
    with app.app_context():
        entry = db.session.execute(select(Participant.id)).scalar_one()
    assert f"/p/{entry}" in text
    assert f"/p/{entry}" in page_of(letter)
    assert told(app, today() + timedelta(days=1)) == 0, "never the same one twice"


def test_the_link_stands_where_somebody_is_found_too_and_not_where_too_many_would_fit(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    publish(app, accounts.contributor, accounts.moderator)
    visitor, link = client_of("visitor"), "Write to me when somebody new fits"
    for address, stands in (
        ("/en/gallery?q=Верещагина", True),
        ("/en/gallery?place=Минск", True),
        ("/en/gallery?category=medical", False),
        ("/en/gallery?born_from=1915", False),
        ("/en/gallery", False),
    ):
        assert (link in visitor.get(address).text) is stands, address
    for wide in ("", "?born_from=1915", "?q=А.", "?story=поле", "?q=..&place=Минск"):
        page = visitor.get(f"/en/searches{wide}")
        assert "Very many people would fit" in page.text
        assert 'name="email"' not in page.text
        answer = visitor.post(f"/en/searches{wide}", data=EMAIL, headers=FROM_HERE)
        assert answer.status_code == 422
    assert count(app, KeptSearch) == 0


@pytest.mark.parametrize(
    "typed", ["", "vera", "vera@", "vera@example.org, anna@example.org", "x" * 300 + "@example.org"]
)
def test_an_address_that_is_none_is_asked_for_again_and_nothing_typed_is_lost(
    app: Portal, client_of: ClientOf, typed: str
) -> None:
    answer = client_of("visitor").post(ANNA, data={"email": typed}, headers=FROM_HERE)
    assert answer.status_code == 422
    assert "This is not an e-mail address" in answer.text
    assert f'value="{typed}"' in answer.text
    assert "<dd>Vereshchagina</dd>" in answer.text
    assert count(app, SearchKeeper) == 0


def test_a_form_from_elsewhere_sends_nothing(app: Portal, client_of: ClientOf) -> None:
    answer = client_of("visitor").post(ANNA, data=EMAIL, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert count(app, Letter) == 0


def test_known_and_unknown_addresses_are_answered_alike(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    kept(app, smtp_sink, visitor, email="known@example.org")
    answers = [
        visitor.post(ANNA, data={"email": email}, headers=FROM_HERE)
        for email in ("known@example.org", "unknown@example.org", accounts.contributor.email)
    ]
    assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
    letters = delivered(app, smtp_sink)
    assert [letter["To"] for letter in letters] == [
        "known@example.org",
        "unknown@example.org",
        "contributor@example.org",
    ]
    assert len({re.sub(r"/confirm/\S+", "", text_of(letter)) for letter in letters}) == 1
    assert count(app, KeptSearch) == 3, "who asks twice for the same keeps it once"


def test_nobody_is_bothered_through_us(app: Portal, client_of: ClientOf) -> None:
    visitor = client_of("visitor")
    status = [
        visitor.post(f"/en/searches?q=Name{number}", data=EMAIL, headers=FROM_HERE)
        for number in range(keep.FOR_ONE_MAILBOX + 1)
    ]
    assert [answer.status_code for answer in status] == [303] * keep.FOR_ONE_MAILBOX + [429]
    assert "Several letters have gone to this address already" in status[-1].text
    assert f'value="{EMAIL["email"]}"' in status[-1].text
    many = [f"{number}@example.org" for number in range(keep.FROM_ONE_LINE)]
    last = [visitor.post(ANNA, data={"email": email}, headers=FROM_HERE) for email in many][-1]
    assert last.status_code == 429
    assert "Very many searches have come from your connection" in last.text
    assert count(app, Letter) == keep.FROM_ONE_LINE


def test_what_nobody_confirmed_goes_after_a_few_days(app: Portal, client_of: ClientOf, smtp_sink: SmtpSink) -> None:
    visitor = client_of("visitor")
    visitor.post(ANNA, data=EMAIL, headers=FROM_HERE)
    confirm = link_in(delivered(app, smtp_sink)[0], "/searches/confirm/")
    with work(app):
        assert forget_ended_searches() == 0
        db.session.execute(update(KeptSearch).values(made_at=now() - UNCONFIRMED, ends_at=now()))
    for answer in (visitor.get(confirm), visitor.post(confirm, headers=FROM_HERE)):
        assert answer.status_code == 410
        assert "This link is no longer valid" in answer.text
    with work(app):
        assert forget_ended_searches() == 2
    for table in (SearchKeeper, KeptSearch, KeptSearchKey):
        assert count(app, table) == 0
    assert visitor.get(confirm).status_code == 410
    assert visitor.get("/en/searches/confirm/made-up").status_code == 410
    assert visitor.get("/en/searches/made-up").status_code == 404


def test_one_letter_a_day_collects_what_is_new(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    kept(app, smtp_sink, visitor)
    kept(app, smtp_sink, visitor, "/en/searches?unit=316")
    for unit in ("", "316-я дивизия", "317-я дивизия"):
        write_of(app, smtp_sink, accounts.contributor, accounts.moderator, unit=unit)
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator, surname="Орлов", given_name="Пётр")
    assert told(app) == 1
    (letter,) = delivered(app, smtp_sink)
    text = text_of(letter)
    first, second = text.split("Unit: 316")
    assert (first.count("/p/"), second.count("/p/")) == (3, 1)
    assert "Орлов" not in text
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 0, "the next one waits for tomorrow"
    assert told(app, today() + timedelta(days=1)) == 1
    (letter,) = delivered(app, smtp_sink)
    assert text_of(letter).count("/p/") == 1


def test_more_than_a_letter_holds_are_in_the_gallery(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell, "MOST_TOLD", 2)
    kept(app, smtp_sink, client_of("visitor"))
    for _ in range(3):
        write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 1
    (letter,) = delivered(app, smtp_sink)
    assert text_of(letter).count("/p/") == 2
    assert link_in(letter, "/gallery") == "/en/gallery?q=Vereshchagina&born_from=1910"
    assert told(app, today() + timedelta(days=1)) == 0


def test_an_entry_that_is_changed_is_told_where_it_fits_newly(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    contributor, moderator, visitor = accounts.contributor, accounts.moderator, client_of("visitor")
    entry = write_of(app, smtp_sink, contributor, moderator)
    assert told(app) == 0
    kept(app, smtp_sink, visitor)
    kept(app, smtp_sink, visitor, "/en/searches?unit=316", email="historian@example.org")
    decide(app, send_correction(app, contributor, entry, typed={"unit": "316-я дивизия"}), moderator)
    delivered(app, smtp_sink)
    smtp_sink.messages.clear()
    assert told(app) == 1
    (letter,) = delivered(app, smtp_sink)
    assert letter["To"] == "historian@example.org", "who was seen already is nobody new"


def test_what_is_found_by_is_made_anew_without_a_letter(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    with app.app_context():
        assert compare_news() == 1
    with work(app):
        db.session.execute(update(Participant).values(keyed_at=None))
    kept(app, smtp_sink, client_of("visitor"))
    with work(app):
        assert restate_some(9) == 1
    assert count(app, EntryNews) == 0, "an upgrade makes nobody new"
    assert told(app) == 0


def remove(app: Portal, entry: str, person: Person) -> None:
    with work(app), removed_ahead(entry, person.actor, parts().store) as moved:
        take_down(entry, person.actor, moved, parts().store, "rights")
        db.session.commit()


def test_an_entry_that_is_taken_down_is_in_no_letter(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    senior = accounts.senior_moderator
    kept(app, smtp_sink, client_of("visitor"))
    entries = [write_of(app, smtp_sink, accounts.contributor, accounts.moderator) for _ in range(3)]
    remove(app, entries[0], senior)
    with app.app_context():
        compare_news()
    remove(app, entries[1], senior)
    assert told(app) == 1
    delivered(app, smtp_sink)
    letter = smtp_sink.messages.pop()
    smtp_sink.messages.clear()
    assert re.findall(r"/p/(\w+)", text_of(letter)) == [entries[2]]
    with work(app), shown_ahead(entries[1], senior.actor, parts().store) as moved:
        restore(entries[1], senior.actor, moved, parts().store, "Ошибка.")
        db.session.commit()
    assert told(app, today() + timedelta(days=1)) == 1, "it is new to them once it is shown again"


def test_it_is_taken_out_of_a_letter_that_was_not_sent_yet(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    kept(app, smtp_sink, client_of("visitor"))
    entries = [write_of(app, smtp_sink, accounts.contributor, accounts.moderator) for _ in range(2)]
    assert told(app) == 1
    remove(app, entries[0], accounts.senior_moderator)
    with app.app_context():
        (waiting,) = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.SEARCH_NEWS))
        assert [entry["id"] for entry in waiting.content["searches"][0]["entries"]] == [entries[1]]
    remove(app, entries[1], accounts.senior_moderator)
    delivered(app, smtp_sink)
    assert all(letter["Subject"] != "Somebody new fits your search" for letter in smtp_sink.messages)
    assert count(app, FoundEntry) == 0


def test_a_letter_is_left_with_one_press(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    kept(app, smtp_sink, visitor)
    kept(app, smtp_sink, visitor, "/en/searches?place=Минск")
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 1
    (letter,) = delivered(app, smtp_sink)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = urlsplit(str(letter["List-Unsubscribe"]).split(">")[0].strip("<")).path
    assert link_in(letter, "/searches/") == leave
    page = visitor.get(leave)
    assert page.text.count("End this search") == 2
    assert count(app, KeptSearch) == 2, "looking ends nothing"
    number = re.search(r'name="end" value="(\w+)"', page.text)
    assert number is not None
    one = visitor.post(leave, data={"end": number[1]})
    assert "We look for it no more" in visitor.get(one.location).text
    assert count(app, KeptSearch) == 1
    answer = visitor.post(leave, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "a mail program follows no redirect"
    assert "All your searches have ended" in answer.text
    for table in (SearchKeeper, KeptSearch, KeptSearchKey, FoundEntry):
        assert count(app, table) == 0
    assert visitor.post(leave).status_code == 200, "twice does the same as once"
    assert "We look for nobody" in visitor.get(leave).text


def test_what_waits_to_be_sent_is_not_sent_once_all_has_ended(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    mine = kept(app, smtp_sink, client_of("visitor"))
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 1
    client_of("visitor").post(urlsplit(mine).path)
    assert delivered(app, smtp_sink) == []


def test_letters_speak_the_language_in_which_the_search_was_confirmed(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    visitor.post("/ru/searches?q=Верещагина&category=medical&country=BY", data=EMAIL, headers=FROM_HERE)
    (letter,) = delivered(app, smtp_sink)
    assert letter["Content-Language"] == "ru"
    assert "Медик" in text_of(letter)
    assert "Беларусь" in text_of(letter)
    visitor.post(link_in(letter, "/ru/searches/confirm/"), headers=FROM_HERE)
    smtp_sink.messages.clear()
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator, birth_country="BY")
    assert told(app) == 1
    (letter,) = delivered(app, smtp_sink)
    assert letter["Content-Language"] == "ru"
    assert "1915" in text_of(letter)


def test_whoever_is_signed_in_keeps_it_at_once_and_sees_what_they_keep(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    contributor = client_of("contributor")
    page = contributor.get(ANNA)
    assert 'value="contributor@example.org"' in page.text
    own = ANNA.replace("/searches", "/searches/own")
    answer = contributor.send(own, {"email": "contributor@example.org"})
    assert (answer.status_code, answer.location) == (303, "/en/searches/mine?said=search_kept")
    assert delivered(app, smtp_sink) == [], "the address is known to be theirs"
    mine = contributor.get("/en/searches/mine").text
    assert "<dd>Vereshchagina</dd>" in mine
    assert "Vereshchagina" not in client_of("stranger").get("/en/searches/mine").text
    with app.app_context():
        (row,) = account_document(accounts.contributor.actor.id)["searches_kept"]
        assert row["sought_for"] == {"q": "Vereshchagina", "born_from": 1910}
    other = contributor.send(own, {"email": "elsewhere@example.org"})
    assert other.location == "/en/searches/asked", "any other address is asked first"
    (letter,) = delivered(app, smtp_sink)
    assert letter["To"] == "elsewhere@example.org"
    wrong = contributor.send(own, {"email": "elsewhere"})
    assert wrong.status_code == 422
    assert 'value="elsewhere"' in wrong.text
    with work(app):
        close(accounts.contributor.actor.id, parts().store)
    with app.app_context():
        assert db.session.scalars(select(SearchKeeper.email)).all() == ["elsewhere@example.org"]


def test_one_address_keeps_so_many_searches(app: Portal, accounts: Accounts, smtp_sink: SmtpSink) -> None:
    contributor = signed_in(app, accounts.contributor)
    token, answer = contributor.token(), None
    for number in range(MOST_SEARCHES + 1):
        form = {"csrf_token": token, "email": accounts.contributor.email}
        answer = contributor.post(f"/en/searches/own?q=Name{number}", data=form)
    assert answer is not None
    assert answer.status_code == 422
    assert "We look for twenty searches of yours already" in answer.text
    contributor.post("/en/searches?q=Other", data={"email": accounts.contributor.email}, headers=FROM_HERE)
    confirm = link_in(delivered(app, smtp_sink)[-1], "/searches/confirm/")
    refused = contributor.post(confirm, headers=FROM_HERE)
    assert refused.status_code == 409
    assert "We look for twenty searches of yours already" in refused.text
    assert 'href="/en/searches/' in refused.text, "where one can be ended"


def test_a_search_ends_after_a_year_unless_it_is_wished_for_another(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    mine = kept(app, smtp_sink, visitor)
    almost = today() + KEPT - tell.ENDS_SOON - timedelta(days=1)
    assert told(app, almost) == 0
    assert told(app, almost + timedelta(days=2)) == 1
    (letter,) = delivered(app, smtp_sink)
    assert letter["Subject"] == "Your search ends soon"
    assert "You wished a letter when somebody new fits your search." in text_of(letter)
    assert told(app, almost + timedelta(days=4)) == 0, "that is told once"
    page = visitor.get(link_in(letter, "/searches/"))
    number = re.search(r'name="longer" value="(\w+)"', page.text)
    assert number is not None
    with work(app):
        db.session.execute(update(KeptSearch).values(ends_at=now() + timedelta(days=3)))
    visitor.post(urlsplit(mine).path, data={"longer": number[1]})
    with app.app_context():
        search = db.session.execute(select(KeptSearch)).scalar_one()
        assert search.ends_at > now() + KEPT - timedelta(minutes=1)
        assert search.reminded_at is None
    with work(app):
        db.session.execute(update(KeptSearch).values(made_at=now() - KEPT, ends_at=now()))
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 0
    with work(app):
        assert forget_ended_searches() == 2


def test_the_day_on_which_a_search_ends_is_the_same_in_the_letter_and_on_the_page(
    settings: Settings, sqlite_url: str, smtp_sink: SmtpSink
) -> None:
    there = create_app(replace(settings, database_url=sqlite_url, time_zone="Asia/Almaty"))
    there.test_client_class = Browser
    visitor = signed_in(there, None)
    kept(there, smtp_sink, visitor)
    soon = (now() + timedelta(days=3)).replace(hour=20, minute=0)
    with work(there):
        db.session.execute(update(KeptSearch).values(ends_at=soon))
    afternoon = now().astimezone(ZoneInfo("Asia/Almaty")).replace(hour=FROM_HOUR)
    assert told(there, afternoon) == 1
    (letter,) = delivered(there, smtp_sink)
    day = say_date(parse_edtf(f"{soon + timedelta(days=1):%Y-%m-%d}"), "en")
    assert f"We look for this until {day}" in text_of(letter), "it is the next day there already"
    page = visitor.get(link_in(letter, "/searches/")).text
    assert f"until {day}" in page


def test_what_comes_while_the_letter_lies_unread_is_not_missed(
    app: Portal, accounts: Accounts, client_of: ClientOf, smtp_sink: SmtpSink
) -> None:
    visitor = client_of("visitor")
    visitor.post(ANNA, data=EMAIL, headers=FROM_HERE)
    confirm = link_in(delivered(app, smtp_sink)[0], "/searches/confirm/")
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 0
    visitor.post(confirm, headers=FROM_HERE)
    assert told(app) == 1


def test_many_searches_are_compared_in_steps(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare, "MOST_SEARCHES_AT_ONCE", 3)
    with work(app):
        for number in range(7):
            keep.keep_own(Sought("Верещагина"), f"{number}@example.org", "en")
            keep.keep_own(Sought("Орлов Пётр"), f"{number}@example.org", "en")
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 7
    assert count(app, EntryNews) == 0


def test_searches_without_keys_are_given_them_by_the_sweep(sqlite_app: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_names, "BATCH", 2)
    with work(sqlite_app):
        for number in range(5):
            keep.keep_own(Sought(f"Верещагин {number}-й"), f"{number}@example.org", "en")
    with sqlite_app.app_context():
        before = db.session.execute(select(KeptSearchKey.key, KeptSearchKey.search_id)).all()
        db.session.rollback()
        with work(sqlite_app):
            db.session.execute(delete(KeptSearchKey))
        list(key_names.key_names_in_steps())
        list(key_names.key_names_in_steps())
        assert set(db.session.execute(select(KeptSearchKey.key, KeptSearchKey.search_id)).all()) == set(before)


def test_what_is_new_waits_while_searches_are_given_keys_anew(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    with work(app):
        keep.keep_own(Sought("Верещагина"), "vera@example.org", "en")
        keep.keep_own(Sought("Орлова"), "olga@example.org", "en")
    with work(app):
        db.session.execute(delete(KeptSearchKey))
        hers = KeptSearch.keeper.has(email="olga@example.org")
        db.session.execute(update(KeptSearch).where(hers).values(sought_for={"born_from": 1915}))
    write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
    assert told(app) == 0
    assert count(app, EntryNews) == 1, "a revision has emptied the keys: it would have passed by whoever is looked for"
    with app.app_context():
        list(key_names.key_names_in_steps())
    assert told(app) == 1, "also where by new rules some search is too wide to have keys"
    assert count(app, EntryNews) == 0


def test_publication_looks_at_no_search_and_an_entry_only_at_those_with_its_words(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    with work(app):
        for number in range(40):
            keep.keep_own(Sought(f"Орлов Пётр {'абвгдежзик'[number % 10]}ов"), f"{number}@example.org", "en")
        keep.keep_own(Sought("Анна Верещагина"), "vera@example.org", "en")
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        write_of(app, smtp_sink, accounts.contributor, accounts.moderator)
        assert not any("kept_search" in statement for statement in statements)
        with app.app_context():
            compare_news()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert sum("INSERT INTO kept_search_entry" in statement for statement in statements) == 1
    assert sum("kept_search" in statement for statement in statements) == 3, "one for all: whether any has no keys"


PEOPLE: tuple[tuple[str, str, str], ...] = (
    ("Верещагин", "Пётр", "Иванович"),
    ("Верещагина", "Анна", "Петровна"),
    ("Vereshchagin", "Piotr", ""),
    ("Верещако", "Иван", "Петрович"),
    ("Тер-Петросян", "Арам", ""),
    ("Терпетросян", "Левон", "Арамович"),
    ("Петросян", "Тер", ""),
    ("Ковальчук", "Ганна", "Іванаўна"),
    ("Kowalczuk", "Hanna", ""),
    ("Орлов-Чесменский", "Алексей", "Григорьевич"),
    ("Иванов", "Иван", "Иванович"),
)
ASKED = (
    "Верещагин",
    "Wereschtschagin",
    "Пётр Верещагин",
    "Анна Петровна Верещагина",
    "Анна Сергеевна Верещагина",
    "Иванов И. И.",
    "Тер-Петросян",
    "Terpetrosyan",
    "Ковальчук Анна",
    "Kavalchuk",
    "Чесменский",
    "Иван",
    "Верещ",
)


@pytest.mark.parametrize("query", ASKED)
def test_those_fit_whom_the_gallery_shows_among_the_people_themselves(
    sqlite_app: Portal, query: str, gallery: Mapping[str, Any]
) -> None:
    with sqlite_app.app_context():
        page = find(query, Filters())
        shown = {card.id for card, near in zip(page.cards, page.nearness, strict=True) if near <= Nearness.SPELT}
    assert {entry for entry, facts in gallery.items() if fits(Sought(query), found_by(facts))} == shown


@pytest.fixture
def gallery(sqlite_app: Portal) -> Mapping[str, Any]:
    """The facts of everybody in ``PEOPLE``, published, by the number of the entry."""
    facts: dict[str, Any] = {}
    with work(sqlite_app):
        for number, names in enumerate(PEOPLE):
            said = dict(zip(("surname", "given_name", "patronymic"), names, strict=True))
            entry = Participant(
                id=f"{number:09}", language="ru", contributor_name="", published_at=now(), updated_at=now()
            )
            names_of_one = {name: value for name, value in said.items() if value}
            facts[entry.id] = {**names_of_one, "categories": ["soldier"]}
            restate(entry, facts[entry.id])
            db.session.add(entry)
    return facts


def test_a_link_opens_only_what_it_is_for(app: Portal, client_of: ClientOf, smtp_sink: SmtpSink) -> None:
    visitor = client_of("visitor")
    kept(app, smtp_sink, visitor)
    with app.app_context():
        keeper = db.session.execute(select(SearchKeeper.id)).scalar_one()
        token = confirm_address(keeper, "en", parts().settings).rpartition("/")[2]
    assert visitor.get(f"/en/searches/{token}").status_code == 404
    assert visitor.get(f"/en/searches/confirm/{token}").status_code == 410
