"""Sentences about what becomes of published entries, for the desk."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from memory_road.requests.entry_refusal import EntryRefusal

ENTRY_REFUSALS: dict[EntryRefusal, object] = {
    EntryRefusal.GONE_ALREADY: _l(
        "This entry is not shown any more, and nothing of it can be changed. Its page at the desk says what became of "
        "it."
    ),
    EntryRefusal.NOT_GONE: _l("This entry is not taken down: there is nothing to show again."),
    EntryRefusal.CHANGED: _l("The entry was changed in the meantime. Please look at it again, then decide."),
    EntryRefusal.REASON_MISSING: _l("Please choose the reason: visitors will read it."),
    EntryRefusal.NOTE_MISSING: _l("Please write down why, for other moderators. One sentence is enough."),
    EntryRefusal.FROZEN_ALREADY: _l("This entry is frozen already: nothing more needs to be done."),
    EntryRefusal.NOT_FROZEN: _l("This entry is not frozen: nothing more needs to be done."),
    EntryRefusal.CHOICE_MISSING: _l("Please choose one of the answers wherever the two entries differ."),
    EntryRefusal.FACE_MISSING: _l("Please choose which portrait stands first."),
    EntryRefusal.TOO_MUCH: _l("Together this is more than one entry holds. Please choose one of the two somewhere."),
    EntryRefusal.CONTRADICTS: _l(
        "What was chosen contradicts itself, for example a death before the birth. Please choose otherwise."
    ),
    EntryRefusal.WAITS: _l(
        "Families disagree about one of the two entries, or it is frozen. Please settle that first."
    ),
    EntryRefusal.CHANGES_SOON: _l(
        "A change of one of the two was just approved. Please try again in a few minutes, when it is published."
    ),
    EntryRefusal.DIFFERENT_PEOPLE: _l(
        "It was found before that these are different people, so they stay two entries. Nothing needs to be done."
    ),
    EntryRefusal.NOT_MERGED: _l("This entry is not part of another one: there is no merge to undo."),
    EntryRefusal.KEPT_GONE: _l("The entry that it became part of is not shown any more. Please show that one first."),
    EntryRefusal.CHANGED_SINCE: _l(
        "The entry that it became part of was changed since, or another one was merged into it later. Undo that merge "
        "first. After another change it cannot be undone: please send corrections instead."
    ),
    EntryRefusal.PICTURE_MISSING: _l("Please choose another picture of this entry."),
    EntryRefusal.PROPOSED_ALREADY: _l(
        "The same is proposed already. Another moderator decides: you need do nothing more."
    ),
    EntryRefusal.PROPOSAL_OVER: _l(
        "This proposal was answered in the meantime. What came of it stands below: you need do nothing more."
    ),
    EntryRefusal.NO_OTHER: _l("There is no other entry with this number or address. Please compare it once more."),
}

FIELD_OF_ENTRY: dict[StrEnum, str] = {
    EntryRefusal.REASON_MISSING: "reason",
    EntryRefusal.NOTE_MISSING: "note",
    EntryRefusal.FACE_MISSING: "face",
    EntryRefusal.NO_OTHER: "number",
    EntryRefusal.PICTURE_MISSING: "picture",
}
"""At which field of a form a sentence stands."""

ENTRY_NOTICES: dict[str, object] = {
    "entry_taken_down": _l("The entry is taken down. Whoever has its care is told by letter."),
    "entries_merged": _l("The two are one entry now. Those who have their care are told by letter."),
    "entries_parted": _l("The merge is undone: both are entries of their own again."),
    "entries_apart": _l("Remembered: these are different people."),
    "entry_proposed": _l("Proposed. It happens when another moderator has carried it out."),
    "proposal_carried_out": _l("Carried out."),
    "proposal_declined": _l("Declined. The entry stays as it is."),
    "portrait_replaced": _l("The entry has another portrait now."),
    "entry_restored": _l("The entry is shown again."),
    "entry_frozen": _l("The entry is frozen: corrections wait."),
    "entry_unfrozen": _l("The entry is no longer frozen."),
}
