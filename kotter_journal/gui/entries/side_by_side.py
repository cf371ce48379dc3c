"""SideBySide: an earlier text beside the one it became, with what differs marked."""

from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.differences import Difference, Run
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.alignment import Alignment, Place
from kotter_journal.gui.entries.wrapping import is_unbroken, wrap_mode
from kotter_journal.gui.utf16 import units

_MOST, _MOST_UNBROKEN = 400_000, 60_000
"""Characters that are shown of a text, and of one with lines so long that they hold things up."""
_ABOVE = 3
"""Lines that stay in sight above a difference that is gone to."""
_LOOKED_AT = 1_000
"""Characters that tell from which side a text is read."""
_TOLD, _OUTLINED = 80, 1_000
"""Characters of a difference that are read out, and up to which it is picked out."""


class SideBySide(QWidget):
    """Two texts that scroll together; arrows lead from one difference to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Difference | None = None
        self._alignment: Alignment | None = None
        self._at = -1
        self._is_following = False
        self.then, self.now = _Text(self.tr("The text then")), _Text(self.tr("The text now"))
        self.then_words, self.now_words = label("", "meta", wrap=True), label("", "meta", wrap=True)
        self.place = label("", "meta")
        self.place.setObjectName("place")
        up, down = Qt.Key.Key_Up, Qt.Key.Key_Down
        self.back_button = self._arrow("chevron-up", self.tr("The difference before"), up, -1)
        self.on_button = self._arrow("chevron-down", self.tr("The next difference"), down, 1)
        self._lay_out()
        self.then.verticalScrollBar().valueChanged.connect(lambda: self._follow(self.then))
        self.now.verticalScrollBar().valueChanged.connect(lambda: self._follow(self.now))
        self.clear()

    def clear(self) -> None:
        """Show neither text."""
        self._found = self._alignment = None
        self.set_facts("", "")
        self.then.clear()
        self.now.clear()
        self._tell()

    def set_facts(self, then: str, now: str) -> None:
        """What differs beside the texts, one line for each."""
        self.then_words.setText(then)
        self.now_words.setText(now)
        for words in (self.then_words, self.now_words):
            words.setVisible(bool(then or now))

    def show_difference(self, found: Difference, alignment: Alignment) -> None:
        """Show the two texts, from the first difference on."""
        self._found, self._alignment, self._at = found, alignment, -1
        self._is_following = True
        self.then.show_runs(found.before, _gone())
        self.now.show_runs(found.after, _come())
        self._is_following = False
        if alignment.places:
            self._go_to(alignment.places[0])
        self._tell()

    def step(self, steps: int) -> None:
        """Go so many differences on; the first comes after the last."""
        places = self._alignment.places if self._alignment else ()
        if not places:
            return
        start = self._at if self._at >= 0 else -1 if steps > 0 else 0
        self._at = (start + steps) % len(places)
        place = places[self._at]
        self._go_to(place)
        self.then.outline(place.before, place.gone)
        self.now.outline(place.after, place.come)
        self._tell()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(self.tr("Now"), "section"), 1)
        head.addSpacing(12)
        head.addWidget(self.place)
        head.addWidget(self.back_button)
        head.addWidget(self.on_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.addWidget(label(self.tr("Then"), "section"), 0, 0)
        grid.addLayout(head, 0, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.then_words, 1, 0, top)
        grid.addWidget(self.now_words, 1, 1, top)
        grid.addWidget(self.then, 2, 0)
        grid.addWidget(self.now, 2, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(2, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(grid)

    def _arrow(self, icon: str, words: str, key: Qt.Key, steps: int) -> QToolButton:
        made = QToolButton()
        made.setObjectName(icon)
        made.setIcon(theme.icon(icon))
        made.setAccessibleName(words)
        keys = QKeySequence(Qt.KeyboardModifier.AltModifier | key)
        made.setToolTip(f"{words} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})")
        made.clicked.connect(lambda: self.step(steps))
        QShortcut(keys, self).activated.connect(lambda: self.step(steps))
        return made

    def _tell(self) -> None:
        places = self._alignment.places if self._alignment else ()
        for arrow in (self.back_button, self.on_button):
            arrow.setEnabled(bool(places))
        self.place.setAccessibleName("")
        if self._alignment is None:
            self.place.setText("")
        elif not places:
            self.place.setText(self.tr("The same text"))
        elif self._at < 0:
            one, many = self.tr("1 difference"), self.tr("{0} differences")
            self.place.setText(one if len(places) == 1 else many.format(f"{len(places):,}"))
        else:
            text = self.tr("{0} of {1}").format(f"{self._at + 1:,}", f"{len(places):,}")
            self.place.setText(text)
            place = places[self._at]
            told = self.tr("Difference {0}: removed “{1}”, added “{2}”")
            gone, come = place.gone.strip()[:_TOLD], place.come.strip()[:_TOLD]
            self.place.setAccessibleName(told.format(text, gone, come))

    def _go_to(self, place: Place) -> None:
        self._is_following = True
        self.then.scroll_to(place.before, above=_ABOVE)
        self.now.scroll_to(place.after, above=_ABOVE)
        self._is_following = False

    def _follow(self, moved: "_Text") -> None:
        if self._is_following or self._alignment is None:
            return
        self._is_following = True
        if moved is self.then:
            self.now.scroll_to(self._alignment.after(moved.top()))
        else:
            self.then.scroll_to(self._alignment.before(moved.top()))
        self._is_following = False

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Mark anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._found and self._alignment:
            self.show_difference(self._found, self._alignment)


class _Text(QPlainTextEdit):
    """One of the two texts, to be read and copied; only what is in sight is laid out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_runs(self, runs: tuple[Run, ...], changed: QTextCharFormat) -> None:
        """The text, with what the other does not have marked."""
        plain, text = QTextCharFormat(), "".join(run.text for run in runs)
        self.setExtraSelections([])
        self.clear()
        self._align(text)
        self.setWordWrapMode(wrap_mode(text))
        room = _MOST_UNBROKEN if is_unbroken(text) else _MOST
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for run in runs:
            cursor.insertText(run.text[:room], changed if run.changed else plain)
            room -= len(run.text)
            if room <= 0:
                cursor.insertText("\n…", plain)
                break
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _align(self, text: str) -> None:
        """To the side that ``text`` starts at; this field knows no other way for its lines."""
        strong = (bidirectional(one) for one in text[:_LOOKED_AT])
        first = next((one for one in strong if one in ("L", "R", "AL")), "L")
        sides = Qt.AlignmentFlag
        option = self.document().defaultTextOption()
        side = sides.AlignLeft if first == "L" else sides.AlignRight
        option.setAlignment(side | sides.AlignAbsolute)
        self.document().setDefaultTextOption(option)

    def top(self) -> int:
        """The position that stands at the upper edge."""
        return self.cursorForPosition(QPoint(self.viewport().width() // 2, 2)).position()

    def scroll_to(self, position: int, *, above: int = 0) -> None:
        """Bring a position to the upper edge, or so many lines below it."""
        position = min(position, self.document().characterCount() - 1)
        block = self.document().findBlock(position)
        self.blockBoundingGeometry(block)  # lays it out
        line = block.layout().lineForTextPosition(position - block.position())
        number = block.firstLineNumber() + (line.lineNumber() if line.isValid() else 0)
        self.verticalScrollBar().setValue(number - above)

    def outline(self, position: int, text: str) -> None:
        """Pick out a difference; one that goes on for long is marked well enough."""
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(position, last))
        end = position + units(text[:_OUTLINED])
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format.setBackground(theme.tokens().accent)
        selection.format.setForeground(theme.tokens().on_accent)
        self.setExtraSelections([selection])


def _gone() -> QTextCharFormat:
    """Struck through on grey."""
    made, tokens = QTextCharFormat(), theme.tokens()
    made.setBackground(tokens.line)
    made.setForeground(tokens.text)
    made.setFontStrikeOut(True)
    return made


def _come() -> QTextCharFormat:
    """Underlined on the soft accent."""
    made, tokens = QTextCharFormat(), theme.tokens()
    made.setBackground(tokens.accent_soft)
    made.setForeground(tokens.text)
    made.setFontUnderline(True)
    return made
