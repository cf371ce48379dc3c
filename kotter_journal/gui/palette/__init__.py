"""Jump anywhere and do anything by typing a few letters."""
