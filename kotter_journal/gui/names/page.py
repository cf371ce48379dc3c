"""NamesPage: browses tags and people, renames and merges them, and notes who somebody is."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.invisible import named
from kotter_journal.domain.naming import NameKind, look_alikes
from kotter_journal.gui import theme
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.names.name_table import NameTable
from kotter_journal.gui.names.rename_dialog import RenameDialog
from kotter_journal.gui.notice import Notice
from kotter_journal.gui.section import button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.names import Renaming, note_person, take_back
from kotter_journal.storage import names
from kotter_journal.storage.names import NameUse

_KINDS = (NameKind.TAG, NameKind.PERSON)
_SIDE = 300


class NamesPage(QWidget):
    """``query_asked`` carries a search, ``told`` a sentence and what takes it back.

    ``left``: Esc.
    """

    query_asked = Signal(str)
    told = Signal(str, object)
    left = Signal()

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "page")
        self._session = session
        self._settled: set[frozenset[str]] = set()
        self.tables = {kind: NameTable(kind) for kind in _KINDS}
        self.kinds = QButtonGroup(self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        theme.mark(self.filter, "search")
        self.notice = Notice(wide=True)
        self._stack = QStackedWidget()
        self._empty = label("", "quiet", wrap=True)
        self.entries_button = button(self.tr("Show its entries"), "show_entries", "primary")
        self.rename_button = button(self.tr("Rename or merge…"), "rename")
        self.alias, self.relation = QLineEdit(), QLineEdit()
        self.keep_button = button(self.tr("Keep"), "keep_notes")
        self._lay_out()
        self._connect()
        self._show_kind()
        self.setFocusProxy(self.filter)

    @property
    def kind(self) -> NameKind:
        """What is shown."""
        return _KINDS[self.kinds.checkedId()]

    @property
    def table(self) -> NameTable:
        """The table in front."""
        return self.tables[self.kind]

    def show_kind(self, kind: NameKind) -> None:
        """Show tags or people."""
        self.kinds.button(_KINDS.index(kind)).setChecked(True)
        self._show_kind()

    def refresh(self) -> None:
        """Count anew."""
        kind = self.kind
        self._session.run(
            lambda tx: names.uses(tx, kind),
            owner=self,
            done=lambda found: self._show(kind, found),
            latest=f"names.{kind.name}",
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(label(self.tr("Tags and people"), "heading"))
        head.addWidget(self._segments())
        head.addStretch(1)
        self.filter.setFixedWidth(theme.px(240))
        head.addWidget(self.filter)
        for table in self.tables.values():
            self._stack.addWidget(table)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._stack, 1)
        row.addWidget(self._side(), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 32)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addLayout(row, 1)

    def _segments(self) -> QFrame:
        frame = QFrame()
        theme.mark(frame, "segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for rank, text in enumerate((self.tr("Tags"), self.tr("People"))):
            segment = QPushButton(text)
            segment.setCheckable(True)
            theme.mark(segment, "segment")
            self.kinds.addButton(segment, rank)
            row.addWidget(segment)
        self.kinds.button(0).setChecked(True)
        return frame

    def _side(self) -> Card:
        self._card = Card(self.tr("Name"))
        self._card.setFixedWidth(theme.px(_SIDE))
        self._card.body.addLayout(buttons(self.entries_button))
        self._card.body.addLayout(buttons(self.rename_button))
        self._notes = QWidget()
        form = QFormLayout(self._notes)
        form.setContentsMargins(0, 8, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.alias.setAccessibleName(self.tr("Alias"))
        self.relation.setAccessibleName(self.tr("Relation"))
        self.relation.setPlaceholderText(self.tr("direct report, peer, customer…"))
        form.addRow(label(self.tr("Alias, which stands for the name outside"), "meta"), self.alias)
        form.addRow(label(self.tr("Relation to you"), "meta"), self.relation)
        form.addRow(buttons(self.keep_button))
        self._card.body.addWidget(self._notes)
        return self._card

    def _connect(self) -> None:
        self.kinds.idClicked.connect(lambda _: self._show_kind())
        for table in self.tables.values():
            table.entered.connect(self._on_entries)
            table.chosen_changed.connect(self._on_chosen)
        self.filter.textChanged.connect(lambda text: self.table.filter(text.lstrip("#@")))
        self.filter.returnPressed.connect(self.table.setFocus)
        self.entries_button.clicked.connect(self._on_entries)
        self.rename_button.clicked.connect(self._on_rename)
        self.keep_button.clicked.connect(self._on_keep)
        for field in (self.alias, self.relation):
            field.returnPressed.connect(self._on_keep)
        self._session.changed.connect(self._on_changed)

    def _show_kind(self) -> None:
        self.notice.dismiss()
        self.table.filter(self.filter.text().lstrip("#@"))
        self._stack.setCurrentWidget(self.table)
        self._notes.setVisible(self.kind is NameKind.PERSON)
        self._on_chosen()
        self.refresh()

    def _show(self, kind: NameKind, found: list[NameUse]) -> None:
        self.tables[kind].show_uses(found)
        if kind is not self.kind:
            return
        if found:
            self._stack.setCurrentWidget(self.table)
        else:
            text = self.tr("No tag yet. Write #one into any text.")
            if kind is NameKind.PERSON:
                text = self.tr("Nobody is named yet. Write @Name into any text.")
            self._empty.setText(text)
            self._stack.setCurrentWidget(self._empty)
        self._on_chosen()
        self._point_out(found)

    def _point_out(self, found: list[NameUse]) -> None:
        """Ask about the first pair that looks alike and was not answered yet."""
        by_name = {one.name: one for one in found if one.entries}
        for first, second in look_alikes(by_name):
            if frozenset((first, second)) not in self._settled:
                self._ask_about(by_name[first], by_name[second])
                return
        self.notice.dismiss()

    def _ask_about(self, first: NameUse, second: NameUse) -> None:
        pair = sorted((first, second), key=lambda one: one.entries)
        mark = self.kind.value
        sentence = self.tr("{0} and {1} look alike. Are they the same?").format(
            named(f"{mark}{first.name}"), named(f"{mark}{second.name}")
        )

        def merge() -> None:
            self._open_rename(pair[0], pair[1].name)

        self.notice.say(sentence, self.tr("Merge them…"), merge)
        self.notice.gone.connect(
            lambda: self._settled.add(frozenset((first.name, second.name))),
            Qt.ConnectionType.SingleShotConnection,
        )

    def _on_chosen(self) -> None:
        use = self.table.chosen()
        writing = (self.rename_button, self.keep_button, self.alias, self.relation)
        for part in writing:
            part.setEnabled(use is not None and not self._session.read_only)
        self.entries_button.setEnabled(use is not None and use.entries > 0)
        self._card.set_title(named(f"{self.kind.value}{use.name}") if use else self.tr("Name"))
        self.alias.setText(use.alias if use else "")
        self.relation.setText(use.relation if use else "")

    def _on_entries(self) -> None:
        use = self.table.chosen()
        if use is not None and use.entries:
            key = "tag" if self.kind is NameKind.TAG else "person"
            self.query_asked.emit(f'{key}:"{use.name}"')

    def _on_rename(self) -> None:
        use = self.table.chosen()
        if use is not None:
            self._open_rename(use)

    def _open_rename(self, use: NameUse, proposed: str = "") -> None:
        known = list(self.table.names.uses)
        dialog = RenameDialog(self._session, self.kind, use, known, self.window())
        if proposed:
            dialog.name.setText(proposed)
        dialog.renamed.connect(self._on_renamed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_renamed(self, done: Renaming) -> None:
        self.refresh()
        self.table.choose(done.new)
        mark = done.kind.value
        sentence = self.tr("{0} is {1} now.").format(f"{mark}{done.old}", f"{mark}{done.new}")
        self.told.emit(named(sentence), self._taking_back(done))

    def _taking_back(self, done: Renaming) -> Callable[[], None]:
        session = self._session

        def take() -> None:
            now = session.now()
            session.write(
                lambda tx: take_back(tx, done, now)[0], owner=session, done=lambda _: self.refresh()
            )

        return take

    def _on_keep(self) -> None:
        use = self.table.chosen()
        if use is None or self.kind is not NameKind.PERSON:
            return
        alias, relation, now = self.alias.text(), self.relation.text(), self._session.now()
        self._session.write(
            lambda tx: note_person(tx, use.id, alias=alias, relation=relation, now=now),
            owner=self,
            done=lambda _: self._on_kept(),
        )

    def _on_kept(self) -> None:
        self.refresh()
        self.told.emit(self.tr("Kept."), None)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.entries:
            self.refresh()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What was written meanwhile counts."""
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to the page before."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
