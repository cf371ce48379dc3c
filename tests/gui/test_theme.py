from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kotter_journal.config.paths import resource
from kotter_journal.domain.activities import SIX, Activity, Side
from kotter_journal.gui import theme
from kotter_journal.gui.colors import activity_table, tokens_of

BOTH = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """A light theme in force, put back to light at 100 % afterwards."""
    made = theme.Theme("light")
    made.apply(qapp)
    yield made
    made.scheme, made.text_size = "light", 100


def luminance(color: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio 1..21, WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_text_reads_on_every_surface(dark: bool) -> None:
    tokens = tokens_of(dark=dark)
    texts = (tokens.text, tokens.text2, tokens.text3, tokens.accent, tokens.danger, tokens.warn)
    for surface in (tokens.canvas, tokens.surface, tokens.raised, tokens.sunken):
        assert all(contrast(text, surface) >= 4.5 for text in texts)
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.text, tokens.accent_soft) >= 4.5


@BOTH
def test_edges_of_controls_and_of_tinted_fills_stand_out(dark: bool) -> None:
    tokens = tokens_of(dark=dark)
    assert contrast(tokens.control, tokens.surface) >= 3
    for colors in activity_table(dark=dark).values():
        assert contrast(colors.outline, tokens.surface) >= 3


@BOTH
def test_labels_read_on_their_activity(dark: bool) -> None:
    for colors in activity_table(dark=dark).values():
        assert contrast(colors.label, colors.fill) >= 4.5


@BOTH
def test_what_leads_is_solid_and_what_manages_is_outlined(dark: bool) -> None:
    table = activity_table(dark=dark)
    for activity in SIX:
        solid = table[activity].fill == table[activity].outline
        assert solid == (activity.side is Side.LEADING)


@BOTH
def test_no_two_activities_share_a_fill(dark: bool) -> None:
    fills = [colors.fill.name() for colors in activity_table(dark=dark).values()]
    assert all(one != other for one, other in combinations(fills, 2))


def test_a_new_scheme_is_announced_and_in_force(look: theme.Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.scheme = "dark"
    assert theme.tokens().dark
    assert theme.activity_colors(Activity.SETTING_DIRECTION).fill == QColor("#B197FD")


def test_toggling_leaves_the_system_for_the_opposite(look: theme.Theme) -> None:
    look.scheme = "system"
    before = look.dark
    look.toggle()
    assert look.dark is not before
    assert look.scheme != "system"


def test_the_system_counts_as_light_where_it_does_not_say(look: theme.Theme) -> None:
    hints = QApplication.styleHints()
    look.scheme = "system"
    assert look.dark == (hints.colorScheme() == Qt.ColorScheme.Dark)


def test_the_text_size_scales_fonts_and_lengths(look: theme.Theme) -> None:
    look.text_size = 150
    assert theme.font(16).pixelSize() == 24
    assert theme.px(10) == 15


@pytest.mark.parametrize(("asked", "given"), [(10, 90), (1000, 150), (110, 110)])
def test_the_text_size_stays_in_bounds(look: theme.Theme, asked: int, given: int) -> None:
    look.text_size = asked
    assert look.text_size == given


def test_the_bundled_typeface_is_in_force(look: theme.Theme) -> None:
    assert theme.font(13).family() == "Inter"


@BOTH
def test_the_style_sheet_leaves_no_name_unresolved(look: theme.Theme, dark: bool) -> None:
    look.scheme = "dark" if dark else "light"
    sheet = QApplication.instance().styleSheet()  # type: ignore[union-attr]
    assert sheet
    assert "@" not in sheet


@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_every_icon_paints_something(look: theme.Theme, path) -> None:  # type: ignore[no-untyped-def]
    image = theme.icon(path.stem).pixmap(QSize(18, 18), 2.0).toImage()
    assert image.width() == 36
    alphas = [image.pixelColor(x, y).alpha() for x in range(36) for y in range(36)]
    assert max(alphas) > 128


def test_an_icon_follows_the_theme_without_being_made_anew(look: theme.Theme) -> None:
    icon = theme.icon("search")
    light = icon.pixmap(QSize(18, 18)).toImage()
    look.scheme = "dark"
    assert icon.pixmap(QSize(18, 18)).toImage() != light


def test_a_look_takes_effect_at_once(look: theme.Theme, qtbot: QtBot) -> None:
    label = QLabel("Balance")
    qtbot.addWidget(label)
    label.show()
    theme.mark(label, "title")
    assert label.font().pixelSize() == 24
