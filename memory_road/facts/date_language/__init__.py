"""Dates in the words of one language.

``language.py`` says what a language's table holds; ``russian.py`` and ``english.py`` are such tables and a further
language is one more of them, listed in ``languages.py``. ``spelling.py`` evens out how something was typed,
``patterns.py`` makes regular expressions of a table's sentence patterns, ``piece.py`` reads one date, ``phrase.py`` a
whole sentence of them, ``speech.py`` says a date. Nothing in these names a language.
"""
