"""From every released schema to today's; loaded only when a journal is older than the program."""
