"""Sentences about what becomes of published entries, for the desk."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from memory_road.requests.entry_refusal import EntryRefusal

ENTRY_REFUSALS: dict[EntryRefusal, object] = {
    EntryRefusal.GONE_ALREADY: _l("This entry is not shown any more. Here is how it stands now."),
    EntryRefusal.NOT_GONE: _l("This entry is not taken down. Here is how it stands now."),
    EntryRefusal.CHANGED: _l("The entry was changed in the meantime. Here is how it stands now."),
    EntryRefusal.REASON_MISSING: _l("Please choose the reason: visitors will read it."),
    EntryRefusal.NOTE_MISSING: _l("Please write down why, for other moderators. One sentence is enough."),
    EntryRefusal.FROZEN_ALREADY: _l("This entry is frozen already. Here is how it stands now."),
    EntryRefusal.NOT_FROZEN: _l("This entry is not frozen. Here is how it stands now."),
}

FIELD_OF_ENTRY: dict[StrEnum, str] = {
    EntryRefusal.REASON_MISSING: "reason",
    EntryRefusal.NOTE_MISSING: "note",
}
"""At which field of a form a sentence stands."""

ENTRY_NOTICES: dict[str, object] = {
    "entry_taken_down": _l("The entry is taken down. Whoever has its care is told by letter."),
    "entry_restored": _l("The entry is shown again."),
    "entry_frozen": _l("The entry is frozen: corrections wait."),
    "entry_unfrozen": _l("The entry is no longer frozen."),
}
