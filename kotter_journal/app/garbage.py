"""Garbage: Python's cycles are collected on the GUI thread alone.

A cycle may hold a widget, and Python would free it on whichever thread happens to allocate next:
no other thread may touch a widget, and the program would end without a word.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1000


class Garbage(QObject):
    """Takes the place of Python's own collecting until ``stop``; ``start`` begins to look."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self.look)

    def start(self) -> None:
        """Look for garbage every second from now on."""
        self._clock.start()

    def look(self) -> None:
        """Collect each generation in which enough was made, as Python itself would."""
        for generation, most in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] <= most:
                return
            gc.collect(generation)

    def stop(self) -> None:
        """Leave it to Python again; no other thread is at work any more."""
        self._clock.stop()
        gc.enable()
