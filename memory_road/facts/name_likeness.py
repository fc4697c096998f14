"""How near two spellings of a name are, once their keys have met: Верещагин and Wereschtschagin are one name, while
Петров and Бодров have one key and are two names."""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from memory_road.facts.name_costs import EXCHANGED, LEFT_OUT
from memory_road.facts.name_sound import without_woman
from memory_road.facts.name_words import Word, words_of

LEAST = 0.6
"""What is further off is another name."""
SAME_NAME = 0.75
"""What is as like as this is the same name in another spelling."""
SAME_NAME_APART = 0.85
"""What is as like as this to several words, put together, is one name with them: less would do for names with a hyphen,
but every Петровна is as like to Петров Иван."""
MOST_COMPARED = 64
"""So many are worth to be judged, of however many have met."""
WHOLE = 1
"""So many signs fewer lie between two words that have a whole key in common, for the choice of these."""
LONGER = 10_000
"""Longer than any sound."""
WOMAN = 0.8
"""What it costs that one has a woman's ending and the other has not, as with Novák and Nováková."""
BOTH_WOMEN = 0.4
FIRST = 0.1
"""So much dearer it is to leave out the first sign of a word."""
SWAPPED = 0.5
"""What it costs that two signs beside each other have changed places."""
SPELLING = 0.05
"""The share of the spelling in the likeness: of names that sound alike the one that is written so comes first."""

COST = {
    pair[turn] + pair[1 - turn]: cost for cost, pairs in EXCHANGED.items() for pair in pairs.split() for turn in (0, 1)
}
LEAVING_OUT = {sign: cost for cost, signs in LEFT_OUT.items() for sign in signs}


def nearest(heard: str, whole: Mapping[str, str], mistyped: Mapping[str, str]) -> list[str]:
    """Of words by their sounds the keys of those that are worth to be judged, in no order: of those that ``whole`` keys
    have found, and of those that keys with a sign left out have."""
    found = [
        (signs - nearer, key)
        for sounds, nearer in ((mistyped, 0), (whole, WHOLE))
        for _, signs, key in process.extract(heard, sounds, scorer=OSA.distance, limit=MOST_COMPARED, processor=None)
    ]
    return list(dict.fromkeys(key for _, key in sorted(found)))[:MOST_COMPARED]


def rank(asked: Word, candidates: Sequence[Word]) -> list[tuple[Word, float]]:
    """Those of ``candidates`` that may be what was asked for, the nearest first, each with its likeness: about 1 for
    the same name, ``LEAST`` for the least like."""
    heard = [
        (candidates[number], 1 - cost / max(len(asked.sound), len(candidates[number].sound), 1))
        for number, cost in _costs(asked.sound, [word.sound for word in candidates]).items()
    ]
    heard.sort(key=_likeness, reverse=True)
    ranked = [
        (word, like - SPELLING * Levenshtein.normalized_distance(asked.word, word.word))
        for word, like in heard
        if like >= LEAST
    ]
    ranked.sort(key=_likeness, reverse=True)
    return ranked


def nearness(first: str, second: str) -> float:
    """How near the nearest words of two names are: 1 for the same name, 0 for names without a sound in common."""
    return max((_near(a.sound, b.sound) for a in words_of(first) for b in words_of(second)), default=0.0)


def _near(first: str, second: str) -> float:
    cost = _costs(first, [second], 1.0).get(0)
    return max(0.0, 1 - cost / max(len(first), len(second), 1)) if cost is not None else 0.0


def _likeness(ranked: tuple[Word, float]) -> float:
    return ranked[1]


def _costs(asked: str, sounds: Sequence[str], most: float = 1 - LEAST) -> dict[int, float]:
    """What it costs to make each of ``sounds`` from ``asked``, by its number, where it is at most about the share
    ``most`` of the length. Of a woman's name the father's or husband's counts, too: being the beginning of hers it
    stands in the same table, and so do both of theirs."""
    width, stem = len(asked), len(without_woman(asked))
    limit = most * width + 0.5
    found: dict[int, float] = {}
    for number, rows in _tables(asked, sounds, limit):
        length = len(sounds[number])
        other_stem = len(without_woman(sounds[number]))
        ends = [(length, width, 0.0), (other_stem, width, WOMAN), (length, stem, WOMAN), (other_stem, stem, BOTH_WOMEN)]
        costs = [rows[row][column] + more for row, column, more in ends if row and column and row < len(rows)]
        if costs and (cost := min(costs)) <= limit:
            found[number] = cost
    return found


def _tables(asked: str, sounds: Sequence[str], limit: float) -> Iterator[tuple[int, list[list[float]]]]:
    """For each of ``sounds`` what it costs to exchange signs, leave them out and swap neighbours until the one sound is
    the other (Wagner and Fischer; Damerau): a row for each number of its signs from the first, in it a cost for each
    number of those of ``asked``. In the order of the alphabet, so that what begins alike is compared once, and given up
    once it is dearer than ``limit``: then the last rows are missing. A table is good until the next one is asked
    for."""
    leaving = [LEAVING_OUT.get(sign, 1.0) + (0.0 if place else FIRST) for place, sign in enumerate(asked)]
    row = [0.0]
    for cost in leaving:
        row.append(row[-1] + cost)
    known: dict[str, tuple[float, list[tuple[float, float]]]] = {}
    rows, before, given_up = [row], "", LONGER
    for number, sound in sorted(enumerate(sounds), key=_sound):
        same = 0
        for sign, other in zip(sound, before, strict=False):
            if sign != other:
                break
            same += 1
        before = sound
        if same < given_up:
            given_up = LONGER
            del rows[same + 1 :]
            for place in range(same, len(sound)):
                sign, above = sound[place], rows[-1]
                costs = known.get(sign)
                if costs is None:
                    exchanging = [0.0 if sign == other else COST.get(sign + other, 1.0) for other in asked]
                    costs = known[sign] = (LEAVING_OUT.get(sign, 1.0), list(zip(exchanging, leaving, strict=True)))
                here, pairs = costs
                row, least = _row(above, here if place else here + FIRST, pairs)
                if place and (swapped := asked.find(sign + sound[place - 1])) >= 0:
                    _swap(row, rows[-2][swapped] + SWAPPED, swapped + 2, leaving)
                rows.append(row)
                if least > limit:
                    given_up = place + 1
                    break
        yield number, rows


def _row(above: list[float], here: float, pairs: list[tuple[float, float]]) -> tuple[list[float], float]:
    """The next row of the table, and the least in it."""
    diagonal = above[0]
    last = least = diagonal + here
    row = [last]
    for (exchanged, left), up in zip(pairs, above[1:], strict=True):
        cost, diagonal = diagonal + exchanged, up
        if up + here < cost:
            cost = up + here
        if last + left < cost:
            cost = last + left
        row.append(cost)
        last = cost
        if cost < least:
            least = cost
    return row, least


def _swap(row: list[float], cost: float, place: int, leaving: list[float]) -> None:
    """Let what was swapped cost no more than ``cost``, and what stands behind it no more than leaving it out then."""
    while place < len(row) and cost < row[place]:
        row[place] = cost
        cost += leaving[place] if place < len(leaving) else 0.0
        place += 1


def _sound(numbered: tuple[int, str]) -> str:
    return numbered[1]
