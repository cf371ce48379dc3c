import random
import time as clock
from datetime import time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui import theme as look
from kotter_journal.gui.entries.list_delegate import HEAD, ROW
from kotter_journal.gui.entries.list_model import EntryListModel
from kotter_journal.gui.entries.list_view import EntryListView
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from tests.gui.entries.journals import TODAY, delete, draft, fill, workdays


def shown(session: JournalSession, qtbot: QtBot, height: int = 620) -> EntryListView:
    """A list on the screen that has its answer."""
    model = EntryListModel(session, session)
    view = EntryListView(model)
    qtbot.addWidget(view)
    view.resize(304, height)
    with qtbot.waitExposed(view):
        view.show()
    with qtbot.waitSignal(model.answered):
        model.ask()
    return view


def picture(view: EntryListView, scale: int = 1) -> QImage:
    """The list as painted at a device pixel ratio."""
    image = QImage(view.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.magenta)
    view.render(image)
    return image


def colors_in(image: QImage, top: int, bottom: int) -> set[str]:
    """Every colour between two heights."""
    ratio = int(image.devicePixelRatio())
    rows = range(top * ratio, bottom * ratio)
    return {image.pixelColor(x, y).name() for y in rows for x in range(image.width())}


def model_of(view: EntryListView) -> EntryListModel:
    """The model below a list."""
    model = view.model()
    assert isinstance(model, EntryListModel)
    return model


def test_rows_lie_one_below_the_other_and_points_lead_back_to_them(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, workdays(20))
    view = shown(session, qtbot)
    model = model_of(view)
    top = 0
    for row in range(model.rowCount()):
        height = ROW + (HEAD if model.is_first_of_day(row) else 0)
        assert (view.top_of(row), view.height_of(row)) == (top, height)
        assert view.row_at(top) == view.row_at(top + height - 1) == row
        top += height
    view.scrollTo(model.index(30))
    rect = view.visualRect(model.index(30))
    assert view.viewport().rect().contains(rect)
    assert view.indexAt(rect.bottomLeft() + QPoint(20, -5)).row() == 30


