"""Why a family tree was not taken and what its relative can do, in the reader's language."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from memory_road.gedcom.container import OtherFormat
from memory_road.gedcom.refusal import RefusalCode, TreeRefused
from memory_road.web.counted import lazy_ngettext, said

HOW = _l("In your program choose “Export”, then “GEDCOM 5.5.1”, and “UTF-8” if it asks. Send us the file it makes.")

REFUSED: dict[RefusalCode, object] = {
    RefusalCode.EMPTY: _l("The file is empty."),
    RefusalCode.NOT_A_TREE: _l("It is not a family tree that we can read."),
    RefusalCode.TOO_LARGE: _l(
        "It is larger than we can read: at most %(limit)s MB without pictures. Export only your relative's branch."
    ),
    RefusalCode.TOO_MANY_PEOPLE: lazy_ngettext(
        "It names more than %(most)s person, more than we can read. Export only your relative's branch.",
        "It names more than %(most)s people, more than we can read. Export only your relative's branch.",
        by="most",
    ),
    RefusalCode.TOO_MANY_TO_OFFER: lazy_ngettext(
        "More than %(most)s person in it may have lived in the war: nobody could choose from so many. "
        "Export only your relative's branch.",
        "More than %(most)s people in it may have lived in the war: nobody could choose from so many. "
        "Export only your relative's branch.",
        by="most",
    ),
    RefusalCode.DAMAGED: _l("The archive is damaged. Please make it once more, or send the GEDCOM file in it alone."),
    RefusalCode.LOCKED: _l("The archive has a password. Please make one without, or send the GEDCOM file in it alone."),
    RefusalCode.NO_TREE_INSIDE: _l("There is no GEDCOM file in this archive: its name would end with “.ged”."),
    RefusalCode.SEVERAL_TREES: _l("There are several GEDCOM files in this archive. Please send the right one alone."),
    RefusalCode.TOO_DEMANDING: _l("Reading it takes too long. Export only your relative's branch."),
}
"""The file is named before each, and ``HOW`` stands behind all."""

OTHERS: dict[str, object] = {
    OtherFormat.PACKED: _l("It is an archive of a kind that we cannot open. Please unpack it and send what is in it."),
    OtherFormat.PICTURE: _l("It is a picture. Please add it to the photographs in the form."),
    OtherFormat.DOCUMENT: _l("It is a document. We can read only what a family-tree program exports."),
    OtherFormat.OWN: _l("It is a file that a program keeps for itself."),
}

TREE_NOTICES: dict[str, object] = {
    "tree_taken": _l(
        "The form is filled with what your family tree says. Please read it through and add what is missing."
    ),
    "tree_without_portrait": _l(
        "The form is filled with what your family tree says. Its picture could not be taken: please add it here."
    ),
    "tree_gone": _l("Your family tree is no longer here: we keep it for an hour at most. Please send it once more."),
    "tree_forgotten": _l("Your family tree is removed."),
}
"""What is said after a redirect, beside ``sentences.NOTICES``."""


def tree_sentence(refused: TreeRefused, file_name: str) -> str:
    """The whole answer to the relative."""
    if refused.code is RefusalCode.OTHER_FORMAT:
        why = str(OTHERS[str(refused.values["format"])])
    else:
        why = said(REFUSED[refused.code], refused.values)
    return gettext("“%(file_name)s” was not taken.", file_name=file_name) + f" {why} {HOW}"


def nobody_sentence(file_name: str) -> str:
    """The file was read, and there is nobody to choose."""
    return gettext(
        "We have read “%(file_name)s”. There is nobody in it whose years fit the war: born between 1860 and 1936, and "
        "not dead before 1939. Please check the dates in your program, or fill in the form by hand.",
        file_name=file_name,
    )


def reader_unavailable_sentence(file_name: str) -> str:
    """What to do when the machine, not the file, is at fault."""
    return gettext(
        "“%(file_name)s” could not be read just now: the fault is ours. Please send it again in a few minutes.",
        file_name=file_name,
    )
