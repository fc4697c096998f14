"""A draft: begun once, kept as it was typed, with its pictures."""

from collections.abc import Iterable

import pytest
from sqlalchemy import func, select

from memory_road.contributions.attach import MOST_PHOTOGRAPHS, detach
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.draft import PhotographWords, keep, start
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.facts.vocabulary import PhotographKind
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, add, begin, filled_in, send_in, work


def stored(app: Portal) -> set[str]:
    with app.app_context():
        return {key for key, _ in parts().store.keys("private/")}


def keys_of(identifiers: Iterable[str]) -> set[str]:
    return {f"private/{name}" for each in identifiers for name in (f"originals/{each}", f"previews/{each}.webp")}


def test_a_draft_keeps_what_was_typed_as_it_was_typed(app: Portal, accounts: Accounts) -> None:
    typed = {"birth_date": "в среду", "biography": "  два пробела  ", "awards": [{"award": "", "date": "вчера"}]}
    identifier = begin(app, accounts.contributor, form=filled_in(typed))
    with app.app_context():
        draft = db.session.get_one(Contribution, identifier)
        assert draft.state == State.DRAFT
        assert draft.typed["birth_date"] == "в среду"
        assert draft.typed["biography"] == "  два пробела  "
        assert draft.typed["awards"] == [{"award": "", "date": "вчера"}]
        assert draft.facts is None


def test_beginning_writes_the_first_decision(app: Portal, accounts: Accounts) -> None:
    identifier = begin(app, accounts.contributor)
    with app.app_context():
        decision = db.session.execute(select(Decision)).scalar_one()
        assert (decision.contribution_id, decision.move) == (identifier, Move.START)
        assert (decision.from_state, decision.to_state) == (None, State.DRAFT)


def test_the_same_form_sent_twice_begins_once(app: Portal, accounts: Accounts) -> None:
    sender = accounts.contributor.actor
    with work(app):
        first = start(sender, "key-of-the-form", filled_in()).id
    with work(app):
        again = start(sender, "key-of-the-form", filled_in({"birth_date": "1916"}))
        assert again.id == first
        assert again.typed["birth_date"] == "1916"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_the_first_page_filled_in_about_somebody_else_is_another_draft(app: Portal, accounts: Accounts) -> None:
    sender = accounts.contributor.actor
    with work(app):
        first = start(sender, "key-of-the-form", filled_in()).id
    with work(app):
        other = start(sender, "key-of-the-form", filled_in({"surname": "Тян"}))
        assert other.id != first, "the back button leads to the empty form: nothing is written over"
    with app.app_context():
        assert db.session.get_one(Contribution, first).typed["surname"] != "Тян"


def test_what_another_window_kept_is_not_lost_in_silence(app: Portal, accounts: Accounts) -> None:
    sender = accounts.contributor.actor
    with work(app):
        draft = start(sender, "key-of-the-form", filled_in())
        identifier, seen = draft.id, draft.revision
    with work(app):
        keep(identifier, sender, filled_in({"biography": "Из другого окна"}), seen)
    with work(app), pytest.raises(Refused, match="changed_elsewhere"):
        keep(identifier, sender, filled_in(), seen)
    with work(app):
        keep(identifier, sender, filled_in(), seen + 1)


def test_a_picture_sent_with_the_word_that_no_portrait_survives_is_none(
    app: Portal, accounts: Accounts, portrait: Sample
) -> None:
    identifier = begin(app, accounts.contributor, form=filled_in(none_survives=True))
    with work(app):
        photograph = add(identifier, accounts.contributor, portrait)
    with app.app_context():
        assert db.session.get_one(ContributionPhotograph, photograph).kind == PhotographKind.PHOTOGRAPH


def test_two_people_may_use_the_same_form_key(app: Portal, accounts: Accounts) -> None:
    with work(app):
        first = start(accounts.contributor.actor, "key-of-the-form", filled_in()).id
        other = start(accounts.stranger.actor, "key-of-the-form", filled_in()).id
    assert first != other


def test_what_was_sent_is_kept_no_more(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor)
    with pytest.raises(Refused) as refused, work(app):
        keep(identifier, accounts.contributor.actor, filled_in({"surname": "Тян"}))
    assert refused.value.code is RefusalCode.MOVED_ON
    with app.app_context():
        assert db.session.get_one(Contribution, identifier).typed["surname"] == "Верещагина"


