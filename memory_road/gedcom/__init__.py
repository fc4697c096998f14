"""Family-tree files as genealogy programs write them (GEDCOM 5.5, 5.5.1 and 7.0, GEDZip): who in them may have lived
in the war, and what is said of each. Knows no database; works in a process of its own (``process.py``)."""
