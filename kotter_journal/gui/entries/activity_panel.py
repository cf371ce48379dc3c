"""ActivityPanel: the minutes and facts of the entry in hand."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kotter_journal.domain.activities import NUMBER_KEYS, Activity
from kotter_journal.domain.allotting import extended, given, lasting, stepped, toggled
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntrySummary, Sharing
from kotter_journal.domain.errors import EntryProblem, InvalidEntry, KotterError
from kotter_journal.domain.sentences import date_text, error_sentence, minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.activity_row import ActivityRow
from kotter_journal.gui.entries.areas_button import SetAreas
from kotter_journal.gui.entries.desk import EntryDesk
from kotter_journal.gui.entries.facts_box import FactsBox
from kotter_journal.gui.entries.minutes_box import STEP
from kotter_journal.gui.entries.panel_layouts import WIDTH, Column, Parts, Strip
from kotter_journal.gui.entries.splits import Splits
from kotter_journal.gui.entries.time_head import TimeHead
from kotter_journal.gui.notice import Notice
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.directions import revision_of
from kotter_journal.storage import areas
from kotter_journal.storage.database import Transaction

_ANY_WIDTH = 16_777_215
"""What Qt takes for no limit (QWIDGETSIZE_MAX)."""
_SAID = 120
"""Characters of the direction that are shown beside an entry."""
_LONG_DAY = 960
"""Minutes of one date above which the panel remarks on it."""


class ActivityPanel(QFrame):
    """320 wide beside the editor, or ``set_compact(True)``: a strip of about 104 under it.

    It follows the desk by itself, and proposes to it what is asked for in its rows.
    ``areas_asked``: show where areas are made.
    """

    areas_asked = Signal()
    _compact: bool | None = None

    def __init__(
        self,
        session: JournalSession,
        desk: EntryDesk,
        undo_stack: QUndoStack,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._undo_stack = undo_stack
        self._areas: tuple[str, ...] = ()
        theme.mark(self, "panel")
        self._session = session
        self._desk = desk
        self.parts = Parts(
            head=TimeHead(),
            rows={activity: ActivityRow(activity) for activity in NUMBER_KEYS.values()},
            notice=Notice(),
            remark=label("", "warn", wrap=True),
            splits=Splits(),
            facts=FactsBox(),
            privacy=(privacy := PrivacyLine()),
        )
        self._privacy = privacy
        self.column, self.strip = Column(), Strip()
        self._lay_out()
        self._connect()
        self._on_laid_out(desk.entry)

    def set_compact(self, compact: bool) -> None:
        """The 2 x 3 strip for narrow windows, or the column."""
        if compact == self._compact:
            return
        self._compact = compact
        place = self.strip if compact else self.column
        place.take(self.parts)
        self.column.setVisible(not compact)
        self.strip.setVisible(compact)
        self._fit()

    def install_keys(self, page: QWidget) -> None:
        """Ctrl+1..6, Ctrl+0 add 15 minutes anywhere on ``page``; with Shift they take 15."""
        for number, activity in NUMBER_KEYS.items():
            for keys, by in ((f"Ctrl+{number}", STEP), (f"Ctrl+Shift+{number}", -STEP)):
                shortcut = QShortcut(QKeySequence(keys), page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(self._stepping(activity, by))

    def step(self, activity: Activity, by: int) -> None:
        """Add ``by`` minutes (negative takes them) to an activity; undoable."""
        words = self.tr("Minutes of {0}").format(activity.label)
        self._ask(lambda entry: stepped(entry, activity, by), words, f"step {activity.value}")

    def _fit(self) -> None:
        """Take the width and the colours that are in force."""
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Fixed if self._compact else policy.Preferred)
        self.setMinimumWidth(0 if self._compact else theme.px(WIDTH))
        self.setMaximumWidth(_ANY_WIDTH if self._compact else theme.px(WIDTH))
        self._refresh()

    def _stepping(self, activity: Activity, by: int) -> Callable[[], None]:
        return lambda: self.step(activity, by)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.column)
        whole.addWidget(self.strip)
        self.set_compact(False)

    def _connect(self) -> None:
        for row in self.parts.rows.values():
            row.step_asked.connect(self.step)
            row.minutes_asked.connect(self._on_minutes)
            row.toggle_asked.connect(self._on_toggle)
            row.clear_asked.connect(self._on_clear)
        head = self.parts.head
        head.duration.duration_asked.connect(self._on_duration)
        head.duration.unreadable.connect(self._on_unreadable)
        head.rest_asked.connect(self._on_rest)
        self.parts.facts.proposed.connect(self._propose)
        self.parts.facts.areas.chosen.connect(self._on_areas)
        self.parts.facts.areas.page_asked.connect(self.areas_asked)
        self._desk.laid_out.connect(self._on_laid_out)
        self._desk.facts_changed.connect(self._refresh)
        self._desk.objected.connect(self._say)
        self._session.changed.connect(self._on_session_changed)

    def _ask(self, make: Callable[[Entry], Entry], words: str, step: str = "") -> None:
        """Propose what ``make`` makes of the entry in hand, or say why that cannot be."""
        entry = self._desk.entry
        if entry is None:
            return
        try:
            wanted = make(entry)
        except InvalidEntry as error:
            self._say(error)
            return
        self._propose(wanted, words, step)

    def _propose(self, wanted: Entry, words: str, step: str = "") -> None:
        objection = self._desk.propose(wanted, words, step)
        if objection is not None:
            self._say(objection)
            self._refresh()
        else:
            self.parts.notice.dismiss()

    def _say(self, error: InvalidEntry) -> None:
        self.parts.notice.say(error_sentence(error))

    def _on_minutes(self, activity: Activity, minutes: int) -> None:
        """Typed minutes that do not fit are offered as a longer entry, and change nothing yet."""
        words = self.tr("Minutes of {0}").format(activity.label)
        entry = self._desk.entry
        if entry is None:
            return
        try:
            wanted = given(entry, activity, minutes)
        except InvalidEntry as error:
            if error.problem is not EntryProblem.OVER_ALLOCATED:
                self._say(error)
                return
            self._offer_longer(entry, activity, minutes, error.minutes)
            return
        self._propose(wanted, words)

    def _offer_longer(self, entry: Entry, activity: Activity, minutes: int, needed: int) -> None:
        words = self.tr("Minutes of {0}").format(activity.label)
        sentence = self.tr("{0} for {1} would take {2}, and the entry lasts {3}.").format(
            minutes_text(minutes),
            activity.label,
            minutes_text(needed),
            minutes_text(entry.duration or 0),
        )
        self.parts.notice.say(
            sentence,
            self.tr("Make the entry {0}").format(minutes_text(needed)),
            lambda: self._ask(lambda now: extended(now, activity, minutes), words),
        )
        box = self.parts.rows[activity].box
        if box.hasFocus():
            self.parts.notice.take_focus(box)

    def _on_toggle(self, activity: Activity) -> None:
        words = self.tr("Tag {0}").format(activity.label)
        self._ask(lambda entry: toggled(entry, activity), words)

    def _on_clear(self, activity: Activity) -> None:
        words = self.tr("Clear {0}").format(activity.label)
        self._ask(lambda entry: given(entry, activity, None), words)

    def _on_duration(self, duration: int | None) -> None:
        self._ask(lambda entry: lasting(entry, duration), self.tr("Time in this entry"))

    def _on_unreadable(self, typed: str) -> None:
        sentence = self.tr("“{0}” is not a duration. Type 75, 1:15 or 1 h 15 m.")
        self.parts.notice.say(sentence.format(typed[:40]))

    def _on_rest(self, activity: Activity) -> None:
        words = self.tr("Minutes of {0}").format(activity.label)
        self._ask(
            lambda entry: given(
                entry, activity, (entry.minutes_of(activity) or 0) + entry.unclassified
            ),
            words,
        )

    def _on_laid_out(self, entry: Entry | None) -> None:
        self.setEnabled(entry is not None and not self._session.read_only)
        self.parts.notice.dismiss()
        self._refresh()

    def _on_areas(self, names: list[str]) -> None:
        entry = self._desk.entry
        if entry is None:
            return
        self._desk.flush()
        words = self.tr("Areas of an entry")
        self._undo_stack.push(SetAreas(self._session, entry.id, self._areas, names, words))

    def _show_areas(self, entry: Entry) -> None:
        def ask(tx: Transaction) -> tuple[tuple[str, ...], list[str]]:
            return areas.areas_of(tx, [entry.id])[entry.id], areas.known_areas(tx)

        try:
            self._areas, known = self._session.read(ask)
        except KotterError as error:
            self._session.fail(error)
            return
        self.parts.facts.areas.show_areas(self._areas, known)

    def _on_session_changed(self, changes: Changes) -> None:
        entry = self._desk.entry
        if entry is not None and (entry.id in changes.entries or not changes.entries):
            self._show_areas(entry)
        if entry is not None and entry.on in changes.days:
            self._refresh_day(entry)

    def _refresh(self) -> None:
        """Show the entry in hand; without one, nothing."""
        entry = self._desk.entry
        for activity, row in self.parts.rows.items():
            row.set_minutes(entry.minutes_of(activity) if entry else None)
        if entry is None:
            return
        self.parts.head.show_entry(entry)
        self.parts.facts.show_entry(entry)
        self._show_areas(entry)
        self.parts.facts.show_direction(self._direction_said(entry))
        self.parts.splits.show_entry(entry)
        self._privacy.show_sharing(entry.sharing)
        self._refresh_day(entry)

    def _refresh_day(self, entry: Entry) -> None:
        days = self._desk.day_minutes()
        self.parts.splits.show_day(entry.on, self._session.today(), days)
        remarks = []
        logged = sum(day.logged for day in days)
        if logged > _LONG_DAY:
            remarks.append(
                self.tr("The entries of this day last {0} together.").format(minutes_text(logged))
            )
        if others := self._desk.overlapping():
            names = ", ".join(self._name_of(other) for other in others)
            remarks.append(self.tr("At the same time as {0}.").format(names))
        self.parts.remark.setText(" ".join(remarks))
        self.parts.remark.setVisible(bool(remarks))

    def _direction_said(self, entry: Entry) -> str:
        touches = entry.direction
        if not (touches.stated or touches.heard_back or touches.challenged):
            return ""
        try:
            said = self._session.read(lambda tx: revision_of(tx, entry))
        except KotterError as error:
            self._session.fail(error)
            return ""
        if said is None:
            return self.tr("No direction was stated on that day.")
        words = " ".join(said.text.split())
        short = words if len(words) <= _SAID else words[: _SAID - 1].rstrip() + "…"
        return self.tr("As it was said since {0}: {1}").format(date_text(said.effective_on), short)

    def _name_of(self, other: EntrySummary) -> str:
        heading = other.heading[:40] or self.tr("an entry without text")
        return f"“{heading}” ({other.at:%H:%M})" if other.at else f"“{heading}”"

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._compact is not None:
            self._fit()


class PrivacyLine(QWidget):
    """Whether the entry may leave this computer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "meta", wrap=True)
        self.words.setObjectName("privacy")
        self._sign = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self.words, 1)

    def show_sharing(self, sharing: Sharing) -> None:
        """Say what ``sharing`` means."""
        tokens = theme.tokens()
        color = tokens.accent if sharing is Sharing.SHAREABLE else tokens.ok
        icon = theme.icon("upload" if sharing is Sharing.SHAREABLE else "shield-check", color)
        self._sign.setPixmap(icon.pixmap(QSize(16, 16), self.devicePixelRatioF()))
        self.words.setText(
            {
                Sharing.PRIVATE: self.tr("Private. Not in any coach excerpt."),
                Sharing.SHAREABLE: self.tr("May go into a coach excerpt if you choose it there."),
                Sharing.NEVER: self.tr("Never shared. It cannot be put into an excerpt."),
            }[sharing]
        )
