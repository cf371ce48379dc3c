"""Made-up journals by the thousand, against the figures of the rules: pytest -m slow -s."""
