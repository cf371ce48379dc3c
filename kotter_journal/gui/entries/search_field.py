"""SearchField: words typed above the list, and below them how they were read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Side
from kotter_journal.domain.entries import MINUTES_A_DAY, EntryId
from kotter_journal.domain.search import SearchQuery, parse_query
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.saved_searches import SavedSearches
from kotter_journal.gui.session import JournalSession

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QWidget):
    """A line to type in, and a line that says what was found.

    ``asked`` carries the SearchQuery as it is typed; ``entered`` says that the results are wanted
    (Down or Enter), ``left`` that the list is (Esc in an empty line).
    """

    asked = Signal(object)
    entered = Signal()
    left = Signal()

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.query = SearchQuery()
        self._given: tuple[EntryId, ...] = ()
        self._given_words = ""
        self.line = _SearchLine()
        self.line.setPlaceholderText(self.tr("Search entries"))
        self.line.setAccessibleName(self.tr("Search entries"))
        self.line.textChanged.connect(self._on_text)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._on_left)
        self.line.cleared.connect(self.clear)
        self._result = label("", "meta", wrap=True)
        self._result.setObjectName("search_result")
        self.best_first = QToolButton()
        self.best_first.setObjectName("best_first")
        self.best_first.setCheckable(True)
        self.best_first.setText(self.tr("Best first"))
        self.best_first.setToolTip(self.tr("Order by how well it fits, not by date"))
        theme.mark(self.best_first, "link")
        self.best_first.toggled.connect(lambda _: self._ask(self.line.text()))
        self.saved = SavedSearches(session, self)
        self.saved.chosen.connect(self.search)
        self._below = QWidget()
        self._below.hide()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._result, 1)
        below.addWidget(self.best_first, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._below)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def search(self, text: str) -> None:
        """Search for ``text`` as if it had been typed."""
        if self._given and not text:
            self.clear()
        else:
            self.line.setText(text)

    def show_entries(self, ids: Sequence[EntryId], words: str) -> None:
        """Ask for exactly these entries until something is typed; ``words`` name them."""
        self._given, self._given_words = (), ""
        self.line.clear()
        self._given, self._given_words = tuple(ids), words
        self.line.show_clear(True)
        self._ask("")

    def clear(self) -> None:
        """Ask for all entries again."""
        self._given, self._given_words = (), ""
        self.line.show_clear(False)
        self.line.clear()
        self._ask("")

    def take_focus(self) -> None:
        """Put the caret into the line, with what stands there selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_count(self, count: int, shown: int) -> None:
        """Say how many entries were found, and that not all are shown where so."""
        if self.query.is_empty:
            self._say_nothing()
            return
        parts = [self._count_text(count, shown), self._reading_text()]
        text = " ".join(part for part in parts if part)
        self._result.setText(text)
        self._result.setAccessibleName(text)
        self.best_first.setVisible(self.query.has_words)
        self._below.show()

    def _count_text(self, count: int, shown: int) -> str:
        if not count:
            return self.tr("Nothing found.")
        if count == 1:
            return self.tr("1 entry.")
        if shown < count:
            return self.tr("{0} entries, the newest {1} shown.").format(f"{count:,}", shown)
        return self.tr("{0} entries.").format(f"{count:,}")

    def _reading_text(self) -> str:
        """How it was read, so that a mistyped filter can be seen."""
        if self._given:
            return self._given_words
        parts = self._filters(self.query)
        return self.tr("Only {0}.").format(", ".join(parts)) if parts else ""

    def _filters(self, query: SearchQuery) -> list[str]:
        parts = [activity.label for activity in query.activities]
        parts += [self._side_text(side) for side in query.sides]
        parts += [pair.label for pair in query.pairs]
        parts += [f"#{tag}" for tag in query.tags] + [f"@{name}" for name in query.people]
        parts += [self.tr("the area {0}").format(name) for name in query.areas]
        parts += self._dates(query) + self._minutes(query)
        parts += [self.tr("words beginning with “{0}”").format(t) for t in query.beginnings]
        for flag, words in (
            (query.starred, self.tr("starred")),
            (query.untimed, self.tr("without time")),
            (query.even, self.tr("minutes dealt out evenly")),
            (query.attached, self.tr("with an attachment")),
            (query.unclassified, self.tr("minutes not yet classified")),
            (query.delegable, self.tr("could be delegated")),
            (query.developing, self.tr("develops a leader")),
            (query.stated, self.tr("direction stated")),
            (query.heard_back, self.tr("direction heard back")),
            (query.challenged, self.tr("direction challenged")),
        ):
            parts += [words] if flag else []
        parts += [self.tr("without “{0}”").format(term) for term in query.without]
        unwanted = (", ".join(self._filters(one)) for one in query.unless)
        return parts + [self.tr("not {0}").format(words) for words in unwanted if words]

    def _minutes(self, query: SearchQuery) -> list[str]:
        least, most = query.at_least, query.at_most
        if least is None or most is None:
            return []
        if most >= MINUTES_A_DAY:
            return [self.tr("at least {0}").format(minutes_text(least))]
        if least == most:
            return [minutes_text(least)]
        if not least:
            return [self.tr("at most {0}").format(minutes_text(most))]
        return [self.tr("{0} to {1}").format(minutes_text(least), minutes_text(most))]

    def _side_text(self, side: Side) -> str:
        return self.tr("leading") if side is Side.LEADING else self.tr("managing")

    def _dates(self, query: SearchQuery) -> list[str]:
        since, until = query.since, query.until
        last = until - timedelta(days=1) if until and until > date.min else until
        if since and since == last:
            return [self.tr("on {0}").format(date_text(since))]
        parts = []
        if since:
            parts.append(self.tr("from {0}").format(date_text(since)))
        if last:
            parts.append(self.tr("to {0}").format(date_text(last)))
        return parts

    def _on_text(self, text: str) -> None:
        if text:
            self._given, self._given_words = (), ""
        self.saved.offer_to_save(text)
        self._ask(text)

    def _on_left(self) -> None:
        if self._given:
            self.clear()
        else:
            self.left.emit()

    def _ask(self, text: str) -> None:
        query = parse_query(text, self._session.today(), open_ended=True)
        query = replace(query, best_first=self.best_first.isChecked(), only=self._given)
        if query != self.query:
            self.query = query
            self.asked.emit(query)
        if query.is_empty:
            self._say_nothing()

    def _say_nothing(self) -> None:
        self._result.clear()
        self._below.hide()


class _SearchLine(QLineEdit):
    """The line, with a glass before and a cross after what was typed."""

    entered = Signal()
    left = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, "search")
        self.setObjectName("search_line")
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(theme.icon("x"), self.tr("Clear the search"), self)
        self._clear.triggered.connect(self.cleared)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self.textChanged.connect(lambda text: self.show_clear(bool(text)))
        self._name_buttons()

    def show_clear(self, shown: bool) -> None:
        """Offer to clear the search."""
        self._clear.setVisible(shown)

    def _name_buttons(self) -> None:
        """Qt gives the buttons of its actions no name for a screen reader."""
        for button in self.findChildren(QToolButton):
            action = button.defaultAction()
            button.setAccessibleName(action.text() or self.tr("Search"))
            button.setIconSize(QSize(16, 16))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc clears, then leaves; Down and Enter go to the results."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Down or event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
