"""StatementsSection: where to, and why; how it was said before; whether it is still true."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.direction import Direction, Revision, check_text
from kotter_journal.domain.entries import EntryDraft
from kotter_journal.domain.periods import Span, period_of
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui.card import label
from kotter_journal.gui.direction.revisions_dialog import RevisionsDialog
from kotter_journal.gui.direction.statement_dialog import StatementDialog
from kotter_journal.gui.direction.touch_counts import TouchCounts
from kotter_journal.gui.direction.touch_weeks import touch_weeks
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.section import button, buttons
from kotter_journal.services import directions as verbs
from kotter_journal.storage import directions
from kotter_journal.storage.database import Transaction

_WEEKS = 12


class StatementsSection(LiveSection):
    """What is worked toward, what it said before, and how often it came up."""

    _as_table = False

    def ask(self, tx: Transaction) -> tuple[list[Direction], list[directions.Touch], date]:
        """The directions, and the entries of twelve weeks in which they came up."""
        this_week = period_of(Span.WEEK, self.session.today(), 0)
        start = this_week.start - timedelta(weeks=_WEEKS - 1)
        return directions.directions(tx), directions.touches(tx, start, this_week.end), start

    def build(self, answer: tuple[list[Direction], list[directions.Touch], date]) -> None:
        """A card for each statement, the counts, and what no longer holds."""
        known, touches, start = answer
        today = self.session.today()
        active = [one for one in known if one.retired_on is None or one.retired_on > today]
        for one in active:
            self._add_statement(one)
        if active:
            self._add_further()
            weeks = touch_weeks(touches, known, start, _WEEKS)
            counts = self.part(TouchCounts(weeks, as_table=self._as_table))
            counts.entries_asked.connect(self.entries_asked)
            counts.table_asked.connect(self._on_table_asked)
        else:
            self._add_first()
        for one in known:
            if one not in active:
                self._add_retired(one)

    def _on_table_asked(self, shows: bool) -> None:
        self._as_table = shows

    def _add_first(self) -> None:
        card = self.card(self.tr("Where to, and why"))
        words = self.tr(
            "Setting a direction comes before planning: a picture of the future that the people"
            " whose help you need can repeat, and the reason why it matters. One or two sentences"
            " are enough. It is shown quietly on Today, and every entry in which it came up"
            " remembers what it said on that day."
        )
        card.body.addWidget(label(words, "quiet", wrap=True))
        state = button(self.tr("State a direction…"), "state_direction", "primary")
        state.clicked.connect(lambda: self.ask_statement(None))
        state.setEnabled(not self.session.read_only)
        card.body.addLayout(buttons(state))

    def _add_statement(self, one: Direction) -> None:
        card = self.card(self.tr("Direction"))
        said = label(one.newest.text, "statement", wrap=True)
        said.setObjectName("statement")
        card.body.addWidget(said)
        if one.newest.why:
            card.body.addWidget(label(one.newest.why, "quiet", wrap=True))
        facts = label(self._facts(one), "meta", wrap=True)
        facts.setObjectName("facts")
        card.body.addWidget(facts)
        revise = button(self.tr("Revise…"), "revise")
        revise.clicked.connect(lambda: self.ask_statement(one))
        confirm = button(self.tr("Still true"), "confirm")
        confirm.clicked.connect(lambda: self._confirm(one))
        check = button(self.tr("Five-minute check…"), "five_minutes")
        check.clicked.connect(lambda: self._check(one))
        retire = button(self.tr("No longer holds"), "retire", "link")
        retire.clicked.connect(lambda: self._retire(one))
        earlier = button(self.tr("What it said before…"), "earlier", "link")
        earlier.clicked.connect(lambda: self._show_revisions(one))
        earlier.setVisible(len(one.revisions) > 1)
        for each in (revise, confirm, check, retire):
            each.setEnabled(not self.session.read_only)
        card.body.addLayout(buttons(revise, confirm, check, earlier, retire))

    def _facts(self, one: Direction) -> str:
        newest = one.newest
        parts = [self.tr("Since {0}").format(date_text(newest.effective_on)), newest.origin.label]
        times = len(one.revisions) - 1
        if times:
            once = self.tr("revised once")
            parts.append(once if times == 1 else self.tr("revised {0} times").format(times))
        if one.confirmed_on and one.confirmed_on > newest.effective_on:
            parts.append(self.tr("still true on {0}").format(date_text(one.confirmed_on)))
        return ", ".join(parts) + "."

    def _add_further(self) -> None:
        more = button(self.tr("State another direction…"), "state_direction", "link")
        more.clicked.connect(lambda: self.ask_statement(None))
        more.setEnabled(not self.session.read_only)
        row = QWidget()
        row.setLayout(buttons(more))
        self.part(row)

    def _add_retired(self, one: Direction) -> None:
        card = self.card(self.tr("No longer holds"))
        card.body.addWidget(label(one.newest.text, "quiet", wrap=True))
        until = one.retired_on or self.session.today()
        words = self.tr("From {0} to {1}.").format(
            date_text(one.revisions[0].effective_on), date_text(until)
        )
        card.body.addWidget(label(words, "meta", wrap=True))
        back = button(self.tr("It holds again"), "bring_back", "link")
        back.clicked.connect(lambda: self._bring_back(one))
        back.setEnabled(not self.session.read_only)
        earlier = button(self.tr("What it said…"), "earlier", "link")
        earlier.clicked.connect(lambda: self._show_revisions(one))
        card.body.addLayout(buttons(back, earlier))

    def ask_statement(self, known: Direction | None) -> None:
        """State a direction, or revise ``known``, in a dialog."""
        dialog = StatementDialog(self.session, known, self.window())
        dialog.stated.connect(self._on_stated)
        self.open(dialog)

    def _on_stated(self, made: Direction | Revision) -> None:
        if isinstance(made, Direction):
            self.told.emit(
                self.tr("The direction is kept."), self._undoing(verbs.drop_direction, made)
            )
        else:
            told = self.tr("The revision is kept; what it said before stays.")
            self.told.emit(told, self._undoing(verbs.take_back_revision, made.id))

    def _undoing(self, verb: Callable[..., Changes], what: object) -> Callable[[], None]:
        return lambda: self.write(lambda tx, now: verb(tx, what, now))

    def _confirm(self, one: Direction) -> None:
        today = self.session.today()
        self.write(
            lambda tx, now: verbs.confirm_direction(tx, one.id, today, now),
            self.tr("Still true, as of today."),
            lambda tx, now: verbs.confirm_direction(tx, one.id, one.confirmed_on, now),
        )

    def _retire(self, one: Direction) -> None:
        today = self.session.today()
        self.write(
            lambda tx, now: verbs.retire_direction(tx, one.id, today, now),
            self.tr("From today on it no longer holds."),
            lambda tx, now: verbs.retire_direction(tx, one.id, one.retired_on, now),
        )

    def _bring_back(self, one: Direction) -> None:
        self.write(
            lambda tx, now: verbs.retire_direction(tx, one.id, None, now),
            self.tr("It holds again."),
            lambda tx, now: verbs.retire_direction(tx, one.id, one.retired_on, now),
        )

    def _check(self, one: Direction) -> None:
        now = self.session.now()
        draft = EntryDraft(
            on=now.date(),
            at=now.time().replace(second=0, microsecond=0, tzinfo=None),
            zone=self.session.zone,
            title=self.tr("Five-minute check of the direction"),
            body=check_text(one.newest.text),
        )
        self.draft_asked.emit(draft)

    def _show_revisions(self, one: Direction) -> None:
        self.open(RevisionsDialog(one, self.window()))
