"""How often the direction came up: the chart, its words and keys, and the table beside it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.direction import Direction, Origin, Revision
from kotter_journal.gui.direction.touch_chart import TouchChart, ticks_for
from kotter_journal.gui.direction.touch_counts import TouchCounts
from kotter_journal.gui.direction.touch_weeks import touch_weeks
from kotter_journal.gui.theme import Theme
from kotter_journal.storage.directions import Touch

# A tool tip raises itself, which the offscreen platform cannot.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

START, WEEKS = date(2026, 2, 23), 12
LAST = START + timedelta(weeks=WEEKS - 1)


def touch(name: str, on: date, kinds: str) -> Touch:
    """An entry; ``kinds`` has an s for stated, an h for heard back, a c for challenged."""
    return Touch(name, on, "s" in kinds, "h" in kinds, "c" in kinds, None)


TOUCHES = [
    touch("a", LAST, "s"),
    touch("b", LAST + timedelta(days=2), "sh"),
    touch("c", LAST + timedelta(days=6), "s"),
    touch("d", LAST - timedelta(days=1), "c"),
    touch("old", START - timedelta(days=1), "shc"),
    *(touch(f"m{number}", START, "hc") for number in range(11)),
]


def known(*days: date) -> list[Direction]:
    """A direction that was worded anew on these days."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    said = tuple(Revision(str(day), "d", "Calm", "", Origin.SELF, day, at) for day in days)
    return [Direction("d", "Calm", said)]


WORDED = known(START - timedelta(days=9), LAST + timedelta(days=1), LAST + timedelta(days=2))


@pytest.fixture
def counts(window: QWidget) -> TouchCounts:
    """The card with entries in three weeks and new wording in the last one."""
    made = TouchCounts(touch_weeks(TOUCHES, WORDED, START, WEEKS), parent=window)
    made.resize(800, 400)
    made.show()
    return made


def empty(window: QWidget) -> TouchChart:
    """The chart of weeks in which nothing came up."""
    made = TouchChart(window)
    made.set_weeks(touch_weeks([], WORDED, START, WEEKS))
    made.resize(700, 220)
    made.show()
    return made


def test_a_week_says_all_of_its_figures(counts: TouchCounts) -> None:
    said = [mark.tip for mark in counts.chart.marks()]
    assert len(said) == WEEKS
    assert said[-1] == (
        "Week of 11 May 2026: stated 3 times, heard back once, challenged never;"
        " new wording from 12 May 2026; new wording from 13 May 2026"
    )
    assert said[0].endswith("stated never, heard back 11 times, challenged 11 times")
    assert said[5] == "Week of 30 March 2026: it never came up"


def test_a_reader_hears_all_of_it(counts: TouchCounts) -> None:
    assert counts.chart.accessibleName() == "How often the direction came up"
    assert all(mark.tip in counts.chart.accessibleDescription() for mark in counts.chart.marks())


def test_the_table_holds_the_same_numbers(counts: TouchCounts) -> None:
    counts.table_button.click()
    assert counts.chart.isHidden()
    assert counts.table.isVisible()
    model = counts.table.model()
    words = {"never": "–", "once": "1", "twice": "2", "3 times": "3", "11 times": "11"}
    for row, mark in zip(range(WEEKS), reversed(counts.chart.marks()), strict=True):
        cells = [str(model.index(row, column).data()) for column in range(1, 4)]
        said = mark.tip.partition("; ")[0].partition(": ")[2]
        if said == "it never came up":
            assert cells == ["–", "–", "–"]
            continue
        names = ("stated", "heard back", "challenged")
        parts = zip(said.split(", "), names, strict=True)
        assert cells == [words[part.removeprefix(f"{name} ")] for part, name in parts]
    assert model.index(0, 4).data() == "12 May 2026, 13 May 2026"
    counts.table_button.click()
    assert counts.chart.isVisible()


def test_keys_walk_from_the_newest_week_and_ask_for_entries(
    qtbot: QtBot, counts: TouchCounts
) -> None:
    counts.chart.setFocus(Qt.FocusReason.TabFocusReason)
    counts.chart.go_to(WEEKS - 1)
    with qtbot.waitSignal(counts.entries_asked) as asked:
        qtbot.keyClick(counts.chart, Qt.Key.Key_Return)
    assert asked.args == [["a", "b", "c"], "The direction came up, 11 to 17 May 2026."]
    qtbot.keyClick(counts.chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(counts.entries_asked) as asked:
        qtbot.keyClick(counts.chart, Qt.Key.Key_Space)
    assert asked.args[0] == ["d"]
    qtbot.keyClick(counts.chart, Qt.Key.Key_Left)
    with qtbot.assertNotEmitted(counts.entries_asked):
        qtbot.keyClick(counts.chart, Qt.Key.Key_Return)


def test_a_click_asks_for_the_week_under_it(qtbot: QtBot, counts: TouchCounts) -> None:
    counts.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    chart = counts.chart
    place = chart.place_of(chart.marks()[0]).center()
    assert place.x() > chart.width() / 2
    with qtbot.waitSignal(counts.entries_asked) as asked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert len(asked.args[0]) == 11
    assert chart.mark_at(QPointF(place.x(), 2)) is None


def test_nothing_to_count_is_said(window: QWidget) -> None:
    chart = empty(window)
    assert "It came up in no entry of these 12 weeks." in chart.accessibleDescription()
    assert {mark.key for mark in chart.marks()} == {None}
    assert not chart.grab().isNull()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_bars_of_a_week_stand_where_reading_goes(
    counts: TouchCounts, theme: Theme, scheme: str, direction: Qt.LayoutDirection
) -> None:
    theme.scheme = "dark" if scheme == "dark" else "light"
    counts.setLayoutDirection(direction)
    chart = counts.chart
    picture = chart.grab().toImage()
    week = chart.place_of(chart.marks()[0]).toRect()
    near_zero = week.bottom() - 30
    ground = picture.pixelColor(chart.rect().center().x(), near_zero)
    row = [
        x for x in range(week.left(), week.right()) if picture.pixelColor(x, near_zero) != ground
    ]
    # Nothing was stated in that week: the first of its three places stays free.
    middle = sum(row) / len(row)
    on_the_left = middle < week.center().x()
    assert on_the_left == (direction is Qt.LayoutDirection.RightToLeft)


def test_nothing_is_drawn_outside_the_card_where_it_is_narrow(window: QWidget) -> None:
    chart = TouchChart(window)
    chart.set_weeks(touch_weeks(TOUCHES, WORDED, START, WEEKS))
    chart.resize(chart.minimumSizeHint())
    area = chart.rect()
    assert all(area.contains(chart.place_of(mark).toRect()) for mark in chart.marks())
    assert not chart.grab().isNull()


def test_an_axis_has_whole_counts_from_zero() -> None:
    assert ticks_for(0) == [0, 1]
    assert ticks_for(3) == [0, 1, 2, 3]
    assert ticks_for(11) == [0, 5, 10, 15]
    assert ticks_for(2001)[-1] >= 2001
    assert all(len(ticks_for(most)) <= 5 for most in range(1, 4000, 7))
