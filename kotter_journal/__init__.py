"""Kotter Journal: a private, local, encrypted journal of leading and managing."""

__version__ = "0.1.0"
