"""Words with one letter for each sound, whoever wrote them."""

import re

LONGEST_COMPARED = 40
"""Letters of a word: comparing two words takes the product of their lengths."""

# One letter for each sound, whoever wrote it; the vowels too, but roughly.
ONE_LETTER = tuple(
    (re.compile(letters), letter)
    for letters, letter in (
        (r"schtsch|shtsh|stsch|shtch|shch|szcz", "x"),
        (r"tsch|tch|tsh|ch|cz", "c"),
        (r"dsch|ddzh|dzh|dj|zh|j(?=[aou])", "z"),
        (r"sch|sh|sz", "s"),
        (r"tz|ts", "c"),
        (r"kh|gh|h", "g"),
        (r"ck|q", "k"),
        (r"ph|w|f", "v"),
        (r"th", "t"),
        (r"(?<=ov|ev|in)a\Z|(?<=sk)(aya|aia|aja|a|iy|ij|yj|ii|y|i)\Z", ""),  # a surname of women, and of men
        (r"[iyj]+(?=[aeiou])|(?<=[aeou])[iyj]\Z", ""),
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def soundlike(word: str) -> str:
    """A word of plain Latin letters with one letter for each sound."""
    for letters, letter in ONE_LETTER:
        word = letters.sub(letter, word)
    return word[:LONGEST_COMPARED]
