"""Who somebody is and what they may do; sessions, kept on the server."""
