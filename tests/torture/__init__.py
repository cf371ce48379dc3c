"""What takes minutes and a C compiler: run with ``pytest -m slow tests/torture``."""
