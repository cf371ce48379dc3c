"""Starts and ends the program; the one place where objects are built."""
