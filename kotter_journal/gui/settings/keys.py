"""KeysSection: what opens the journal."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from kotter_journal.domain.errors import KeyTrouble, KeyUnavailable, KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.notice import Notice
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import Section, button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.passphrase_dialog import PassphraseDialog, Purpose
from kotter_journal.gui.settings.recovery_state import RecoveryState
from kotter_journal.services import backups, keys
from kotter_journal.storage.key_header import HEADER, KeyFacts
from kotter_journal.storage.system_keyring import answers


class KeysSection(Section):
    """Passphrase, recovery key and the system's own store of passwords."""

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self._add_passphrase()
        card = self.add_card(self.tr("Recovery key"))
        self.recovery = RecoveryState(session)
        card.body.addWidget(self.recovery)
        self._add_keyring()
        self._show()
        session.keys_changed.connect(self._show)

    def _add_passphrase(self) -> None:
        card = self.add_card(self.tr("Passphrase"))
        self.state = label("", "quiet", wrap=True)
        self.state.setObjectName("passphrase_state")
        self.set_button = button(self.tr("Set a passphrase…"), "set_passphrase")
        self.change_button = button(self.tr("Change…"), "change_passphrase")
        self.remove_button = button(self.tr("Remove…"), "remove_passphrase")
        for made, purpose in (
            (self.set_button, Purpose.SET),
            (self.change_button, Purpose.CHANGE),
            (self.remove_button, Purpose.REMOVE),
        ):
            made.clicked.connect(partial(self.ask_passphrase, purpose))
        self.offer = Notice()
        self.job_row = JobRow()
        card.body.addWidget(self.state)
        card.body.addLayout(buttons(self.set_button, self.change_button, self.remove_button))
        card.body.addWidget(self.offer)
        card.body.addWidget(self.job_row)

    def _add_keyring(self) -> None:
        card = self.add_card(self.tr("The system’s store of passwords"))
        self.keyring = QCheckBox(self.tr("Let it open the journal as well, when I am logged in"))
        self.keyring.setObjectName("keyring")
        words = self.tr(
            "Then starting the program asks for no passphrase on this computer. Locking still does."
        )
        self.keyring_words = label(words, "meta", wrap=True)
        card.body.addWidget(self.keyring)
        card.body.addWidget(self.keyring_words)
        self.keyring.clicked.connect(self._on_keyring)

    def ask_passphrase(self, purpose: Purpose) -> None:
        """Open the dialog in which a passphrase is set, changed or removed."""
        dialog = PassphraseDialog(self._session, purpose, self.window())
        dialog.done_with.connect(self._on_changed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show(self) -> None:
        facts = self._session.journal.vault.facts
        writable = not self._session.read_only
        self.state.setText(self._state_text(facts))
        self.set_button.setVisible(not facts.passphrase and writable)
        self.change_button.setVisible(facts.passphrase and writable)
        self.remove_button.setVisible(facts.passphrase and writable)
        self.keyring.setChecked(facts.keyring)
        self.keyring.setEnabled(facts.passphrase and writable)

    def _state_text(self, facts: KeyFacts) -> str:
        if not facts.passphrase:
            return self.tr(
                "There is none: this computer opens the journal by itself. Whoever can use your"
                " account can read it; a copy of its folder alone stays closed."
            )
        if facts.keyring:
            return self.tr("The journal opens with your passphrase, or by your login here.")
        return self.tr("The journal opens only with your passphrase or the recovery key.")

    def _on_changed(self, purpose: Purpose) -> None:
        facts = self._session.journal.vault.facts
        if purpose is Purpose.SET and facts.recovery_saved_at is None:
            self.recovery.show_key()
        sentence = self.tr(
            "Backups made before still open as they did then. They can be changed to open as the"
            " journal does now."
        )
        if self._old_backups():
            self.offer.say(sentence, self.tr("Change the backups"), self._renew_backups)

    def _old_backups(self) -> list[object]:
        folder = backups.backup_folder(self._session.journal.folder)
        places = [folder, self._preferences.settings.second_folder]
        try:
            return [
                path for place in places if place and place.is_dir() for path in place.iterdir()
            ]
        except OSError:
            return []

    def _renew_backups(self) -> None:
        vault = self._session.journal.vault
        own = backups.backup_folder(self._session.journal.folder)
        second = self._preferences.settings.second_folder

        def renew(look: Callable[[int, int], None]) -> int:
            places = [own, *([second] if second is not None else [])]
            paths = [one.path for place in places for one in backups.list_backups(place, vault)]
            return len(backups.renew_keys(paths, vault, progress=look))

        job = self._session.apart.start(
            renew, owner=self, done=self._on_renewed, refused=self._on_refused
        )
        self.job_row.follow(job, self.tr("Changing what opens the backups"))

    def _on_renewed(self, count: int) -> None:
        self.offer.say(self.tr("Backups that open as the journal does now: {0}.").format(count))

    def _on_keyring(self, on: bool) -> None:
        self.keyring.setEnabled(False)
        if not on:
            self._change_keyring(keys.disable_keyring)
            return
        path = self._session.journal.folder / HEADER

        def ask(_look: object) -> None:
            """Apart from the worker that saves: the store may take half a minute to answer."""
            if not answers():
                raise KeyUnavailable(KeyTrouble.KEYRING_SILENT, path)

        self._session.apart.start(
            ask,
            owner=self,
            done=lambda _: self._change_keyring(keys.enable_keyring),
            refused=self._on_keyring_refused,
        )

    def _change_keyring(self, change: Callable[..., KeyFacts]) -> None:
        self._session.write_keys(
            change, owner=self, done=lambda _: self._show(), refused=self._on_keyring_refused
        )

    def _on_keyring_refused(self, error: KotterError) -> None:
        self._show()
        theme.mark(self.keyring_words, "danger")
        self.keyring_words.setText(error_sentence(error))

    def _on_refused(self, error: KotterError) -> None:
        self.offer.say(error_sentence(error))