def test_the_day_above_an_entry_is_no_part_of_it(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, workdays(2))
    view = shown(session, qtbot)
    assert not view.indexAt(QPoint(50, HEAD // 2)).isValid()
    assert view.indexAt(QPoint(50, HEAD + 10)).row() == 0


@pytest.mark.parametrize("seed", range(3))
def test_keys_go_where_they_say(
    session: JournalSession, qtbot: QtBot, theme: Theme, seed: int
) -> None:
    fill(session, qtbot, workdays(30, seed=seed))
    view = shown(session, qtbot)
    view.enter()
    last = model_of(view).rowCount() - 1
    page = view.viewport().height() // ROW - 1
    for key, row in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_PageDown, 1 + page),
        (Qt.Key.Key_End, last),
        (Qt.Key.Key_Down, last),
        (Qt.Key.Key_Up, last - 1),
        (Qt.Key.Key_PageUp, last - 1 - page),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(view, key)
        assert view.currentIndex().row() == row
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    with qtbot.waitSignal(view.left):
        QTest.keyClick(view, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [model_of(view).entry_id(0)]
    with qtbot.waitSignal(view.deletion_asked) as asked:
        QTest.keyClick(view, Qt.Key.Key_Delete)
    assert asked.args == chosen.args


def test_a_click_opens(session: JournalSession, qtbot: QtBot, theme: Theme) -> None:
    fill(session, qtbot, workdays(3))
    view = shown(session, qtbot)
    place = view.visualRect(model_of(view).index(2)).bottomLeft() + QPoint(60, -30)
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
    assert chosen.args == [model_of(view).entry_id(2)]


def test_typing_in_the_list_reads_no_other_entry(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, workdays(60))
    view = shown(session, qtbot)
    view.enter()
    QTest.keyClicks(view, "zzz")
    assert len(model_of(view)._rows) <= 2 * 64


def test_a_new_entry_above_moves_neither_the_view_nor_the_current_row(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    made = fill(session, qtbot, workdays(30))
    view = shown(session, qtbot)
    view.select(made[20].id)
    before = view.visualRect(view.currentIndex()).top()
    assert view.verticalOffset() > 0
    fill(session, qtbot, [draft(at=time(23), title="Newest")])
    assert view.current_id() == made[20].id
    assert view.visualRect(view.currentIndex()).top() == before


def test_at_the_top_a_new_entry_comes_into_view(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, workdays(30))
    view = shown(session, qtbot)
    fill(session, qtbot, [draft(at=time(23), title="Newest")])
    assert view.verticalOffset() == 0
    assert model_of(view).index(0).data() == "Newest"


def test_after_a_deletion_the_neighbour_is_current(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    made = fill(session, qtbot, workdays(5))
    view = shown(session, qtbot)
    view.select(made[6].id)
    delete(session, qtbot, [made[6]])
    assert view.current_id() in {made[5].id, made[7].id}


def test_the_current_entry_survives_a_search(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    made = fill(session, qtbot, workdays(30))
    view = shown(session, qtbot)
    model = model_of(view)
    view.select(made[3].id)
    for query in (SearchQuery(words=("nowhere",)), SearchQuery()):
        with qtbot.waitSignal(model.answered):
            model.ask(query)
    assert view.current_id() == made[3].id


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_selected_row_and_the_activities_are_painted(
    session: JournalSession, qtbot: QtBot, theme: Theme, scheme: look.Scheme, scale: int
) -> None:
    theme.scheme = scheme
    fill(
        session,
        qtbot,
        [
            draft(at=time(11), aligning_people=45),
            draft(at=time(10), planning_budgeting=30),
            draft(at=time(9)),
        ],
    )
    view = shown(session, qtbot)
    view.go_to_row(0)
    image, tokens = picture(view, scale), look.tokens()
    theme.scheme = "light"
    selected = colors_in(image, HEAD, HEAD + ROW)
    assert {tokens.accent.name(), tokens.accent_soft.name()} <= selected
    assert tokens.accent_soft.name() not in colors_in(image, HEAD + ROW, HEAD + 3 * ROW)
    assert "#ff00ff" not in colors_in(image, 0, view.height())


def test_hits_stand_on_a_ground_of_their_own(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    long = "Many words come first, so many that the line is full long before the hit: wombat."
    fill(session, qtbot, [draft(at=time(9), body=long), draft(at=time(8), title="Wombat walk")])
    view = shown(session, qtbot)
    model = model_of(view)
    soft = look.tokens().accent_soft.name()
    assert soft not in colors_in(picture(view), 0, view.height())
    with qtbot.waitSignal(model.answered):
        model.ask(SearchQuery(words=("wombat",)))
    image = picture(view)
    assert soft in colors_in(image, HEAD + 28, HEAD + 49)
    assert soft in colors_in(image, HEAD + ROW + 6, HEAD + ROW + 28)


def test_right_to_left_is_the_mirror_image(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, [draft(at=time(9), title="", body="", aligning_people=45)])
    view = shown(session, qtbot)
    swatch = look.activity_colors(next(iter(model_of(view).index(0).data(257).minutes))[0]).fill
    width = view.viewport().width()

    def swatch_columns() -> set[int]:
        image = view.viewport().grab().toImage()
        y = HEAD + 65
        return {x for x in range(width) if image.pixelColor(x, y) == swatch}

    left_to_right = swatch_columns()
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert swatch_columns() == {width - 1 - x for x in left_to_right} != set()


def test_a_screen_reader_finds_a_list_with_its_rows(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, [draft(at=time(10, 30), title="Ops leads", aligning_people=45)])
    view = shown(session, qtbot)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Entries"
    assert interface.childCount() == 1
    said = interface.child(0).text(QAccessible.Text.Name)
    assert said == "Ops leads, 10:30, 45 m, Aligning people 45 m, Thursday 14 May 2026"


@pytest.mark.benchmark
def test_scrolling_paints_within_eight_milliseconds(
    session: JournalSession, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    fill(session, qtbot, workdays(300))
    view = shown(session, qtbot, height=900)
    bar, chance = view.verticalScrollBar(), random.Random(5)  # noqa: S311  (test data)
    taken = []
    for _ in range(200):
        bar.setValue(min(bar.maximum(), bar.value() + chance.randint(20, 160)))
        start = clock.perf_counter()
        view.viewport().repaint()
        taken.append(clock.perf_counter() - start)
    assert sorted(taken)[190] < 0.008


def test_the_day_of_every_first_row_is_painted(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    fill(session, qtbot, [draft(TODAY), draft(TODAY - timedelta(days=1))])
    view = shown(session, qtbot)
    image = picture(view)
    surface = look.tokens().surface.name()
    for top in (0, HEAD + ROW):
        assert len(colors_in(image, top, top + HEAD) - {surface}) > 2
