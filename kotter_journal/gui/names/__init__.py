"""The tags and people of the journal: who and what it names, and under which name."""
