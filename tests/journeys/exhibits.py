"""One page of every kind, with contents that are hard to lay out: long names, many pictures, mistakes."""

import re
import secrets
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

from playwright.sync_api import Page

from benchmarks.sender import SHORT_WAY, Fields, File, Sender
from tests.gedcom import person, tree
from tests.journeys.album import Album
from tests.journeys.exhibit import Exhibit
from tests.journeys.people import ADMINISTRATOR, MODERATOR, RELATIVE, SECOND_MODERATOR, SENIOR, publish

LONGEST_WORD = "Переяславльзалесский" * 5
"""A hundred letters without a place to break, as long as a name may be."""
NOBODY = "Нигденебывший" * 7
"""A name that nobody has: no letter follows from it."""
SEARCHER = "searcher@example.org"
LONG: dict[str, str | list[str]] = {
    "surname": LONGEST_WORD,
    "given_name": "Абдурахман-Магомед-Гаджи-Мирзаевич " * 2,
    "patronymic": LONGEST_WORD.lower(),
    "birth_place": LONGEST_WORD * 2,
    "birth_point": f"https://www.google.com/maps/place/{'X' * 300}/@-55.75583,-137.61734,17z",
    "burial_point": "55°45′20.96″ с. ш. 137°37′02.3″ в. д.",
    "categories": ["soldier", "partisan", "medical", "leningrad"],
    "rank": "старший лейтенант медицинской службы",
    "unit": "1075-й стрелковый полк 316-й стрелковой дивизии " * 3,
    "death_date": "9 May 1965",
    "award_certificate": LONGEST_WORD,
    "awards-0-award": "Медаль " + LONGEST_WORD,
    "awards-0-date": "1943",
    "awards-0-deed": LONGEST_WORD * 4,
    "biography": f"{LONGEST_WORD * 3}\n\nОн {'прошёл всю войну и вернулся домой. ' * 12}",
    "references-0-archive": "ЦАМО",
    "references-0-url": f"https://archive.example.org/{'fond' * 60}",
    "also_recorded-0-field": "Date of birth",
    "also_recorded-0-value": LONGEST_WORD,
    "also_recorded-0-source": LONGEST_WORD,
    "kin-0-relation": "жена",
    "kin-0-name": LONGEST_WORD,
    "relationship": "great_grandchild",
    "named": "yes",
}
NAMESAKE: dict[str, str | list[str]] = {
    **{name: LONG[name] for name in ("surname", "given_name", "patronymic")},
    "assisted": "yes",
    "teller_name": LONGEST_WORD,
}
"""Perhaps somebody who is published; told by another."""
LONG_LINES = (f"1 NAME {LONGEST_WORD} /{LONGEST_WORD} ({LONGEST_WORD})/", "1 BIRT", f"2 PLAC {LONGEST_WORD}")
LONG_TREE = tree(person(*LONG_LINES, name="I1"), person(*LONG_LINES, name="I2"))


