"""Letters waiting to be sent, their templates in every language, and the sender."""
