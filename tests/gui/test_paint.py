import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import LEADING, SIX, Activity
from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart
from kotter_journal.gui.drawing import Align, inset, isolated, mirrored, rounded
from kotter_journal.gui.paint import SPLIT_ORDER, PairBars, SplitBar, split_rects

# A tool tip raises itself, which the offscreen platform cannot.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

AREA = QRectF(10, 20, 400, 18)
WEEK = dict(zip(Activity, (135, 165, 90, 150, 155, 285, 60), strict=True))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """A light theme in force, put back to light at 100 % afterwards."""
    made = theme.Theme("light")
    made.apply(qapp)
    yield made
    made.scheme, made.text_size = "light", 100


def shown(chart: Chart, qtbot: QtBot, width: int = 320) -> Chart:
    """The chart on screen in its natural height."""
    qtbot.addWidget(chart)
    chart.resize(width, chart.sizeHint().height())
    chart.show()
    return chart


def test_a_split_fills_its_area_in_proportion() -> None:
    rects = split_rects(WEEK, AREA)
    assert list(rects) == list(SPLIT_ORDER)
    assert rects[SPLIT_ORDER[0]].left() == AREA.left()
    assert rects[SPLIT_ORDER[-1]].right() == pytest.approx(AREA.right())
    ratio = rects[Activity.ALIGNING_PEOPLE].width() / rects[Activity.SETTING_DIRECTION].width()
    assert ratio == pytest.approx(165 / 135)


def test_what_lies_outside_the_six_is_no_part_of_a_split() -> None:
    assert split_rects({Activity.OUTSIDE: 60}, AREA) == {}


def test_five_minutes_beside_a_week_can_be_seen() -> None:
    rects = split_rects({Activity.SETTING_DIRECTION: 5, Activity.PLANNING_BUDGETING: 3000}, AREA)
    assert rects[Activity.SETTING_DIRECTION].width() == pytest.approx(3)
    assert rects[Activity.PLANNING_BUDGETING].right() == pytest.approx(AREA.right())


def test_both_sides_meet_in_a_wider_gap() -> None:
    rects = list(split_rects(WEEK, AREA).values())
    gaps = [after.left() - before.right() for before, after in itertools.pairwise(rects)]
    assert gaps == pytest.approx([2, 2, 6, 2, 2])


def test_a_split_says_hours_and_no_percentage_of_its_own_accord(qtbot: QtBot) -> None:
    bar = SplitBar()
    qtbot.addWidget(bar)
    bar.set_minutes(WEEK)
    assert "Aligning people 2 h 45 m" in bar.accessibleDescription()
    assert "%" not in bar.accessibleDescription()
    bar.set_minutes(WEEK, leading_percent=40)
    assert "40 % leading" in bar.accessibleDescription()


def test_an_empty_split_says_so(qtbot: QtBot) -> None:
    bar = shown(SplitBar(), qtbot)
    assert bar.accessibleDescription() == "nothing classified yet"
    assert not bar.grab().isNull()


def test_the_arrow_keys_walk_over_the_segments(qtbot: QtBot) -> None:
    bar = SplitBar()
    bar.set_minutes(WEEK)
    shown(bar, qtbot)
    bar.go_to(0)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar._current == 1
    QTest.keyClick(bar, Qt.Key.Key_End)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar._current == len(SIX) - 1
    QTest.keyClick(bar, Qt.Key.Key_Home)
    assert bar._current == 0


def test_the_words_of_a_segment_lie_where_it_is_painted(qtbot: QtBot) -> None:
    bar = SplitBar()
    bar.set_minutes(WEEK)
    shown(bar, qtbot)
    first = bar.place_of(bar.marks()[0])
    mark = bar.mark_at(first.center())
    assert mark is not None
    assert mark.tip == "Setting a direction: 2 h 15 m"


def test_leading_starts_where_reading_starts(qtbot: QtBot) -> None:
    bar = SplitBar()
    bar.set_minutes(WEEK)
    shown(bar, qtbot)
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    place = bar.place_of(bar.marks()[0])
    assert place.right() == bar.width()
    image = bar.grab().toImage()
    color = image.pixelColor(place.center().toPoint())
    assert color == theme.activity_colors(LEADING[0]).fill


def test_a_side_without_minutes_is_none_logged(qtbot: QtBot) -> None:
    bars = PairBars()
    bars.set_minutes({Activity.MOTIVATING_INSPIRING: 30})
    shown(bars, qtbot)
    assert "Motivating and inspiring 30 m" in bars.accessibleDescription()
    assert bars.accessibleDescription().count("none logged") == 5
    assert not bars.grab().isNull()


def test_bars_follow_the_theme_and_the_text_size(qtbot: QtBot, look: theme.Theme) -> None:
    bars = PairBars()
    bars.set_minutes(WEEK)
    shown(bars, qtbot)
    light, height = bars.grab().toImage(), bars.sizeHint().height()
    look.scheme = "dark"
    assert bars.grab().toImage() != light
    look.text_size = 150
    assert bars.sizeHint().height() == height * 1.5


def test_the_same_paint_code_serves_any_painter(qtbot: QtBot) -> None:
    bar = SplitBar()
    qtbot.addWidget(bar)
    bar.set_minutes(WEEK)
    image = QImage(600, 120, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        bar.paint_on(painter, QRectF(20, 20, 560, 80))
    assert image.pixelColor(40, 55) == theme.activity_colors(LEADING[0]).fill


class _Numbered(Chart):
    def lay_out(self, area: QRectF) -> list:  # type: ignore[type-arg]
        from kotter_journal.gui.chart import Mark  # noqa: PLC0415

        half = QRectF(0, 0, area.width() / 2, area.height())
        return [Mark(half, "one", 1), Mark(half.translated(half.width(), 0), "mute")]

    def draw(self, canvas: object) -> None:
        """Nothing to see."""


def test_a_mark_with_a_key_can_be_chosen_by_pointer_and_key(qtbot: QtBot) -> None:
    chart = _Numbered()
    qtbot.addWidget(chart)
    chart.resize(100, 40)
    chart.show()
    with qtbot.waitSignal(chart.chosen) as clicked:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert clicked.args == [1]
    chart.go_to(0)
    with qtbot.waitSignal(chart.chosen):
        QTest.keyClick(chart, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(chart.chosen):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(90, 10))


def test_mirroring_twice_changes_nothing() -> None:
    rect = QRectF(30, 20, 50, 10)
    assert mirrored(mirrored(rect, AREA), AREA) == rect


def test_durations_keep_their_order_inside_right_to_left_writing() -> None:
    assert isolated("1 h 15 m") == "\u20681 h 15 m\u2069"


def test_an_inset_takes_from_the_side_the_text_starts_at() -> None:
    assert inset(AREA, 5, Align.START).left() == AREA.left() + 5
    assert inset(AREA, 5, Align.END).right() == AREA.right() - 5


@pytest.mark.parametrize(("left", "right"), [(4, 4), (10, 1), (0, 6), (500, 500)])
def test_rounded_boxes_never_leave_their_rectangle(left: float, right: float) -> None:
    assert AREA.contains(rounded(AREA, left, right).boundingRect())
