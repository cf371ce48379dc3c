"""An entry's text is data: what cannot be seen is shown, nothing is loaded, nothing leaks."""

import logging
import re
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QPainter,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QUndoStack,
)
from PySide6.QtWidgets import QLabel, QTextEdit, QToolTip
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.domain.naming import NameKind
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.address import address_text
from kotter_journal.gui.entries.editor import EntryEditor
from kotter_journal.gui.entries.preview import Preview
from kotter_journal.gui.entries.reading_text import ReadingText
from kotter_journal.gui.entries.text_edit import ProseEdit
from kotter_journal.gui.names.name_table import NameModel
from kotter_journal.gui.notice import Notice
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import entries
from kotter_journal.storage.names import NameUse
from tests.gui.conftest import NOW

TURNED = "pay \u202egnp.exe"


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme) -> Preview:
    """The preview in a window."""
    made = Preview()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def pictures(qtbot: QtBot, *texts: str) -> list[QImage]:
    """How texts look in the editor."""
    found = []
    for text in texts:
        edit = ProseEdit()
        qtbot.addWidget(edit)
        edit.resize(600, 200)
        edit.set_prose(text)
        edit.setReadOnly(True)
        edit.show()
        found.append(edit.grab().toImage())
    return found


def hover(edit: QTextEdit, at: QPoint) -> None:
    """Rest the pointer there."""
    everywhere = edit.viewport().mapToGlobal(at)
    QCoreApplication.sendEvent(edit.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, everywhere))


def test_the_preview_names_what_could_deceive(preview: Preview) -> None:
    preview.show_markdown(f"**{TURNED}** 😀\u200bx pay\u200dpal ok\U000e0041")
    shown = preview.document().toRawText()
    assert shown == "pay ‹RLO›gnp.exe 😀‹ZWSP›x pay‹ZWJ›pal ok‹U+E0041›"


def test_the_editor_marks_it_and_keeps_it(qtbot: QtBot, theme: Theme) -> None:
    plain, marked, emoji = pictures(qtbot, "in visible", "in\u200b visible", "in visible")
    assert plain != marked
    assert plain == emoji
    edit = ProseEdit()
    qtbot.addWidget(edit)
    edit.set_prose(TURNED)
    assert edit.prose() == TURNED


def test_marks_behind_an_emoji_stand_where_they_belong(qtbot: QtBot, theme: Theme) -> None:
    edit = ProseEdit()
    qtbot.addWidget(edit)
    edit.resize(600, 200)
    edit.set_prose("🚒🚒 a\u200bb")
    edit.show()
    ((place, character),) = edit._marks_in(edit.viewport().rect())
    assert character == "\u200b"
    cursor = edit.textCursor()
    cursor.setPosition(6)
    assert abs(place.center().x() - edit.cursorRect(cursor).center().x()) <= 3


def test_what_a_script_needs_is_not_marked(qtbot: QtBot, theme: Theme) -> None:
    edit = ProseEdit()
    qtbot.addWidget(edit)
    edit.set_prose("👩\u200d🚒 می\u200cخواهم")
    edit.show()
    assert list(edit._marks_in(edit.viewport().rect())) == []


@pytest.mark.parametrize("piece", ["\u200b", "\u202e", "\U000e0041", "a\u200bb ", "\u200b\n"])
def test_marks_without_number_do_not_hold_up_the_window(
    qtbot: QtBot, theme: Theme, piece: str
) -> None:
    edit = ProseEdit()
    qtbot.addWidget(edit)
    edit.resize(600, 200)
    edit.set_prose(piece * 20_000)
    edit.show()
    edit.grab()
    took = []
    for _ in range(3):
        before = time.perf_counter()
        edit.viewport().grab()
        took.append(time.perf_counter() - before)
    assert min(took) < 0.25


def test_words_without_end_do_not_hold_up_reading(
    qtbot: QtBot, theme: Theme, session: JournalSession
) -> None:
    entry = begin(EntryDraft(on=NOW.date(), body="Title\n" + "x" * 120_000), NOW, 1)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    reading = ReadingText(session)
    qtbot.addWidget(reading)
    reading.resize(600, 200)
    positions = session.read(entries.all_positions)
    before = time.perf_counter()
    reading.show_positions(positions, positions[0])
    assert time.perf_counter() - before < 2


