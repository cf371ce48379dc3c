"""Colours: the tokens of the light and the dark theme, and the colours of the activities."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette

from kotter_journal.domain.activities import Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a colour is for; ``text`` .. ``text3`` read at 4.5:1 or better on every surface."""

    canvas: QColor
    surface: QColor
    raised: QColor
    sunken: QColor
    line: QColor
    control: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_soft: QColor
    on_accent: QColor
    ok: QColor
    warn: QColor
    danger: QColor
    leading: QColor
    managing: QColor
    heat: tuple[QColor, QColor, QColor, QColor, QColor]
    dark: bool

    def by_name(self) -> dict[str, QColor]:
        """Every single colour under its name, for the style sheet."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, QColor)}


@dataclass(frozen=True, slots=True)
class ActivityColors:
    """An activity's fill, its outline (the fill itself where it leads) and text upon the fill."""

    fill: QColor
    outline: QColor
    label: QColor


def activity_table(*, dark: bool) -> Mapping[Activity, ActivityColors]:
    """The colours of all seven activities: hue tells the pair, solid leads, tint manages."""
    return _DARK_ACTIVITIES if dark else _LIGHT_ACTIVITIES


def tokens_of(*, dark: bool) -> Tokens:
    """The tokens of one of the two themes."""
    return _DARK if dark else _LIGHT


def palette_of(tokens: Tokens) -> QPalette:
    """The Qt palette that says the same as the tokens."""
    palette = QPalette()
    role = QPalette.ColorRole
    for name, color in {
        role.Window: tokens.canvas,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Light: tokens.raised,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.control,
        role.Shadow: tokens.control,
        role.Accent: tokens.accent,
    }.items():
        palette.setColor(name, color)
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, tokens.text3)
    return palette


def _tokens(dark: bool, heat: str, **names: str) -> Tokens:
    shades = tuple(QColor(name) for name in heat.split())
    colors = {name: QColor(value) for name, value in names.items()}
    return Tokens(dark=dark, heat=shades, **colors)  # type: ignore[arg-type]


def _activity(fill: str, outline: str, label: str) -> ActivityColors:
    return ActivityColors(QColor(fill), QColor(outline), QColor(label))


_LIGHT = _tokens(
    dark=False,
    heat="#DDE5F0 #B4C6DF #7F9DC7 #4A72AB #1D4682",
    canvas="#F4F5F7",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F7F8FA",
    line="#E2E5EA",
    control="#8691A0",
    text="#151A21",
    text2="#495363",
    text3="#5F6B7C",
    accent="#2257A8",
    accent_soft="#E4EDFA",
    on_accent="#FFFFFF",
    ok="#067647",
    warn="#8A5300",
    danger="#B42318",
    leading="#22324D",
    managing="#CBD3DF",
)
_DARK = _tokens(
    dark=True,
    heat="#242D3A #304560 #44668F #6B93C6 #A9CBF7",
    canvas="#111418",
    surface="#1A1E24",
    raised="#21262E",
    sunken="#15191E",
    line="#2C333D",
    control="#6C7889",
    text="#ECEFF4",
    text2="#B4BDCA",
    text3="#919DAE",
    accent="#8DB5F5",
    accent_soft="#22344F",
    on_accent="#0E1B2E",
    ok="#5FD19A",
    warn="#F2B75C",
    danger="#FF8F84",
    leading="#DCE6F5",
    managing="#3E4A5C",
)
_LIGHT_ACTIVITIES = {
    Activity.SETTING_DIRECTION: _activity("#5632B9", "#5632B9", "#FFFFFF"),
    Activity.PLANNING_BUDGETING: _activity("#C6B9FF", "#5632B9", "#2A1670"),
    Activity.ALIGNING_PEOPLE: _activity("#03827B", "#03827B", "#FFFFFF"),
    Activity.ORGANIZING_STAFFING: _activity("#86E6CB", "#03827B", "#023E3A"),
    Activity.MOTIVATING_INSPIRING: _activity("#BA5700", "#BA5700", "#FFFFFF"),
    Activity.CONTROLLING_PROBLEM_SOLVING: _activity("#F0BC66", "#BA5700", "#552700"),
    Activity.OUTSIDE: _activity("#D9DDE3", "#717D8D", "#2B323C"),
}
_DARK_ACTIVITIES = {
    Activity.SETTING_DIRECTION: _activity("#B197FD", "#B197FD", "#1D0F4D"),
    Activity.PLANNING_BUDGETING: _activity("#4F3A8A", "#B197FD", "#E6DDFF"),
    Activity.ALIGNING_PEOPLE: _activity("#56D3BE", "#56D3BE", "#04302B"),
    Activity.ORGANIZING_STAFFING: _activity("#0B625C", "#56D3BE", "#C9F5EC"),
    Activity.MOTIVATING_INSPIRING: _activity("#EE9B2A", "#EE9B2A", "#3A1E00"),
    Activity.CONTROLLING_PROBLEM_SOLVING: _activity("#71400F", "#EE9B2A", "#FFDDB0"),
    Activity.OUTSIDE: _activity("#3A424D", "#8D98A8", "#E3E8EF"),
}
