"""The administrator's pages: people and what the desk is given to work with."""
