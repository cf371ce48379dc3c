"""QuickLine: the one line that becomes an entry; it can be typed in before the journal is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kotter_journal.gui import theme

_ROOM_FOR_A_LINE = 4000
"""Characters from which pasted text is no line any more and goes to the editor."""
_ROW = 34


class QuickLine(QWidget):
    """The field, and room below it for its reading.

    ``entered`` says that the line is to be kept; it stays as it is until ``accept``. ``expanded``
    says that it is to be written on in the editor, together with the text it carries. Before
    ``show_reading`` nobody listens: an Enter pressed by then counts afterwards.
    """

    entered = Signal()
    expanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_heard = False
        self._only_reads = False
        self._entered_early = False
        self.field = _Field()
        self.field.setObjectName("quick_line")
        self.field.setPlaceholderText(self.tr("45a what happened, in one line"))
        self.field.setAccessibleName(self.tr("Quick line"))
        self.field.setMaxLength(1_000_000)
        theme.mark(self.field, "quick")
        self.field.returnPressed.connect(self._on_return)
        self.field.much_pasted.connect(self.expanded)
        expand = QShortcut(QKeySequence("Ctrl+Return"), self.field)
        expand.setContext(Qt.ShortcutContext.WidgetShortcut)
        expand.activated.connect(self._on_expand)
        self._row = QWidget()
        self._row.setFixedHeight(theme.px(_ROW))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.field)
        self._column.addWidget(self._row)

    def show_reading(self, row: QWidget) -> None:
        """Put the reading below the field."""
        row.setFixedHeight(theme.px(_ROW))
        self._column.replaceWidget(self._row, row)
        self._row.deleteLater()
        self._row = row
        row.setVisible(not self._only_reads)
        self._is_heard = True
        if self._entered_early:
            self._on_return()

    def wait(self) -> None:
        """The line is on its way to the disk: hold it until that is done."""
        self.field.setReadOnly(True)

    def accept(self) -> None:
        """The line is stored: make room for the next."""
        self.field.setReadOnly(False)
        self.field.clear()

    def keep(self) -> None:
        """The line is not stored: it can be changed and tried again."""
        self.field.setReadOnly(False)

    def only_read(self, words: str) -> None:
        """Take no line; ``words`` say why. What was typed by now stays, to be copied."""
        self._only_reads = True
        self.field.setReadOnly(True)
        self.field.setPlaceholderText(words)
        self.field.setToolTip(words)
        self.field.setAccessibleDescription(words)
        self._row.hide()

    def _on_expand(self) -> None:
        if not self._only_reads:
            self.expanded.emit("")

    def _on_return(self) -> None:
        self._entered_early = not self._is_heard
        if self._is_heard and not self.field.isReadOnly():
            self.entered.emit()


class _Field(QLineEdit):
    """A line edit that hands over text which is no line."""

    much_pasted = Signal(str)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Pasted paragraphs go to the editor: a line edit would flatten or cut them."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            text = QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard)
            if "\n" in text.strip() or len(text) > _ROOM_FOR_A_LINE:
                self.much_pasted.emit(text)
                return
        super().keyPressEvent(event)
