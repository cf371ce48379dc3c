"""Picture: a chart with its title and what it rests on, as PNG, SVG or PDF on white paper."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from kotter_journal.config.files import write_atomically
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart
from kotter_journal.gui.drawing import Canvas, broken, isolated
from kotter_journal.storage.journal import disk_errors

FORMATS = ("png", "svg", "pdf")
WIDTH, _MARGIN, _SHARP = 960, 24, 2
_LINE = 0.92 * (WIDTH - 2 * _MARGIN)
"""Pixels of a line of words; where the typeface is missing another one may be wider."""
DOTS = 96
"""Pixels an inch: what the window's pixels are on paper."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is printed: words over the chart, below it its owner's words and what it rests on."""

    title: str
    note: str
    when: str
    basis: str
    chart: Chart
    caption: str = ""

    def image(self) -> QImage:
        """For the clipboard and for PNG, two dots a pixel."""
        size = self.size()
        image = QImage(size * _SHARP, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(_SHARP)
        with QPainter(image) as painter:
            self.paint(painter)
        return image

    def png(self) -> bytes:
        """A PNG file."""
        image = self.image()

        def write(buffer: QBuffer) -> None:
            image.save(buffer, "PNG")  # type: ignore[call-overload]

        return written(write)

    def svg(self) -> bytes:
        """An SVG file with text that can be found and copied."""
        size = self.size()

        def write(buffer: QBuffer) -> None:
            made = QSvgGenerator()
            made.setOutputDevice(buffer)
            made.setResolution(DOTS)
            made.setSize(size)
            made.setViewBox(QRectF(0, 0, size.width(), size.height()))
            made.setTitle(self.title)
            made.setDescription(f"{self.when}. {self.basis}")
            with QPainter(made) as painter:
                self.paint(painter)

        family = theme.font(12).family()
        named = f'font-family="{family}"'.encode()
        # Whoever looks at it may not have the typeface.
        return written(write).replace(named, named[:-1] + b', system-ui, sans-serif"')

    def pdf(self) -> bytes:
        """A PDF file of one page as large as the picture, with text that can be found."""
        size = self.size()

        def write(buffer: QBuffer) -> None:
            made = QPdfWriter(buffer)
            made.setResolution(DOTS)
            made.setTitle(self.title)
            made.setCreator("Kotter Journal")
            points = QSizeF(size) * (72 / DOTS)
            made.setPageSize(QPageSize(points, QPageSize.Unit.Point))
            made.setPageMargins(QMarginsF(0, 0, 0, 0))
            with QPainter(made) as painter:
                self.paint(painter)

        return written(write)

    def save(self, path: Path) -> Path:
        """Write a file of the kind that its ending names, PNG without one. Raises KotterError."""
        kind = path.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            kind, path = "png", path.with_name(f"{path.name}.png")
        if not path.parent.is_dir():
            raise StorageFailed(StorageTrouble.FOLDER_MISSING, path.parent)
        content = {"png": self.png, "svg": self.svg, "pdf": self.pdf}[kind]()
        with disk_errors(path):
            write_atomically(path, content)
        return path

    def size(self) -> QSize:
        """Its pixels on paper, 96 an inch."""
        with theme.on_paper():
            lines = sum(len(_lines(text, font)) * _height(font) for text, font, _ in self._words())
            return QSize(WIDTH, round(2 * _MARGIN + lines + self._chart_height() + 24))

    def _chart_height(self) -> int:
        return self.chart.sizeHint().height()

    def _words(self) -> list[tuple[str, QFont, QColor]]:
        """The texts over the chart, and last the two below it."""
        tokens = theme.tokens()
        return [
            (self.title, theme.font(15, 600), tokens.text),
            (self.when, theme.font(13, 500), tokens.text2),
            (self.note, theme.font(12), tokens.text2),
            (self.caption, theme.font(13, 500), tokens.text),
            (self.basis, theme.font(12), tokens.text2),
        ]

    def paint(self, painter: QPainter) -> None:
        """Paint it at the origin, on white."""
        with theme.on_paper():
            size = self.size()
            whole = QRectF(0, 0, size.width(), size.height())
            painter.fillRect(whole, Qt.GlobalColor.white)
            canvas = Canvas(painter, whole, rtl=self.chart.isRightToLeft())
            *above, caption, basis = self._words()
            y = float(_MARGIN)
            for text, font, color in above:
                y = _write(canvas, y, text, font, color)
            room = QRectF(_MARGIN, y + 12, WIDTH - 2 * _MARGIN, self._chart_height())
            self.chart.paint_on(painter, room)
            y = _write(canvas, room.bottom() + 12, *caption)
            _write(canvas, y, *basis)


def _write(canvas: Canvas, y: float, text: str, font: QFont, color: QColor) -> float:
    """Lines of text from ``y`` on; where they end."""
    for line in _lines(text, font):
        box = QRectF(_MARGIN, y, WIDTH - 2 * _MARGIN, _height(font))
        canvas.text(box, isolated(line) if canvas.rtl else line, font, color)
        y += _height(font)
    return y


def _lines(text: str, font: QFont) -> list[str]:
    lines = []
    while text:
        line, text = broken(text, font, _LINE)
        lines.append(line)
    return lines


def _height(font: QFont) -> float:
    return round(font.pixelSize() * 1.5)


def written(write: Callable[[QBuffer], None]) -> bytes:
    """What ``write`` puts into a buffer."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(store.data())
