"""How an entry can be gone from visitors' eyes, and what its empty place tells them."""

from enum import StrEnum

from memory_road.facts.vocabulary import Term, label


class Gone(StrEnum):
    TAKEN_DOWN = "taken_down"  # its address says so, without a name
    MERGED = "merged"  # its address leads to the entry that it became part of


class GoneReason(Term):
    """Why an entry was taken down, as everybody may read it."""

    FAMILY_WISH = "family_wish", label("The family wished it")
    LIVING_PERSON = "living_person", label("Somebody living was shown or named")
    RIGHTS = "rights", label("Its pictures or texts belong to somebody who did not permit it")
    WRONG_PERSON = "wrong_person", label("Two people were mixed up in it")
    NOT_A_PARTICIPANT = "not_a_participant", label("It was not about somebody who took part in the war")
    CHECKED = "checked", label("What it said did not hold when it was checked")
