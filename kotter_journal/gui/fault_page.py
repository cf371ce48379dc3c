"""FaultPage: why a journal did not open, and every way out of that."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.errors import (
    KeyUnavailable,
    KotterError,
    MistypedRecoveryKey,
    WrongPassphrase,
)
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.apart import Apart
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.doors import Access
from kotter_journal.gui.fault_words import sentence_of, words_of
from kotter_journal.gui.faults import NEED_KEYS, Way, ways_out
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.remedies import Case, Remedies
from kotter_journal.services.way_back import keys_of
from kotter_journal.storage.vault import Vault

_WIDTH = 640


class FaultPage(QScrollArea):
    """A card with a title, the sentence of the fault, and a button with a line for each way.

    ``try_again`` asks to open the journal as usual, ``access_asked`` to open it in another way
    with the Vault and the Access it carries. ``reopen_asked`` and ``readable`` as in Remedies.
    """

    try_again = Signal()
    access_asked = Signal(object, object)
    reopen_asked = Signal(object)
    readable = Signal(object, object)

    def __init__(
        self,
        error: KotterError,
        case: Case,
        vault: Vault | None,
        apart: Apart,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        """``vault`` are the journal's keys, where they were had before the fault."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ask_where_it_lies: Callable[[], Path | None] = self._ask_where_it_lies
        self._error = error
        self._case = case
        self._vault = vault
        self._waiting: Way | None = None
        self.words = label(sentence_of(error, case), "quiet", wrap=True)
        self.words.setObjectName("trouble")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told = label("", "quiet", wrap=True)
        self.told.setObjectName("told")
        self.told.hide()
        self.field = self._key_field()
        self.unlock_button = QPushButton(self.tr("Go on"))
        self.unlock_button.setObjectName("unlock_button")
        self.unlock_button.clicked.connect(self._on_unlock)
        self.unlock_button.hide()
        self.sure_button = QPushButton(self.tr("Go on without what was written later"))
        self.sure_button.setObjectName("sure")
        theme.mark(self.sure_button, "danger")
        self.sure_button.clicked.connect(self._on_sure)
        self.sure_button.hide()
        self.job_row = JobRow()
        self.remedies = Remedies(case, apart, self.job_row, now, self)
        self.ways = {way: self._button(way) for way in ways_out(error)}
        self._lay_out()
        self._connect()
        first = next(iter(self.ways.values()), None)
        if first is not None:
            theme.mark(first, "primary")
            self.setFocusProxy(first)

    def _connect(self) -> None:
        remedies = self.remedies
        remedies.told.connect(self._tell)
        remedies.busy.connect(self._set_busy)
        remedies.reopen_asked.connect(self.reopen_asked)
        remedies.readable.connect(self.readable)
        remedies.mended.connect(self.try_again)

    def _on_way(self, way: Way) -> None:
        if way in NEED_KEYS and self._vault is None:
            self._waiting = way
            self._look_for_keys("")
        else:
            self._go(way)

    def _go(self, way: Way) -> None:
        vault = self._vault
        if vault is not None and way in NEED_KEYS:
            self._go_with_keys(way, vault)
        elif way is Way.RESTORE_FILE:
            self.remedies.restore_file(vault)
        elif way is Way.LOCATE:
            folder = self.ask_where_it_lies()
            if folder is not None:
                self.reopen_asked.emit(folder)
        else:
            self.setEnabled(False)
            self.try_again.emit()

    def _go_with_keys(self, way: Way, vault: Vault) -> None:
        remedies = self.remedies
        acts: dict[Way, Callable[[], None]] = {
            Way.MEND_KEYS: lambda: remedies.mend_keys(vault),
            Way.RESTORE: lambda: remedies.restore(vault),
            Way.OPEN_READABLE: lambda: remedies.open_readable(vault),
            Way.EXPORT: lambda: remedies.export(vault),
            Way.READ: lambda: self._ask_access(vault, Access.READING),
            Way.ACCEPT: self._on_accept,
        }
        acts[way]()

    def _ask_access(self, vault: Vault, access: Access) -> None:
        self.setEnabled(False)
        self.access_asked.emit(vault, access)

    def _on_accept(self) -> None:
        """What is lost is said first, and another button, elsewhere, does it."""
        self._tell(
            self.tr(
                "Everything written after this older state is missing then, unless you find the"
                " newer file. If you put that back before you write here, it counts again."
            ),
            "warn",
        )
        self.sure_button.show()

    def _on_sure(self) -> None:
        if self._vault is not None:
            self._ask_access(self._vault, Access.ACCEPTING_OLDER)

    def _look_for_keys(self, typed: str) -> None:
        case = self._case
        self.remedies.start(
            lambda _look: keys_of(case.folder, case.places, case.keys_folder, typed),
            self.tr("Opening the keys"),
            self._on_keys,
            self._on_no_keys,
        )

    def _on_keys(self, vault: Vault) -> None:
        self._vault = vault
        self._show_field(shown=False)
        way, self._waiting = self._waiting, None
        if way is not None:
            self._go(way)

    def _on_no_keys(self, error: KotterError) -> None:
        asked = isinstance(error, KeyUnavailable | WrongPassphrase | MistypedRecoveryKey)
        if asked and not ways_out(error):
            self._show_field(shown=True)
            self._tell(error_sentence(error), "warn")
        else:
            sentence = self.tr("No backup of it has its keys either. {0}")
            self._tell(sentence.format(error_sentence(error)), "danger")

    def _on_unlock(self) -> None:
        typed = self.field.text()
        if typed and self.job_row.isHidden():
            # Kept nowhere but in the one call.
            self.field.clear()
            self._look_for_keys(typed)

    def _show_field(self, *, shown: bool) -> None:
        self.field.setVisible(shown)
        self.unlock_button.setVisible(shown)
        if shown:
            self.field.setFocus()

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.told, look)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        self.told.setAccessibleName(sentence)
        self.sure_button.hide()

    def _set_busy(self, busy: bool) -> None:
        for part in (*self.ways.values(), self.field, self.unlock_button):
            part.setEnabled(not busy)
        if busy:
            self.job_row.cancel_button.setFocus()

    def _key_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("unlock")
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(self.tr("Passphrase or recovery key"))
        field.setAccessibleName(self.tr("Passphrase or recovery key"))
        field.returnPressed.connect(self._on_unlock)
        field.hide()
        return field

    def _button(self, way: Way) -> QPushButton:
        words, _ = words_of(way, self._error, self._case)
        made = QPushButton(words)
        made.setObjectName(way.value)
        made.clicked.connect(partial(self._on_way, way))
        return made

    def _lay_out(self) -> None:
        card = Card()
        column = card.body
        column.setContentsMargins(28, 26, 28, 26)
        column.addWidget(label(self.tr("The journal is not open"), "heading", wrap=True))
        for part in (self.words, self.told):
            column.addWidget(part)
        column.addWidget(self.sure_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.job_row)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.unlock_button)
        column.addLayout(row)
        column.addLayout(self._grid())
        card.setFixedWidth(theme.px(_WIDTH))
        page = QFrame()
        theme.mark(page, "page")
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card)
        line.addStretch(1)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        outer.addLayout(line)
        outer.addStretch(3)
        self.setWidget(page)

    def _grid(self) -> QGridLayout:
        """A button for each way, of one width, and beside it what it does."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, (way, button) in enumerate(self.ways.items()):
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignVCenter)
            words = words_of(way, self._error, self._case)[1]
            grid.addWidget(label(words, "meta", wrap=True), row, 1)
            button.setAccessibleDescription(words)
        return grid

    def _ask_where_it_lies(self) -> Path | None:
        title = self.tr("The folder of the journal")
        chosen = QFileDialog.getExistingDirectory(self, title)
        return Path(chosen) if chosen else None
