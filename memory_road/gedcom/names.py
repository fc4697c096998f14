"""Somebody's names, by the habits of the programs that write them.

The standard has one NAME with the surname between slashes. Maiden and married names come as further NAMEs with a TYPE,
as a line of its own below the name (MyHeritage, GEDKeeper), or in brackets behind the surname (Agelong Tree and much of
what is written in Russian); patronymics as a line of their own, or as a part of the given name.
"""

import re
from dataclasses import dataclass

from memory_road.facts.read import plain_name
from memory_road.gedcom.line import Node
from memory_road.gedcom.patronymic import split_full_name, split_patronymic

PATRONYMIC = ("_PATR", "_PATN", "_PATRONYM", "_PATRONYMIC")
MARRIED = ("_MARNM", "_MARN", "_MARNAME", "_MARRNM", "_MARRIED", "_MAR")
UNKNOWN = frozenset({"NN", "N N", "UNKNOWN", "UNKN", "НЕИЗВЕСТНО", "НЕИЗВЕСТНА", "НЕИЗВЕСТЕН", "НЕИЗВ"})
BRACKETS = re.compile(r"(?P<now>[^()]*)\((?P<before>[^()\-][^()]*)\)\s*")


@dataclass(frozen=True, slots=True)
class Names:
    """As the fields of the form take them; each may be empty."""

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    former_surname: str = ""

    @property
    def full(self) -> str:
        """Surname first."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


def read_names(person: Node, sex: str) -> Names:
    """The names of a person's record; ``sex`` is "female", "male" or empty."""
    written = list(person.all("NAME"))
    of_type = {node.text("TYPE").upper(): node for node in reversed(written)}
    born = of_type.get("BIRTH") or of_type.get("MAIDEN")
    main = next((node for node in written if node.text("TYPE").upper() in {"", "BIRTH", "MAIDEN", "MARRIED"}), None)
    main = main or (written[0] if written else Node("NAME"))
    surname, given, patronymic = _parts(main, sex)
    surname, former = _without_brackets(surname)
    married = _married(of_type.get("MARRIED"), sex) or known(main.text(*MARRIED) or person.text(*MARRIED))
    if born and born is not main:
        former = former or _parts(born, sex)[0]
    if married:
        former, surname = former or surname, _surname_alone(married, given)
    if not patronymic:
        given, patronymic = split_patronymic(given, sex) if surname else (given, "")
    former = "" if former.casefold() == surname.casefold() else former
    return Names(surname, given, patronymic, former)


def known(text: str) -> str:
    """``text`` on one line, empty where it only says that nothing is known."""
    name = plain_name(text.replace("_", " "))
    plain = " ".join(re.sub(r"\W", " ", name).upper().split())
    return "" if not plain or plain in UNKNOWN else name


def _parts(node: Node, sex: str) -> tuple[str, str, str]:
    """Surname, given name and patronymic of one NAME."""
    before, _, rest = node.value.partition("/")
    between, _, behind = rest.partition("/")
    surname = known(between) or known(node.text("SURN"))
    given = known(node.text("GIVN")) or known(_without_prefix(before, node.text("NPFX"))) or known(behind)
    patronymic = known(node.text(*PATRONYMIC))
    if patronymic:
        given = known(re.sub(rf"\b{re.escape(patronymic)}$", "", given))
    if not surname and not patronymic:
        return split_full_name(given, sex)
    return surname, given, patronymic


def _without_prefix(before: str, prefix: str) -> str:
    return before.strip().removeprefix(prefix).strip()


def _without_brackets(surname: str) -> tuple[str, str]:
    """The surname and, where it stands in brackets behind it, the former one. ("Daimler (-Benz)" is one name.)"""
    found = BRACKETS.fullmatch(surname)
    if found and len(found["before"].split()) <= 2:
        before = known(found["before"])
        return known(found["now"]) or before, before
    return surname, ""


def _married(node: Node | None, sex: str) -> str:
    return _parts(node, sex)[0] or known(node.value) if node else ""


def _surname_alone(married: str, given: str) -> str:
    """The married name without the given one: some programs write both."""
    if "/" in married:
        return known(married.split("/")[1])
    names = {name.casefold() for name in given.split()}
    rest = [word for word in married.split() if word.casefold() not in names]
    return " ".join(rest) or married
