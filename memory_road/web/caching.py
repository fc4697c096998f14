"""How long browsers and caches may keep what everybody may see."""

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
