"""StatementDialog: where to, why, who it came from, and from when on."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.direction import Direction, Origin
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.card import label
from kotter_journal.gui.plain_text import PlainText
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.directions import revise_direction, state_direction
from kotter_journal.storage.database import Transaction

_WIDTH, _LINES_OF_TEXT, _LINES_OF_WHY = 560, 4, 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StatementDialog(QDialog):
    """States a direction, or revises ``known``. ``stated`` carries the Direction or Revision."""

    stated = Signal(object)

    def __init__(
        self, session: JournalSession, known: Direction | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._known = session, known
        title = self.tr("Revise the direction") if known else self.tr("State a direction")
        self.setWindowTitle(title)
        self.text = PlainText(self.tr("Where to, and why it matters"), _LINES_OF_TEXT)
        self.why = PlainText(self.tr("Why now, or why differently"), _LINES_OF_WHY)
        self.origin = QComboBox()
        self.origin.setAccessibleName(self.tr("Where it came from"))
        for origin in Origin:
            self.origin.addItem(origin.label, origin)
        today = session.today()
        self.since = QDateEdit(QDate(today.year, today.month, today.day))
        self.since.setAccessibleName(self.tr("It holds from"))
        self.since.setCalendarPopup(True)
        if known is not None:
            self.text.setPlainText(known.newest.text)
            first = known.newest.effective_on
            self.since.setMinimumDate(QDate(first.year, first.month, first.day))
        self.words = label("", "danger", wrap=True)
        self.words.setObjectName("trouble")
        self.words.hide()
        keep = self.tr("Keep the revision") if known else self.tr("Keep")
        self.keep_button = button(keep, "keep", "primary")
        self.cancel_button = button(self.tr("Cancel"), "cancel")
        self._lay_out(title)
        self.keep_button.clicked.connect(self._on_keep)
        self.cancel_button.clicked.connect(self.reject)
        self.text.textChanged.connect(self._on_text)
        self._on_text()
        self.text.selectAll()
        self.text.setFocus()

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(10)
        column.addWidget(label(title, "section"))
        if self._known:
            words = self.tr(
                "What it said before stays as it was, and so does every entry that refers to it."
            )
        else:
            words = self.tr(
                "One or two sentences that somebody can repeat: a picture of the future, not a"
                " list of steps."
            )
        column.addWidget(label(words, "quiet", wrap=True))
        column.addWidget(label(self.tr("Where to, and why it matters"), "strong"))
        column.addWidget(self.text)
        column.addWidget(label(self.tr("Why now, or why differently (may stay empty)"), "strong"))
        column.addWidget(self.why)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(label(self.tr("It came"), "quiet"), self.origin)
        form.addRow(label(self.tr("It holds from"), "quiet"), self.since)
        column.addLayout(form)
        column.addWidget(self.words)
        column.addLayout(buttons(self.keep_button, self.cancel_button))
        fit_height(self, _WIDTH)

    def _on_text(self) -> None:
        typed = self.text.words.strip()
        same = self._known is not None and typed == self._known.newest.text
        self.keep_button.setEnabled(bool(typed) and not same)

    def _on_keep(self) -> None:
        if not self.keep_button.isEnabled():
            return
        self.keep_button.setEnabled(False)
        text, why, now = self.text.words, self.why.words, self._session.now()
        origin, day = Origin(self.origin.currentData()), self.since.date()
        since, known = date(day.year(), day.month(), day.day()), self._known
        made: list[object] = []

        def tell(tx: Transaction) -> Changes:
            changes, one = (
                revise_direction(tx, known.id, text, why, origin, since, now)
                if known
                else state_direction(tx, text, why, origin, since, now)
            )
            made.append(one)
            return changes

        self._session.write(
            tell, owner=self, done=lambda _: self._on_kept(made[0]), refused=self._on_refused
        )

    def _on_kept(self, made: object) -> None:
        self.accept()
        self.stated.emit(made)

    def _on_refused(self, error: KotterError) -> None:
        self.words.setText(error_sentence(error))
        self.words.show()
        self.keep_button.setEnabled(True)
        fit_height(self, _WIDTH)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter keeps it, from any field."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_keep()
        else:
            super().keyPressEvent(event)
