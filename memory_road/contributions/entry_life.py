"""What can become of a published entry: the words in which the log speaks of it. No database."""

from enum import StrEnum


class EntryState(StrEnum):
    PUBLISHED = "published"
    FROZEN = "frozen"
    TAKEN_DOWN = "taken_down"
    MERGED = "merged"


class EntryMove(StrEnum):
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    REPLACE_PORTRAIT = "replace_portrait"
    TAKE_DOWN = "take_down"
    RESTORE = "restore"
    MERGE = "merge"
    UNMERGE = "unmerge"
    TELL_APART = "tell_apart"
    PROPOSE = "propose"  # where two are needed, the first says what is to be done
    DECLINE = "decline"  # and the second will not have it
