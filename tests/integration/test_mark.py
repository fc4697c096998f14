"""What is marked in a picture, by its sender and by a moderator, and what of it is published."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from sqlalchemy import select, update

from memory_road.accounts.permissions import NotPermitted
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import existing
from memory_road.archive.search import find
from memory_road.contributions.attach import detach
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import PhotographWords, keep
from memory_road.contributions.mark import MOST_PEOPLE, crop, forget_person, name_person, say_enhanced
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import submit, withdraw
from memory_road.db import db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.jobs.derive import derive_due
from memory_road.media.frame import Frame
from memory_road.media.limits import Limits
from memory_road.media.verify import verify
from memory_road.moderation.claim import claim, release
from memory_road.moderation.cover import MOST_HIDDEN, covers, hide, show_again, veil
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, approved, begin, filled_in, jpeg, publish, send_in, work

LEFT = [0, 0, 5000, 10_000]
PORTRAIT = PhotographKind.PORTRAIT
WITH_PORTRAIT = filled_in(none_survives=False)
"""The first picture is taken for the portrait."""


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    """Three different pictures of 360 × 450 pixels."""
    folder = tmp_path_factory.mktemp("pictures")
    return [sample(folder / str(seed), jpeg(seed)) for seed in (1, 2, 3)]


def sample(folder: Path, content: bytes) -> Sample:
    folder.mkdir()
    original, preview = folder / "original.jpg", folder / "preview.webp"
    original.write_bytes(content)
    return Sample(original, preview, verify(original, Limits(), preview))


def ids(app: Portal, contribution: str) -> list[str]:
    with app.app_context():
        return [kept.id for kept in db.session.get_one(Contribution, contribution).photographs]


def row(app: Portal, identifier: str) -> ContributionPhotograph:
    """The row as it stands, readable after its session is closed."""
    with app.app_context():
        found = db.session.get_one(ContributionPhotograph, identifier)
        db.session.refresh(found)
        db.session.expunge(found)
        return found


def make_sizes(app: Portal) -> None:
    with app.app_context():
        derive_due(parts().store, parts().limits)


def refused(app: Portal, verb: Callable[[], object]) -> RefusalCode:
    with app.app_context(), pytest.raises(Refused) as refusal:
        verb()
    return refusal.value.code


def published(app: Portal) -> list[Photograph]:
    with app.app_context():
        found = list(db.session.scalars(select(Photograph).order_by(Photograph.position)))
        db.session.expunge_all()
        return found


class TestCrop:
    def test_it_is_kept_and_the_sizes_are_made_anew(
        self, app: Portal, accounts: Accounts, pictures: list[Sample]
    ) -> None:
        case = begin(app, accounts.contributor, pictures[0], form=WITH_PORTRAIT)
        (portrait,) = ids(app, case)
        make_sizes(app)
        before = row(app, portrait)
        assert before.sizes
        area = Frame(20, 30, 60).area(before.width, before.height)
        with work(app):
            crop(case, accounts.contributor.actor, parts().store, portrait, area)
        after = row(app, portrait)
        assert (after.crop, after.edition, after.derived_at, after.sizes) == (list(area), before.edition + 1, None, [])
        with app.app_context():
            assert [key for key in before.size_keys() if parts().store.exists(key)] == [], "the old files are gone"
        make_sizes(app)
        made = row(app, portrait)
        assert made.sizes
        with work(app):
            crop(case, accounts.contributor.actor, parts().store, portrait, area)
        assert row(app, portrait).edition == made.edition, "the same frame again asks for nothing"
        with work(app):
            crop(case, accounts.contributor.actor, parts().store, portrait, None)
        assert row(app, portrait).crop is None

    @pytest.mark.parametrize(
        ("area", "code"),
        [
            ([0, 0, 10_000, 5000], RefusalCode.CROP_MISSHAPEN),
            ([5000, 5000, 6000, 6000], RefusalCode.AREA_OUTSIDE),
            ([0, 0, 0, 0], RefusalCode.AREA_OUTSIDE),
            ([0, 0, 5000], RefusalCode.AREA_OUTSIDE),
            (["0", 0, 5000, 5000], RefusalCode.AREA_OUTSIDE),
        ],
    )
    def test_a_frame_that_is_none_is_refused(
        self, app: Portal, accounts: Accounts, portrait: Sample, area: list[object], code: RefusalCode
    ) -> None:
        case = begin(app, accounts.contributor, portrait, form=WITH_PORTRAIT)
        (found,) = ids(app, case)
        actor = accounts.contributor.actor
        assert refused(app, lambda: crop(case, actor, parts().store, found, area)) is code

    def test_only_portraits_are_cropped(self, app: Portal, accounts: Accounts, pictures: list[Sample]) -> None:
        case = begin(app, accounts.contributor, *pictures[:2])
        actor = accounts.contributor.actor
        code = refused(app, lambda: crop(case, actor, parts().store, ids(app, case)[1], None))
        assert code is RefusalCode.NOT_A_PORTRAIT

    def test_what_may_become_the_portrait_has_its_card_already(
        self, app: Portal, accounts: Accounts, pictures: list[Sample]
    ) -> None:
        case = begin(app, accounts.contributor, *pictures[:2])
        make_sizes(app)
        for picture in ids(app, case):
            assert "card-320.webp" in {size["name"] for size in row(app, picture).sizes}


class TestPeople:
    def test_they_are_named_corrected_and_taken_off(self, app: Portal, accounts: Accounts, portrait: Sample) -> None:
        case, actor = begin(app, accounts.contributor, portrait), accounts.contributor.actor
        (found,) = ids(app, case)
        with work(app):
            name_person(case, actor, found, LEFT, "  Иван \u202e Петров\n", "")
            name_person(case, actor, found, [5000, 0, 5000, 5000], "Анна", "8k2m4n6p1")
            name_person(case, actor, found, LEFT, "Иван Петрович Петров")
        assert row(app, found).people == [
            {"area": LEFT, "name": "Иван Петрович Петров", "entry": ""},
            {"area": [5000, 0, 5000, 5000], "name": "Анна", "entry": "8k2m4n6p1"},
        ]
        assert row(app, found).edition == 0, "nothing is made anew for a name"
        with work(app):
            forget_person(case, actor, found, LEFT)
            forget_person(case, actor, found, LEFT)
            forget_person(case, actor, found, [])
        assert [person["name"] for person in row(app, found).people] == ["Анна"]

    @pytest.mark.parametrize(
        ("area", "name", "entry", "code"),
        [
            (LEFT, " \u200b ", "", RefusalCode.NAME_MISSING),
            (LEFT, "я" * 201, "", RefusalCode.NAME_TOO_LONG),
            (LEFT, "Иван", "not an id", RefusalCode.ENTRY_NOT_FOUND),
            ([0, 0, 10_001, 1], "Иван", "", RefusalCode.AREA_OUTSIDE),
            ([-1, 0, 10, 10], "Иван", "", RefusalCode.AREA_OUTSIDE),
        ],
    )
    def test_what_cannot_be_kept_is_refused(
        self,
        app: Portal,
        accounts: Accounts,
        portrait: Sample,
        area: list[int],
        name: str,
        entry: str,
        code: RefusalCode,
    ) -> None:
        case, actor = begin(app, accounts.contributor, portrait), accounts.contributor.actor
        (found,) = ids(app, case)
        assert refused(app, lambda: name_person(case, actor, found, area, name, entry)) is code

    def test_there_are_only_so_many(self, app: Portal, accounts: Accounts, portrait: Sample) -> None:
        case, actor = begin(app, accounts.contributor, portrait), accounts.contributor.actor
        (found,) = ids(app, case)
        with work(app):
            for number in range(MOST_PEOPLE):
                name_person(case, actor, found, [number, 0, 1, 1], f"Иван {number}")
            name_person(case, actor, found, [0, 0, 1, 1], "Пётр")
        more = refused(app, lambda: name_person(case, actor, found, [9, 9, 9, 9], "Павел"))
        assert more is RefusalCode.TOO_MANY_PEOPLE

    def test_only_published_entries_exist(self, app: Portal, accounts: Accounts) -> None:
        entry = publish(app, accounts.contributor, accounts.moderator)
        draft = begin(app, accounts.contributor)
        with app.app_context():
            assert existing([entry, draft, "000000000", "", "\x00", entry]) == {entry}
            assert existing([]) == set()


class TestEnhanced:
    def test_what_it_was_made_of_is_kept_while_it_is_there(
        self, app: Portal, accounts: Accounts, pictures: list[Sample]
    ) -> None:
        case, actor = begin(app, accounts.contributor, *pictures), accounts.contributor.actor
        original, coloured, other = ids(app, case)
        with work(app):
            say_enhanced(case, actor, coloured, True, original)
        assert (row(app, coloured).enhanced, row(app, coloured).enhanced_of_id) == (True, original)
        for picture, of in ((coloured, coloured), (other, coloured), (other, "000000000"), (coloured, case)):
            code = refused(app, lambda picture=picture, of=of: say_enhanced(case, actor, picture, True, of))
            assert code is RefusalCode.NO_SUCH_ORIGINAL
        with work(app):
            detach(case, actor, parts().store, original)
        assert (row(app, coloured).enhanced, row(app, coloured).enhanced_of_id) == (True, None)

    def test_an_original_that_is_enhanced_itself_is_none(
        self, app: Portal, accounts: Accounts, pictures: list[Sample]
    ) -> None:
        case, actor = begin(app, accounts.contributor, *pictures[:2]), accounts.contributor.actor
        original, coloured = ids(app, case)
        with work(app):
            say_enhanced(case, actor, coloured, True, original)
            say_enhanced(case, actor, original, True)
        assert row(app, coloured).enhanced_of_id is None

    def test_the_form_says_it_too(self, app: Portal, accounts: Accounts, pictures: list[Sample]) -> None:
        case, actor = begin(app, accounts.contributor, *pictures[:2]), accounts.contributor.actor
        original, coloured = ids(app, case)
        with app.app_context():
            seen = db.session.get_one(Contribution, case).revision
        with work(app):
            say_enhanced(case, actor, coloured, True, original)
        words = {coloured: PhotographWords(kind=PhotographKind.PHOTOGRAPH, enhanced=True)}
        stale = refused(app, lambda: keep(case, actor, filled_in(photographs=words), seen))
        assert stale is RefusalCode.CHANGED_ELSEWHERE, "a form opened before must not undo it in silence"
        with work(app):
            keep(case, actor, filled_in(photographs=words))
        assert row(app, coloured).enhanced_of_id == original
        with work(app):
            plain = {coloured: replace(words[coloured], enhanced=False)}
            keep(case, actor, filled_in(photographs=plain))
        assert row(app, coloured).enhanced_of_id is None


@pytest.mark.parametrize("who", ["stranger", "moderator"])
def test_only_its_sender_marks_a_picture(app: Portal, accounts: Accounts, portrait: Sample, who: str) -> None:
    case, other = begin(app, accounts.contributor, portrait), begin(app, getattr(accounts, who))
    (found,) = ids(app, case)
    actor = getattr(accounts, who).actor
    for contribution in (case, other):
        for verb in (
            lambda contribution=contribution: crop(contribution, actor, parts().store, found, None),
            lambda contribution=contribution: name_person(contribution, actor, found, LEFT, "Иван"),
            lambda contribution=contribution: forget_person(contribution, actor, found, LEFT),
            lambda contribution=contribution: say_enhanced(contribution, actor, found, True),
        ):
            assert refused(app, verb) is RefusalCode.NOT_FOUND


def test_what_was_sent_is_marked_no_more(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    case, actor = send_in(app, accounts.contributor, portrait), accounts.contributor.actor
    (found,) = ids(app, case)
    assert refused(app, lambda: name_person(case, actor, found, LEFT, "Иван")) is RefusalCode.MOVED_ON
    assert refused(app, lambda: crop(case, actor, parts().store, found, None)) is RefusalCode.MOVED_ON


class TestCover:
    def test_a_hidden_part_waits_for_new_sizes_and_is_covered_in_them(
        self, app: Portal, accounts: Accounts, pictures: list[Sample]
    ) -> None:
        case, actor = send_in(app, accounts.contributor, *pictures[:2]), accounts.moderator.actor
        (found, other) = ids(app, case)
        make_sizes(app)
        before = row(app, found)
        with work(app):
            claim(case, actor)
            hide(case, actor, parts().store, found, LEFT)
            hide(case, actor, parts().store, found, LEFT)
            veil(case, actor, other, True)
        after = row(app, found)
        assert (after.hidden, after.derived_at, after.edition) == ([LEFT], None, before.edition + 1)
        waits = refused(app, lambda: approved(case, accounts.moderator))
        assert waits is RefusalCode.BEING_PREPARED
        with app.app_context():
            assert [key for key in before.size_keys() if parts().store.exists(key)] == [], "nothing uncovered is left"
            found_covers = covers(db.session.get_one(Contribution, case))
        assert [(cover.number, cover.hidden, cover.veiled) for cover in found_covers] == [(1, 1, False), (2, 0, True)]
        make_sizes(app)
        with work(app):
            approved(case, accounts.moderator)
        shown, veiled = published(app)
        assert (shown.veiled, veiled.veiled) == (False, True)
        for size in shown.sizes:
            assert_covered(app, f"public/{shown.key}-{size['name']}", size["name"])
        assert "card-320.webp" in {size["name"] for size in shown.sizes}, "of this shape, the card is the whole picture"

    def test_what_is_shown_again_is_made_anew_too(self, app: Portal, accounts: Accounts, portrait: Sample) -> None:
        case, actor = send_in(app, accounts.contributor, portrait), accounts.moderator.actor
        (found,) = ids(app, case)
        with work(app):
            claim(case, actor)
            hide(case, actor, parts().store, found, LEFT)
        make_sizes(app)
        edition = row(app, found).edition
        with work(app):
            show_again(case, actor, parts().store, found, [1, 2, 3, 4])
        assert row(app, found).edition == edition, "nothing was hidden there"
        with work(app):
            show_again(case, actor, parts().store, found, LEFT)
        after = row(app, found)
        assert (after.hidden, after.edition, after.derived_at) == ([], edition + 1, None)

    def test_a_worker_that_began_before_does_not_win(self, app: Portal, accounts: Accounts, portrait: Sample) -> None:
        """Its sizes were just written down when the part was hidden, by a transaction that had read the row before."""
        case, actor = send_in(app, accounts.contributor, portrait), accounts.moderator.actor
        (found,) = ids(app, case)
        with work(app):
            claim(case, actor)
        with work(app):
            stale = db.session.get_one(ContributionPhotograph, found)
            assert stale.derived_at is None
            moment, table = now(), ContributionPhotograph
            wrote = update(table).where(table.id == found).values(derived_at=moment, sizes=[{"name": "320.webp"}])
            db.session.execute(wrote, execution_options={"synchronize_session": False})
            hide(case, actor, parts().store, found, LEFT)
        after = row(app, found)
        assert (after.derived_at, after.sizes, after.hidden) == (None, [], [LEFT])

    @pytest.mark.parametrize(
        ("who", "code"),
        [
            ("second_moderator", RefusalCode.CLAIMED_BY_ANOTHER),
            ("contributor", None),
            ("stranger", None),
        ],
    )
    def test_only_who_holds_the_case_covers(
        self, app: Portal, accounts: Accounts, portrait: Sample, who: str, code: RefusalCode | None
    ) -> None:
        case = send_in(app, accounts.contributor, portrait)
        (found,) = ids(app, case)
        with work(app):
            claim(case, accounts.moderator.actor)
        actor = getattr(accounts, who).actor
        for verb in (
            lambda: hide(case, actor, parts().store, found, LEFT),
            lambda: show_again(case, actor, parts().store, found, LEFT),
            lambda: veil(case, actor, found, True),
        ):
            if code is not None:
                assert refused(app, verb) is code
            else:
                with app.app_context(), pytest.raises(NotPermitted):
                    verb()

    def test_without_a_claim_or_a_waiting_case_nothing_is_covered(
        self, app: Portal, accounts: Accounts, portrait: Sample
    ) -> None:
        case, actor = send_in(app, accounts.contributor, portrait), accounts.moderator.actor
        (found,) = ids(app, case)
        assert refused(app, lambda: hide(case, actor, parts().store, found, LEFT)) is RefusalCode.NOT_CLAIMED
        with work(app):
            claim(case, actor)
        for area in ([], [0, 0, 10_001, 1]):
            outside = refused(app, lambda area=area: hide(case, actor, parts().store, found, area))
            assert outside is RefusalCode.AREA_OUTSIDE
        assert refused(app, lambda: veil(case, actor, "000000000", True)) is RefusalCode.NOT_FOUND
        with work(app):
            for number in range(MOST_HIDDEN):
                hide(case, actor, parts().store, found, [number, 0, 1, 1])
        more = refused(app, lambda: hide(case, actor, parts().store, found, LEFT))
        assert more is RefusalCode.TOO_MANY_HIDDEN
        with work(app):
            release(case, actor)
            withdraw(case, accounts.contributor.actor)
        assert refused(app, lambda: veil(case, actor, found, True)) is RefusalCode.MOVED_ON


def assert_covered(app: Portal, key: str, name: str) -> None:
    """The left half of a published size is of one colour, and the right half is not."""
    with app.app_context(), parts().store.open(key) as file:
        picture = Image.open(file).convert("L")
        picture.load()
    half, foot = picture.width // 2, picture.height - 2
    inside = ImageStat.Stat(picture.crop((2, 2, half - 2, foot))).extrema[0]
    beside = ImageStat.Stat(picture.crop((half + 2, 2, picture.width - 2, foot))).extrema[0]
    assert inside[1] - inside[0] < 8, f"something is seen in {name}"
    assert beside[1] - beside[0] > 60, f"the rest of {name} is not seen"


def test_marks_are_published_and_originals_first(app: Portal, accounts: Accounts, pictures: list[Sample]) -> None:
    """The enhanced picture is the portrait, and so comes first on the page; its row needs its original's."""
    case, actor = begin(app, accounts.contributor, *pictures), accounts.contributor.actor
    coloured, original, other = ids(app, case)
    with work(app):
        name_person(case, actor, other, LEFT, "Иван", "8k2m4n6p1")
        say_enhanced(case, actor, coloured, True, original)
        row_of_other = db.session.get_one(ContributionPhotograph, other)
        row_of_other.people = [{**row_of_other.people[0], "note": "between us"}]
        words = {coloured: PhotographWords(kind=PORTRAIT, enhanced=True)}
        keep(case, actor, filled_in(photographs=words))
    with app.app_context():
        colour = db.session.get_one(ContributionPhotograph, other).colour
    entry = publish_case(app, accounts, case)
    shown = published(app)
    assert [kept.position for kept in shown] == [0, 1, 2]
    assert (shown[0].enhanced, shown[0].enhanced_of_key) == (True, shown[1].key)
    assert shown[2].people == [{"area": LEFT, "name": "Иван", "entry": "8k2m4n6p1"}]
    assert shown[2].colour == colour
    with app.app_context():
        (card,) = find().cards
    assert (card.id, card.portrait) == (entry, shown[0].key)


def test_a_veiled_portrait_is_not_in_the_gallery(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    case = send_in(app, accounts.contributor, portrait)
    with work(app):
        claim(case, accounts.moderator.actor)
        veil(case, accounts.moderator.actor, db.session.get_one(Contribution, case).photographs[0].id, True)
    publish_case(app, accounts, case, sent=True)
    with app.app_context():
        (card,) = find().cards
    assert card.portrait is None


def publish_case(app: Portal, accounts: Accounts, case: str, sent: bool = False) -> str:
    """Submit it if it is not yet, prepare its pictures and approve it; gives the entry's id."""
    if not sent:
        with work(app):
            submit(case, accounts.contributor.actor, now().date())
    make_sizes(app)
    with work(app):
        claim(case, accounts.moderator.actor)
    with work(app):
        return approved(case, accounts.moderator).id
