"""Dates in the words of one language.

``language.py`` says what a language's table holds. ``russian.py`` is such a table; a further language is one more,
listed in ``languages.py``, and nothing else here names a language.

Reading, from the inside out: ``spelling.py`` evens out how something was typed, ``patterns.py`` makes regular
expressions of a table, ``figures.py`` reads 12.05.1942, ``one_date.py`` one date of a sentence, ``piece.py`` lets
neighbouring dates share a year, ``part_of.py`` knows what "early" means, ``phrase.py`` reads the whole answer.
Saying: ``speech.py`` a date, ``card.py`` the years of a life.
"""
