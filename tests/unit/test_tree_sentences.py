"""Every reason for which a family tree is not taken has a whole sentence, and no two sound alike."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from memory_road.gedcom.container import OtherFormat
from memory_road.gedcom.refusal import RefusalCode, TreeRefused
from memory_road.web.tree_sentences import HOW, nobody_sentence, reader_unavailable_sentence, tree_sentence

REFUSALS = [TreeRefused(code, {"limit": 50, "most": 7}) for code in RefusalCode if code is not RefusalCode.OTHER_FORMAT]
REFUSALS += [TreeRefused(RefusalCode.OTHER_FORMAT, {"format": other}) for other in OtherFormat]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    app = Flask("memory_road")
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


@pytest.mark.parametrize("refused", REFUSALS, ids=str)
def test_a_refusal_names_the_file_and_says_what_to_do(refused: TreeRefused) -> None:
    said = tree_sentence(refused, "family.ged")
    assert said.startswith("“family.ged” was not taken. ")
    assert said.endswith(f". {HOW}")
    assert not re.search(r"%\(|\{", said), "all values are said"


def test_no_two_refusals_sound_alike() -> None:
    said = [tree_sentence(refused, "") for refused in REFUSALS]
    said += [nobody_sentence(""), reader_unavailable_sentence("")]
    assert len(set(said)) == len(said)