@pytest.mark.parametrize("who", ["stranger", "moderator", "administrator"])
def test_nobody_else_changes_a_draft(app: Portal, accounts: Accounts, who: str) -> None:
    identifier = begin(app, accounts.contributor)
    with pytest.raises(Refused) as refused, work(app):
        keep(identifier, getattr(accounts, who).actor, filled_in({"surname": "Тян"}))
    assert refused.value.code is RefusalCode.NOT_FOUND


def test_a_picture_is_kept_private_beside_its_row(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor, form=filled_in(none_survives=False))
    with work(app):
        photograph = add(identifier, accounts.contributor, portrait)
    with app.app_context():
        kept = db.session.get_one(ContributionPhotograph, photograph)
        assert (kept.width, kept.height, kept.media_type) == (360, 450, "image/jpeg")
        assert kept.kind == PhotographKind.PORTRAIT, "the first one is taken for the portrait"
        with parts().store.open(kept.original_key) as file:
            assert file.read() == portrait.original.read_bytes()
    assert keys_of([photograph]) <= stored(app)


def test_the_same_bytes_are_kept_once(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    before = stored(app)
    identifier = begin(app, accounts.contributor)
    with work(app):
        first = add(identifier, accounts.contributor, portrait, "IMG_1.jpg")
        again = add(identifier, accounts.contributor, portrait, "IMG_1 (copy).jpg")
    assert first == again
    assert stored(app) - before == keys_of([first])


def test_a_file_name_is_shown_and_never_a_path(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor)
    with work(app):
        photograph = add(identifier, accounts.contributor, portrait, "../../" + "я" * 300 + ".jpg")
    with app.app_context():
        kept = db.session.get_one(ContributionPhotograph, photograph)
        assert len(kept.file_name) == 255
        assert kept.original_key == f"private/originals/{photograph}"


def test_more_pictures_than_fit_are_refused(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor)
    with work(app):
        for number in range(MOST_PHOTOGRAPHS):
            db.session.add(
                ContributionPhotograph(
                    contribution_id=identifier,
                    position=number,
                    file_name=f"{number}.jpg",
                    sha256=f"{number:064}",
                    bytes=1,
                    media_type="image/jpeg",
                    width=1,
                    height=1,
                )
            )
    with pytest.raises(Refused) as refused, work(app):
        add(identifier, accounts.contributor, portrait)
    assert refused.value.code is RefusalCode.TOO_MANY_PHOTOGRAPHS


def test_a_picture_taken_away_goes_with_its_files(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    before = stored(app)
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        photograph = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
    with work(app):
        detach(identifier, accounts.contributor.actor, parts().store, photograph)
        assert keys_of([photograph]) <= stored(app), "until it is committed, the files are needed"
    assert stored(app) == before


def test_files_stay_when_taking_away_is_rolled_back(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        photograph = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
    with app.app_context():
        detach(identifier, accounts.contributor.actor, parts().store, photograph)
        db.session.rollback()
        db.session.commit()
        assert db.session.get(ContributionPhotograph, photograph) is not None
    assert keys_of([photograph]) <= stored(app)


def test_words_about_pictures_are_kept_with_them(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        photograph = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
    words = PhotographWords(kind=PhotographKind.DOCUMENT, caption="Удостоверение", taken="около 1938", enhanced=True)
    with work(app):
        keep(identifier, accounts.contributor.actor, filled_in(photographs={photograph: words, "000000000": words}))
    with app.app_context():
        kept = db.session.get_one(ContributionPhotograph, photograph)
        assert (kept.kind, kept.caption, kept.taken, kept.enhanced) == ("document", "Удостоверение", "около 1938", True)


def test_a_picture_of_another_contribution_is_not_touched(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    other = begin(app, accounts.stranger, portrait)
    own = begin(app, accounts.contributor)
    with app.app_context():
        photograph = db.session.execute(
            select(ContributionPhotograph.id).where(ContributionPhotograph.contribution_id == other)
        ).scalar_one()
    words = PhotographWords(kind=PhotographKind.DOCUMENT, caption="mine now")
    with work(app):
        keep(own, accounts.contributor.actor, filled_in(photographs={photograph: words}))
        detach(own, accounts.contributor.actor, parts().store, photograph)
    with app.app_context():
        assert db.session.get_one(ContributionPhotograph, photograph).caption == ""
    assert keys_of([photograph]) <= stored(app)
