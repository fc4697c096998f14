"""Pages that only the demonstration has."""
