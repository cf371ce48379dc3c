"""RevisionsDialog: everything a direction has said, the newest first, with what changed."""

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextEdit, QVBoxLayout, QWidget

from kotter_journal.domain.differences import difference
from kotter_journal.domain.direction import Direction, Revision
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons

_SIZE = (620, 520)


class RevisionsDialog(QDialog):
    """What came in with a revision is underlined; nothing here can be changed."""

    def __init__(self, direction: Direction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What it said before"))
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The revisions, newest first"))
        theme.mark(self.text, "document")
        self.close_button = button(self.tr("Close"), "close")
        self.close_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(10)
        column.addWidget(label(self.tr("What it said before"), "section"))
        words = self.tr("Newest first. Words that came in with a revision are underlined.")
        column.addWidget(label(words, "quiet", wrap=True))
        column.addWidget(self.text, 1)
        column.addLayout(buttons(self.close_button))
        self.resize(*(theme.px(one) for one in _SIZE))
        self._write(direction.revisions)

    def _write(self, revisions: tuple[Revision, ...]) -> None:
        cursor = QTextCursor(self.text.document())
        plain, quiet, head, new = (QTextCharFormat() for _ in range(4))
        quiet.setForeground(theme.tokens().text2)
        head.setFont(theme.font(13, 600))
        new.setFontUnderline(True)
        for rank in range(len(revisions) - 1, -1, -1):
            one = revisions[rank]
            if rank < len(revisions) - 1:
                cursor.insertBlock()
                cursor.insertBlock()
            words = self.tr("From {0}").format(date_text(one.effective_on))
            cursor.insertText(words, head)
            cursor.insertText(f"  {one.origin.label}", quiet)
            cursor.insertBlock()
            before = revisions[rank - 1].text if rank else one.text
            for run in difference(before, one.text).after:
                cursor.insertText(run.text, new if run.changed else plain)
            if one.why:
                cursor.insertBlock()
                cursor.insertText(one.why, quiet)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
