"""EntryDelegate: paints one entry of the list, and the day above it where a day begins."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.drawing import Align, Canvas, Corners, broken, inset, isolated
from kotter_journal.gui.entries.list_model import DayHead, Found, Role
from kotter_journal.gui.entries.one_line import HitColors, OneLine
from kotter_journal.gui.entry_words import time_text, unreadable, untitled

ROW, HEAD = 84, 34
"""Heights at 100 % of an entry, and of the day above the first one of a day."""
_CHIP, _CHIP_GAP = 11, 13


@dataclass(frozen=True, slots=True)
class _Look:
    """The typefaces of a row."""

    title: OneLine
    text: OneLine
    meta: OneLine
    chip: OneLine
    head: OneLine

    @staticmethod
    def in_force() -> "_Look":
        return _Look(
            title=OneLine(theme.font(14, 600)),
            text=OneLine(theme.font(13)),
            meta=OneLine(theme.font(12)),
            chip=OneLine(theme.font(12, 500)),
            head=OneLine(theme.font(12, 600)),
        )


class EntryDelegate(QStyledItemDelegate):
    """Title and time, one line of text, activities; hits of a search stand out in the line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = _Look.in_force()

    def refresh(self) -> None:
        """Take the typefaces of the theme and the text size in force."""
        self._look = _Look.in_force()

    # Qt overrides

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One row; one that cannot be read stays blank."""
        area = QRectF(option.rect)
        painter.save()
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        canvas = _RowCanvas(painter, area, self._look, rtl=rtl)
        head = index.data(Role.HEAD)
        if head is not None:
            canvas.head(QRectF(area.x(), area.y(), area.width(), theme.px(HEAD)), head)
            area.setTop(area.top() + theme.px(HEAD))
        summary = index.data(Role.SUMMARY)
        if summary is not None:
            canvas.ground(area, option.state)
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            canvas.entry(area, summary, index.data(Role.FOUND), selected=selected)
        elif index.data(Role.DAMAGED):
            canvas.ground(area, option.state)
            canvas.damage(area)
        painter.restore()

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """A row without a day above it; EntryListView adds that itself."""
        return QSize(theme.px(ROW), theme.px(ROW))


class _RowCanvas(Canvas):
    """A canvas that knows the parts of a row."""

    def __init__(self, painter: QPainter, area: QRectF, look: _Look, *, rtl: bool) -> None:
        super().__init__(painter, area, rtl=rtl)
        self._look = look
        self._tokens = theme.tokens()

    def head(self, area: QRectF, head: DayHead) -> None:
        """The day, and at its end the hours logged on it."""
        line = area.adjusted(16, theme.px(2), -16, 0)
        hours = minutes_text(head.minutes) if head.minutes else ""
        room = self._at_end(line, hours, self._look.meta)
        style = self._look.head
        self.text(room, style.elided(head.text, room.width()), style.font, self._tokens.text2)

    def ground(self, area: QRectF, state: QStyle.StateFlag) -> None:
        """What tells the selected row, the one under the pointer and the one with the focus."""
        card = area.adjusted(8, 0, -8, -theme.px(4))
        if state & QStyle.StateFlag.State_Selected:
            self.box(card, self._tokens.accent_soft, None, Corners(8, 8))
            bar = QRectF(card.x(), card.y() + theme.px(10), 3, card.height() - theme.px(20))
            self.box(bar, self._tokens.accent, None, Corners(1.5, 1.5))
        elif state & QStyle.StateFlag.State_MouseOver:
            self.box(card, self._tokens.canvas, None, Corners(8, 8))
        if state & QStyle.StateFlag.State_HasFocus:
            self.painter.setPen(QPen(self._tokens.accent, 2))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRoundedRect(self.mirror(card).adjusted(1, 1, -1, -1), 7, 7)

    def damage(self, area: QRectF) -> None:
        """That there is an entry, and that it cannot be read."""
        line = area.adjusted(20, theme.px(6), -20, 0)
        line.setHeight(theme.px(22))
        style = self._look.meta
        words = style.elided(unreadable(), line.width())
        self.text(line, words, style.font, self._tokens.danger)

    def entry(
        self, area: QRectF, summary: EntrySummary, found: Found | None, *, selected: bool
    ) -> None:
        """The three lines of an entry."""
        tokens, look = self._tokens, self._look
        inner = area.adjusted(20, 0, -20, 0)
        top = QRectF(inner.x(), area.y() + theme.px(6), inner.width(), theme.px(22))
        room = self._at_end(top, time_text(summary.at) if summary.at else "", look.meta)
        if summary.starred:
            room = self._star(room)
        line = QRectF(inner.x(), area.y() + theme.px(28), inner.width(), theme.px(21))
        heading, more = summary.heading or untitled(), summary.excerpt
        if not more:  # a heading alone may go on in the second line
            heading, more = broken(heading, look.title.font, room.width())
        title, text = Found(heading, ()), Found(more, ())
        if found is not None and found.text == summary.heading:
            title = found
        elif found is not None:
            text = found
        color = tokens.text if summary.heading else tokens.text3
        self._line(room, title, look.title, color, selected)
        self._line(line, text, look.text, tokens.text2, selected)
        self._chips(inner, area.y() + theme.px(65), summary)

    def _at_end(self, line: QRectF, words: str, style: OneLine) -> QRectF:
        """Quiet words at the end of a line; the room that they leave."""
        if not words:
            return line
        self.text(line, isolated(words), style.font, self._tokens.text2, Align.END)
        return inset(line, style.width(words) + 12, Align.END)

    def _star(self, room: QRectF) -> QRectF:
        side = theme.px(14)
        place = QRectF(room.right() - side, room.center().y() - side / 2, side, side)
        icon = theme.icon("star", self._tokens.accent)
        icon.paint(self.painter, self.mirror(place).toRect())
        return inset(room, side + 6, Align.END)

    def _line(
        self, room: QRectF, found: Found, style: OneLine, color: QColor, selected: bool
    ) -> None:
        if not found.hits:
            self.text(room, style.elided(found.text, room.width()), style.font, color)
            return
        ground = self._tokens.surface if selected else self._tokens.accent_soft
        colors = HitColors(color, self._tokens.text, ground)
        style.draw_hits(self, room, found.text, found.hits, colors)

    def _chips(self, inner: QRectF, middle: float, summary: EntrySummary) -> None:
        """Activities with their minutes, longest first, as many as there is room for."""
        style, color = self._look.chip, self._tokens.text2
        height = theme.px(18)
        x, chips = inner.x(), _chips(summary)
        for number, chip in enumerate(chips):
            rest = len(chips) - number
            width = style.width(chip.words) + (theme.px(_CHIP) + 5 if chip.swatch else 0)
            needed = width + (theme.px(30) if rest > 1 else 0)
            if number and x + needed > inner.right():
                more = QRectF(x, middle - height / 2, theme.px(40), height)
                self.text(more, isolated(f"+{rest}"), style.font, color)
                return
            line = QRectF(x, middle - height / 2, width + 2, height)
            if chip.swatch:
                self._chip_swatch(QPointF(x, middle), chip.activity)
                line = inset(line, theme.px(_CHIP) + 5, Align.START)
            self.text(line, isolated(chip.words), style.font, color)
            x += width + _CHIP_GAP

    def _chip_swatch(self, start: QPointF, activity: Activity | None) -> None:
        side = theme.px(_CHIP)
        square = QRectF(start.x(), start.y() - side / 2, side, side)
        if activity is None:
            self.hatch(square, Corners(3, 3))
        else:
            self.activity(square, activity, Corners(3, 3))


@dataclass(frozen=True, slots=True)
class _Chip:
    """A few words with a swatch; ``activity`` None is hatched."""

    words: str
    activity: Activity | None = None
    swatch: bool = True


def _chips(summary: EntrySummary) -> list[_Chip]:
    longest_first = sorted(summary.minutes, key=lambda pair: -pair[1])
    chips = [_Chip(f"{a.short_label} {m}" if m else a.short_label, a) for a, m in longest_first]
    if summary.duration is None:
        return chips or [_Chip(QCoreApplication.translate("entries", "No time"), swatch=False)]
    rest = summary.duration - sum(minutes for _, minutes in summary.minutes)
    if rest > 0:
        unsorted = QCoreApplication.translate("entries", "Not classified {0}")
        chips.append(_Chip(unsorted.format(rest)))
    return chips
