"""Theme: the palette, fonts, icons and style sheet in force, and the one place that sets them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QStyleFactory,
    QWidget,
)

from kotter_journal.config.paths import resource
from kotter_journal.domain.activities import Activity
from kotter_journal.gui.colors import (
    ActivityColors,
    Tokens,
    activity_table,
    palette_of,
    tokens_of,
)
from kotter_journal.gui.icons import TintedIconEngine

Scheme = Literal["system", "light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark")
TEXT_SIZES = range(90, 151, 10)
"""Text sizes on offer, in percent."""


class _InForce:
    """What the whole process paints with; only Theme writes it."""

    dark = False
    scale = 1.0
    family = "Inter"
    paper = False


class Theme(QObject):
    """How the program looks: light, dark or as the system does, and how large its text is.

    ``changed`` follows every change of either. Widgets that paint themselves hear of it as
    QEvent.StyleChange as well.
    """

    changed = Signal()

    def __init__(
        self, scheme: Scheme = "system", text_size: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._scheme: Scheme = scheme
        self._text_size = _clamped(text_size)
        self._app: QApplication | None = None

    @property
    def scheme(self) -> Scheme:
        """The chosen scheme, "system" included."""
        return self._scheme

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        if scheme != self._scheme:
            self._scheme = scheme
            self._refresh()

    @property
    def text_size(self) -> int:
        """Percent, 90..150."""
        return self._text_size

    @text_size.setter
    def text_size(self, percent: int) -> None:
        if _clamped(percent) != self._text_size:
            self._text_size = _clamped(percent)
            self._refresh()

    @property
    def dark(self) -> bool:
        """Whether the dark theme is in force; light where the system does not say."""
        if self._scheme != "system" or self._app is None:
            return self._scheme == "dark"
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def toggle(self) -> None:
        """From light to dark or back, whatever was chosen before."""
        self.scheme = "light" if self.dark else "dark"

    def apply(self, app: QApplication) -> None:
        """Take over the looks of ``app``; needed once, before the first window shows."""
        self._app = app
        app.setStyle(QStyleFactory.create("Fusion"))
        _InForce.family = _load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme)
        self._refresh()

    def _refresh(self) -> None:
        if self._app is None:
            return
        _InForce.dark = self.dark
        _InForce.scale = self._text_size / 100
        self._app.setPalette(palette_of(tokens()))
        self._app.setFont(font(13))
        self._app.setStyleSheet(_style_sheet())
        self.changed.emit()

    def _on_system_scheme(self) -> None:
        if self._scheme == "system" and self.dark != _InForce.dark:
            self._refresh()


def tokens() -> Tokens:
    """The colours of the theme in force."""
    return tokens_of(dark=_InForce.dark)


def activity_colors(activity: Activity) -> ActivityColors:
    """An activity's colours in the theme in force."""
    return activity_table(dark=_InForce.dark)[activity]


def px(length: float) -> int:
    """``length`` device-independent pixels at 100 %, in whole ones at the text size in force."""
    return round(length * _InForce.scale)


def font(size: float, weight: int = 400, *, tabular: bool = False, italic: bool = False) -> QFont:
    """The program's typeface at ``size`` pixels (at 100 %) and a CSS weight 100..900.

    ``tabular`` gives all digits one width, for columns and running clocks. Never on paper: such
    digits cannot be found or copied in a PDF.
    """
    made = QFont(_InForce.family)
    made.setPixelSize(max(1, px(size)))
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    if _InForce.paper:
        # Ligatures of signs, such as a raised colon, are not found in a PDF.
        made.setFeature(QFont.Tag("calt"), 0)
    elif tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@contextmanager
def on_paper() -> Iterator[None]:
    """Within it, everything is painted light, at 100 %, in letters that can be found and copied."""
    before = _InForce.dark, _InForce.scale, _InForce.paper
    _InForce.dark, _InForce.scale, _InForce.paper = False, 1.0, True
    try:
        yield
    finally:
        _InForce.dark, _InForce.scale, _InForce.paper = before


def icon(name: str, color: QColor | None = None) -> QIcon:
    """An icon of resources/icons, sharp at any scale.

    Without ``color`` it takes the secondary text colour of whatever theme is in force when it
    is painted, and the accent while it is on or selected.
    """
    return QIcon(TintedIconEngine(name, color, tokens))


def mark(widget: QWidget, look: str) -> None:
    """Give ``widget`` one of the looks that the style sheet names: "card", "title", "primary"..."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def settle(calendar: QCalendarWidget) -> None:
    """Give a calendar the program's looks where no style sheet reaches: no red, no week numbers."""
    plain = QTextCharFormat()
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)


def _clamped(percent: int) -> int:
    return max(TEXT_SIZES.start, min(TEXT_SIZES[-1], percent))


@cache
def _load_fonts() -> str:
    """Register the fonts of resources/fonts; the family they give, or else the system's own."""
    families: list[str] = []
    folder = resource("fonts")
    for path in sorted(folder.glob("*.[ot]tf")) if folder.is_dir() else ():
        families += QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(path))
        )
    return families[0] if families else QFont().family()


def _style_sheet() -> str:
    """theme.qss with its @names replaced by colours and its @numbers by scaled pixels."""
    words = {name: color.name() for name, color in tokens().by_name().items()}
    words["icons"] = resource("icons").as_posix()
    words["scheme"] = "dark" if tokens().dark else "light"

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return f"{px(int(name))}px" if name.isdigit() else words[name]

    template = resource("theme.qss").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", template, flags=re.DOTALL)
    return re.sub(r"@(\w+)", value, rules)
