"""Icons: outlines of resources/icons, tinted when they are painted and sharp at any scale."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kotter_journal.config.paths import resource
from kotter_journal.gui.colors import Tokens


class TintedIconEngine(QIconEngine):
    """Paints one SVG in one colour; without one, in the colour of the theme then in force."""

    def __init__(self, name: str, color: QColor | None, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._tokens = tokens

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        tokens = self._tokens()
        if mode == QIcon.Mode.Disabled:
            return tokens.control
        if self._color is not None:
            return self._color
        if mode == QIcon.Mode.Selected or state == QIcon.State.On:
            return tokens.accent
        return tokens.text if mode == QIcon.Mode.Active else tokens.text2

    # Qt overrides

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into ``rect`` at whatever scale the painter has."""
        _renderer(self._name, self._tint(mode, state).name()).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon at one pixel a point."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """The icon at ``size`` points of ``scale`` pixels each."""
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        """Another engine of the same icon."""
        return TintedIconEngine(self._name, self._color, self._tokens)


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
