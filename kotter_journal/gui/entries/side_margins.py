"""The margins that keep a text's measure in the middle, whether its scroll bar shows or not."""

from PySide6.QtWidgets import QAbstractScrollArea


def side_margins(view: QAbstractScrollArea, side: int) -> tuple[int, int]:
    """Left and right viewport margin for ``side`` pixels at both sides of the text in ``view``."""
    bar = view.verticalScrollBar()
    taken = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
    end = max(0, side - taken)
    return (end, side) if view.isRightToLeft() else (side, end)