def build(session_of: Callable[[str], Sender], sent: Callable[..., str], album: Album) -> list[Exhibit]:
    """Make what the pages show, and give the pages."""
    relative, desk = session_of(RELATIVE.email), session_of(MODERATOR.email)
    senior = session_of(SENIOR.email)
    published = sent(LONG, [album.portrait, album.turned, album.camera, album.heic])
    faceless, unwished = (sent({**SHORT_WAY, "none_survives": "yes"}, []) for _ in range(2))
    namesake = sent({**LONG, "birth_date": "1920", "none_survives": "yes"}, [])
    for identifier in (published, faceless, unwished, namesake):
        publish(desk, identifier)
    returned, rejected, waiting, claimed = (sent(LONG, [album.camera, album.portrait]) for _ in range(4))
    words: Fields = {"reason": "facts_unclear", "message": f"Уточните, пожалуйста: {LONGEST_WORD}"}
    for identifier, verb in ((returned, "return"), (rejected, "reject")):
        desk.decide(identifier, "claim")
        desk.decide(identifier, verb, words)
    held, taken_back = (sent(LONG, [album.camera, album.portrait]) for _ in range(2))
    for identifier in (held, taken_back):
        desk.decide(identifier, "claim")
        desk.decide(identifier, "hold", {"message": words["message"]})
    relative.post(f"/en/my/{taken_back}/withdraw")
    administrator = session_of(ADMINISTRATOR.email)
    administrator.post("/en/administer/invitations", {"email": f"{LONGEST_WORD[:30]}@example.org", "role": "moderator"})
    administrator.post(f"/en/administer/people/{_somebody(administrator)}/scope", {"countries": ["KZ", "BY"]})
    people = {"name": LONGEST_WORD, "left": "20", "top": "5", "width": "60", "height": "50"}
    relative.post(f"/en/contribute/{returned}/photographs/{_portrait(relative, returned)}/people", people)
    desk.decide(claimed, "claim")
    covered = _picture(desk.get(f"/en/moderate/{claimed}").text)
    desk.post(f"/en/moderate/{claimed}/photographs/{covered}/hide", {**people, "left": "0"})
    desk.post(f"/en/moderate/{claimed}/photographs/{covered}/veil", {"veiled": "yes"})
    relative.post("/en/contribute/family-tree", files=[File("tree.ged", LONG_TREE.encode(), field="tree")])
    files = [File("Очень длинное имя файла " + LONGEST_WORD + ".png", album.portrait.read_bytes())]
    draft = relative.begin(secrets.token_urlsafe(32), {**LONG, "birth_date": "31 February 1915", "surname": ""}, files)
    unsure = relative.begin(secrets.token_urlsafe(32), {**SHORT_WAY, **NAMESAKE}, files)
    vague = relative.begin(secrets.token_urlsafe(32), {**SHORT_WAY, "none_survives": "yes"})
    entry, bare, gone = (_entry(relative, identifier) for identifier in (published, faceless, unwished))
    person, removed = entry.split("/")[2], gone.split("/")[2]
    senior.post(f"/en/moderate/entries/{removed}/take-down", {"reason": "wrong_person", "note": LONGEST_WORD})
    for searcher in (RELATIVE.email, SEARCHER):
        relative.post(f"/en/searches/own?q={quote(NOBODY)}&place={quote(NOBODY)}", {"email": searcher})
    other_face = _another_face(relative, person, album)
    desk.decide(other_face, "claim")
    steps = ("life", "service", "work", "awards", "burial", "pictures", "story")
    return [
        Exhibit("home", "/"),
        Exhibit("gallery", "/gallery"),
        Exhibit("gallery-nobody", f"/gallery?q={LONGEST_WORD}"),
        Exhibit("keep-search", f"/searches?q={NOBODY}&fate=missing&country=KZ"),
        Exhibit("keep-search-mistakes", f"/searches?q={NOBODY}", act=_press("main form .button")),
        Exhibit("keep-search-too-wide", "/searches?born_from=1915"),
        Exhibit("search-asked", "/searches/asked"),
        Exhibit("search-no-more", "/searches/confirm/some-token"),
        Exhibit("searches", _own_searches(relative)),
        Exhibit("searches-mine", "/searches/mine", RELATIVE.email),
        Exhibit("searches-none", "/searches/mine", MODERATOR.email),
        Exhibit("entry", entry),
        Exhibit("entry-without-portrait", bare),
        Exhibit("entry-taken-down", f"/people/{removed}"),
        Exhibit("map", "/map", act=_see_the_map),
        Exhibit("map-burials", "/map?of=g", act=_see_the_map),
        Exhibit("map-square", "/map/g/120310101"),
        Exhibit("on-this-day", "/on-this-day/05-12"),
        Exhibit("no-such-day", "/on-this-day/02-30"),
        Exhibit("privacy", "/privacy"),
        Exhibit("error", "/nothing-here"),
        Exhibit("sign-in", "/account/login"),
        Exhibit("sign-in-mistakes", "/account/login", act=_press("main form .button")),
        Exhibit("register", "/account/register"),
        Exhibit("register-mistakes", "/account/register", act=_press("main form .button")),
        Exhibit("code", "/account/code"),
        Exhibit("confirm", "/account/confirm/some-token"),
        Exhibit("new-letter", "/account/confirm"),
        Exhibit("new-password", "/account/reset"),
        Exhibit("change-password", "/account/change", RELATIVE.email),
        Exhibit("profile", "/account/profile", MODERATOR.email),
        Exhibit("second-factor", "/account/second-factor", MODERATOR.email),
        Exhibit("second-factor-app", "/account/second-factor/app", MODERATOR.email),
        Exhibit("people", "/administer/", ADMINISTRATOR.email),
        Exhibit("people-nobody", f"/administer/?q={LONGEST_WORD}", ADMINISTRATOR.email),
        Exhibit("person", f"/administer/people/{_somebody(administrator)}", ADMINISTRATOR.email),
        Exhibit("reasons", "/administer/reasons", ADMINISTRATOR.email),
        Exhibit("reason", "/administer/reasons/rights", ADMINISTRATOR.email),
        Exhibit("vocabularies", "/administer/suggestions", ADMINISTRATOR.email),
        Exhibit("vocabulary", "/administer/suggestions/award", ADMINISTRATOR.email),
        Exhibit("staff-invitations", "/administer/invitations", ADMINISTRATOR.email),
        Exhibit("invitation-gone", "/account/invited/some-token", ADMINISTRATOR.email),
        Exhibit("own-data", "/account/data", MODERATOR.email),
        Exhibit("close", "/account/close", MODERATOR.email),
        Exhibit("close-mistakes", "/account/close", MODERATOR.email, _press("main form .button")),
        Exhibit("closed", "/account/closed"),
        Exhibit("form", "/contribute", RELATIVE.email),
        Exhibit("form-mistakes", f"/contribute/{draft}", RELATIVE.email, _press("button.button[value=submit]")),
        *(Exhibit(f"form-{step}", f"/contribute/{returned}/{step}", RELATIVE.email) for step in steps),
        Exhibit("correction", f"/contribute/about/{person}", RELATIVE.email),
        Exhibit("report", f"/people/{person}/report"),
        Exhibit("takedown", f"/my/entries/{person}", RELATIVE.email),
        Exhibit("requests", "/my/requests", RELATIVE.email),
        Exhibit("form-returned", f"/contribute/{returned}", RELATIVE.email),
        Exhibit("picture", f"/contribute/{returned}/photographs/{_portrait(relative, returned)}", RELATIVE.email),
        Exhibit("tree", "/contribute/family-tree", RELATIVE.email),
        Exhibit("tree-people", "/contribute/family-tree/people", RELATIVE.email),
        Exhibit("reported", f"/people/{person}/report/sent"),
        Exhibit("tree-nobody", f"/contribute/family-tree/people?q={LONGEST_WORD}", RELATIVE.email),
        Exhibit("form-assisted", f"/contribute/{unsure}", RELATIVE.email),
        Exhibit("form-signed-out", f"/contribute/{unsure}", RELATIVE.email, _after_the_session),
        Exhibit("same-person", f"/contribute/{unsure}/same-person", RELATIVE.email),
        Exhibit("understood", f"/contribute/{vague}", RELATIVE.email, _send_with_unseen_dates),
        Exhibit("receipt", f"/my/{waiting}/receipt", RELATIVE.email),
        Exhibit("preview", f"/my/{waiting}/preview", RELATIVE.email),
        Exhibit("mine", "/my/contributions", RELATIVE.email),
        Exhibit("mine-rejected", f"/my/{rejected}", RELATIVE.email),
        Exhibit("mine-published", f"/my/{published}", RELATIVE.email),
        Exhibit("queue", "/moderate/", MODERATOR.email),
        Exhibit("queue-filtered", "/moderate/?kind=entry&language=ru", MODERATOR.email),
        Exhibit("keys-of-the-desk", f"/moderate/{claimed}", MODERATOR.email, _open_keys),
        Exhibit("statistics", "/moderate/statistics", MODERATOR.email),
        Exhibit("case", f"/moderate/{waiting}", MODERATOR.email),
        Exhibit("case-held", f"/moderate/{held}", MODERATOR.email),
        Exhibit("case-withdrawn", f"/moderate/{taken_back}", MODERATOR.email),
        Exhibit("case-claimed", f"/moderate/{claimed}", MODERATOR.email),
        Exhibit("pictures-compared", _both_of(desk, waiting), MODERATOR.email),
        Exhibit("case-correction", f"/moderate/{other_face}", MODERATOR.email),
        Exhibit("several-of-one-sender", f"/moderate/{waiting}/together", MODERATOR.email),
        Exhibit("entries", "/moderate/entries?number=nothing", MODERATOR.email),
        Exhibit("entry-at-desk", f"/moderate/entries/{person}", SENIOR.email),
        Exhibit("entry-at-desk-gone", f"/moderate/entries/{removed}", SENIOR.email),
        Exhibit("merge-with", f"/moderate/entries/{person}/merge?number=nothing", SENIOR.email),
        Exhibit("merge", f"/moderate/entries/{person}/merge/{bare.split('/')[2]}", SENIOR.email),
        Exhibit("merge-preview", f"/moderate/entries/{person}/merge/{bare.split('/')[2]}", SENIOR.email, _look_at_one),
        Exhibit("portrait", f"/moderate/entries/{person}/portrait", SENIOR.email, _look_at_both),
        Exhibit("proposals", "/moderate/entries/proposals", SENIOR.email),
        Exhibit("proposal", f"/moderate/entries/proposals/{_propose(senior, bare, entry)}", SENIOR.email),
        Exhibit("take-down", f"/moderate/entries/{person}/take-down", SENIOR.email),
        Exhibit("picture-covered", f"/moderate/{claimed}/photographs/{covered}", MODERATOR.email),
    ]


