"""Drawing: the few shapes that every chart is made of, for the window, pictures and paper alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from kotter_journal.domain.activities import Activity
from kotter_journal.gui import theme

SWATCH = 13
_HATCH_STEP = 5


class Align(Enum):
    """Where a text stands in its box; START is where reading starts."""

    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Corners:
    """Radii of a box at its reading-start and reading-end side."""

    start: float = 4
    end: float = 4


def isolated(text: str) -> str:
    """``text`` kept in its own order inside right-to-left writing (U+2068 .. U+2069)."""
    return f"\u2068{text}\u2069"


def inset(rect: QRectF, by: float, align: Align) -> QRectF:
    """``rect`` without its first ``by`` pixels, counted from the side that ``align`` starts at."""
    if align is Align.START:
        return rect.adjusted(by, 0, 0, 0)
    return rect.adjusted(0, 0, -by, 0)


def width_of(text: str, font: QFont) -> float:
    """Pixels that ``text`` takes on one line."""
    return QFontMetricsF(font).horizontalAdvance(text)


def elided(text: str, font: QFont, width: float) -> str:
    """``text`` on one line, cut with an ellipsis where it is wider than ``width`` pixels."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


def broken(text: str, font: QFont, width: float) -> tuple[str, str]:
    """``text`` as a first line of whole words within ``width`` pixels, and what is left of it."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width).removesuffix("…")
    first = fitting.rpartition(" ")[0] or fitting
    return first, text[len(first) :].lstrip()


class Canvas:
    """A painter over one area, laid out as for left-to-right and mirrored in one place.

    Coordinates count from the reading-start side of ``area``.
    """

    def __init__(self, painter: QPainter, area: QRectF, *, rtl: bool = False) -> None:
        self.painter = painter
        self.area = area
        self.rtl = rtl
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def mirror(self, rect: QRectF) -> QRectF:
        """Where ``rect`` really lies."""
        return mirrored(rect, self.area) if self.rtl else rect

    def box(
        self,
        rect: QRectF,
        fill: QColor | None,
        outline: QColor | None = None,
        corners: Corners | None = None,
    ) -> None:
        """A box with rounded sides; an outline lies inside it, one pixel wide."""
        corners = corners or Corners()
        place = self.mirror(rect)
        if outline is not None and min(place.width(), place.height()) > 2:
            place = place.adjusted(0.5, 0.5, -0.5, -0.5)
        self.painter.setPen(QPen(outline, 1) if outline is not None else Qt.PenStyle.NoPen)
        self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        left, right = (corners.end, corners.start) if self.rtl else (corners.start, corners.end)
        self.painter.drawPath(rounded(place, left, right))

    def activity(self, rect: QRectF, activity: Activity, corners: Corners | None = None) -> None:
        """A box in an activity's colours: solid where it leads, tint with outline elsewhere."""
        colors = theme.activity_colors(activity)
        outline = None if colors.outline == colors.fill else colors.outline
        self.box(rect, colors.fill, outline, corners)

    def hatch(
        self,
        rect: QRectF,
        corners: Corners | None = None,
        *,
        fill: QColor | None = None,
        color: QColor | None = None,
    ) -> None:
        """A box of slanting lines: minutes that no activity has yet, or a day off."""
        color = color or theme.tokens().text3
        self.box(rect, fill or theme.tokens().surface, color, corners)
        place = self.mirror(rect).adjusted(1, 1, -1, -1)  # within the rounded corners
        self.painter.setPen(QPen(color, 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        height = place.height()
        offset = place.left() - height + _HATCH_STEP
        # Cut to the box by hand: pictures in SVG know no clipping.
        while offset < place.right():
            left, right = max(offset, place.left()), min(offset + height, place.right())
            bottom, top = place.bottom() - (left - offset), place.bottom() - (right - offset)
            self.painter.drawLine(QLineF(left, bottom, right, top))
            offset += _HATCH_STEP

    def swatch(self, x: float, y: float, activity: Activity | None) -> None:
        """A small square in an activity's colours, hatched for None."""
        side = theme.px(SWATCH)
        rect = QRectF(x, y, side, side)
        if activity is None:
            self.hatch(rect, Corners(3, 3))
        else:
            self.activity(rect, activity, Corners(3, 3))

    def text(
        self, rect: QRectF, text: str, font: QFont, color: QColor, align: Align = Align.START
    ) -> None:
        """One line of text, in the middle of the height of ``rect``."""
        flag = Qt.AlignmentFlag.AlignHCenter
        if align is not Align.CENTER:
            at_left = (align is Align.START) != self.rtl
            flag = Qt.AlignmentFlag.AlignLeft if at_left else Qt.AlignmentFlag.AlignRight
        self.painter.setFont(font)
        self.painter.setPen(color)
        options = int(flag | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine.value
        self.painter.drawText(self.mirror(rect), options, text)

    def line(
        self,
        start: QPointF,
        end: QPointF,
        color: QColor,
        width: float = 1,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """A straight line, sharp where it is level or upright."""
        place = self.mirror(QRectF(start, end))
        self.painter.setPen(QPen(color, width, style))
        self.painter.drawLine(place.topLeft(), place.bottomRight())

    def path(self, points: Sequence[QPointF], color: QColor, width: float) -> None:
        """A line from point to point."""
        pen = QPen(color, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(self._polygon(points))

    def area_between(self, points: Sequence[QPointF], fill: QColor) -> None:
        """The area that these points enclose."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(fill)
        self.painter.drawPolygon(self._polygon(points))

    def _polygon(self, points: Sequence[QPointF]) -> QPolygonF:
        return QPolygonF([self.mirror(QRectF(point, point)).topLeft() for point in points])

    def dot(self, center: QPointF, radius: float, fill: QColor | None, outline: QColor) -> None:
        """A round mark."""
        self.painter.setPen(QPen(outline, 1))
        self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        place = self.mirror(QRectF(center, center)).topLeft()
        self.painter.drawEllipse(place, radius, radius)


def mirrored(rect: QRectF, area: QRectF) -> QRectF:
    """``rect`` flipped from the left to the right of ``area``."""
    return QRectF(
        area.left() + area.right() - rect.right(), rect.top(), rect.width(), rect.height()
    )


def rounded(rect: QRectF, left: float, right: float) -> QPainterPath:
    """A box whose left and right corners have radii of their own, no larger than fits."""
    most = min(rect.width(), rect.height()) / 2
    left, right = min(left, most), min(right, most)
    path = QPainterPath()
    if left == right:
        path.addRoundedRect(rect, left, left)
        return path
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    path.moveTo(x + left, y)
    path.lineTo(x + w - right, y)
    path.arcTo(x + w - 2 * right, y, 2 * right, 2 * right, 90, -90)
    path.lineTo(x + w, y + h - right)
    path.arcTo(x + w - 2 * right, y + h - 2 * right, 2 * right, 2 * right, 0, -90)
    path.lineTo(x + left, y + h)
    path.arcTo(x, y + h - 2 * left, 2 * left, 2 * left, 270, -90)
    path.lineTo(x, y + left)
    path.arcTo(x, y, 2 * left, 2 * left, 180, -90)
    path.closeSubpath()
    return path
