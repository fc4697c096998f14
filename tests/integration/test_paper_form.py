"""The form to print: in every language, in letters that the fonts have, the same bytes each time, small, few pages."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

import memory_road
from memory_road.app import create_app
from memory_road.config import SHIPPED_LANGUAGES, Settings
from memory_road.facts.fields import FIELDS
from memory_road.facts.steps import Step
from memory_road.facts.vocabulary import Relationship
from memory_road.web.built import asset_file
from memory_road.web.contribute.paper_form import paper_form
from tests.application import Browser, signed_in

MOST_BYTES = 400_000
ALPHABETS = (
    "әғқңөұүһіӘҒҚҢӨҰҮҺІ ғӣқӯҳҷҒӢҚӮҲҶ ўёЎЁ «»“”„’—№· "
    "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև"
)
"""Letters that languages need beyond those of Russian and English; Armenian is to come."""


@pytest.fixture(scope="module")
def printer(settings: Settings) -> Browser:
    """A visitor of a portal that offers every language."""
    app = create_app(
        replace(settings, languages=SHIPPED_LANGUAGES, operator_name="Музей", operator_postal_address="Омск, 1")
    )
    app.test_client_class = Browser
    return signed_in(app, None)


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
def test_the_form_is_few_pages_small_and_the_same_each_time(printer: Browser, language: str) -> None:
    answer = printer.get(f"/{language}/contribute/form.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")
    assert 3 <= answer.data.count(b"/Type /Page\n") <= 4
    assert len(answer.data) < MOST_BYTES
    assert f"/Lang ({language})".encode() in answer.data
    assert b"/DisplayDocTitle true" in answer.data
    paper_form.cache_clear()
    assert printer.get(f"/{language}/contribute/form.pdf").data == answer.data


def test_it_is_kept_by_caches_and_sets_no_cookie(printer: Browser) -> None:
    answer = printer.get("/ru/contribute/form.pdf")
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    again = printer.get("/ru/contribute/form.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("font", ["paper/DejaVuSansCondensed.ttf", "paper/DejaVuSansCondensed-Bold.ttf"])
def test_the_fonts_have_the_letters_of_everything_that_is_printed(font: str) -> None:
    letters = set(TTFont(asset_file(font)).getBestCmap() or {})
    printed = {fact.label for fact in FIELDS} | {fact.hint for fact in FIELDS} | {step.wording for step in Step}
    printed |= {term.wording for fact in FIELDS for term in fact.terms or ()} | {term.wording for term in Relationship}
    printed |= {part.label for fact in FIELDS for part in fact.parts}
    words = {"": ALPHABETS + "".join(printed)}
    for source in Path(memory_road.__file__).parent.glob("translations/*/LC_MESSAGES/messages.po"):
        with source.open("rb") as opened:
            catalogue = read_po(opened)
        words[source.parts[-3]] = "".join(str(catalogue.get(word).string) for word in printed if word in catalogue)  # pyright: ignore[reportOptionalMemberAccess] -- it is in there
    assert len(words) == len(SHIPPED_LANGUAGES), "English needs no catalogue"
    for language, said in words.items():
        assert not {letter for letter in said if ord(letter) not in letters}, language


def test_the_form_and_my_contributions_lead_to_it(client_of: Callable[[str], Browser]) -> None:
    client = client_of("contributor")
    for page in ("/en/contribute", "/en/my/contributions"):
        assert 'href="/en/contribute/form.pdf"' in client.get(page).text, page
