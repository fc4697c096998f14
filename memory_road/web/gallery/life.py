"""The page of an entry: its frame is kept, as that of the gallery is, and whom it is about is put in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask import current_app, render_template, url_for
from flask_babel import gettext
from jinja2.filters import do_truncate
from markupsafe import Markup, escape

from memory_road.archive.change import ChangeKind, ParticipantChange
from memory_road.archive.participant import Participant
from memory_road.archive.whole import Whole
from memory_road.config import Settings
from memory_road.facts.fields import FIELD
from memory_road.facts.names import slug
from memory_road.web.edge import parts
from memory_road.web.entry import EntryView, entry_view
from memory_road.web.frame import Frame, frame, mark, question
from memory_road.web.gallery.citing import citation
from memory_road.web.gallery.linked import linked_person
from memory_road.web.gallery.manifest import shown_pictures
from memory_road.web.gallery.related import related
from memory_road.web.gallery.sharing import shared
from memory_road.web.language import language
from memory_road.web.published import published_pictures

FRAMES_AT_HAND = 200
LONGEST_SUMMARY = 200
SUMMARY_LEEWAY = 20
MARKS = ("named", "kinds", "summary", "pictured", "address", "card", "locale", "id", "slug", "linked", "life")


@dataclass(frozen=True, slots=True)
class Kind:
    """What the pages of two entries can have in common: all that is not about one of them."""

    settings: Settings
    language: str
    told_in: str
    shows_pictures: bool
    veils: bool


def life_page(found: Whole) -> str:
    """The page as HTML."""
    participant = found.participant
    view = _view(participant)
    told_to_others = shared(participant)
    life = render_template(
        "gallery/life.html",
        entry=view,
        participant=participant,
        changes=_said(found.changes),
        citation=citation(participant, view),
        flowers=found.flowers,
        related=related(participant, found.namesakes),
    )
    kinds = ", ".join(view.categories)
    texts = {
        "named": ", ".join(part for part in (view.full_name, view.years) if part),
        "kinds": kinds,
        "summary": f"{kinds}. {_beginning(view.paragraphs[0])}" if view.paragraphs else kinds,
        "pictured": view.portrait.alt if view.portrait and not view.portrait.veiled else view.full_name,
        "address": view.address,
        "card": told_to_others.card,
        "locale": told_to_others.locale,
        "id": participant.id,
        "slug": view.address.rpartition("/")[2],
        "linked": linked_person(participant.facts, view, view.short_address),
        "life": Markup(life),  # noqa: S704 -- a template has escaped it
    }
    kind = Kind(parts().settings, language(), participant.language, bool(shown_pictures(participant)), view.veils)
    return _frame(kind).filled({**{name: str(escape(text)) for name, text in texts.items()}, "question": question()})


@lru_cache(FRAMES_AT_HAND)
def _frame(kind: Kind) -> Frame:
    return frame(
        render_template(
            "gallery/person.html",
            **{name: mark(name) for name in MARKS},
            told_in=kind.told_in,
            shows_pictures=kind.shows_pictures,
            veils=kind.veils,
            in_language=_elsewhere,
        )
    )


def _elsewhere(code: str) -> str:
    return url_for("gallery.person", lang=code, participant_id=mark("id"), name=mark("slug")) + mark("question")


def _beginning(paragraph: str) -> str:
    return do_truncate(current_app.jinja_env, paragraph, LONGEST_SUMMARY, leeway=SUMMARY_LEEWAY)


def _said(changes: Iterable[ParticipantChange]) -> list[tuple[datetime, list[str], int]]:
    """When the entry was changed, in what, and how many pictures were added; never what stood there before."""
    return [(change.made_at, _changed(change), change.photographs) for change in changes]


def _changed(change: ParticipantChange) -> list[str]:
    if change.how == ChangeKind.MERGED:
        return [gettext("another entry about the same person became part of this one")]
    if change.how == ChangeKind.PORTRAIT:
        return [gettext("another portrait")]
    return [gettext(FIELD[name].label) for name in change.fields if name in FIELD]


def _view(participant: Participant) -> EntryView:
    base = parts().settings.base_url
    address = url_for("gallery.person", participant_id=participant.id, name=slug(participant.facts))
    return entry_view(
        participant.facts,
        published_pictures(participant, language()),
        language(),
        told_in=participant.language,
        contributor=participant.contributor_name,
        relationship=participant.contributor_relationship,
        published_at=participant.published_at,
        address=base + address,
        short_address=f"{base}/p/{participant.id}",
    )
