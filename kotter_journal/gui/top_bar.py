"""TopBar: the sign, the pages, search, and how the window looks."""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from kotter_journal.config.paths import resource
from kotter_journal.gui import theme
from kotter_journal.gui.actions import key_text
from kotter_journal.gui.card import label

HEIGHT, _LOGO, _PILL, _SHORT_PILL = 56, 26, 236, 104


class TopBar(QFrame):
    """``page_chosen`` carries the rank of a tab; the settings come behind the last one."""

    page_chosen = Signal(int)
    lock_asked = Signal()
    palette_asked = Signal()
    theme_toggled = Signal()
    keys_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "topbar")
        self._tools: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 14, 0)
        self._row.setSpacing(2)
        self._row.addWidget(_Logo())
        self._row.addSpacing(14)
        self._tabs = QButtonGroup(self)
        self._tabs.idClicked.connect(self.page_chosen)
        names = (
            self.tr("Today"),
            self.tr("Journal"),
            self.tr("Balance"),
            self.tr("Direction"),
            self.tr("Review"),
        )
        for rank, name in enumerate(names):
            self._add_tab(rank, name)
        self._row.addStretch(1)
        self._pill = self._search_pill()
        self._row.addWidget(self._pill)
        self._row.addSpacing(8)
        self._theme = self._tool("moon", self.tr("Light or dark"), self.theme_toggled)
        self._tool("keyboard", self.tr("Keys (F1)"), self.keys_asked)
        lock = self.tr("Lock ({0})").format(key_text("Ctrl+L"))
        self._lock = self._tool("lock", lock, self.lock_asked)
        settings = self.tr("Settings ({0})").format(key_text("Ctrl+,"))
        gear = self._tool("settings", settings)
        gear.setCheckable(True)
        self._tabs.addButton(gear, len(names))
        self._size()

    def set_open(self, is_open: bool) -> None:
        """Without an open journal there is nowhere to go, nothing to search and to lock."""
        for part in (*self._tabs.buttons(), self._pill, self._lock):
            part.setVisible(is_open)

    def show_page(self, rank: int) -> None:
        """Mark the tab of the page that shows, where it has one."""
        tab = self._tabs.button(rank)
        self._tabs.setExclusive(tab is not None)
        for button in self._tabs.buttons():
            button.setChecked(button is tab)

    def show_theme(self, *, dark: bool) -> None:
        """Offer the other theme."""
        self._theme.setIcon(theme.icon("sun" if dark else "moon"))

    def _size(self) -> None:
        """Follow the text size; the words in the pill give way where there is no room for them."""
        self.setFixedHeight(theme.px(HEIGHT))
        for tool in self._tools:
            tool.setFixedSize(theme.px(34), theme.px(34))
        parts = [*self._tabs.buttons(), *self._tools]
        taken = sum(part.sizeHint().width() for part in {*parts}) + _LOGO + 80
        wide = self.width() - taken >= theme.px(_PILL)
        self._pill.setText(self.tr("Search or jump to…") if wide else "")
        self._pill.setFixedSize(theme.px(_PILL if wide else _SHORT_PILL), theme.px(34))

    def _add_tab(self, rank: int, name: str) -> None:
        tab = QToolButton()
        tab.setText(name)
        tab.setCheckable(True)
        tab.setToolTip(key_text(f"Alt+{rank + 1}"))
        theme.mark(tab, "tab")
        self._tabs.addButton(tab, rank)
        self._row.addWidget(tab)

    def _search_pill(self) -> QPushButton:
        pill = QPushButton()
        pill.setIcon(theme.icon("search"))
        pill.setAccessibleName(self.tr("Search or jump to"))
        theme.mark(pill, "pill")
        inner = QHBoxLayout(pill)
        inner.setContentsMargins(0, 0, 9, 0)
        inner.addStretch(1)
        cap = label(key_text("Ctrl+K"), "keycap")
        cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        pill.clicked.connect(self.palette_asked)
        return pill

    def _tool(self, icon: str, name: str, clicked: SignalInstance | None = None) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(name)
        button.setAccessibleName(name)
        self._tools.append(button)
        if clicked is not None:
            button.clicked.connect(clicked)
        self._row.addWidget(button)
        return button

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make the most of the width."""
        super().resizeEvent(event)
        self._size()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_pill"):
            self._size()


class _Logo(QLabel):
    """The sign, drawn from its SVG at the scale of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_LOGO, _LOGO)
        self.setAccessibleName("Kotter Journal")
        self.setPixmap(app_icon().pixmap(_LOGO, _LOGO))


def app_icon() -> QIcon:
    """The sign of the program at the sizes that systems ask for."""
    renderer = QSvgRenderer(str(resource("icons/kotter-journal.svg")))
    icon = QIcon()
    for size in (16, 26, 32, 48, 52, 78, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            renderer.render(painter)
        icon.addPixmap(pixmap)
    return icon
