"""Pictures of charts: white paper whatever the theme, text that is found, failures said."""

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from kotter_journal.domain.balance_sentences import coverage_sentence, period_text
from kotter_journal.domain.periods import Span
from kotter_journal.gui import theme
from kotter_journal.gui.balance.chart_card import ChartCard
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.balance.picture import Picture
from tests.gui.balance.days import THURSDAY, days_until

PageOf = Callable[..., BalancePage]
CARDS = ("headline", "rows_card", "pairs_card", "over_time", "trailing", "heat", "strip")


@pytest.fixture
def page(page_of: PageOf) -> BalancePage:
    return page_of(days_until(THURSDAY, 200), Span.TWELVE_WEEKS)


def picture_of(page: BalancePage, name: str) -> Picture:
    card: ChartCard = getattr(page, name)
    picture = card.picture()
    assert picture is not None
    return picture


def words_in(svg: bytes) -> str:
    """The text of an SVG in one line."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode()))


@pytest.mark.parametrize("name", CARDS)
def test_every_card_has_a_picture_with_title_period_and_coverage(
    page: BalancePage, name: str
) -> None:
    card: ChartCard = getattr(page, name)
    svg = picture_of(page, name).svg()
    text = words_in(svg)
    assert card.basis is not None
    assert card.title in text
    assert period_text(card.basis.period) in text
    said = coverage_sentence(card.basis).split()
    assert all(word in text.split() for word in said)
    assert b"system-ui" in svg


def test_the_cards_are_those_of_the_page(page: BalancePage) -> None:
    assert [getattr(page, name) for name in CARDS] == list(page.cards)


@pytest.mark.parametrize("name", CARDS)
def test_png_is_sharp_and_on_white_paper_in_either_theme(
    page: BalancePage, look: theme.Theme, name: str
) -> None:
    light = picture_of(page, name).png()
    look.scheme, look.text_size = "dark", 150
    dark = picture_of(page, name).png()
    assert theme.tokens().dark
    assert QImage.fromData(light) == QImage.fromData(dark)
    image = QImage.fromData(light)
    assert image.width() == 2 * 960
    assert image.pixelColor(3, 3).name() == "#ffffff"
    spots = (image.pixel(x, y) for x in range(0, 1920, 7) for y in range(0, image.height(), 7))
    assert len(set(spots)) > 5


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here")
@pytest.mark.parametrize("name", CARDS)
def test_the_text_of_a_pdf_can_be_found(page: BalancePage, tmp_path: Path, name: str) -> None:
    picture = picture_of(page, name)
    path = picture.save(tmp_path / "chart.pdf")
    text = subprocess.run(
        [str(shutil.which("pdftotext")), "-layout", str(path), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    said = " ".join(text.split())
    assert picture.title in said
    assert picture.when in said
    assert " ".join(picture.basis.split()[:12]) in said
    if name == "headline":
        assert "Aligning" in said
        assert re.search(r"\d+ %", said)
    if name == "heat":
        assert "2–4 h" in said


def test_saving_writes_the_kind_that_the_ending_names(page: BalancePage, tmp_path: Path) -> None:
    picture = picture_of(page, "pairs_card")
    assert picture.save(tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    assert picture.save(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    plain = picture.save(tmp_path / "March 2026")
    assert plain == tmp_path / "March 2026.png"
    assert plain.read_bytes().startswith(b"\x89PNG")


def test_copying_puts_the_picture_on_the_clipboard(page: BalancePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.told) as told:
        page.trailing.copy_picture()
    assert told.args == ["The picture is on the clipboard."]
    assert QGuiApplication.clipboard().image().width() == 2 * 960
    QGuiApplication.clipboard().clear()


def test_a_saved_picture_is_told_with_its_place(
    page: BalancePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.heat.ask_where = lambda: tmp_path / "year.svg"  # type: ignore[method-assign]
    with qtbot.waitSignal(page.told) as told:
        page.heat.save_picture()
    assert told.args == [f"Saved in {tmp_path / 'year.svg'}, which is not encrypted."]


def test_a_folder_that_is_gone_is_said(page: BalancePage, qtbot: QtBot, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    page.heat.ask_where = lambda: gone / "year.svg"  # type: ignore[method-assign]
    with qtbot.waitSignal(page.warned) as warned:
        page.heat.save_picture()
    assert warned.args is not None
    assert warned.args[0].startswith(f"The folder {gone} is not there")


@pytest.mark.parametrize(("number", "said"), [(errno.EACCES, "read-only"), (errno.ENOSPC, "full")])
def test_what_the_disk_refuses_is_said_and_nothing_left(
    page: BalancePage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    page.heat.ask_where = lambda: tmp_path / "year.svg"  # type: ignore[method-assign]
    with qtbot.waitSignal(page.warned) as warned, qtbot.assertNotEmitted(page._session.failed):
        page.heat.save_picture()
    assert warned.args is not None
    assert said in warned.args[0]
    assert list(tmp_path.iterdir()) == []


def test_a_picture_reads_from_the_right_where_the_window_does(page: BalancePage) -> None:
    before = picture_of(page, "over_time").image()
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture_of(page, "over_time").image() != before


def test_paper_leaves_the_window_as_it_was(look: theme.Theme) -> None:
    look.scheme, look.text_size = "dark", 150
    with theme.on_paper():
        assert not theme.tokens().dark
        assert theme.px(10) == 10
    assert theme.tokens().dark
    assert theme.px(10) == 15


def test_the_buttons_are_reached_with_the_keyboard_and_have_names(page: BalancePage) -> None:
    for card in page.cards:
        assert card.picture_button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert card.title in card.picture_button.accessibleName()
        assert card.title in card.how_button.accessibleName()
        assert [action.text() for action in card.picture_button.menu().actions()][:4] == [
            "Copy picture",
            "Save picture…",
            "",
            "Your own sentence…",
        ]


def test_all_charts_in_one_document(page: BalancePage, qtbot: QtBot, tmp_path: Path) -> None:
    page.pairs_card.show_caption("Two launches in one month")
    page.ask_where = lambda title: tmp_path / title  # type: ignore[method-assign]
    with qtbot.waitSignal(page.told) as told:
        page.save_sheet()
    (file,) = tmp_path.glob("*.pdf")
    assert told.args == [f"Saved in {file}, which is not encrypted."]
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= 2
    if tool := shutil.which("pdftotext"):
        text = subprocess.run([tool, file, "-"], capture_output=True, check=True).stdout.decode()
        assert "Two launches in one month" in text
        assert all(card.title in text for card in page.cards)


def test_too_few_days_make_no_document(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(days_until(THURSDAY, 4), Span.FOUR_WEEKS)
    with qtbot.waitSignal(page.told) as told:
        page.save_sheet()
    assert told.args == ["It takes 10 logged days for a document of all charts."]
