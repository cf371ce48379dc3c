"""The palette: what it offers, how the keyboard moves in it, and where a choice leads."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.gui.palette.choice import Choice
from kotter_journal.gui.palette.palette import Palette
from kotter_journal.gui.palette.places import Places
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entry
from tests.gui.conftest import NOW

Gone = list[tuple[str, object]]


@pytest.fixture
def gone() -> Gone:
    """Where the palette led."""
    return []


@pytest.fixture
def palette(qtbot: QtBot, theme: Theme, session: JournalSession, gone: Gone) -> Palette:
    """A palette over a window with one field and three actions, of which one cannot be done."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    field = QLineEdit(window)
    actions = [QAction(name, window) for name in ("Back to today", "Quick line", "Redo")]
    for action in actions:
        action.triggered.connect(lambda _=False, a=action: gone.append(("action", a.text())))
    actions[2].setEnabled(False)
    places = Places(
        window_actions=actions,
        show_entry=lambda entry_id: gone.append(("entry", entry_id)),
        show_day=lambda day: gone.append(("day", day)),
        search=lambda text: gone.append(("search", text)),
    )
    made = Palette(session, places, window)
    window.show()
    field.setFocus()
    made.open()
    return made


def offered(palette: Palette) -> list[str]:
    """The choices and headings, from top to bottom."""
    return [
        row.text if isinstance(row, Choice) else f"[{row}]" for row in palette.list.choices.rows
    ]


def write(qtbot: QtBot, session: JournalSession, **fields: object) -> str:
    """An entry of today."""
    entry = begin(EntryDraft(on=NOW.date(), **fields), NOW, len(str(fields)))  # type: ignore[arg-type]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    return entry.id


def type_and_wait(qtbot: QtBot, palette: Palette, session: JournalSession, text: str) -> None:
    """Type, and wait for what the journal answers."""
    qtbot.keyClicks(palette.line, text)
    qtbot.waitUntil(lambda: session.idle)


def press(qtbot: QtBot, palette: Palette, *keys: Qt.Key) -> None:
    """Press keys in the line."""
    for key in keys:
        qtbot.keyClick(palette.line, key)


def test_with_nothing_typed_it_offers_every_action_that_can_be_done(palette: Palette) -> None:
    assert offered(palette) == ["[Actions]", "Back to today", "Quick line"]


def test_enter_does_the_action_and_closes(qtbot: QtBot, palette: Palette, gone: Gone) -> None:
    qtbot.keyClicks(palette.line, "qln")
    press(qtbot, palette, Qt.Key.Key_Return)
    assert gone == [("action", "Quick line")]
    assert palette.isHidden()


def test_what_was_chosen_comes_first_the_next_time(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.line, "quick")
    press(qtbot, palette, Qt.Key.Key_Return)
    palette.open()
    assert offered(palette)[:2] == ["[Recent]", "Quick line"]


def test_up_and_down_go_round_and_skip_headings(qtbot: QtBot, palette: Palette) -> None:
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab):
        press(qtbot, palette, key)
        choice = palette.list.choice()
        assert choice is not None
        seen.append(choice.text)
    assert seen == ["Quick line", "Back to today", "Quick line", "Back to today"]


def test_esc_gives_the_keyboard_back(qtbot: QtBot, palette: Palette) -> None:
    field = palette.window().findChild(QLineEdit)
    press(qtbot, palette, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert palette.window().focusWidget() is field


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 May", date(2026, 5, 12)),
        ("2024-02-29", date(2024, 2, 29)),
        ("yesterday", date(2026, 5, 13)),
        ("tomorrow", date(2026, 5, 15)),
        ("monday", date(2026, 5, 11)),
        ("2016-03", date(2016, 3, 1)),
        ("2016", date(2016, 1, 1)),
    ],
)
def test_a_date_leads_to_its_day(
    qtbot: QtBot, palette: Palette, gone: Gone, session: JournalSession, typed: str, day: date
) -> None:
    type_and_wait(qtbot, palette, session, typed)
    press(qtbot, palette, Qt.Key.Key_Return)
    assert gone == [("day", day)]


def test_an_entry_is_found_by_its_words(
    qtbot: QtBot, palette: Palette, session: JournalSession, gone: Gone
) -> None:
    entry_id = write(qtbot, session, title="Budget, first pass", body="Cut two hires.")
    type_and_wait(qtbot, palette, session, "hire")
    assert offered(palette)[:2] == ["[Entries]", "Budget, first pass"]
    choice = palette.list.choice()
    assert choice is not None
    assert [choice.detail[a:b] for a, b in choice.hits] == ["hires"]
    press(qtbot, palette, Qt.Key.Key_Return)
    assert gone == [("entry", entry_id)]


def test_many_entries_can_be_listed_whole(
    qtbot: QtBot, palette: Palette, session: JournalSession, gone: Gone
) -> None:
    for number in range(8):
        write(qtbot, session, title=f"Budget {number * '#'}", body="words" * number)
    type_and_wait(qtbot, palette, session, "budget")
    assert offered(palette)[-1] == "All 8 entries"
    press(qtbot, palette, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert gone == [("search", "budget")]


def test_tags_and_people_lead_to_their_entries(
    qtbot: QtBot, palette: Palette, session: JournalSession, gone: Gone
) -> None:
    write(qtbot, session, body="a", tags=("night-shift",), people=("Dana",))
    type_and_wait(qtbot, palette, session, "nsh")
    assert offered(palette) == ["[Tags]", "#night-shift"]
    press(qtbot, palette, Qt.Key.Key_Return)
    palette.open()
    type_and_wait(qtbot, palette, session, "@dan")
    press(qtbot, palette, Qt.Key.Key_Return)
    assert gone == [("search", 'tag:"night-shift"'), ("search", 'person:"Dana"')]


def test_words_that_nothing_answers_say_so(
    qtbot: QtBot, palette: Palette, session: JournalSession, gone: Gone
) -> None:
    type_and_wait(qtbot, palette, session, 'zzz "unclosed AND NOT (*')
    assert offered(palette) == []
    press(qtbot, palette, Qt.Key.Key_Return)
    assert gone == []
    assert palette.isVisible()


def test_a_click_beside_it_closes_it(qtbot: QtBot, palette: Palette) -> None:
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert palette.isHidden()


def test_it_closes_where_another_page_takes_the_keyboard(palette: Palette) -> None:
    field = palette.window().findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    assert palette.isHidden()