def test_over_a_mark_its_name_is_told(qtbot: QtBot, theme: Theme) -> None:
    edit = ProseEdit()
    qtbot.addWidget(edit)
    edit.resize(600, 200)
    edit.set_prose("a\u202eb")
    edit.show()
    ((place, _),) = edit._marks_in(edit.viewport().rect())
    hover(edit, place.center().toPoint())
    assert "RLO" in QToolTip.text()
    hover(edit, place.center().toPoint() + QPoint(200, 0))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_title_with_invisible_characters_says_so(
    qtbot: QtBot, theme: Theme, session: JournalSession, undo_stack: QUndoStack
) -> None:
    editor = EntryEditor(session, undo_stack)
    qtbot.addWidget(editor)
    editor.start_entry(EntryDraft(on=NOW.date(), title="plain", body="x"))
    note = editor.findChild(QLabel, "title_note")
    assert note.isHidden()
    editor.start_entry(EntryDraft(on=NOW.date(), title=TURNED, body="x"))
    assert not note.isHidden()
    assert "pay ‹RLO›gnp.exe" in note.text()
    assert editor.title.text() == TURNED
    editor.flush()
    qtbot.waitUntil(lambda: editor.is_saved and session.idle)


def test_lists_show_a_box(qtbot: QtBot, session: JournalSession) -> None:
    entry = begin(EntryDraft(on=NOW.date(), body=f"{TURNED}\nand more\u200b text"), NOW, 1)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    (row,) = session.read(
        lambda tx: entries.summaries_between(tx, NOW.date(), NOW.date().replace(day=15))
    )
    assert (row.heading, row.excerpt) == ("pay ▯gnp.exe", "and more▯ text")
    assert session.read(lambda tx: entries.entry(tx, entry.id)).body == entry.body


def test_tags_and_people_show_what_they_hold(qtbot: QtBot, theme: Theme) -> None:
    model = NameModel(NameKind.PERSON)
    use = NameUse(
        id="1", name="Da\u200bna", entries=1, last_on=None, alias="\u202edaria", relation="peer"
    )
    model.set_uses([use])
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert shown == ["@Da‹ZWSP›na", "1", "", "‹RLO›daria", "peer"]


@pytest.mark.parametrize(
    "form", ["![x]({0})", "<img src='{0}'>", "[x]: {0}\n![x]", "![x]({0} 'x')"]
)
@pytest.mark.parametrize("as_url", [True, False])
def test_the_preview_reads_no_file(
    preview: Preview, tmp_path: Path, form: str, as_url: bool
) -> None:
    path = tmp_path / "picture.png"
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    assert picture.save(str(path))
    address = path.as_uri() if as_url else str(path)
    preview.show_markdown(f"before\n\n{form.format(address)}\n\nafter")
    seen = preview.grab().toImage()
    red = [
        (x, y)
        for x in range(0, seen.width(), 4)
        for y in range(0, seen.height(), 4)
        if seen.pixelColor(x, y).getRgb()[:3] == (255, 0, 0)
    ]
    assert red == []


def test_pictures_are_words_wherever_the_text_is_taken(preview: Preview, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    assert picture.save(str(path))
    preview.show_markdown(f"a ![two\u200bwords]({path}) b\n\n😀 ![it]({path} 'title') ![]({path})")
    said = preview.document().toRawText()
    assert said == "a [Picture: two‹ZWSP›words] b\u2029😀 [Picture: it] "
    other = QTextDocument()  # as on paper: it reads the files it names
    QTextCursor(other).insertFragment(QTextDocumentFragment(preview.document()))
    page = QImage(600, 200, QImage.Format.Format_RGB32)
    page.fill(0xFFFFFF)
    with QPainter(page) as painter:
        other.drawContents(painter)
    assert not any(
        page.pixelColor(x, y).getRgb()[:3] == (255, 0, 0)
        for x in range(0, 600, 4)
        for y in range(0, 200, 4)
    )


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "/etc/hostname",
        "http://127.0.0.1:9/pixel.png",
        "https://tracker.example/p.gif",
        "//tracker.example/p.gif",
        "data:image/png;base64,AAAA",
        "qrc:/picture.png",
    ],
)
def test_the_preview_gets_nothing_from_anywhere(preview: Preview, address: str) -> None:
    images = QTextDocument.ResourceType.ImageResource
    picture = preview.document().resource(images.value, QUrl(address))
    assert isinstance(picture, QImage)
    assert (picture.size().toTuple(), picture.pixelColor(0, 0).alpha()) == ((1, 1), 0)


def test_no_style_sheet_and_no_page_is_read(preview: Preview) -> None:
    for kind in set(QTextDocument.ResourceType) - {QTextDocument.ResourceType.ImageResource}:
        answer = preview.document().resource(kind.value, QUrl(f"file:///etc/hostname?{kind.value}"))
        assert bytes(answer) == b"nothing"


