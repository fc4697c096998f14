"""The families around an entry: who has its care, who disagrees about it, and how its relatives find each other."""
