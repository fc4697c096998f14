"""The words of reasons: what is shipped in every language, and what an administrator wrote instead."""

from collections.abc import Mapping, Sequence

from flask import g
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l

from memory_road.contributions.decision import OWN_CASE, UNMARKED, Reason
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.reason import Listed, listed
from memory_road.web.language import language
from memory_road.web.sentences import REASONS

TEMPLATES: dict[str, object] = {
    Reason.FACTS_UNCLEAR: _l(
        "Thank you for what you have told. One thing is not clear to us yet: … Could you say it more exactly, or "
        "write that the family does not know it?"
    ),
    Reason.DATES_CONTRADICT: _l(
        "Thank you for what you have told. Two of the dates do not fit together: … Could you look once more in the "
        "papers? If they do say both, please write so: we keep both."
    ),
    Reason.SOURCE_NEEDED: _l(
        "Thank you for what you have told. Could you write how you know that …? A document, a book of memory, an "
        "inscription on a grave or what the family remembers: each of them is a source."
    ),
    Reason.PHOTOGRAPH_UNCLEAR: _l(
        "Thank you for the photograph. We cannot see well enough who it is that you tell of. Could you send it once"
        " more, larger or in better light, or mark the person in it?"
    ),
    Reason.WRONG_PERSON: _l(
        "Thank you for what you have told. We have found somebody with the same name, and are not sure whether the "
        "papers speak of your relative: … Could you compare the date and the place of birth?"
    ),
    Reason.LIVING_PERSON: _l(
        "Thank you for what you have told. Somebody who may be living is shown or named in it: … Please ask them "
        "whether they agree, or take that part out."
    ),
    Reason.RIGHTS: _l(
        "Thank you for the picture. Could you write where it comes from: from the family, from a book, from a "
        "website? We may publish only what its owner permits."
    ),
    Reason.DUPLICATE: _l(
        "Thank you for what you have told. There is an entry about this person already: … You can add to it what "
        "only your family knows; open that entry and choose to correct or add."
    ),
    Reason.NOT_A_PARTICIPANT: _l(
        "Thank you for what you have told. Could you write how your relative took part in the war, at the front, in"
        " a factory, in the fields or in captivity? This site remembers those who did."
    ),
}
"""Messages to begin with, for all but abuse and what has no name. The dots are for the moderator to fill."""


def label_of(reason: Listed, code: str = "") -> str:
    """What a reason is called in the language ``code``, or in the reader's."""
    return _in_language(code or language(), reason.labels, REASONS.get(reason.key))


def template_of(reason: Listed, code: str) -> str:
    """The message to begin with, in the language ``code`` of whoever will read it."""
    return _in_language(code, reason.templates, TEMPLATES.get(reason.key))


def shipped(words: Mapping[str, object], key: str, code: str) -> str:
    """What is shipped of ``words`` for a reason, in a language; empty: nothing."""
    if key not in words:
        return ""
    with force_locale(code):
        return str(words[key])


def choices(which: Move, code: str) -> list[tuple[str, str, str]]:
    """The reasons that are offered for a move: key, label for the reader, message for whoever reads ``code``."""
    offered = [reason for reason in all_reasons() if reason.offered(which)]
    return [(reason.key, label_of(reason), template_of(reason, code)) for reason in offered]


def message_of(key: str, code: str) -> str:
    """The message to begin with for the reason ``key``; empty: there is none, or no such reason."""
    return next((template_of(reason, code) for reason in all_reasons() if reason.key == key), "")


def all_reasons() -> Sequence[Listed]:
    """The list, read once in a request."""
    if "reasons" not in g:
        g.reasons = listed()
    return g.reasons


class ReasonWords:
    """What templates call ``reasons``: the label of a key, of one that stands in the log and in no list, too."""

    def get(self, key: str, default: str = "") -> str:
        """The label of the reason ``key`` in the reader's language."""
        if key == OWN_CASE:
            return gettext("Own case, decided in the open")
        if key == UNMARKED:
            return gettext("The mark was taken away")
        return next((label_of(reason) for reason in all_reasons() if reason.key == key), default)


def _in_language(code: str, written: Mapping[str, str], words: object) -> str:
    if written.get(code):
        return written[code]
    if words is not None:
        with force_locale(code):
            return str(words)
    return next((text for text in written.values() if text), "")