def test_the_title_of_a_link_is_never_read_as_html(qtbot: QtBot, preview: Preview) -> None:
    preview.show_markdown('[word](https://a.example/x "<b>bank</b> <img src=/etc/hostname>")')
    hover(preview, preview.cursorRect().center() + QPoint(10, 0))
    assert QToolTip.text() == "<p>https://a.example/x</p>"
    hover(preview, QPoint(580, 280))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_link_leads_where_its_source_says(preview: Preview) -> None:
    preview.show_markdown("[wo\u200brd](https://a.example/\u202ex)")
    assert preview.document().toRawText() == "wo‹ZWSP›rd"
    assert QUrl(preview.anchorAt(preview.cursorRect().center() + QPoint(10, 0))) == QUrl(
        "https://a.example/\u202ex"
    )


def test_words_of_an_entry_in_a_sentence_stay_words(qtbot: QtBot, theme: Theme) -> None:
    as_html, plain = label("<b>x</b>", "meta"), label("x", "meta")
    assert as_html.sizeHint().width() > 4 * plain.sizeHint().width()
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say("open <img src='/etc/hostname'> ?")
    assert notice.words.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://kotter.example/a?b=1#c", "https://kotter.example/a?b=1#c"),
        ("https://bank.example@evil.example/login", "https://evil.example/login"),
        ("https://user:secret@evil.example:8443/", "https://evil.example:8443/"),
        ("https://bank.example\\@evil.example/", "https://evil.example/"),
        ("https://a\u2100b.example@evil.example/", "https://evil.example/"),
        ("https://\u0430\u0440\u0440le.example/", "https://xn--le-6kc8da.example/"),
        ("https://fa\u00df.example/", "https://xn--fa-hia.example/"),
        ("https://ba\u200bnk.example/", "https://bank.example/"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("mailto:dana@kotter.example", "mailto:dana@kotter.example"),
        ("https://a.example/\u202etxt.exe", "https://a.example/‹RLO›txt.exe"),
        ("https://a.example/%E2%80%AEtxt.exe", "https://a.example/‹RLO›txt.exe"),
    ],
)
def test_an_address_shows_where_it_leads(address: str, shown: str) -> None:
    assert address_text(QUrl(address)) == shown


def test_a_long_address_keeps_the_end_of_its_host_and_of_its_path() -> None:
    host = ".".join(["www.bank.example", "a" * 60, "b" * 60, "c" * 60, "evil.example"])
    shown = address_text(QUrl(f"https://{host}/{'x' * 5000}.exe"))
    assert len(shown) < 300
    assert re.fullmatch(r"https://www\.bank.* … c+\.evil\.example/x+ … x+\.exe", shown)


def test_a_link_is_shown_as_it_leads_and_opened_only_when_asked(
    qtbot: QtBot, theme: Theme, session: JournalSession, undo_stack: QUndoStack
) -> None:
    editor = EntryEditor(session, undo_stack)
    qtbot.addWidget(editor)
    opened: list[str] = []
    editor.open_link = opened.append
    editor.start_entry(EntryDraft(on=NOW.date()))
    editor.preview.link_asked.emit("https://bank.example@evil.example/\u202etxt.exe")
    words = editor.notice.words.text()
    assert "https://evil.example/‹RLO›txt.exe" in words
    assert "bank.example" not in words
    assert "before the @" in words
    assert opened == []
    editor.notice.button.click()
    assert opened == ["https://bank.example@evil.example/\u202etxt.exe"]


@pytest.mark.parametrize(
    "scheme",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https:///etc/passwd", "x"],
)
def test_other_schemes_do_nothing(qtbot: QtBot, preview: Preview, scheme: str) -> None:
    asked: list[str] = []
    preview.link_asked.connect(asked.append)
    preview._on_anchor(QUrl(scheme))
    assert asked == []


def test_no_word_of_an_entry_reaches_the_log(
    qtbot: QtBot,
    theme: Theme,
    session: JournalSession,
    undo_stack: QUndoStack,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        editor = EntryEditor(session, undo_stack)
        qtbot.addWidget(editor)
        editor.show()
        editor.start_entry(EntryDraft(on=NOW.date()))
        qtbot.keyClicks(editor.text, "Quillfeather #canarytag @Ottoline")
        editor.flush()
        qtbot.waitUntil(lambda: editor.is_saved and session.idle)
        editor.show_preview(True)
    said = caplog.text + editor.windowTitle() + editor.window().windowTitle()
    assert not any(word in said for word in ("Quillfeather", "canarytag", "Ottoline"))
