"""The pictures of an entry for viewers of libraries and museums: a manifest of IIIF Presentation 3."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import shown
from memory_road.facts.date_words import say_date
from memory_road.facts.names import full_name
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.facts.vocabulary import PhotographKind
from memory_road.media.pyramid import WHOLE_PICTURE, has_tiles
from memory_road.media.sizes import by_width
from memory_road.web.addresses import entry_address, short_address
from memory_road.web.audience import audience
from memory_road.web.edge import parts
from memory_road.web.entry import entry_view, years
from memory_road.web.language import site_name
from memory_road.web.problem import gone

manifest = Blueprint("manifest", __name__)
PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{PRESENTATION}"'
SHARED = "share.jpg"
Document = dict[str, Any]
Words = dict[str, list[str]]
"""A text in several languages, as the standard has it; ``none`` where the language does not matter."""


@manifest.get("/iiif/<participant_id>/manifest.json")
@audience(Audience.EVERYONE)
def of_entry(participant_id: str) -> ResponseReturnValue:
    """What is shown of an entry, in all languages at once. One without a picture has none."""
    participant = shown(participant_id)
    if participant is None or (participant.gone_at is None and not shown_pictures(participant)):
        abort(404)
    if participant.gone_at is not None:
        return gone(participant)
    if participant.id != participant_id:
        return redirect(url_for("manifest.of_entry", participant_id=participant.id), 301)
    document = json.dumps(_Manifest(participant).document(), ensure_ascii=False)
    response = Response(document, content_type=MEDIA_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def shown_pictures(participant: Participant) -> list[Photograph]:
    """Those that everybody sees at once: elsewhere nobody would draw our veil before the others."""
    return [each for each in participant.photographs if not each.veiled]


@dataclass
class _Manifest:
    participant: Participant
    languages: Sequence[str] = field(init=False)
    base: str = field(init=False)
    at: str = field(init=False)

    def __post_init__(self) -> None:
        self.languages, self.base = parts().settings.languages, parts().settings.base_url
        self.at = f"{self.base}/iiif/{self.participant.id}"

    def document(self) -> Document:
        pictures = shown_pictures(self.participant)
        return {
            "@context": PRESENTATION,
            "id": f"{self.at}/manifest.json",
            "type": "Manifest",
            "label": self._said(self._name),
            "summary": self._said(lambda language: ", ".join(self._view(language).categories)),
            "metadata": self._facts(),
            "requiredStatement": {
                "label": self._said(lambda _: gettext("How to cite this entry")),
                "value": self._said(self._credit),
            },
            "provider": [self._provider()],
            "homepage": [self._homepage(language) for language in self.languages],
            "thumbnail": [self._thumbnail(pictures[0])],
            "items": [self._canvas(each) for each in pictures],
        }

    def _said(self, say: Callable[[str], str]) -> Words:
        """What ``say`` says in every language; once only, where that is always the same."""
        said: Words = {}
        for language in self.languages:
            with force_locale(language):
                said[language] = [say(language)]
        return said if len({texts[0] for texts in said.values()}) > 1 else {"none": said[self.languages[0]]}

    def _told(self, text: str) -> Words:
        """What the family wrote, in its language."""
        return {self.participant.language: [text]}

    def _name(self, language: str) -> str:
        facts = self.participant.facts
        return ", ".join(part for part in (full_name(facts), years(facts, language)) if part)

    def _view(self, language: str) -> Any:
        return entry_view(self.participant.facts, (), language, self.participant.language)

    def _facts(self) -> list[Document]:
        """The rows of the entry's page. Facts make them, so they are the same rows in every language."""
        views: dict[str, Sequence[Any]] = {}
        for language in self.languages:
            with force_locale(language):
                views[language] = [row for row in self._view(language).facts if row.lines]
        rows = zip(*views.values(), strict=True)
        return [
            {
                "label": {language: [row.label] for language, row in zip(views, by_language, strict=True)},
                "value": {language: list(row.lines) for language, row in zip(views, by_language, strict=True)},
            }
            for by_language in rows
        ]

    def _credit(self, _language: str) -> str:
        return f"{site_name()}. {short_address(self.participant.id)}"

    def _provider(self) -> Document:
        operator = parts().settings.operator_name
        label = {"none": [operator]} if operator else self._said(lambda _: site_name())
        homepage = {"id": f"{self.base}/", "type": "Text", "label": self._said(lambda _: site_name())}
        return {
            "id": f"{self.base}/",
            "type": "Agent",
            "label": label,
            "homepage": [{**homepage, "format": "text/html"}],
        }

    def _homepage(self, language: str) -> Document:
        return {
            "id": entry_address(self.participant, language),
            "type": "Text",
            "label": {"none": [full_name(self.participant.facts)]},
            "format": "text/html",
            "language": [language],
        }

    def _canvas(self, photograph: Photograph) -> Document:
        address = f"{self.at}/canvas/{photograph.key}"
        painting = {
            "id": f"{address}/painting",
            "type": "Annotation",
            "motivation": "painting",
            "body": self._body(photograph),
            "target": address,
        }
        canvas: Document = {
            "id": address,
            "type": "Canvas",
            "label": self._label(photograph),
            "height": photograph.height,
            "width": photograph.width,
            "metadata": self._about(photograph),
            "thumbnail": [self._thumbnail(photograph)],
            "items": [{"id": f"{address}/page", "type": "AnnotationPage", "items": [painting]}],
        }
        taken = parse_edtf(photograph.taken) if photograph.taken else None
        if taken is not None and taken.iso and taken.earliest is not None:
            canvas["navDate"] = f"{taken.earliest.isoformat()}T00:00:00Z"
        return canvas

    def _label(self, photograph: Photograph) -> Words:
        if photograph.caption:
            return self._told(photograph.caption)
        kind = PhotographKind(photograph.kind)  # pyright: ignore[reportCallIssue] -- a term is called with its value alone
        return self._said(lambda _: f"{gettext(kind.wording)}: {full_name(self.participant.facts)}")

    def _about(self, photograph: Photograph) -> list[Document]:
        rows: list[Document] = []
        if photograph.taken:
            taken = parse_edtf(photograph.taken)
            row = {"label": self._said(lambda _: gettext("When taken"))}
            rows.append({**row, "value": self._said(lambda language: say_date(taken, language))})
        if photograph.taken_place:
            row = {"label": self._said(lambda _: gettext("Where taken"))}
            rows.append({**row, "value": self._told(photograph.taken_place)})
        if photograph.credit:
            row = {"label": self._said(lambda _: gettext("Whose picture it is"))}
            rows.append({**row, "value": self._told(photograph.credit)})
        if photograph.enhanced:
            row = {"label": self._said(lambda _: gettext("Photograph"))}
            rows.append({**row, "value": self._said(lambda _: gettext("Coloured or restored"))})
        return rows

    def _body(self, photograph: Photograph) -> Document:
        shared = next(size for size in photograph.sizes if size["name"] == SHARED)
        service = f"{self.base}/media/{photograph.key}"
        body = _image(f"{service}/{WHOLE_PICTURE}", shared)
        if has_tiles(photograph.sizes):
            body["service"] = [{"id": service, "type": "ImageService3", "profile": "level0"}]
        return body

    def _thumbnail(self, photograph: Photograph) -> Document:
        small = by_width(photograph.sizes)[0]
        return _image(f"{self.base}/media/{photograph.key}-{small['name']}", small)


def _image(address: str, size: Mapping[str, Any]) -> Document:
    measures = {"width": size["width"], "height": size["height"]}
    return {"id": address, "type": "Image", "format": size["media_type"], **measures}
