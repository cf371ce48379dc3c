"""Toast: one line at the lower edge that tells what happened and can take it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.card import label

_SHOWN_MS = 6000
_MARGIN = 24


class Toast(QFrame):
    """Floats over ``parent``; hides by itself unless it tells of trouble."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        theme.mark(self, "toast")
        self._undo: Callable[[], None] | None = None
        self._text = label("", "strong", wrap=False)
        self._button = QPushButton(self.tr("Undo"))
        theme.mark(self._button, "link")
        self._button.clicked.connect(self._on_button)
        self._close = QPushButton(self.tr("Close"))
        theme.mark(self._close, "link")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at the moment; empty while hidden."""
        return self._text.text() if self.isVisible() else ""

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say what happened for six seconds; ``undo`` takes it back."""
        self._show(text, "strong", undo)
        self._close.hide()
        self._timer.start()

    def warn(self, text: str) -> None:
        """Say what went wrong until it is closed."""
        self._timer.stop()
        self._show(text, "danger", None)

    def _show(self, text: str, look: str, undo: Callable[[], None] | None) -> None:
        theme.mark(self._text, look)
        self._text.setWordWrap(False)
        self._text.setText(text)
        self._undo = undo
        self._button.setVisible(undo is not None)
        self._close.show()
        self.setAccessibleName(text)
        self.show()
        self._place()
        self.raise_()

    def _place(self) -> None:
        room = self._ground.rect()
        limit = min(room.width() - 2 * _MARGIN, theme.px(720))
        if self.sizeHint().width() > limit:
            self._text.setWordWrap(True)
        width = min(self.sizeHint().width(), limit)
        height = (
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        left = (room.width() - width) // 2
        self.setGeometry(left, room.height() - height - _MARGIN, width, height)

    def _on_button(self) -> None:
        undo, self._undo = self._undo, None
        self._timer.stop()
        self.hide()
        if undo is not None:
            undo()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the lower edge while the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def hideEvent(self, event: QEvent) -> None:  # noqa: N802
        """A hidden toast has no clock running."""
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]
