import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from kotter_journal.gui.entries.preview import Preview, is_safe
from kotter_journal.gui.theme import Theme


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme) -> Preview:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


def test_markdown_is_rendered_and_html_is_text(preview: Preview) -> None:
    preview.show_markdown("# Title\n\nsome **bold** and <b onclick='x'>tags</b>")
    shown = preview.toPlainText()
    assert "some bold and <b onclick='x'>tags</b>" in shown
    assert "#" not in shown


@pytest.mark.parametrize(
    "address", ["https://x.org/", "http://x.org/", "mailto:a@x.org", "HTTPS://x.org/"]
)
def test_a_link_is_asked_about_before_it_opens(
    preview: Preview, qtbot: QtBot, address: str
) -> None:
    with qtbot.waitSignal(preview.link_asked) as asked:
        preview.anchorClicked.emit(QUrl(address))
    assert asked.args == [QUrl(address).toString()]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "#part", ""]
)
def test_other_addresses_do_nothing(preview: Preview, qtbot: QtBot, address: str) -> None:
    preview.show_markdown("text")
    with qtbot.assertNotEmitted(preview.link_asked):
        preview.anchorClicked.emit(QUrl(address))
    assert preview.toPlainText() == "text"


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "deep",
        "- " * 50 + "deep",
        ">>>>>>>>>>>>>>>>>>>>> deep",
        " " * 200 + "- deep",
        "word " * 200_000,
        "a\n" * 300_000,
        "|a" * 900 + "\n" + "|-" * 900 + "\n" + "|a" * 900,
        "[" * 6_000,
    ],
    ids=["quotes", "lists", "glued", "indent", "line", "size", "table", "brackets"],
)
def test_what_would_hold_up_the_window_is_shown_as_plain_text(preview: Preview, text: str) -> None:
    assert not is_safe(text)
    preview.show_markdown(text)
    assert preview.toPlainText().startswith(text[:40].replace("\n", "\n"))


def test_ordinary_texts_are_safe() -> None:
    assert is_safe("# A\n\n- one\n  - two\n    - three\n\n> > said\n\n---\n\n* * *\n\n    code")
    assert is_safe("word " * 3000)
