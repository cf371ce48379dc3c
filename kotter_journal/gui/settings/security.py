"""SecuritySection: how this journal is protected, and what that protects against."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from kotter_journal.config.core_dumps import core_dumps_are_off
from kotter_journal.config.paths import security_page
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import age_text, date_text, entries_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import Section
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.document import DocumentView
from kotter_journal.services.backups import Backup, backup_folder, list_backups
from kotter_journal.storage.vault import Vault


class SecuritySection(Section):
    """What holds for this journal in a few lines, and below it the whole page."""

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        card = self.add_card(self.tr("This journal"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.passphrase = self._line(self.tr("Passphrase"), "state_passphrase")
        self.recovery = self._line(self.tr("Recovery key"), "state_recovery")
        self.backup = self._line(self.tr("Last backup"), "state_backup")
        self.locking = self._line(self.tr("Locking"), "state_locking")
        self.memory = self._line(self.tr("Memory"), "state_memory")
        card.body.addLayout(self._grid)
        page = self.add_card("")
        self.document = DocumentView(_page_text())
        self.document.setAccessibleName(self.tr("How your journal is protected"))
        page.body.addWidget(self.document)
        self._show()
        session.keys_changed.connect(self._show)
        preferences.changed.connect(self._show)

    def _show(self) -> None:
        """Say what holds now."""
        facts = self._session.journal.vault.facts
        self._say(self.passphrase, self._passphrase_text(), is_well=facts.passphrase)
        kept = facts.recovery_saved_at is not None
        self._say(self.recovery, self._recovery_text(), is_well=kept)
        minutes = self._preferences.settings.lock_after_minutes
        self._say(self.locking, self._locking_text(), is_well=minutes > 0)
        off = core_dumps_are_off()
        self._say(self.memory, self._memory_text(off), is_well=off is not False)

    def _passphrase_text(self) -> str:
        facts = self._session.journal.vault.facts
        if facts.passphrase and facts.keyring:
            return self.tr("Set. The system’s store of passwords opens it as well.")
        if facts.passphrase:
            return self.tr("Set. Only it and the recovery key open the journal.")
        return self.tr("None. Whoever can use your account can open the journal.")

    def _recovery_text(self) -> str:
        facts = self._session.journal.vault.facts
        if facts.recovery_saved_at is not None:
            local = facts.recovery_saved_at.astimezone(self._session.now().tzinfo).date()
            return self.tr("You said on {0} that you keep it.").format(date_text(local))
        if facts.recovery:
            return self.tr("You have not said yet that you keep it.")
        return self.tr("There is none.")

    def _locking_text(self) -> str:
        settings = self._preferences.settings
        minutes = settings.lock_after_minutes
        if not minutes:
            text = self.tr("Not by time.")
        elif minutes == 1:
            text = self.tr("After 1 minute without you.")
        else:
            text = self.tr("After {0} minutes without you.").format(minutes)
        more = self.tr("With the screen and before sleep.")
        return f"{text} {more}" if settings.lock_with_system else text

    def _memory_text(self, off: bool | None) -> str:
        if off is None:
            return self.tr("Whether a crash leaves memory on the disk is up to this system.")
        if off:
            return self.tr("A crash leaves no memory on the disk (core dumps are off).")
        return self.tr("A crash may leave memory on the disk: core dumps are on.")

    def _look_for_backups(self) -> None:
        vault, second = self._session.journal.vault, self._preferences.settings.second_folder
        own = backup_folder(self._session.journal.folder)
        places = [own, *([] if second is None else [second])]
        self._session.apart.start(
            lambda _look: _newest(places, vault),
            owner=self,
            done=self._on_backup,
            refused=self._on_refused,
        )

    def _on_backup(self, newest: Backup | None) -> None:
        if newest is None or newest.facts is None:
            self._say(self.backup, self.tr("There is none yet."), is_well=False)
            return
        now: datetime = self._session.now()
        age, count = age_text(newest.taken_at, now), entries_text(newest.facts.entries)
        self._say(self.backup, f"{age[:1].upper()}{age[1:]}, {count}.", is_well=True)

    def _on_refused(self, error: KotterError) -> None:
        self._say(self.backup, error_sentence(error), is_well=False)

    def _line(self, name: str, object_name: str) -> QLabel:
        row = self._grid.rowCount()
        words = label("", "quiet", wrap=True)
        words.setObjectName(object_name)
        self._grid.addWidget(label(name, "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1)
        return words

    def _say(self, line: QLabel, text: str, *, is_well: bool) -> None:
        theme.mark(line, "quiet" if is_well else "warn")
        line.setText(text)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """See which backups there are by now."""
        super().showEvent(event)
        self._look_for_backups()


def _newest(places: list[Path], vault: Vault) -> Backup | None:
    found = [one for place in places for one in list_backups(place, vault) if one.facts]
    return max(found, key=lambda one: one.taken_at, default=None)


def _page_text() -> str:
    path = security_page()
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        return f"{path}: {type(error).__name__}"
