"""How contributions are decided: the queue, claims, decisions, and the one bridge to what is published."""
