"""Palette: a line over the window that finds entries, dates, names and everything one can do."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.fuzzy import likeness
from kotter_journal.domain.invisible import named
from kotter_journal.domain.search import parse_query
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entry_words import untitled
from kotter_journal.gui.palette.choice import Choice, Group
from kotter_journal.gui.palette.choice_list import ChoiceList, Row
from kotter_journal.gui.palette.finds import ENTRIES, Finds, look_up
from kotter_journal.gui.palette.places import Places
from kotter_journal.gui.session import JournalSession

_WIDTH, _TOP, _LOWEST = 620, 96, 24
_RECENT, _ACTIONS = 6, 6
_SHADE = QColor(10, 14, 20, 110)


class Palette(QWidget):
    """Lies over the whole window while it is open; Esc or a click beside it closes it.

    With nothing typed it offers what was chosen last, then every action. What was chosen is
    remembered until the program ends, and nowhere else.
    """

    def __init__(self, session: JournalSession, places: Places, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._places = places
        self._recent: list[Choice] = []
        self._before: QWidget | None = None
        self._finds = Finds()
        self.line = QLineEdit()
        self.line.setObjectName("palette_line")
        self.line.setPlaceholderText(self.tr("Search, or jump to a date, a name, an action"))
        self.line.setAccessibleName(self.tr("Search or jump to"))
        theme.mark(self.line, "palette")
        self.list = ChoiceList()
        self._card = QFrame(self)
        self._lay_out()
        self.line.textChanged.connect(self._on_text)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda _: self._choose())
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()

    def open(self) -> None:
        """Show it with an empty line; a second time closes it."""
        if self.isVisible():
            self.close_palette()
            return
        self._before = QApplication.focusWidget()
        self._finds = Finds()
        self.line.clear()
        self._show_rows()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Go back to where the keyboard was before."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        theme.mark(self._card, "palette")
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 12)
        glass = label("", "quiet")
        glass.setPixmap(theme.icon("search").pixmap(theme.px(18), theme.px(18)))
        head.addWidget(glass)
        head.addWidget(self.line, 1)
        head.addWidget(label(self.tr("Esc"), "keycap"))
        rule = QFrame()
        theme.mark(rule, "rule")
        self._nothing = label(self.tr("Nothing found."), "quiet")
        self._nothing.setContentsMargins(20, 12, 20, 14)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 0, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def _on_text(self, text: str) -> None:
        typed = text.strip()
        if not typed:
            self._finds = Finds()
            self._show_rows()
            return
        today = self._session.today()
        self._show_rows()
        self._session.run(
            lambda tx: look_up(tx, typed, today),
            owner=self,
            done=lambda finds: self._on_finds(typed, finds),
            latest="palette",
        )

    def _on_finds(self, typed: str, finds: Finds) -> None:
        if typed == self.line.text().strip():
            self._finds = finds
            self._show_rows()

    def _show_rows(self) -> None:
        typed = self.line.text().strip()
        groups = self._found(typed) if typed else self._offered()
        rows: list[Row] = []
        for heading, choices in groups:
            if choices:
                rows += [heading, *choices]
        self._nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.list.show_rows(rows)
        self._place()

    def _offered(self) -> Iterable[tuple[str, Sequence[Choice]]]:
        yield self.tr("Recent"), self._recent[:_RECENT]
        yield self.tr("Actions"), self._places.actions()

    def _found(self, typed: str) -> Iterable[tuple[str, Sequence[Choice]]]:
        rated = [(likeness(typed, one.text), one) for one in self._places.actions()]
        fitting = [(score, one) for score, one in rated if score is not None]
        fitting.sort(key=lambda pair: -pair[0])
        actions = [one for _, one in fitting[:_ACTIONS]]
        dates = [self._date_choice(day) for day in _dates(typed, self._session.today())]
        finds = self._finds
        yield self.tr("Dates"), dates
        entries = [
            self._entry_choice(*pair) for pair in zip(finds.entries, finds.snippets, strict=True)
        ]
        if finds.count > ENTRIES:
            entries.append(self._all_choice(typed, finds.count))
        first, second = (self.tr("Entries"), entries), (self.tr("Actions"), actions)
        # Letters that begin a name mean the action; otherwise the journal comes first.
        begins = any(one.text.casefold().startswith(typed.casefold()) for one in actions)
        yield from (second, first) if begins else (first, second)
        yield self.tr("Tags"), [self._name_choice(Group.TAGS, name) for name in finds.tags]
        yield self.tr("People"), [self._name_choice(Group.PEOPLE, name) for name in finds.people]

    def _date_choice(self, day: date) -> Choice:
        return Choice(Group.DATES, date_text(day), "calendar", lambda: self._places.show_day(day))

    def _entry_choice(
        self, summary: EntrySummary, found: tuple[str, tuple[tuple[int, int], ...]] | None
    ) -> Choice:
        detail, hits = found if found is not None else (summary.excerpt, ())
        return Choice(
            Group.ENTRIES,
            summary.heading or untitled(),
            "book-open",
            lambda: self._places.show_entry(summary.id),
            detail=detail,
            note=date_text(summary.on),
            hits=hits,
        )

    def _all_choice(self, typed: str, count: int) -> Choice:
        text = self.tr("All {0} entries").format(f"{count:,}")
        return Choice(Group.ENTRIES, text, "search", lambda: self._places.search(typed))

    def _name_choice(self, group: Group, name: str) -> Choice:
        mark, icon = ("#", "hash") if group is Group.TAGS else ("@", "users")
        key = "tag" if group is Group.TAGS else "person"
        return Choice(
            group, named(f"{mark}{name}"), icon, lambda: self._places.search(f'{key}:"{name}"')
        )

    def _choose(self) -> None:
        choice = self.list.choice()
        if choice is None:
            return
        alike = [
            one for one in self._recent if (one.group, one.text) != (choice.group, choice.text)
        ]
        self._recent = [choice, *alike][:_RECENT]
        self.close_palette()
        choice.act()

    def _place(self) -> None:
        room = self._window.rect()
        width = min(theme.px(_WIDTH), room.width() - 2 * _LOWEST)
        above = min(theme.px(_TOP), room.height() // 6)
        head = self._card.sizeHint().height() - self.list.sizeHint().height()
        wanted = head + (self.list.wanted_height() if not self.list.isHidden() else 0)
        height = min(max(wanted, theme.px(96)), room.height() - above - _LOWEST)
        self._card.setGeometry((room.width() - width) // 2, above, width, height)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whatever takes the keyboard away, such as a page shown by its key, closes it."""
        if (
            self.isVisible()
            and new is not None
            and new is not self.line
            and new.window() is self.window()
        ):
            self._before = None
            self.hide()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The line moves the choice; the palette grows with the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place()
        if watched is self.line and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Down: lambda: self.list.step(1),
            Qt.Key.Key_Tab: lambda: self.list.step(1),
            Qt.Key.Key_Up: lambda: self.list.step(-1),
            Qt.Key.Key_Backtab: lambda: self.list.step(-1),
            Qt.Key.Key_Return: self._choose,
            Qt.Key.Key_Enter: self._choose,
            Qt.Key.Key_Escape: self.close_palette,
        }
        act = keys.get(event.key())
        if act is not None:
            act()
        return act is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click beside it closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The window behind it goes back."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), _SHADE)


def _dates(typed: str, today: date) -> list[date]:
    """The date that was typed, if it is one; of a month or a year the first day."""
    if typed.casefold() == "tomorrow":
        return [today + timedelta(days=1)]
    # As a search reads it, so that one word means the same day everywhere.
    since = parse_query(f'on:"{typed}"', today).since
    return [] if since is None else [since]
