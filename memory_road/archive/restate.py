"""Give an entry its facts, and the rows that are made of them, by which it is found."""

from memory_road.archive.key_names import key_names
from memory_road.archive.participant import LONGEST_WORD, Participant, ParticipantCategory, ParticipantName
from memory_road.facts.document import Facts, terms_of, text_of
from memory_road.facts.names import NAME_FIELDS, fold


def restate(participant: Participant, facts: Facts) -> None:
    """Let the entry say ``facts``, which hold no private ones. Rows that it has already stay, so that none is deleted
    and inserted again in one transaction."""
    participant.facts, participant.gone_country = facts, None
    words = {word[:LONGEST_WORD] for name in NAME_FIELDS for word in fold(text_of(facts, name))}
    known = {name.word: name for name in participant.names}
    participant.names = [known.get(word) or ParticipantName(word=word) for word in sorted(words)]
    kinds = {kind.category: kind for kind in participant.categories}
    participant.categories = [
        kinds.get(term) or ParticipantCategory(category=term, published_at=participant.published_at)
        for term in terms_of(facts, "categories")
    ]
    key_names(participant)


def say_nothing(participant: Participant) -> None:
    """Let an entry that is gone say nothing. Only its country stays, so that the same moderators decide about it."""
    country = text_of(participant.facts, "birth_country")
    restate(participant, {})
    participant.gone_country = country or None
