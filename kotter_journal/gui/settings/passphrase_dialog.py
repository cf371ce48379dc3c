"""PassphraseDialog: setting, changing and removing the passphrase of the open journal."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.strength_line import StrengthLine
from kotter_journal.services import keys

_WIDTH = 460


class Purpose(Enum):
    """What the dialog is for."""

    SET = "set"
    CHANGE = "change"
    REMOVE = "remove"


class PassphraseDialog(QDialog):
    """Asks for the present passphrase first, unless the recovery key opened the journal.

    ``done_with`` carries the Purpose after the change is in force.
    """

    done_with = Signal(object)

    def __init__(
        self, session: JournalSession, purpose: Purpose, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._purpose = purpose
        self.setWindowTitle(self._title())
        asks_old = purpose is not Purpose.SET and not session.by_recovery_key
        self.old = self._field(self.tr("The present passphrase"), shown=asks_old)
        is_new = purpose is not Purpose.REMOVE
        self.new = self._field(self.tr("The new passphrase"), shown=is_new)
        self.repeated = self._field(self.tr("The new passphrase again"), shown=is_new)
        self._strength = StrengthLine(self.new, self._estimate)
        self.words = label("", "danger", wrap=True)
        self.words.setObjectName("trouble")
        self.words.hide()
        self.accept_button = button(self._title(), "accept", "primary")
        self.cancel_button = button(self.tr("Cancel"), "cancel")
        self.accept_button.clicked.connect(self._on_accept)
        self.cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(self._title(), "section"))
        column.addWidget(label(self._explanation(), "quiet", wrap=True))
        for part in (self.old, self.new, self._strength, self.repeated, self.words):
            column.addWidget(part)
        self._strength.setVisible(is_new)
        column.addLayout(buttons(self.accept_button, self.cancel_button))
        fit_height(self, _WIDTH)

    def _field(self, name: str, *, shown: bool) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setVisible(shown)
        made.returnPressed.connect(self._on_return)
        return made

    def _title(self) -> str:
        return {
            Purpose.SET: self.tr("Set a passphrase"),
            Purpose.CHANGE: self.tr("Change the passphrase"),
            Purpose.REMOVE: self.tr("Remove the passphrase"),
        }[self._purpose]

    def _explanation(self) -> str:
        if self._purpose is Purpose.REMOVE:
            return self.tr(
                "From then on this computer opens the journal by itself, and whoever can use your"
                " account can read it. A copy of its folder alone stays closed."
            )
        return self.tr(
            "Any words will do; a few that nobody would put together are better than one with"
            " special signs. If you lose both the passphrase and the recovery key, nobody can read"
            " the journal again."
        )

    def _estimate(self, work: object, tell: object) -> None:
        self._session.apart.start(
            lambda _look: work(),  # type: ignore[operator]
            owner=self,
            done=tell,  # type: ignore[arg-type]
        )

    def _on_return(self) -> None:
        fields = [one for one in (self.old, self.new, self.repeated) if not one.isHidden()]
        empty = next((one for one in fields if not one.text()), None)
        if empty is not None:
            empty.setFocus()
        else:
            self._on_accept()

    def _on_accept(self) -> None:
        self.words.hide()
        if self._purpose is not Purpose.REMOVE and not self.new.text():
            self._tell(self.tr("Type the new passphrase, or cancel."))
            return
        if self.new.text() != self.repeated.text():
            self.repeated.clear()
            self._tell(self.tr("The two are not the same. Type the new passphrase once more."))
            return
        self._set_busy(True)
        if self.old.isHidden():
            self._change()
            return
        journal, typed = self._session.journal, self.old.text()
        self._session.apart.start(
            lambda _look: keys.check_passphrase(journal, typed),
            owner=self,
            done=lambda _: self._change(),
            refused=self._on_refused,
        )

    def _change(self) -> None:
        new = self.new.text()
        self._session.write_keys(
            lambda tx, journal: (
                keys.remove_passphrase(tx, journal)
                if self._purpose is Purpose.REMOVE
                else keys.set_passphrase(tx, journal, new)
            ),
            owner=self,
            done=lambda _: self._on_done(),
            refused=self._on_refused,
        )

    def _on_done(self) -> None:
        self._clear()
        self.accept()
        self.done_with.emit(self._purpose)

    def _on_refused(self, error: KotterError) -> None:
        self._set_busy(False)
        self.old.clear()
        self.old.setFocus()
        self._tell(error_sentence(error))

    def _tell(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.words.show()
        fit_height(self, _WIDTH)

    def _set_busy(self, busy: bool) -> None:
        for part in (self.old, self.new, self.repeated, self.accept_button, self.cancel_button):
            part.setEnabled(not busy)
        self.accept_button.setText(self.tr("A moment…") if busy else self._title())

    def _clear(self) -> None:
        for field in (self.old, self.new, self.repeated):
            field.clear()

    # Qt overrides

    def reject(self) -> None:
        """Leave nothing typed behind; not while a change is under way."""
        if self.cancel_button.isEnabled():
            self._clear()
            super().reject()
