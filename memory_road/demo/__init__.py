"""The demonstration: invented people with portraits drawn by the program, in a portal that starts by itself."""
