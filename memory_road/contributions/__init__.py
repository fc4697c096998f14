"""What was sent: contributions, the log of decisions about them, and what their senders do."""
