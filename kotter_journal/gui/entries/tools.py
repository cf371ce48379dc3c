"""ToolRow: the buttons that put Markdown marks into the text, and their keys."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.entries.markdown_lines import LineTool

_ICON = 17


class ToolRow(QWidget):
    """Bold, italic, heading, list, checklist, quote, preview, earlier texts."""

    wrap_asked = Signal(str)  # the mark to put round the selection
    lines_asked = Signal(object)  # LineTool
    preview_asked = Signal(bool)
    history_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(5)
        self._writing: list[QToolButton] = []
        self._keys: list[tuple[str, QToolButton]] = []
        for name, mark, words, keys in (
            ("bold", "**", self.tr("Bold"), "Ctrl+B"),
            ("italic", "*", self.tr("Italic"), "Ctrl+I"),
        ):
            self._add(name, words, keys).clicked.connect(self._wraps(mark))
        for name, tool, words, keys in (
            ("heading", LineTool.HEADING, self.tr("Heading"), ""),
            ("list", LineTool.LIST, self.tr("List"), "Ctrl+Shift+L"),
            ("list-checks", LineTool.CHECKLIST, self.tr("Checklist"), "Ctrl+Shift+C"),
            ("quote", LineTool.QUOTE, self.tr("Quote"), ""),
        ):
            self._add(name, words, keys).clicked.connect(self._marks(tool))
        self.preview_button = self._add("eye", self.tr("Preview"), "Ctrl+Shift+P")
        self._writing.remove(self.preview_button)
        self.preview_button.setCheckable(True)
        self.preview_button.clicked.connect(self.preview_asked)
        self.history_button = self._add("rotate-ccw", self.tr("Earlier texts"), "Ctrl+Shift+H")
        self._writing.remove(self.history_button)
        self.history_button.clicked.connect(self.history_asked)
        self._fit()

    def install_keys(self, page: QWidget) -> None:
        """Let the keys work anywhere in ``page``."""
        for keys, button in self._keys:
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def set_writable(self, writable: bool) -> None:
        """Whether the text can be changed."""
        for button in self._writing:
            button.setEnabled(writable)

    def _fit(self) -> None:
        side = theme.px(_ICON)
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(side, side))

    def _add(self, icon: str, words: str, keys: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"tool_{icon}")
        button.setIcon(theme.icon(icon))
        button.setAccessibleName(words)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{words} ({shown})" if keys else words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(button)
        self._writing.append(button)
        if keys:
            self._keys.append((keys, button))
        return button

    def _wraps(self, mark: str) -> Callable[[], None]:
        return lambda: self.wrap_asked.emit(mark)

    def _marks(self, tool: LineTool) -> Callable[[], None]:
        return lambda: self.lines_asked.emit(tool)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another text size takes larger icons."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
