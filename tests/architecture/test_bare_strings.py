"""No template says anything that is not marked for translation."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

PACKAGE = Path(__file__).parents[2] / "memory_road"
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file())
TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
READ_ALOUD = {
    "alt",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "label",
    "placeholder",
    "summary",
    "title",
}
"""Attributes that are shown or read aloud. The value of a button is one too: see below."""
SENTENCE = re.compile(r"[A-Z][a-z’']+([ ,.!?].*)?", re.DOTALL)
"""A constant that is handed to a macro and looks as if it were to be read."""
IN_ADDRESSES = re.compile(r"(?:/[a-z]+)+/?")

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 -- it renders nothing

ALLOWED = {
    ("web/templates/fields.html", 'aria-describedby="-error -hint -understood" aria-invalid="true"'): (
        "a macro that writes attributes into a tag"
    ),
    ("web/moderate/templates/moderate/keys.html", "Ctrl Enter"): "what stands on the keys",
    ("web/gallery/templates/gallery/linked.html", "IIIF"): "the name of a standard",
}
"""What may stand untranslated in a template, and why."""


def parts(node: nodes.Node) -> Iterator[str]:
    """The text of a template in its order: what stands there, and of expressions the constants that they can say."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Output):
        for child in node.nodes:
            yield from parts(child) if isinstance(child, nodes.TemplateData) else said(child)
    elif not isinstance(node, nodes.Expr):
        for child in node.iter_child_nodes():
            yield from parts(child)


def said(node: nodes.Node) -> Iterator[str]:
    """The constants that an expression can come to. What it hands to a function, or looks up, is not said."""
    match node:
        case nodes.Const():
            yield str(node.value)
        case nodes.CondExpr():
            yield from said(node.expr1)
            yield from said(node.expr2) if node.expr2 else ()
        case nodes.Concat() | nodes.Add() | nodes.Or() | nodes.And():
            for child in node.iter_child_nodes():
                yield from said(child)
        case nodes.Filter():
            yield from said(node.node) if node.node else ()
            for given in node.args if node.name in {"default", "d", "join"} else ():
                yield from said(given)
        case _:
            pass


def handed_over(node: nodes.Node) -> Iterator[str]:
    """Constants that look like words for readers, wherever they stand in an expression that does not translate."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATING:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and SENTENCE.fullmatch(node.value):
        yield node.value
    for child in node.iter_child_nodes():
        yield from handed_over(child)


class Reader(HTMLParser):
    """Collects what a page's readers see or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.is_code = tag in {"script", "style"}
        is_button = tag == "input" and given.get("type") in {"submit", "button", "reset"}
        shown = READ_ALOUD | ({"value"} if is_button else set())
        self.found += [value for name, value in attrs if name in shown and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.found.append(data)


def bare_strings(template: str, *, is_html: bool) -> list[str]:
    """Every text with a letter in it that a template says untranslated."""
    tree = ENVIRONMENT.parse(template)
    text = "".join(parts(tree))
    if is_html:
        reader = Reader()
        reader.feed(text)
        reader.close()
        found = reader.found
    else:
        found = IN_ADDRESSES.sub("", text).splitlines()
    found = [*found, *handed_over(tree)]
    return sorted({" ".join(text.split()) for text in found if any(letter.isalpha() for letter in text)})


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    found = bare_strings(path.read_text(encoding="utf-8"), is_html=path.suffix == ".html")
    assert [text for text in found if (name, text) not in ALLOWED] == []


def test_what_is_allowed_is_still_there() -> None:
    for name, text in ALLOWED:
        template = PACKAGE / name
        assert text in bare_strings(template.read_text(encoding="utf-8"), is_html=template.suffix == ".html")


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ _('Hello') }} · 12 × {{ name }}</p>", []),
        ("<p>{% trans %}Hello{% endtrans %}</p>", []),
        ("<p>{{ 'yes' if it else 'no' }}</p>", ["yesno"]),
        ("<a title='Here' href='/there' class=\"{{ 'open' if it }}\"></a>", ["Here"]),
        ("<input type=submit value=Send><input name=city value=Omsk>", ["Send"]),
        ("{{ button('Send it') }}{{ url_for('my.list', lang='ru') }}", ["Send it"]),
        ("{{ name|default('nobody') }}", ["nobody"]),
        ("<script>let words</script><style>p {}</style>", []),
    ],
)
def test_a_bare_string_is_found_where_it_hides(template: str, found: list[str]) -> None:
    assert bare_strings(template, is_html=True) == found


def test_a_letter_may_hold_addresses_and_nothing_else() -> None:
    letter = "{{ home }}/p/{{ entry }}\n{% trans %}Thank you.{% endtrans %}\n{{ say('Good bye') }}\nYours"
    assert bare_strings(letter, is_html=False) == ["Good bye", "Yours"]
