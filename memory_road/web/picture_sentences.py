"""Why a picture was not taken, what speaks against one that is, and what to do, in the reader's language."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from memory_road.media.formats import Unsupported
from memory_road.media.quality import Concern
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.web.counted import lazy_ngettext, said

PICTURES: dict[RefusalCode, object] = {
    RefusalCode.EMPTY: _l("The file is empty. Please choose it again, or another copy of it."),
    RefusalCode.NOT_A_PICTURE: _l("It is not a picture. Please choose a photograph or a scan, for example a JPEG."),
    RefusalCode.TOO_MANY_BYTES: _l(
        "It is %(megabytes)s MB; the limit is %(limit)s MB. Please save it as JPEG or scan it at 600 dpi."
    ),
    RefusalCode.TOO_MANY_PIXELS: lazy_ngettext(
        "It has %(megapixels)s megapixel; the limit is %(limit)s. Please scan it at a lower resolution.",
        "It has %(megapixels)s megapixels; the limit is %(limit)s. Please scan it at a lower resolution.",
        by="megapixels",
    ),
    RefusalCode.DAMAGED: _l("The file is damaged. Please copy it once more from the phone or scan it again."),
    RefusalCode.TOO_DEMANDING: _l(
        "It is too large to be opened here. Please save it as an ordinary JPEG, or make it smaller, and send that."
    ),
}

UNSUPPORTED: dict[str, object] = {
    Unsupported.PDF: _l("It is a PDF. Please make a photograph of the page, or save the page as JPEG."),
    Unsupported.DOCUMENT: _l("It is a document or an archive. Please take the pictures out and send them one by one."),
    Unsupported.RAW: _l("It is a camera's raw file. Please export it as JPEG."),
    Unsupported.VIDEO: _l("It is a video. Please send a single frame from it."),
}
OTHER_UNSUPPORTED = _l("%(format)s files cannot be used here. Please save it as JPEG or PNG and send that.")

CONCERNS: dict[Concern, object] = {
    Concern.INCOMPLETE: _l("A part of this picture, %(undecoded)s %%, could not be read: the file is not whole."),
    Concern.SMALL: lazy_ngettext(
        "This picture is small: %(width)s × %(height)s pixel.",
        "This picture is small: %(width)s × %(height)s pixels.",
        by="height",
    ),
    Concern.OVERCOMPRESSED: _l("This picture has lost details, as it happens when a messenger passes it on."),
}
TAKEN_ALL_THE_SAME = _l("It is taken all the same. If you have a better copy, please send that too.")


def picture_sentence(refusal: PictureRefused, file_name: str) -> str:
    """Why a picture was not taken and what the family can do."""
    if refusal.code is RefusalCode.UNSUPPORTED:
        values = {"format": str(refusal.values["format"]).upper().replace("_", " ")}
        sentence = str(UNSUPPORTED.get(str(refusal.values["format"]), OTHER_UNSUPPORTED)) % values
    else:
        sentence = said(PICTURES[refusal.code], refusal.values)
    return gettext("“%(file_name)s” was not taken.", file_name=file_name) + " " + sentence


def concern_sentence(concern: Concern, width: int, height: int, undecoded: int) -> str:
    """What speaks against a picture that is taken, told to its sender; sizes in pixels, ``undecoded`` in percent."""
    values = {"width": width, "height": height, "undecoded": undecoded}
    return said(CONCERNS[concern], values) + " " + str(TAKEN_ALL_THE_SAME)


def unavailable_sentence(file_name: str) -> str:
    """What to do when the machine, not the picture, is at fault."""
    return gettext(
        "“%(file_name)s” could not be looked at just now: the fault is ours. Please send it again in a few minutes.",
        file_name=file_name,
    )
