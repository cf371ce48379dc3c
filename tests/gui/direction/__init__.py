"""Tests of the Direction page."""
