"""The edge: pages for relatives, moderators and visitors; transactions, audiences, languages, error pages."""