def _another_face(relative: Sender, person: str, album: Album) -> str:
    """A correction that brings an entry another fate and another portrait."""
    begun = relative.post(f"/en/contribute/about/{person}", {"form_key": secrets.token_urlsafe(32)}).location
    identifier = begun.rsplit("/", 1)[1]
    picture = relative.attach(identifier, File("face.jpg", album.camera.read_bytes()))
    relative.submit(identifier, {**SHORT_WAY, "fate": "missing", f"photograph-{picture}-kind": "portrait"})
    return identifier


def _own_searches(relative: Sender) -> str:
    """The page of a keeper's searches, as letters lead to it."""
    found = re.search(r'action="/en(/searches/[^"]+)"', relative.get("/en/searches/mine").text)
    assert found is not None, "something is kept"
    return found[1]


def _somebody(administrator: Sender) -> str:
    """The number of the account of SECOND_MODERATOR."""
    found = re.search(r"people/([0-9]+)", administrator.get(f"/en/administer/?q={SECOND_MODERATOR.email}").text)
    assert found is not None, "somebody has a desk"
    return found[1]


def _see_the_map(page: Page) -> None:
    """Wait until the map has been drawn."""
    page.locator("#map .land").wait_for(state="attached")
    page.locator("#in-view [role=status]:not(:empty)").wait_for()


