"""The review of a week, a month or a quarter."""
