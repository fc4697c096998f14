"""A desk at which much waits: made-up contributions, entries that are published already, and requests about them."""

import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from tqdm import tqdm

from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant, ParticipantCategory, ParticipantName
from memory_road.cases import Case, CaseCategory
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, DecisionHead
from memory_road.contributions.namesake import ContributionNamesake
from memory_road.facts.names import NAME_FIELDS, fold
from memory_road.facts.vocabulary import Category
from memory_road.identifier import ALPHABET, LENGTH
from memory_road.namesakes import namesake_values
from memory_road.requests.entry_request import EntryRequest

CHUNK = 5000
EACH_ENTRY = 10
"""For so many waiting cases there is an entry, and a request about it that waits."""
LETTERS = "бвгдзклмнпрст"
VOWELS = "аеиоуя"
Row = tuple[str, int, datetime, dict[str, Any]]
"""An id, a number, the moment since when it waits, and facts."""


def identifier(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def facts_of(draw: random.Random) -> dict[str, Any]:
    """Somebody who is made up, with a story of usual length."""

    def name(end: str) -> str:
        return "".join(draw.choice(LETTERS) + draw.choice(VOWELS) for _ in range(3)).capitalize() + end

    return {
        "surname": name("нов"),
        "given_name": name("р"),
        "patronymic": name("рович"),
        "birth_date": str(draw.randrange(1890, 1926)),
        "birth_country": draw.choice(("RU", "BY", "KZ", "AM", "KG", "TJ")),
        "categories": [draw.choice(list(Category)).value],
        "fate": "survived",
        "living": "no",
        "biography": "Он вернулся домой осенью и долго не рассказывал ничего. " * draw.randrange(1, 40),
    }


def fill(connection: Connection, number: int, email: str, seed: int) -> list[str]:
    """Let ``number`` made-up contributions of one sender wait, and some requests; returns the contributions' ids, the
    oldest first."""
    draw, begin = random.Random(seed), datetime(2026, 1, 1, tzinfo=UTC)
    sender = connection.execute(select(Account.id).where(Account.email == email)).scalar_one()
    made = [identifier(each) for each in range(number)]
    with tqdm(total=number, desc="Cases", unit="", file=sys.stderr) as bar:
        for first in range(0, number, CHUNK):
            rows = [
                (made[place], place, begin + timedelta(seconds=place), facts_of(draw))
                for place in range(first, min(first + CHUNK, number))
            ]
            _insert(connection, rows, sender)
            _ask(connection, rows[::EACH_ENTRY])
            bar.update(len(rows))
    last = connection.scalar(select(func.max(Decision.number)))
    connection.execute(update(DecisionHead).values(number=last, hash=f"{last:064}"))
    return made


def _insert(connection: Connection, rows: Sequence[Row], sender: int) -> None:
    def table(model: type[Any], values: list[dict[str, Any]]) -> None:
        connection.execute(insert(model), values)

    language = {place: "ru" if place % 3 else "en" for _, place, _, _ in rows}
    table(
        Contribution,
        [
            {
                "id": each,
                "sender_id": sender,
                "form_key": each,
                "state": "submitted",
                "language": language[place],
                "typed": facts,
                "facts": facts,
                "none_survives": True,
                "permitted_at": at,
                "submitted_at": at,
            }
            for each, place, at, facts in rows
        ],
    )
    table(
        Case,
        [
            {
                "id": each,
                "kind": "entry",
                "language": language[place],
                "country": facts["birth_country"],
                "since": at,
                "flagged": place % 50 == 0,
                "sender_id": sender,
            }
            for each, place, at, facts in rows
        ],
    )
    table(
        CaseCategory,
        [
            {"case_id": each, "category": category, "since": at}
            for each, _, at, facts in rows
            for category in facts["categories"]
        ],
    )
    names = [{"contribution_id": each, **values} for each, _, _, facts in rows for values in namesake_values(facts)]
    table(ContributionNamesake, names)
    moves = (("start", None, "draft"), ("submit", "draft", "submitted"))
    table(
        Decision,
        [
            {
                "number": 2 * place + step + 1,
                "contribution_id": each,
                "actor_id": sender,
                "move": move,
                "from_state": left,
                "to_state": entered,
                "words_digest": "",
                "made_at": at,
                "previous_hash": f"{2 * place + step:064}",
                "hash": f"{2 * place + step + 1:064}",
            }
            for each, place, at, _ in rows
            for step, (move, left, entered) in enumerate(moves)
        ],
    )


def _ask(connection: Connection, rows: Sequence[Row]) -> None:
    """Publish an entry of the same facts under each id, and let a visitor report it."""
    shown = [{name: value for name, value in facts.items() if name != "living"} for *_, facts in rows]
    entries = [
        {"id": each, "facts": facts, "language": "ru", "published_at": at, "updated_at": at}
        for (each, _, at, _), facts in zip(rows, shown, strict=True)
    ]
    connection.execute(insert(Participant), entries)
    words = [
        {"participant_id": entry["id"], "word": word}
        for entry in entries
        for word in sorted({word for name in NAME_FIELDS for word in fold(entry["facts"].get(name, ""))})
    ]
    connection.execute(insert(ParticipantName), words)
    kinds = [
        {"participant_id": entry["id"], "category": category, "published_at": entry["published_at"]}
        for entry in entries
        for category in entry["facts"]["categories"]
    ]
    connection.execute(insert(ParticipantCategory), kinds)
    asked = [
        {
            "id": f"z{entry['id'][1:]}",
            "participant_id": entry["id"],
            "kind": "report",
            "ground": "other",
            "words": "Is this my uncle?",
            "language": "en",
            "made_at": entry["published_at"],
        }
        for entry in entries
    ]
    connection.execute(insert(EntryRequest), asked)
    cases = [
        {
            "id": each["id"],
            "kind": "report",
            "language": "ru",
            "country": entry["facts"]["birth_country"],
            "since": each["made_at"],
            "flagged": False,
        }
        for each, entry in zip(asked, entries, strict=True)
    ]
    connection.execute(insert(Case), cases)
