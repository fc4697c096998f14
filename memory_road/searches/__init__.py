"""Searches that somebody keeps: whoever fits later is told by a letter."""
