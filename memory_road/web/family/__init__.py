"""For signed-in relatives, after publication: their entries, and what they ask about them."""
