"""Folders, device preferences and the log file."""
