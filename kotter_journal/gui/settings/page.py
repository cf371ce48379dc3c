"""SettingsPage: the sections of the settings, and which of them shows."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.backups import BackupsSection
from kotter_journal.gui.settings.check import CheckSection
from kotter_journal.gui.settings.keys import KeysSection
from kotter_journal.gui.settings.locking import LockingSection
from kotter_journal.gui.settings.look import LookSection
from kotter_journal.gui.settings.security import SecuritySection
from kotter_journal.gui.settings.shortcuts import ShortcutsSection
from kotter_journal.gui.theme import Theme

_MEASURE = 720
_LIST = 232


class SettingsPage(QWidget):
    """A list of sections on the left, and on the right the one that was chosen.

    ``left``: Esc, back to the page before. ``lock_asked``: now.
    ``reopen_asked`` carries the folder of another journal to open.
    """

    left = Signal()
    reopen_asked = Signal(object)
    lock_asked = Signal()

    def __init__(
        self,
        session: JournalSession,
        preferences: Preferences,
        look: Theme,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        """``actions`` are those of the window, whose keys can be changed."""
        super().__init__(parent)
        self._actions = actions
        self._session = session
        self._preferences = preferences
        self._names: list[str] = []
        self._makers: list[Callable[[], QWidget]] = []
        self._made: dict[str, QWidget] = {}
        self.sections = QListWidget()
        self.sections.setAccessibleName(self.tr("Sections of the settings"))
        theme.mark(self.sections, "sections")
        self._pages = QStackedWidget()
        self._lay_out()
        self._add("keys", self.tr("What opens it"), "shield-check", self._keys)
        self._add("backups", self.tr("Backups"), "copy", self._backups)
        self._add("check", self.tr("Check my journal"), "list-checks", self._check)
        self._add("locking", self.tr("Locking"), "lock", self._locking)
        self._add("shortcuts", self.tr("Keys"), "keyboard", self._shortcuts)
        self._add("look", self.tr("Appearance"), "sun", lambda: LookSection(look))
        self._add("security", self.tr("How it is protected"), "info", self._security)
        self.sections.currentRowChanged.connect(self._on_row)
        self.sections.setCurrentRow(0)
        self.setFocusProxy(self.sections)

    def show_section(self, name: str) -> None:
        """Bring a section to the front."""
        self.sections.setCurrentRow(self._names.index(name))

    def section(self, name: str) -> QWidget:
        """The section of that name, made where nobody has looked at it yet."""
        rank = self._names.index(name)
        area = self._pages.widget(rank)
        assert isinstance(area, QScrollArea)  # noqa: S101  (every page was added as one)
        if name not in self._made:
            self._made[name] = self._makers[rank]()
            self._fill(area, self._made[name])
        return self._made[name]

    def _keys(self) -> QWidget:
        return KeysSection(self._session, self._preferences)

    def _shortcuts(self) -> QWidget:
        return ShortcutsSection(self._preferences, self._actions)

    def _backups(self) -> QWidget:
        section = BackupsSection(self._session, self._preferences)
        section.reopen_asked.connect(self.reopen_asked)
        return section

    def _check(self) -> QWidget:
        section = CheckSection(self._session, self._preferences)
        section.reopen_asked.connect(self.reopen_asked)
        return section

    def _security(self) -> QWidget:
        return SecuritySection(self._session, self._preferences)

    def _locking(self) -> QWidget:
        section = LockingSection(self._session, self._preferences)
        section.lock_asked.connect(self.lock_asked)
        return section

    def _add(self, name: str, title: str, icon: str, make: Callable[[], QWidget]) -> None:
        """A section; it is made when it is first looked at."""
        self._names.append(name)
        self._makers.append(make)
        self.sections.addItem(QListWidgetItem(theme.icon(icon), title))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(area)

    def _fill(self, area: QScrollArea, section: QWidget) -> None:
        ground = QWidget()
        theme.mark(ground, "page")
        row = QHBoxLayout(ground)
        row.setContentsMargins(32, 26, 32, 32)
        section.setMaximumWidth(theme.px(_MEASURE))
        row.addWidget(section, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        area.setWidget(ground)

    def _lay_out(self) -> None:
        side = QFrame()
        theme.mark(side, "side")
        side.setFixedWidth(theme.px(_LIST))
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(14)
        column.addWidget(label(self.tr("Settings"), "heading"))
        column.addWidget(self.sections, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._pages, 1)

    def _on_row(self, row: int) -> None:
        self.section(self._names[row])
        self._pages.setCurrentIndex(row)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to the page before."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
