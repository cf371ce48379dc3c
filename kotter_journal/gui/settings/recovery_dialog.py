"""RecoveryDialog: shows the recovery key, and sees that it was kept before it is shown no more."""

import secrets
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.config.files import write_atomically
from kotter_journal.domain.errors import KotterError, StorageFailed, StorageTrouble
from kotter_journal.domain.sentences import date_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import keys
from kotter_journal.storage.recovery_key import GROUPS, RecoveryKey

_WIDTH, _COLUMNS = 560, 3


class RecoveryDialog(QDialog):
    """The key in large groups, to print, to save as a file or to write down.

    Closed before a group was typed back, it can be shown again. ``confirmed``: it is kept.
    """

    confirmed = Signal()

    def __init__(
        self, session: JournalSession, key: RecoveryKey, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._key = key
        self._asked = secrets.choice(range(1, GROUPS + 1))
        self.setWindowTitle(self.tr("Recovery key"))
        self.print_button = button(self.tr("Print…"), "print_key")
        self.save_button = button(self.tr("Save as a file…"), "save_key")
        self.typed = QLineEdit()
        self.typed.setMaxLength(12)
        question = self.tr("Group {0} of the key").format(self._asked)
        self.typed.setPlaceholderText(question)
        self.typed.setAccessibleName(question)
        self.confirm_button = button(self.tr("I keep it"), "confirm_key", "primary")
        self.later_button = button(self.tr("Later"), "later")
        self.words = label("", "danger", wrap=True)
        self.words.setObjectName("trouble")
        self.words.hide()
        self._lay_out()
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.typed.returnPressed.connect(self._on_confirm)
        self.confirm_button.clicked.connect(self._on_confirm)
        self.later_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Your recovery key"), "section"))
        column.addWidget(label(_what_it_is(self), "quiet", wrap=True))
        column.addWidget(self._groups())
        column.addLayout(buttons(self.print_button, self.save_button))
        rule = QFrame()
        theme.mark(rule, "rule")
        column.addWidget(rule)
        words = self.tr(
            "To see that you have it, type group {0} from your paper or file. After that the key is"
            " shown no more; until then you find it in the settings."
        )
        column.addWidget(label(words.format(self._asked), "quiet", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.typed, 1)
        row.addWidget(self.confirm_button)
        row.addWidget(self.later_button)
        column.addLayout(row)
        column.addWidget(self.words)
        fit_height(self, _WIDTH)

    def _groups(self) -> QFrame:
        card = QFrame()
        theme.mark(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setVerticalSpacing(8)
        for number, group in enumerate(self._key.groups, start=1):
            cell = QHBoxLayout()
            count = label(f"{number}", "faint")
            count.setFixedWidth(theme.px(14))
            shown = QLabel(group)
            shown.setFont(_spaced(theme.font(22, 600, tabular=True)))
            shown.setAccessibleName(f"{number}: {' '.join(group)}")
            cell.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
            cell.addWidget(shown, 1)
            grid.addLayout(cell, (number - 1) // _COLUMNS, (number - 1) % _COLUMNS)
        return card

    def _on_confirm(self) -> None:
        if not self._key.has_group(self._asked, self.typed.text()):
            sentence = self.tr("That is not group {0}. Look again; the key stays the same.")
            self._tell(sentence.format(self._asked), "danger")
            self.typed.selectAll()
            self.typed.setFocus()
            return
        now = self._session.now()
        self.confirm_button.setEnabled(False)
        self._session.write_keys(
            lambda tx, journal: keys.confirm_recovery_saved(tx, journal, now),
            owner=self,
            done=lambda _: self._on_confirmed(),
            refused=self._on_refused,
        )

    def _on_confirmed(self) -> None:
        self.accept()
        self.confirmed.emit()

    def _on_refused(self, error: KotterError) -> None:
        self.confirm_button.setEnabled(True)
        self._tell(error_sentence(error), "danger")

    def _on_save(self) -> None:
        name = str(Path.home() / self.tr("Kotter Journal recovery key.txt"))
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the recovery key"), name)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the key into a file that only its owner can read, and say what follows of it."""
        text = sheet_text(self._key, self._session.now())
        try:
            write_atomically(path, text.encode())
        except OSError as error:
            trouble = StorageFailed(StorageTrouble.READ_ONLY, path)
            trouble.__cause__ = error
            self._tell(error_sentence(trouble), "danger")
            return
        journal = self._session.journal.folder.resolve()
        if journal in path.resolve().parents:
            sentence = self.tr(
                "Saved, but beside the journal: whoever copies its folder can read it. Move {0} to"
                " another disk."
            )
            self._tell(sentence.format(path), "warn")
        else:
            sentence = self.tr("Saved in {0}. Keep it apart from this computer.")
            self._tell(sentence.format(path), "quiet")

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.tr("Recovery key"))
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            print_sheet(printer, self._key, self._session.now())
            self._tell(self.tr("Sent to the printer."), "quiet")

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        self.words.show()
        fit_height(self, _WIDTH)


def sheet_text(key: RecoveryKey, now: datetime) -> str:
    """The sheet that is kept: the key and how it is used."""
    lines = [key.groups[at : at + _COLUMNS] for at in range(0, GROUPS, _COLUMNS)]
    shown = "\n".join("    " + "   ".join(line) for line in lines)
    return (
        "Kotter Journal: recovery key\n\n"
        f"{shown}\n\n"
        f"Kept on {date_text(now.date())}. Whoever has this key and the journal, or a backup of\n"
        "it, can read it: keep it apart from your computer, and tell nobody where.\n\n"
        'To use it: start Kotter Journal, choose "Use the recovery key", and type the key.\n'
        "Large or small letters, with or without gaps, are the same.\n"
    )


def print_sheet(printer: QPrinter, key: RecoveryKey, now: datetime) -> None:
    """One page with the sheet."""
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    with QPainter(printer) as painter:
        font = QFont(theme.font(12).family())
        font.setPointSizeF(12)
        painter.setFont(font)
        page = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
        margin = page.width() / 12
        room = QRectF(0, 0, page.width(), page.height()).adjusted(margin, margin, -margin, -margin)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), sheet_text(key, now))


def _what_it_is(dialog: RecoveryDialog) -> str:
    facts = dialog._session.journal.vault.facts  # noqa: SLF001  (its own helper)
    if facts.passphrase:
        lost = dialog.tr("the passphrase and this key")
    else:
        lost = dialog.tr("this computer and this key")
    sentence = dialog.tr(
        "It opens the journal and its backups when nothing else does. Whoever has it and the"
        " journal can read it, so keep it on paper or on another disk. If you lose {0}, nobody can"
        " read the journal again."
    )
    return sentence.format(lost)


def _spaced(font: QFont) -> QFont:
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
    return font
