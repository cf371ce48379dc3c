"""DocumentView: a page of the program's own, as long as it is, in the colours of the theme."""

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from kotter_journal.gui import theme

_LINE_HEIGHT, _LINE_HEIGHT_OF_CODE = 140, 105
_CODE = QTextBlockFormat.Property.BlockCodeFence


class DocumentView(QTextBrowser):
    """Grows with its text, so that what it lies in scrolls. It loads and opens nothing."""

    def __init__(self, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = markdown
        theme.mark(self, "document")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._render()

    def _render(self) -> None:
        document = self.document()
        document.setDefaultFont(theme.font(14))
        document.setMarkdown(
            self._markdown,
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        document.setDocumentMargin(0)
        block = document.begin()
        while block.isValid():
            self._space(block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._rule(frame)
        self._fit()

    def _space(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        made = QTextBlockFormat()
        in_table = cursor.currentTable() is not None
        is_code = block.blockFormat().hasProperty(_CODE)
        made.setLineHeight(
            _LINE_HEIGHT_OF_CODE if is_code else _LINE_HEIGHT,
            QTextBlockFormat.LineHeightTypes.ProportionalHeight.value,
        )
        made.setTopMargin(theme.px(18 if level else 0))
        made.setBottomMargin(0 if in_table or is_code else theme.px(4 if block.textList() else 8))
        cursor.mergeBlockFormat(made)
        if level:
            words = QTextCharFormat()
            words.setFontWeight(QFont.Weight.Bold)
            words.setProperty(
                QTextCharFormat.Property.FontSizeAdjustment, {1: 2, 2: 1}.get(level, 0)
            )
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.mergeCharFormat(words)

    def _rule(self, table: QTextTable) -> None:
        """Thin lines and equal room for the words of a table."""
        made = QTextTableFormat()
        made.setBorder(1)
        made.setBorderBrush(theme.tokens().line)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderCollapse(True)
        made.setCellPadding(theme.px(6))
        made.setCellSpacing(0)
        made.setTopMargin(theme.px(4))
        made.setBottomMargin(theme.px(12))
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        first = 40 if table.columns() == 2 else 100 / table.columns()
        rest = (100 - first) / max(1, table.columns() - 1)
        widths = [first, *[rest] * (table.columns() - 1)]
        made.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, width) for width in widths]
        )
        table.setFormat(made)

    def _fit(self) -> None:
        document = self.document()
        document.setTextWidth(self.viewport().width())
        self.setFixedHeight(round(document.size().height()) + 4)

    # Qt overrides

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Nothing, neither from the net nor from this computer."""
        return None

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as there is room."""
        return QSize(theme.px(400), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width takes another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours and sizes of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._render()
