"""The archive for programs: the same reads as on visitors' pages, as JSON."""
