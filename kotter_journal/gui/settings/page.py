"""SettingsPage: the sections of the settings."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.sectioned_page import SectionedPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.backups import BackupsSection
from kotter_journal.gui.settings.check import CheckSection
from kotter_journal.gui.settings.keys import KeysSection
from kotter_journal.gui.settings.locking import LockingSection
from kotter_journal.gui.settings.look import LookSection
from kotter_journal.gui.settings.own_band import OwnBandSection
from kotter_journal.gui.settings.security import SecuritySection
from kotter_journal.gui.settings.shortcuts import ShortcutsSection
from kotter_journal.gui.settings.working_time import WorkingTimeSection
from kotter_journal.gui.theme import Theme

_MEASURE = 720


class SettingsPage(SectionedPage):
    """``lock_asked``: now. ``reopen_asked`` carries the folder of another journal to open.

    ``told`` carries a sentence and what takes it back.
    """

    reopen_asked = Signal(object)
    lock_asked = Signal()
    told = Signal(str, object)

    def __init__(
        self,
        session: JournalSession,
        preferences: Preferences,
        look: Theme,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        """``actions`` are those of the window, whose keys can be changed."""
        super().__init__(self.tr("Settings"), _MEASURE, parent)
        self._actions = actions
        self._session = session
        self._preferences = preferences
        self.add_section("keys", self.tr("What opens it"), "shield-check", self._keys)
        self.add_section("backups", self.tr("Backups"), "copy", self._backups)
        self.add_section("check", self.tr("Check my journal"), "list-checks", self._check)
        self.add_section("locking", self.tr("Locking"), "lock", self._locking)
        self.add_section("working", self.tr("Working time"), "calendar", self._working)
        self.add_section("band", self.tr("Your own band"), "flag", self._band)
        self.add_section("shortcuts", self.tr("Keys"), "keyboard", self._shortcuts)
        self.add_section(
            "look", self.tr("Appearance"), "sun", lambda: LookSection(look, preferences)
        )
        self.add_section("security", self.tr("How it is protected"), "info", self._security)
        self.sections.setCurrentRow(0)

    def _keys(self) -> QWidget:
        return KeysSection(self._session, self._preferences)

    def _working(self) -> QWidget:
        return WorkingTimeSection(self._session)

    def _band(self) -> QWidget:
        section = OwnBandSection(self._session)
        section.told.connect(self.told)
        return section

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
