"""Band scale: the user's own band as a bracket under the split, and where the share lies."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from kotter_journal.domain.own_band import band_text
from kotter_journal.domain.working_time import Band
from kotter_journal.gui import theme
from kotter_journal.gui.drawing import Align, Canvas, Corners, isolated, width_of

HEIGHT = 34
"""Pixels at 100 % that the scale takes."""


def draw_band(canvas: Canvas, area: QRectF, band: Band, share: float) -> None:
    """A pointer at the share 0..1, and the bracket of the band with its figures."""
    if band.low is None or band.high is None:
        return
    tokens = theme.tokens()
    left = area.left() + area.width() * band.low / 100
    right = area.left() + area.width() * band.high / 100
    top = area.top() + theme.px(12)
    room = QRectF(left, top, max(2.0, right - left), area.bottom() - top)
    canvas.box(room, tokens.accent_soft, None, Corners(0, 0))
    for edge in (round(left) + 1, round(right) - 1):
        canvas.line(QPointF(edge, room.top()), QPointF(edge, room.bottom()), tokens.accent, 2)
    _draw_words(canvas, area, room, band)
    x, y, half = area.left() + area.width() * share, area.top() + 2, theme.px(5)
    canvas.area_between(
        [QPointF(x, y), QPointF(x - half, y + theme.px(7)), QPointF(x + half, y + theme.px(7))],
        tokens.text,
    )


def _draw_words(canvas: Canvas, area: QRectF, room: QRectF, band: Band) -> None:
    """Within the bracket, or beside it on the side that has room."""
    font, color, gap = theme.font(12, 600), theme.tokens().accent, theme.px(8)
    words = QCoreApplication.translate("BandScale", "your band {0}").format(band_text(band))
    wide = width_of(words, font) + gap
    if wide <= room.width():
        canvas.text(room, isolated(words), font, color, Align.CENTER)
    elif room.right() + gap + wide < area.right():
        beside = QRectF(room.right() + gap, room.top(), wide, room.height())
        canvas.text(beside, isolated(words), font, color)
    else:
        beside = QRectF(room.left() - gap - wide, room.top(), wide, room.height())
        canvas.text(beside, isolated(words), font, color, Align.END)
