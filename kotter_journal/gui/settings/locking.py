"""LockingSection: when the window locks by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from kotter_journal.gui.actions import key_text
from kotter_journal.gui.card import label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import Section, button, buttons
from kotter_journal.gui.session import JournalSession

_MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)


class LockingSection(Section):
    """Takes effect at once. ``lock_asked``: now."""

    lock_asked = Signal()

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self.minutes = QComboBox()
        self.minutes.setAccessibleName(self.tr("Lock after"))
        for minutes in _MINUTES:
            self.minutes.addItem(self._minutes_text(minutes), minutes)
        self.with_system = QCheckBox(self.tr("When the screen is locked or the computer sleeps"))
        self.words = label("", "quiet", wrap=True)
        words = self.tr("Lock now ({0})").format(key_text("Ctrl+L"))
        self.lock_button = button(words, "lock_now")
        self.lock_button.clicked.connect(self.lock_asked)
        card = self.add_card(self.tr("Locking"))
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.addRow(label(self.tr("When nobody has touched it for"), "quiet"), self.minutes)
        card.body.addLayout(form)
        card.body.addWidget(self.with_system)
        card.body.addWidget(self.words)
        card.body.addLayout(buttons(self.lock_button))
        self._show()
        preferences.changed.connect(self._show)
        session.keys_changed.connect(self._show)
        self.minutes.activated.connect(
            lambda: preferences.change(lock_after_minutes=self.minutes.currentData())
        )
        self.with_system.toggled.connect(lambda on: preferences.change(lock_with_system=on))

    def _minutes_text(self, minutes: int) -> str:
        if not minutes:
            return self.tr("Never")
        return self.tr("1 minute") if minutes == 1 else self.tr("{0} minutes").format(minutes)

    def _show(self) -> None:
        settings = self._preferences.settings
        known = self.minutes.findData(settings.lock_after_minutes)
        if known < 0:
            text = self._minutes_text(settings.lock_after_minutes)
            self.minutes.addItem(text, settings.lock_after_minutes)
            known = self.minutes.count() - 1
        self.minutes.setCurrentIndex(known)
        self.with_system.setChecked(settings.lock_with_system)
        if self._session.journal.vault.facts.passphrase:
            words = self.tr(
                "Locking saves what you have typed, closes the journal and asks for the passphrase."
                " Nothing of it stays in the memory of this program. It cannot take back what"
                " others have kept: a clipboard manager, a screenshot, swap on the disk."
            )
        else:
            words = self.tr(
                "The journal has no passphrase: locking saves and hides it, but anybody at this"
                " computer can open it again with one click. “What opens it” sets a passphrase."
            )
        self.words.setText(words)
