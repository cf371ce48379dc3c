"""MainWindow: arranges the pages under the top bar; it paints before SQL is loaded."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.actions import make_actions
from kotter_journal.gui.messages import KeysDialog
from kotter_journal.gui.notice_bar import NoticeBar
from kotter_journal.gui.theme import TEXT_SIZES, Theme
from kotter_journal.gui.toast import Toast
from kotter_journal.gui.today.page import TodayPage
from kotter_journal.gui.top_bar import TopBar

TODAY, JOURNAL, BALANCE, DIRECTION, REVIEW, SETTINGS, NAMES, READING, YEAR = range(9)
"""The ranks of the pages; those up to the settings have a button in the top bar."""
_WITH_KEYS = ("today", "journal", "balance", "direction", "review", "settings", "names")
_MINIMUM, _DEFAULT = (1024, 640), (1280, 800)
_ALWAYS = frozenset({"quit", "show_keys", "larger_text", "smaller_text"})
"""Actions that need no open journal."""


class MainWindow(QMainWindow):
    """The one window. Until ``install`` it shows the empty Today page with a quick line to type in.

    ``may_close`` is asked before the window closes; it saves, and says no where text would be lost.
    ``page_shown`` carries the rank of the page that came to the front, ``page_awaited`` that of one
    which was asked for and is not there yet; ``painted`` says, once, that the first frame is on the
    screen; ``covered`` that nothing of a journal may be seen now. ``reopen_asked`` carries the
    folder of a journal to open in place of this one. ``gone`` follows when the window has closed.
    """

    page_shown = Signal(int)
    gone = Signal()
    page_awaited = Signal(int)
    lock_asked = Signal()
    reopen_asked = Signal(object)
    painted = Signal()
    covered = Signal()

    def __init__(self, look: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setWindowTitle("Kotter Journal")
        self.setMinimumSize(*_MINIMUM)
        self.resize(*_DEFAULT)
        self.now = now
        self.may_close: Callable[[], bool] = lambda: True
        self._theme = look
        self._wanted = TODAY
        self._is_painted = False
        self._closed: QWidget | None = None
        self._left_out: frozenset[str] = frozenset()
        self.actions_by_name = make_actions(self)
        self.top_bar = TopBar()
        self.today_page = TodayPage(now)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.today_page)
        self._by_rank: dict[int, QWidget] = {TODAY: self.today_page}
        self.notices = NoticeBar()
        ground = QWidget()
        theme.mark(ground, "page")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.notices)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(ground)
        self.toast = Toast(ground)
        self._connect()
        self.show_page(TODAY)

    def install(self, rank: int, page: QWidget) -> None:
        """Add a page that comes later, and show it where it was asked for meanwhile."""
        self._by_rank[rank] = page
        self.pages.addWidget(page)
        if self._closed is None and self._wanted == rank:
            self.show_page(rank)

    @property
    def rank(self) -> int:
        """The rank of the page in front, or of the one that comes back after ``show_open``."""
        shown = self.pages.currentWidget()
        return next((r for r, page in self._by_rank.items() if page is shown), self._wanted)

    def show_page(self, rank: int) -> None:
        """Bring a page to the front, once it is there."""
        self._wanted = rank
        if self._closed is not None:
            return
        if rank in self._by_rank:
            self.pages.setCurrentWidget(self._by_rank[rank])
            if rank == TODAY:
                self.today_page.quick_line.field.setFocus()
            self.page_shown.emit(rank)
        else:
            self.page_awaited.emit(rank)
        self.top_bar.show_page(self.rank)

    def show_closed(self, page: QWidget) -> None:
        """Show ``page`` and nothing else: no journal is open, or nobody may see it now."""
        self._uncover()
        self._closed = page
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self.top_bar.set_open(False)
        self.toast.hide()
        self.notices.hide()
        for name, action in self.actions_by_name.items():
            action.setEnabled(name in _ALWAYS)
        self.covered.emit()
        page.setFocus()

    def show_open(self) -> None:
        """Show the pages again, after ``show_closed``."""
        if self._closed is None:
            return
        self._uncover()
        self.top_bar.set_open(True)
        self.notices.show_if_needed()
        self._enable_actions()
        self.show_page(self._wanted)

    def leave_out(self, names: Iterable[str]) -> None:
        """Have no use for some actions as long as this journal is open."""
        self._left_out = frozenset(names)
        if self._closed is None:
            self._enable_actions()

    def _enable_actions(self) -> None:
        for name, action in self.actions_by_name.items():
            action.setEnabled(name not in self._left_out)

    @property
    def is_covered(self) -> bool:
        """Whether ``show_closed`` was asked last, and ``show_open`` was not."""
        return self._closed is not None

    def _uncover(self) -> None:
        if self._closed is not None:
            self.pages.removeWidget(self._closed)
            self._closed.deleteLater()
            self._closed = None

    def _connect(self) -> None:
        self.top_bar.page_chosen.connect(self.show_page)
        self.top_bar.theme_toggled.connect(self._theme.toggle)
        self.top_bar.keys_asked.connect(self._show_keys)
        self.top_bar.lock_asked.connect(self.lock_asked)
        self._theme.changed.connect(self._on_theme)
        self._on_theme()
        actions = self.actions_by_name
        for rank, page in enumerate(_WITH_KEYS):
            action = actions[f"show_{page}"]
            action.triggered.connect(lambda _=False, rank=rank: self.show_page(rank))
        actions["lock"].triggered.connect(self.lock_asked)
        actions["show_keys"].triggered.connect(self._show_keys)
        actions["larger_text"].triggered.connect(lambda: self._step_text(TEXT_SIZES.step))
        actions["smaller_text"].triggered.connect(lambda: self._step_text(-TEXT_SIZES.step))
        actions["quit"].triggered.connect(self.close)

    def _on_theme(self) -> None:
        self.top_bar.show_theme(dark=self._theme.dark)

    def _step_text(self, percent: int) -> None:
        self._theme.text_size += percent
        self.toast.tell(self.tr("Text size {0} %").format(self._theme.text_size))

    def _show_keys(self) -> None:
        KeysDialog(self.actions_by_name, self).open()

    @property
    def geometry_text(self) -> str:
        """Place and size, for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore(self, geometry_text: str) -> None:
        """Take the place and size of last time; nonsense is ignored."""
        if geometry_text:
            self.restoreGeometry(QByteArray.fromBase64(geometry_text.encode()))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell of the first frame, as soon as it is out."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close only when everything typed is safe, or its owner gives it up."""
        event.setAccepted(self.may_close())
        if event.isAccepted():
            self.gone.emit()
