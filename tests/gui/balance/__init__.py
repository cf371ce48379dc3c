"""Tests of the Balance page."""
