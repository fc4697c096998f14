"""Accounts: sign in, register, profile."""
