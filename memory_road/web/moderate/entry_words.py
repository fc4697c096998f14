"""How the desk speaks of what has become of entries."""

from flask_babel import lazy_gettext as _l

from memory_road.contributions.entry_life import EntryMove, EntryState
from memory_road.moderation.proposal import ProposedMove

ENTRY_STATES: dict[EntryState, object] = {
    EntryState.PUBLISHED: _l("Visitors see this entry."),
    EntryState.FROZEN: _l("Visitors see this entry. It is frozen: corrections wait."),
    EntryState.TAKEN_DOWN: _l("This entry is taken down. At its address stands a page without a name."),
    EntryState.MERGED: _l("This entry has become part of another one, to which its address leads."),
}

ENTRY_MOVES: dict[EntryMove, object] = {
    EntryMove.FREEZE: _l("Frozen"),
    EntryMove.UNFREEZE: _l("No longer frozen"),
    EntryMove.REPLACE_PORTRAIT: _l("Portrait replaced"),
    EntryMove.TAKE_DOWN: _l("Taken down"),
    EntryMove.RESTORE: _l("Shown again"),
    EntryMove.MERGE: _l("Merged with another entry"),
    EntryMove.UNMERGE: _l("Merge undone"),
    EntryMove.TELL_APART: _l("Told apart from another entry"),
    EntryMove.PROPOSE: _l("Proposed"),
    EntryMove.DECLINE: _l("Proposal declined"),
}

PROPOSED: dict[ProposedMove, object] = {
    ProposedMove.TAKE_DOWN: _l("Take the entry down"),
    ProposedMove.MERGE: _l("Merge another entry into this one"),
    ProposedMove.REPLACE_PORTRAIT: _l("Replace the portrait with this picture"),
}
