"""What people ask about published entries: visitors report a problem, contributors ask for a takedown."""
