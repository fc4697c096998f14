"""What can be remembered of a person: fields, vocabularies, uncertain dates, names in many scripts."""