def _press(button: str) -> Callable[[Page], None]:
    """The page comes back with what is to be mended."""

    def press(page: Page) -> None:
        page.locator(button).first.click()
        page.locator("#summary").wait_for()

    return press


def _look_at_both(page: Page) -> None:
    """Choose another portrait, and look at the old one and the new one."""
    page.locator("input[name=picture][type=radio]").first.check()
    page.locator("button[value=look]").click()
    page.locator("button[value=replace]").wait_for()


def _open_keys(page: Page) -> None:
    """Open the sheet that says what each key of the desk does."""
    page.locator("#keys-open").click()


def _look_at_one(page: Page) -> None:
    """Choose something wherever two entries differ, and look at the one that they would be."""
    for question in page.locator("fieldset").all():
        if not question.locator("input:checked").count():
            question.locator("input").first.check()
    page.locator("button[value=look]").click()
    page.locator("button[value=merge]").wait_for()


def _after_the_session(page: Page) -> None:
    """Save a form whose session has ended."""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("button.button[value=save]").click()
    page.locator("main a[href*=parked]").wait_for()
    page.context.add_cookies([{**cookie} for cookie in cookies])


UNSEEN = """button => {
    for (const seen of document.getElementsByName("understood")) seen.disabled = true;
    button.click();
}"""


def _send_with_unseen_dates(page: Page) -> None:
    """Send a form as a browser without a script does, which has not shown how dates are understood."""
    page.locator("#birth_date").fill("1915-1917")
    page.locator("button.button[value=submit]").evaluate(UNSEEN)
    page.locator("dl .understood").first.wait_for()


def _both_of(desk: Sender, case: str) -> str:
    """Where two pictures of a case lie beside each other, one of them turned."""
    left, right, *_ = dict.fromkeys(re.findall(r"/photographs/([0-9a-z]{9})/", desk.get(f"/en/moderate/{case}").text))
    return f"/moderate/{case}/compare?left={left}&right={right}&turn_right=1"


def _picture(page: str) -> str:
    """The id of the first picture on a page of the relative's or the desk's."""
    found = re.search(r"photographs/([0-9a-z]{9})", page)
    assert found is not None, "a picture is shown"
    return found[1]


def _propose(senior: Sender, kept: str, other: str) -> str:
    """The id of a proposal to merge two entries, given by their addresses."""
    address = "/en/moderate/entries/{}/merge/{}".format(kept.split("/")[2], other.split("/")[2])
    page = senior.get(address).text
    asked: Fields = {name: "kept" for name in re.findall(r'id="field-([a-z_]+)"', page) if name != "note"}
    for name in ("edition", "other_edition"):
        found = re.search(rf'name="{name}" value="([^"]+)"', page)
        assert found is not None, "the form says what was seen"
        asked[name] = unescape(found[1])
    senior.post(address, {**asked, "action": "merge"})
    proposed = re.search(r"/entries/proposals/([0-9a-z]{9})", senior.get("/en/moderate/entries/proposals").text)
    assert proposed is not None, "it waits for another moderator"
    return proposed[1]


def _portrait(session: Sender, identifier: str) -> str:
    """The id of a contribution's portrait, which has every part of a picture's own page."""
    return _picture(session.get(f"/en/contribute/{identifier}").text)


def _entry(session: Sender, identifier: str) -> str:
    """The address of the entry that came of a contribution, without its language."""
    found = re.search(r"/p/[0-9a-z]{9}", session.get(f"/en/my/{identifier}").text)
    assert found is not None, "the sender is led to the entry"
    return "/" + session.get(found[0]).location.split("/", 2)[2]
