"""CardDelegate: paints one entry of the day as a card beside its time."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.drawing import (
    SWATCH,
    Align,
    Canvas,
    Corners,
    broken,
    elided,
    inset,
    isolated,
    width_of,
)
from kotter_journal.gui.entry_words import time_text, untitled

CARD, CARD_GAP, GUTTER, RAIL = 82, 10, 60, 7
SUMMARY_ROLE = Qt.ItemDataRole.UserRole + 1
"""Under which the model gives the EntrySummary of a row."""


class CardDelegate(QStyledItemDelegate):
    """Time, activity rail, title with its minutes, one line of text, activities."""

    def _paint_card(self, canvas: Canvas, card: QRectF, summary: EntrySummary) -> None:
        tokens, title, strong = theme.tokens(), theme.font(15, 600), theme.font(13, 600)
        self._paint_rail(canvas, card, summary)
        inner = card.adjusted(34, theme.px(11), -16, -theme.px(10))
        minutes = isolated(minutes_text(summary.duration)) if summary.duration else ""
        taken = width_of(minutes, strong) + 16
        star = "★ " if summary.starred else ""
        heading, more = star + (summary.heading or untitled()), summary.excerpt
        if not more:  # a heading alone may go on in the second line
            heading, more = broken(heading, title, inner.width() - taken)
        if not more:  # two lines stand in the middle of the card
            inner.translate(0, theme.px(9))
        line = QRectF(inner.left(), inner.top(), inner.width(), theme.px(20))
        canvas.text(line, minutes, strong, tokens.text, Align.END)
        room = inset(line, taken, Align.END)
        canvas.text(room, elided(heading, title, room.width()), title, tokens.text)
        below = QRectF(inner.left(), line.bottom() + theme.px(2), inner.width(), theme.px(18))
        if more:
            words = theme.font(13)
            canvas.text(below, elided(more, words, below.width()), words, tokens.text2)
            below.translate(0, theme.px(22))
        self._paint_activities(canvas, below, summary)

    def _paint_rail(self, canvas: Canvas, card: QRectF, summary: EntrySummary) -> None:
        rail = QRectF(card.left() + 14, card.top() + 14, RAIL, card.height() - 28)
        parts = [(a, m) for a, m in summary.minutes if m]
        whole = max(summary.duration or 0, 1)
        y = rail.top()
        for rank, (activity, minutes) in enumerate(parts):
            height = max(6.0, rail.height() * minutes / whole - (2 if rank else 0))
            height = min(height, rail.bottom() - y)
            canvas.activity(QRectF(rail.left(), y, RAIL, height), activity, Corners(3, 3))
            y += height + 2
        if not parts:
            canvas.box(rail, theme.tokens().sunken, theme.tokens().line, Corners(3, 3))

    def _paint_activities(self, canvas: Canvas, line: QRectF, summary: EntrySummary) -> None:
        tokens, words = theme.tokens(), theme.font(12, 500)
        x = line.left()
        for activity, minutes in summary.minutes:
            text = f"{activity.label} {minutes_text(minutes)}" if minutes else activity.label
            width = width_of(text, words)
            if x + SWATCH + 6 + width > line.right():
                canvas.text(QRectF(x, line.top(), 20, line.height()), "…", words, tokens.text2)
                return
            canvas.swatch(x, line.center().y() - theme.px(SWATCH) / 2 + 1, activity)
            x += theme.px(SWATCH) + 6
            canvas.text(QRectF(x, line.top(), width + 2, line.height()), text, words, tokens.text2)
            x += width + 16
        left = (summary.duration or 0) - sum(m for _, m in summary.minutes)
        if left > 0 and x + 150 < line.right():
            text = self.tr("{0} not yet classified").format(minutes_text(left))
            canvas.text(
                QRectF(x, line.top(), line.right() - x, line.height()), text, words, tokens.text3
            )
        elif not summary.minutes and not summary.duration:
            canvas.text(line, self.tr("No time given"), words, tokens.text3)

    # Qt overrides

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One row: the time in the gutter, then the card."""
        summary: EntrySummary = index.data(SUMMARY_ROLE)
        tokens, area = theme.tokens(), QRectF(option.rect)
        painter.save()
        canvas = Canvas(painter, area, rtl=option.direction == Qt.LayoutDirection.RightToLeft)
        card = area.adjusted(GUTTER, 0, -2, -CARD_GAP)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        outline = tokens.accent if focused else tokens.control if hovered else tokens.line
        canvas.box(card, tokens.surface, outline, Corners(10, 10))
        if focused:
            canvas.box(card.adjusted(1, 1, -1, -1), None, tokens.accent, Corners(9, 9))
        if summary.at is not None:
            gutter = QRectF(area.left(), area.top() + theme.px(11), GUTTER - 12, theme.px(20))
            canvas.text(gutter, isolated(time_text(summary.at)), theme.font(13, 500), tokens.text2)
        self._paint_card(canvas, card, summary)
        painter.restore()

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All cards are of one height."""
        return QSize(400, theme.px(CARD) + CARD_GAP)
