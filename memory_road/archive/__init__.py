"""What is published: entries and their photographs, and how visitors find them. Knows nothing of what was sent."""
