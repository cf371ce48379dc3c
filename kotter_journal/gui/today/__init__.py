"""The Today page: the quick line, the day's entries, and how today and the week stand."""
