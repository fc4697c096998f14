"""Entered for somebody else: the teller is named and has signed, and the signed page reaches no visitor."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.contributions.attach import attach, attach_signed, take_in
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.look import ContributionPhotographLook, sent_like
from memory_road.contributions.move import Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.quota import used
from memory_road.contributions.submit import NeedsMending, submit
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.moderation.claim import claim
from memory_road.web.edge import Portal, parts
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    Sample,
    approved,
    begin,
    filled_in,
    jpeg,
    work,
)

ClientOf = Callable[[str], Browser]
SampleOf = Callable[[int], Sample]
TOLD = {"assisted": True, "teller_name": "Мария Орлова", "teller_contact": "8 381 000"}


def sign(app: Portal, accounts: Accounts, identifier: str, page: Sample) -> str:
    """Attach a signed page; gives its id."""
    with work(app):
        arrived = take_in(parts().store, page.original, page.preview, page.verified, "подпись.jpg")
        return attach_signed(identifier, accounts.contributor.actor, parts().store, arrived).id


def send_told(app: Portal, accounts: Accounts, portrait: Sample, page: Sample, *, named: bool = True) -> str:
    """A submitted contribution that was told to its sender; gives its id."""
    identifier = begin(app, accounts.contributor, portrait, form=filled_in(**TOLD, named=named))
    sign(app, accounts, identifier, page)
    with work(app):
        submit(identifier, accounts.contributor.actor, now().date())
    return identifier


@pytest.mark.parametrize(
    ("teller", "signed", "missing"),
    [
        ("", True, {"teller_name"}),
        ("Мария Орлова", False, {"signed_page"}),
        ("", False, {"teller_name", "signed_page"}),
    ],
)
def test_it_needs_the_tellers_name_and_the_signed_page(
    app: Portal,
    accounts: Accounts,
    portrait: Sample,
    sample_of: SampleOf,
    teller: str,
    signed: bool,
    missing: set[str],
) -> None:
    form = filled_in(assisted=True, teller_name=teller)
    identifier = begin(app, accounts.contributor, portrait, form=form)
    if signed:
        sign(app, accounts, identifier, sample_of(7))
    with work(app), pytest.raises(NeedsMending) as mending:
        submit(identifier, accounts.contributor.actor, now().date())
    assert {problem.field for problem in mending.value.problems} == missing


def test_the_signed_page_is_no_picture_of_the_entry(
    app: Portal, accounts: Accounts, portrait: Sample, sample_of: SampleOf
) -> None:
    page = sample_of(7)
    identifier = send_told(app, accounts, portrait, page)
    with app.app_context():
        sent = db.session.get_one(Contribution, identifier)
        assert [kept.sha256 for kept in sent.photographs] == [portrait.verified.sha256]
        assert sent.signed_page is not None
        assert db.session.get(ContributionPhotographLook, sent.signed_page.id) is None, "nothing is alike"
        assert used(accounts.contributor.actor.id) == portrait.verified.bytes + page.verified.bytes
        derive_due(parts().store, parts().limits)
        before = {key for key, _ in parts().store.keys("public/")}
    with work(app):
        claim(identifier, accounts.moderator.actor)
    with work(app):
        entry = approved(identifier, accounts.moderator).id
    with app.app_context():
        published = db.session.scalars(select(Photograph.key).where(Photograph.participant_id == entry)).one()
        public = {key for key, _ in parts().store.keys("public/")} - before
        assert public
        assert all(key.startswith(f"public/{published}-") for key in public)


@pytest.mark.parametrize(("named", "beside"), [(True, "Мария Орлова"), (False, "")])
def test_the_teller_is_named_and_not_the_sender(
    app: Portal, accounts: Accounts, portrait: Sample, sample_of: SampleOf, named: bool, beside: str
) -> None:
    identifier = send_told(app, accounts, portrait, sample_of(7), named=named)
    with app.app_context():
        derive_due(parts().store, parts().limits)
    with work(app):
        claim(identifier, accounts.moderator.actor)
    with work(app):
        entry = approved(identifier, accounts.moderator).id
    with app.app_context():
        assert db.session.get_one(Participant, entry).contributor_name == beside


def test_another_page_takes_the_place_of_the_first(
    app: Portal, accounts: Accounts, portrait: Sample, sample_of: SampleOf
) -> None:
    identifier = begin(app, accounts.contributor, form=filled_in(**TOLD))
    first = sign(app, accounts, identifier, sample_of(7))
    assert sign(app, accounts, identifier, sample_of(7)) == first, "the same bytes are kept once"
    second = sign(app, accounts, identifier, sample_of(8))
    with app.app_context():
        assert list(db.session.scalars(select(ContributionPhotograph.id))) == [second]
        assert not [key for key, _ in parts().store.keys("private/") if first in key]


def test_the_page_among_the_pictures_was_a_mistake(
    app: Portal, accounts: Accounts, portrait: Sample, sample_of: SampleOf
) -> None:
    page = sample_of(7)
    identifier = begin(app, accounts.contributor, page, form=filled_in(**TOLD))
    sign(app, accounts, identifier, page)
    with app.app_context():
        arrived = take_in(parts().store, page.original, page.preview, page.verified, "снова.jpg")
    with pytest.raises(Refused, match="signed_page"), work(app):
        attach(identifier, accounts.contributor.actor, parts().store, arrived)
    with app.app_context():
        assert not db.session.get_one(Contribution, identifier).photographs


def test_the_form_takes_the_page_and_the_desk_shows_it(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("contributor")
    form = {**TYPED, "none_survives": "yes", "permission": "yes", "assisted": "yes", "action": "submit"}
    answer = client.send("/en/contribute", {**form, "teller_name": "Мария Орлова"})
    assert answer.status_code == 422
    assert "photograph of the page that this person signed" in answer.text
    with app.app_context():
        identifier = db.session.scalars(select(Contribution.id)).one()
    files = {"signed_page": (io.BytesIO(jpeg(7)), "подпись.jpg"), "teller_name": "Мария Орлова"}
    answer = client.send(f"/en/contribute/{identifier}", {**form, **files})
    assert answer.location == f"/en/my/{identifier}?said=sent"
    with app.app_context():
        page = db.session.get_one(Contribution, identifier).signed_page
        assert page is not None
    case = client_of("moderator").get(f"/en/moderate/{identifier}").text
    assert "Мария Орлова" in case
    for who, status in (("contributor", 200), ("moderator", 200), ("stranger", 404), ("visitor", 302)):
        address = f"/en/my/photographs/{page.id}/preview"
        assert client_of(who).get(address).status_code == status, who
    assert page.id not in client.get(f"/en/my/{identifier}/preview").text


def test_the_page_can_be_taken_away(app: Portal, accounts: Accounts, client_of: ClientOf, sample_of: SampleOf) -> None:
    identifier = begin(app, accounts.contributor, form=filled_in(**TOLD))
    page = sign(app, accounts, identifier, sample_of(7))
    client = client_of("contributor")
    assert page in client.get(f"/en/contribute/{identifier}").text
    client.send(f"/en/contribute/{identifier}", {**TYPED, "assisted": "yes", "action": f"remove:{page}"})
    with app.app_context():
        assert db.session.get_one(Contribution, identifier).signed_page is None


def test_nobody_is_shown_a_signed_page_as_a_picture_like_theirs(
    app: Portal, accounts: Accounts, portrait: Sample, sample_of: SampleOf
) -> None:
    send_told(app, accounts, portrait, sample_of(7))
    other = begin(app, accounts.stranger, sample_of(7))
    with app.app_context():
        alike = sent_like(db.session.get_one(Contribution, other).photographs[0])
        assert not [found for found in alike if found.identical or found.photograph.signed]
