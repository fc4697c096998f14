"""Repeatable measurements, each one command (see README.md)."""
