"""How much one family tree may ask of the machine. No setting: no honest file comes near."""

MEBIBYTE = 1024 * 1024

MOST_BYTES = 50 * MEBIBYTE
"""Of the tree itself, unpacked: about half a million people as most programs write them."""
MOST_PEOPLE = 200_000
MOST_OFFERED = 20_000
"""Of those who may have lived in the war: no relative looks through more of them."""
MOST_DEPTH = 99
"""Levels below a record, as many as the standards can count."""
LONGEST_VALUE = 50_000
"""Characters of one value with all its continued lines; a story of ours holds 20,000."""
MOST_MEMBERS = 100_000
"""Files in an archive."""
MOST_PICTURE_BYTES = 200 * MEBIBYTE
MOST_PICTURES_BYTES = 300 * MEBIBYTE
"""Of all portraits that are taken out of one archive."""
LONGEST_STORY = 20_000
"""Characters of all notes about one person: what a story of ours holds."""
MOST_ANSWER_CHARACTERS = 32 * MEBIBYTE
"""Of what is said of all people who are offered: one note of a file may belong to every person in it."""
MEMORY_BYTES = 1_000_000_000
SECONDS = 60
"""Of processor time. Two hundred thousand people take a third of it."""
SECONDS_TO_WAIT = 100
"""By the clock: the machine has other work."""
