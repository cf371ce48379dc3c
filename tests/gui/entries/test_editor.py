from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.entries import EntryDraft
from kotter_journal.gui.entries import text_edit
from kotter_journal.gui.entries.when_button import when_text
from tests.gui.entries.journals import TODAY, draft
from tests.gui.entries.writing import Desk

TEXTS = {
    "no-break space": "10\u00a0000\u202fEUR\u2007x",
    "emoji": "😀 family 👩‍👩‍👧‍👦 flag 🇩🇪\n😀",
    "cjk": "方向を決める。\n人を揃える",
    "right to left": "שלום **עולם**\nمرحبا",
    "trailing spaces": "line  \n\n  indented   \n\n\n",
    "tabs": "\tone\ttwo\n\t\t- three",
    "line separator": "one\u2028two\nthree",
    "html": "<not a tag> & &amp; <!-- x --> <b>b</b>",
    "markdown": "# A\n* b\n1) c\n\\|x\n__init__ [a](b 'c')\n\n---\n```\ncode\n",
    "combining": "e\u0301 \u00e9 \u200b\u200d\ufeff",
    "object replacement": "a\ufffcb",
    "empty": "",
    "newlines": "\n\n\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_the_same_byte_for_byte_after_it_was_edited(desk: Desk, text: str) -> None:
    desk.opens(draft(body=text))
    desk.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    desk.types("x")
    desk.waits_until_saved()
    assert desk.stored().body == f"{text}x"


def test_opening_an_entry_writes_nothing(desk: Desk) -> None:
    entry = desk.opens(draft(body="a\u2029b"))
    other = desk.opens(draft(body="other"))
    desk.editor.open_entry(entry.id)
    desk.waits_until_saved()
    assert desk.stored(entry.id) == entry
    assert desk.stored(other.id) == other


def test_only_the_title_changes_where_only_the_title_was_edited(desk: Desk) -> None:
    desk.opens(draft(title="One", body="a\u2029b"))
    desk.editor.title.setFocus()
    QTest.keyClicks(desk.editor.title, "!")
    desk.waits_until_saved()
    assert (desk.stored().title, desk.stored().body) == ("One!", "a\u2029b")


def test_an_entry_may_have_no_title(desk: Desk) -> None:
    desk.opens(draft(title="One"))
    desk.editor.title.selectAll()
    QTest.keyClick(desk.editor.title, Qt.Key.Key_Delete)
    desk.waits_until_saved()
    assert desk.stored().title is None


def test_pasted_text_is_plain_and_storable(desk: Desk) -> None:
    desk.opens(draft(body=""))
    pasted = QMimeData()
    pasted.setHtml("<b>bold</b>")
    pasted.setText("bo\r\nld\x00\ufdd0")
    desk.editor.text.insertFromMimeData(pasted)
    desk.waits_until_saved()
    assert desk.stored().body == "bo\nld\ufffd\ufffd"


def test_a_paste_over_the_limit_says_so_and_pastes_nothing(desk: Desk) -> None:
    desk.opens(draft(body="before"))
    pasted = QMimeData()
    pasted.setText("x" * (text_edit.MOST + 1))
    desk.editor.text.insertFromMimeData(pasted)
    assert desk.editor.text.prose() == "before"
    assert "Nothing was pasted" in desk.editor.notice.words.text()


def test_a_text_over_the_limit_is_shown_in_part_and_stays_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kotter_journal.gui.entries.editor.MOST", 100)
    whole = "0123456789" * 20
    entry = desk.opens(draft(body=whole))
    assert len(desk.editor.text.prose()) == 100
    desk.types("x")
    desk.editor.desk.propose(replace(entry, starred=True), "Star")
    desk.waits_until_saved()
    assert (desk.stored().body, desk.stored().starred) == (whole, True)


def test_very_long_lines_break_anywhere(desk: Desk) -> None:
    desk.opens(draft(body="word " * 30_000))
    assert desk.editor.text.wordWrapMode() == desk.editor.text.wordWrapMode().WrapAnywhere
    desk.opens(draft(body="word"))
    assert desk.editor.text.wordWrapMode() != desk.editor.text.wordWrapMode().WrapAnywhere


def test_enter_goes_on_with_a_list_and_ends_it(desk: Desk) -> None:
    desk.opens(draft(body=""))
    desk.types("- one")
    desk.presses(Qt.Key.Key_Return)
    desk.types("two")
    desk.presses(Qt.Key.Key_Return)
    desk.presses(Qt.Key.Key_Return)
    desk.types("end")
    assert desk.editor.text.prose() == "- one\n- two\nend"


def test_shift_enter_is_a_new_line_and_no_soft_break(desk: Desk) -> None:
    desk.opens(draft(body=""))
    desk.types("- one")
    desk.presses(Qt.Key.Key_Return, shift=True)
    desk.types("two")
    assert desk.editor.text.prose() == "- one\ntwo"


def test_a_fence_is_no_list(desk: Desk) -> None:
    desk.opens(draft(body="```\n- x"))
    desk.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    desk.presses(Qt.Key.Key_Return)
    assert desk.editor.text.prose() == "```\n- x\n"


def test_tab_leaves_the_text(desk: Desk) -> None:
    desk.opens(draft(body="x"))
    desk.editor.text.setFocus()
    desk.presses(Qt.Key.Key_Tab)
    assert desk.editor.text.prose() == "x"


def test_bold_is_put_round_a_word_and_taken_away(desk: Desk) -> None:
    desk.opens(draft(body="😀 some words"))
    text = desk.editor.text
    text.moveCursor(QTextCursor.MoveOperation.End)
    desk.tool("bold").click()
    assert text.prose() == "😀 some **words**"
    desk.tool("bold").click()
    assert text.prose() == "😀 some words"
    text.undo()
    assert text.prose() == "😀 some **words**"


def test_the_keys_of_the_tools_work_in_the_text(desk: Desk) -> None:
    desk.opens(draft(body="one"))
    desk.editor.focus_text()
    keys = Qt.KeyboardModifier
    QTest.keyClick(desk.editor.text, Qt.Key.Key_C, keys.ControlModifier | keys.ShiftModifier)
    assert desk.editor.text.prose() == "- [ ] one"
    QTest.keyClick(desk.editor.text, Qt.Key.Key_L, keys.ControlModifier | keys.ShiftModifier)
    assert desk.editor.text.prose() == "one"
    QTest.keyClick(desk.editor.text, Qt.Key.Key_I, keys.ControlModifier)
    assert desk.editor.text.prose() == "*one*"


def test_the_preview_shows_what_was_just_typed_and_esc_goes_back(desk: Desk) -> None:
    desk.opens(draft(body="so "))
    desk.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    desk.types("**bold**")
    desk.editor.show_preview(True)
    assert desk.editor.preview.toPlainText() == "so bold"
    QTest.keyClick(desk.editor.preview, Qt.Key.Key_Escape)
    assert desk.editor.text.isVisible()


def test_a_link_is_opened_only_when_it_was_agreed_to(desk: Desk) -> None:
    desk.opens(draft(body="[x](https://x.org/)"))
    opened: list[str] = []
    desk.editor.open_link = opened.append
    desk.editor.preview.link_asked.emit("https://x.org/")
    assert "https://x.org/" in desk.editor.notice.words.text()
    assert opened == []
    desk.editor.notice.button.click()
    assert opened == ["https://x.org/"]


def test_the_words_are_counted(desk: Desk) -> None:
    desk.opens(draft(body="one two\nthree"))
    assert desk.editor.footer.words.text() == "3 words"


def test_the_date_line_says_when() -> None:
    assert when_text(date(2026, 5, 14), time(10, 30)) == "Thursday 14 May 2026 at 10:30"
    assert when_text(date(2026, 5, 14), None) == "Thursday 14 May 2026"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_an_entry_is_moved_and_moved_back(desk: Desk) -> None:
    entry = desk.opens(draft(on=TODAY, at=time(9, 15, 30)))
    window = desk.editor.when.ask()
    window.date_field.setDate(window.date_field.date().addDays(-1))
    window.move_button.click()
    desk.waits_until_saved()
    assert (desk.stored().on, desk.stored().at) == (date(2026, 5, 13), time(9, 15, 30))
    desk.undo_stack.undo()
    desk.waits_until_saved()
    assert (desk.stored().on, desk.stored().at) == (entry.on, entry.at)
    assert desk.editor.when.text() == when_text(entry.on, entry.at)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_an_entry_can_lose_its_time(desk: Desk) -> None:
    desk.opens(draft(at=time(9)))
    window = desk.editor.when.ask()
    window.no_time.click()
    window.move_button.click()
    desk.waits_until_saved()
    assert desk.stored().at is None


def test_without_an_entry_the_page_says_what_to_do(desk: Desk) -> None:
    desk.opens(draft())
    with desk.bot.waitSignal(desk.editor.closed):
        desk.editor.close_entry()
    assert desk.editor.current_id() is None
    assert not desk.editor.text.isVisible()


def test_undo_in_the_text_is_the_texts_own(desk: Desk) -> None:
    desk.opens(draft(body="one"))
    desk.editor.focus_text()
    desk.types("x")
    QTest.keyClick(desk.editor.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.editor.text.prose() == "one"
    assert not desk.undo_stack.canUndo()


def test_every_control_has_a_name(desk: Desk) -> None:
    desk.opens(EntryDraft(on=TODAY))
    page = desk.editor.window()
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for w in page.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisible()
        and not w.accessibleName()
        and not getattr(w, "text", str)()
        and w.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_undo_with_nothing_to_undo_in_the_text_is_for_the_window(desk: Desk) -> None:
    desk.opens(draft(body="one"))
    asked: list[bool] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), desk.editor.window())
    shortcut.activated.connect(lambda: asked.append(True))
    desk.editor.focus_text()
    desk.types("x")
    QTest.keyClick(desk.editor.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (desk.editor.text.prose(), asked) == ("one", [])
    QTest.keyClick(desk.editor.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]
