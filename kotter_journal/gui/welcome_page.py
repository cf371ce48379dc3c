"""WelcomePage: the first start, in one calm screen."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.strength_line import Ask, StrengthLine

_WIDTH = 520


class WelcomePage(QScrollArea):
    """Says what the journal is and offers a passphrase; doing without is just as good an answer.

    ``chosen`` carries the passphrase, or "" for none; ``existing_asked`` the folder of a journal
    that is there already.
    """

    chosen = Signal(str)
    existing_asked = Signal(object)

    def __init__(self, folder: Path, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.passphrase, self.repeated = QLineEdit(), QLineEdit()
        for field, name in (
            (self.passphrase, self.tr("A passphrase, if you want one")),
            (self.repeated, self.tr("The passphrase again")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.textChanged.connect(self._on_text)
            field.returnPressed.connect(self._on_return)
        self._strength = StrengthLine(self.passphrase, ask)
        self.words = label("", "danger", wrap=True)
        self.words.hide()
        self.with_passphrase = QPushButton(self.tr("Start with this passphrase"))
        self.without = QPushButton(self.tr("Not now"))
        self._existing = QPushButton(self.tr("Open a journal that is there already…"))
        theme.mark(self.with_passphrase, "primary")
        theme.mark(self._existing, "link")
        self.with_passphrase.clicked.connect(self._on_with)
        self.without.clicked.connect(lambda: self._choose(""))
        self._existing.clicked.connect(self._on_existing)
        self._lay_out(folder)
        self._on_text()
        self.setFocusProxy(self.passphrase)

    def tell(self, sentence: str) -> None:
        """What went wrong; everything can be tried again."""
        self.words.setText(sentence)
        self.words.show()
        self.setEnabled(True)
        self._on_text()

    def _lay_out(self, folder: Path) -> None:
        page = QFrame()
        theme.mark(page, "page")
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(label(self.tr("Your journal, and nobody else’s"), "title", wrap=True))
        what = self.tr(
            "What you write is kept on this computer, encrypted, in {0}. Nothing leaves it unless"
            " you send it: there is no account and no server."
        )
        column.addWidget(label(what.format(folder), "quiet", wrap=True))
        column.addSpacing(8)
        column.addWidget(label(self.tr("Do you want a passphrase?"), "section"))
        with_one = self.tr(
            "With a passphrase, only somebody who knows it can open the journal, on this computer"
            " or from a copy. You also get a recovery key to keep on paper: if you lose both,"
            " nobody can read the journal again, we neither."
        )
        column.addWidget(label(with_one, "quiet", wrap=True))
        for part in (self.passphrase, self._strength, self.repeated, self.words):
            column.addWidget(part)
        answers = QHBoxLayout()
        answers.addWidget(self.with_passphrase)
        answers.addWidget(self.without)
        answers.addStretch(1)
        column.addLayout(answers)
        without = self.tr(
            "Without one, this computer opens the journal by itself. A copy of its folder stays"
            " closed, but whoever can use your account can read it. You can set one at any time"
            " in the settings."
        )
        column.addWidget(label(without, "meta", wrap=True))
        column.addSpacing(8)
        column.addWidget(self._existing, 0, Qt.AlignmentFlag.AlignLeft)
        middle = QWidget()
        middle.setLayout(column)
        middle.setFixedWidth(theme.px(_WIDTH))
        # Not aligned: a widget that is gets the height of its hint, and wrapped words need more.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        self.setWidget(page)

    def _on_text(self) -> None:
        typed = self.passphrase.text()
        self.repeated.setVisible(bool(typed))
        self.with_passphrase.setEnabled(bool(typed))

    def _on_return(self) -> None:
        if not self.passphrase.text():
            return
        if not self.repeated.text():
            self.repeated.setFocus()
        else:
            self._on_with()

    def _on_with(self) -> None:
        if self.passphrase.text() != self.repeated.text():
            self.tell(self.tr("The two are not the same. Type the passphrase once more."))
            self.repeated.clear()
            self.repeated.setFocus()
            return
        self._choose(self.passphrase.text())

    def _choose(self, passphrase: str) -> None:
        self.words.hide()
        self.setEnabled(False)
        self.chosen.emit(passphrase)

    def _on_existing(self) -> None:
        title = self.tr("The folder of the journal")
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.existing_asked.emit(Path(folder))
