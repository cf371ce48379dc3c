"""PlainText: a field for a few lines, as high as they need."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kotter_journal.domain.entries import clean_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label

_MOST_LINES = 14
_LONG = 2000
"""Characters from which a label would be slow; it lays all of them out again and again."""


class PlainText(QPlainTextEdit):
    """Tab leaves it; it grows from ``least`` lines up to a dozen, then it scrolls."""

    def __init__(self, name: str, least: int = 2, parent: QWidget | None = None) -> None:
        """``name`` is for screen readers."""
        super().__init__(parent)
        self._least = least
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def words(self) -> str:
        """As it was typed and the journal keeps it; Qt's own plain text has other spaces."""
        return clean_text(self.document().toRawText().replace("\u2029", "\n"))

    def _fit(self) -> None:
        # A QPlainTextDocumentLayout measures in lines, not in pixels.
        lines = max(self._least, min(_MOST_LINES, round(self.document().size().height())))
        margins = self.document().documentMargin() * 2 + self.frameWidth() * 2 + theme.px(6)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + margins))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrower lines may be more of them."""
        super().resizeEvent(event)
        self._fit()


def to_read(words: str, look: str, name: str) -> QWidget:
    """Words of any length: a label, or a field that scrolls, with a ``name`` for screen readers."""
    if len(words) <= _LONG:
        return label(words, look, wrap=True)
    made = PlainText(name)
    made.setPlainText(words)
    made.setReadOnly(True)
    return made
