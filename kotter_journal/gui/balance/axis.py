"""Axis: round numbers up a chart with lines across, and words under its bars."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF

from kotter_journal.domain.periods import Period
from kotter_journal.gui import theme
from kotter_journal.gui.balance.buckets import Bucket, Step
from kotter_journal.gui.drawing import Align, Canvas, isolated, width_of

LABEL = 18
"""Height of the words under bars, in pixels at 100 %."""
PERCENT_TICKS = [(part / 4, f"{25 * part} %") for part in range(5)]
_STEPS = (15, 30, 60, 120, 300, 600, 1200, 2400, 3000, 6000, 12000, 24000, 60000)
_MOST_STEPS = 5
_CROWDED, _YEARS_ONLY = 24, 1100
"""Pixels from bar to bar that no date fits in, and days that no month fits in."""


def ticks_for(most: int) -> list[int]:
    """Minutes from 0 up in even steps; the last is the first that reaches ``most``."""
    step = next((s for s in _STEPS if s * _MOST_STEPS >= most), None)
    if step is None:
        step = -(-most // (_MOST_STEPS * 60000)) * 60000
    count = max(1, -(-most // step))
    return [step * rank for rank in range(count + 1)]


def axis_width(ticks: Sequence[tuple[float, str]]) -> float:
    """Pixels that the numbers of an axis take."""
    return max(width_of(words, theme.font(11)) for _, words in ticks) + theme.px(8)


def draw_ticks(canvas: Canvas, plot: QRectF, ticks: Sequence[tuple[float, str]]) -> None:
    """A line across ``plot`` at each height 0..1, strong at zero, with its words before it."""
    tokens = theme.tokens()
    for height, words in ticks:
        y = round(plot.bottom() - height * plot.height()) + 0.5
        color = tokens.control if height == 0 else tokens.line
        canvas.line(QPointF(plot.left(), y), QPointF(plot.right(), y), color)
        draw_tick_words(canvas, plot, y, words)


def draw_tick_words(canvas: Canvas, plot: QRectF, y: float, words: str) -> None:
    """The words of one line across, before ``plot``."""
    room = QRectF(canvas.area.left(), y - 9, plot.left() - canvas.area.left() - theme.px(8), 18)
    canvas.text(room, isolated(words), theme.font(11), theme.tokens().text2, Align.END)


def draw_labels(canvas: Canvas, plot: QRectF, words: Sequence[str]) -> None:
    """A word under the middle of each of as many equal parts of ``plot``, as far as they fit."""
    font, color, pitch = theme.font(11), theme.tokens().text2, plot.width() / max(1, len(words))
    widest = max((width_of(word, font) for word in words if word), default=0) + theme.px(8)
    free = canvas.area.left()
    for rank, word in enumerate(words):
        left = plot.left() + (rank + 0.5) * pitch - widest / 2
        if not word or left < free or left + widest > canvas.area.right() + theme.px(8):
            continue
        box = QRectF(left, plot.bottom() + theme.px(4), widest, theme.px(LABEL))
        canvas.text(box, word, font, color, Align.CENTER)
        free = left + widest


def week_labels(weeks: Sequence[Period], locale: QLocale, pitch: float) -> list[str]:
    """A word for every week: its last day, or where that is crowded the month that begins in it."""
    if not weeks:
        return []
    if pitch >= theme.px(_CROWDED):
        return [locale.toString(_qdate(week.last), "d MMM") for week in weeks]
    years_only = (weeks[-1].end - weeks[0].start).days > _YEARS_ONLY
    words, before = [], weeks[0].start
    for week in weeks:
        begins = (week.last.year, week.last.month) != (before.year, before.month)
        before = week.last
        if begins and week.last.month == 1:
            words.append(str(week.last.year))
        else:
            words.append(
                locale.toString(_qdate(week.last), "MMM") if begins and not years_only else ""
            )
    return words


def bar_labels(buckets: Sequence[Bucket], locale: QLocale, *, crowded: bool) -> list[str]:
    """A word for every bar, empty where it has none of its own.

    Crowded weeks are named by the month that begins in them.
    """
    return [
        _label(bucket, locale, first=not rank, crowded=crowded)
        for rank, bucket in enumerate(buckets)
    ]


def _label(bucket: Bucket, locale: QLocale, *, first: bool, crowded: bool) -> str:
    start = bucket.period.start
    day = QDate(start.year, start.month, start.day)
    if bucket.step is Step.DAY:
        return locale.toString(day, "ddd d")
    if bucket.step is Step.WEEK:
        return _month_begun(bucket, locale) if crowded else locale.toString(day, "d MMM")
    if bucket.step is Step.MONTH:
        return str(start.year) if start.month == 1 else locale.toString(day, "MMM")
    if bucket.step is Step.QUARTER:
        opens = first or start.month <= 3
        return str(start.year) if opens else f"Q{(start.month + 2) // 3}"
    return str(start.year)


def _month_begun(bucket: Bucket, locale: QLocale) -> str:
    last = bucket.period.last
    begins = bucket.period.start.day == 1 or last.month != bucket.period.start.month
    return locale.toString(QDate(last.year, last.month, 1), "MMM") if begins else ""


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
