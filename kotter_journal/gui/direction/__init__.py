"""The direction, and what serves it: areas, delegation, commitments, people."""
