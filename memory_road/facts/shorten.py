"""Shorten what is told, where there is little room for it."""


def shorten(text: str, most: int) -> str:
    """``text`` with at most so many characters: cut behind a whole word, where there is one, and with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[:most]
    whole, _, rest = cut.rpartition(" ")
    return (whole or rest[: most - 1]).rstrip(" ,;:—-") + "…"
