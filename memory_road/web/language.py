"""The language of a page is the first part of its address."""

from typing import Any

from flask import Flask, abort, g, request
from flask_babel import Babel, get_translations, gettext

from memory_road.config import Settings
from memory_road.web.edge import parts

NAMES = {
    "ru": "Русский",
    "en": "English",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "be": "Беларуская",
    "tg": "Тоҷикӣ",
    "hy": "Հայերեն",
}
"""Languages as their own readers call them."""


def language() -> str:
    """The language of the present request."""
    return str(g.language)


def site_name() -> str:
    """What the site is called, in that language unless the operator has named it."""
    return parts().settings.site_name or gettext("Memory Road")


def _catalogue() -> Any:
    # Found once for all the texts of a page: to find it takes longer than to look one of them up.
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def install(app: Flask, settings: Settings) -> None:
    """Read the language from the address, write it into every address, and translate."""
    offered = settings.languages

    @app.url_value_preprocessor
    def read_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.language = request.accept_languages.best_match(offered, offered[0])
        g.asks_for_language = True
        if values is None or "lang" not in values:
            # An error page under an address with a language speaks that language.
            first = request.path.split("/", 2)[1]
            if first in offered:
                g.language, g.asks_for_language = first, False
            return
        asked = values.pop("lang")
        if asked not in offered:
            abort(404)
        g.language, g.asks_for_language = asked, False

    @app.url_defaults
    def write_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("language", offered[0])

    Babel(app, default_locale=offered[0], locale_selector=lambda: g.get("language", offered[0]))
    app.jinja_env.install_gettext_callables(  # pyright: ignore[reportAttributeAccessIssue] -- of the extension that Babel adds
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, several, number: _catalogue().ungettext(one, several, number),
        pgettext=lambda context, text: _catalogue().upgettext(context, text),
        newstyle=True,
    )
    app.jinja_env.globals["languages"] = {code: NAMES[code] for code in offered}
    app.jinja_env.globals["language"] = language
