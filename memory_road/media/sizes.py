"""Which sizes are made of a picture: pure arithmetic on upright widths and heights in pixels."""

WIDTHS = (320, 640, 1280, 2000)
"""Widths of the published WebP files, smallest first."""

SHARE_LONG_SIDE = 1280
"""Longer side of the JPEG that is given to other sites."""

PREVIEW_LONG_SIDE = 480
"""Longer side of the preview that the sender sees."""

LONGEST_SIDE = 16_383
"""WebP can hold no longer side (RFC 9649, section 2.6)."""

Size = tuple[int, int]


def within(width: int, height: int, long_side: int) -> Size:
    """Give the size whose longer side is at most `long_side`, in the same proportions, never enlarged."""
    longer = max(width, height)
    if longer <= long_side:
        return width, height
    return max(1, round(width * long_side / longer)), max(1, round(height * long_side / longer))


def published(width: int, height: int) -> list[Size]:
    """Give the sizes to publish, smallest first: every width of `WIDTHS` that does not enlarge the picture.

    A picture narrower than the largest of `WIDTHS` is also made at its own width, so that the best that there is can
    always be had. A picture too tall for WebP is made narrower, until its height fits `LONGEST_SIDE`.
    """
    widest = min(width, WIDTHS[-1], max(1, LONGEST_SIDE * width // height))
    widths = [each for each in WIDTHS if each < widest] + [widest]
    return [(each, min(LONGEST_SIDE, max(1, round(height * each / width)))) for each in widths]
