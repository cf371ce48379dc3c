"""Card: the framed surface on which a page puts one subject."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity, Side
from kotter_journal.gui import theme
from kotter_journal.gui.drawing import SWATCH, Canvas, Corners

PADDING = 20


class Card(QFrame):
    """A title, a few quiet words beside it, and below them whatever ``body`` is given."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(PADDING, PADDING - 4, PADDING, PADDING)
        self.body.setSpacing(12)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self._title = label(title, "section")
        self._note = label("", "meta", wrap=True)
        if title:
            self.head.addWidget(self._title)
            self.head.addWidget(self._note, 1)
            self.body.addLayout(self.head)

    def set_title(self, title: str, note: str = "") -> None:
        """The title, and the quiet words that say how to read what is below."""
        self._title.setText(title)
        self._note.setText(note)


def label(text: str, look: str, *, wrap: bool = False) -> QLabel:
    """A label in one of the looks of the style sheet; its text is never read as HTML."""
    made = QLabel(text)
    # Qt guesses otherwise: words of an entry in a sentence could bring in pictures and links.
    made.setTextFormat(Qt.TextFormat.PlainText)
    theme.mark(made, look)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        made.setMinimumWidth(1)
    return made


class Swatch(QWidget):
    """A small square in the colour of an activity or a side; hatched for "not yet classified"."""

    def __init__(self, shown: Activity | Side | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _side_colors(self) -> tuple[QColor, QColor | None]:
        tokens = theme.tokens()
        if self._shown is Side.LEADING:
            return tokens.leading, None
        return tokens.managing, tokens.text2

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the square."""
        with QPainter(self) as painter:
            area = QRectF(self.rect())
            canvas = Canvas(painter, area)
            if isinstance(self._shown, Side):
                fill, outline = self._side_colors()
                canvas.box(area, fill, outline, Corners(3, 3))
            else:
                canvas.swatch(0, 0, self._shown)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the letters beside it."""
        return QSize(theme.px(SWATCH), theme.px(SWATCH))


def with_swatch(shown: Activity | Side | None, words: QLabel) -> QHBoxLayout:
    """A swatch and its words in a row."""
    row = QHBoxLayout()
    row.setSpacing(7)
    row.addWidget(Swatch(shown), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(words)
    return row
