"""ReviewPage: a week, a month or a quarter looked back at, in three steps."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import (
    Review,
    ReviewSpan,
    period_after,
    period_before,
    period_due,
    review_period,
    review_title,
)
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.commitments import CommitmentsSection
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.review.finished import Finished
from kotter_journal.gui.review.keeping import Keeping
from kotter_journal.gui.review.look import LookSection
from kotter_journal.gui.review.questions import Intention, LastIntention, Questions
from kotter_journal.gui.review.steps import StepStrip
from kotter_journal.gui.section import button
from kotter_journal.gui.segments import Segments
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.prompts import prompts_by_key
from kotter_journal.services.reviews import (
    Lookback,
    finish_review,
    look_back,
    new_review,
    reopen_review,
    reviewed_period,
    unfinished_review,
)
from kotter_journal.storage.database import Transaction

_MEASURE = 820
LOOK, LEARN, AIM = range(3)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReviewPage(QWidget):
    """Begins with the review that was left unfinished, or else with the week that is due.

    The signals ask the window for something, as those of DirectionPage.
    """

    entries_asked = Signal(object, str)
    draft_asked = Signal(object)
    entry_chosen = Signal(str)
    told = Signal(str, object)

    def __init__(
        self, session: JournalSession, first_weekday: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._first_weekday = first_weekday
        self._step = LOOK
        self._seen_on: date | None = None
        self.review: Review | None = None
        self.span = ReviewSpan.WEEK
        self.period = period_due(self.span, session.today(), first_weekday)
        self.keeping = Keeping(session, self)
        self.keeping.kept.connect(lambda: self._say_saved(""))
        self.keeping.refused.connect(lambda error: self._say_saved(error_sentence(error)))
        self._lay_out()
        self.setFocusProxy(self.spans)

    def show_period(self, span: ReviewSpan, period_with: date) -> None:
        """Look back at the week, month or quarter with a date; not while one is being finished."""
        if not self._inner.isEnabled():
            return
        self._seen_on = self._session.today()
        self.keeping.flush()
        self.span = span
        self.period = review_period(span, period_with, self._first_weekday)
        self._step = LOOK
        self._read()

    def step_period(self, steps: int) -> None:
        """One period back (-1) or on (1), or (0) to the one that is due."""
        if not steps:
            due = period_due(self.span, self._session.today(), self._first_weekday)
            self.show_period(self.span, due.start)
            return
        step = period_before if steps < 0 else period_after
        to = step(self.span, self.period, self._first_weekday)
        if to.start <= self._session.today():
            self.show_period(self.span, to.start)

    def show_step(self, step: int) -> None:
        """Look (0), learn (1) or aim (2)."""
        self._step = max(LOOK, min(AIM, step))
        self._body.setCurrentIndex(self._step)
        self.strip.show_step(self._step)
        self.back.setVisible(self._step > LOOK)
        names = (self.tr("Next: Learn"), self.tr("Next: Aim"), self.tr("Finish the review"))
        self.next.setText(names[self._step])
        self.next.setEnabled(self._step < AIM or not self._session.read_only)
        if not self.isVisible():  # the caret is on another page
            return
        if self._step == LEARN and self.questions.fields:
            self.questions.fields[0].setFocus()
        elif self._step == AIM:
            self.intention.sentence.setFocus()

    def finish(self) -> None:
        """Freeze the figures and write the answers down as an entry."""
        if self.review is None or self._session.read_only:
            return
        one, made = self.keeping.newest(self.review), list[Review]()
        # Nothing may write the unfinished review after the finished one.
        self.keeping.forget(one)
        self._inner.setEnabled(False)

        def tell(tx: Transaction) -> Changes:
            found = look_back(tx, one.span, one.period, self._session.today())
            now, zone = self._session.now(), self._session.zone
            changes, done = finish_review(tx, one, found.balance, found.unlogged, now, zone)
            made.append(done)
            return changes

        def done(_: Changes) -> None:
            self._inner.setEnabled(True)
            words = self.tr("Finished. The answers are an entry of today.")
            self.told.emit(words, lambda: self._reopen(made[-1]))
            self._read()
            if self.isVisible():
                self.setFocus()

        def refused(error: KotterError) -> None:
            self._inner.setEnabled(True)
            self.keeping.keep(one)
            self._say_saved(error_sentence(error))
            self.show_step(self._step)

        self._session.write(tell, owner=self, done=done, refused=refused)

    def _reopen(self, one: Review) -> None:
        now = self._session.now()
        self._session.write(
            lambda tx: reopen_review(tx, one, now), owner=self, done=lambda _: self._read()
        )

    def _read(self) -> None:
        """Ask the journal for the period in hand, and build the steps."""

        def ask(tx: Transaction) -> tuple[Period, Lookback, Review]:
            period = reviewed_period(tx, self.span, self.period)
            found = look_back(tx, self.span, period, self._session.today())
            now = self._session.now()
            # One that is not on the disk yet: a second one of its period would hide it there.
            known = found.review or self.keeping.of_period(self.span, period)
            made = known or new_review(tx, self.span, period, found.balance, now)
            return period, found, made

        try:
            period, found, review = self._session.read(ask)
        except KotterError as error:
            self._session.fail(error)
            return
        self.review = self.keeping.newest(review)
        self._show(period, found)

    def _show(self, period: Period, found: Lookback) -> None:
        assert self.review is not None  # noqa: S101  (_read has just set it)
        self.spans.set_current(self.span)
        self._title.setText(review_title(self.span, period))
        after = period_after(self.span, self.period, self._first_weekday)
        self._later.setEnabled(after.start <= self._session.today())
        while (old := self._body.currentWidget()) is not None:
            self._body.removeWidget(old)
            old.deleteLater()
        finished = self.review.is_finished
        self.strip.setVisible(not finished)
        self._foot.setVisible(not finished)
        if finished:
            self._show_finished(self.review, found)
        else:
            self._add_steps(self.review, period, found)
            self.show_step(self._step)

    def _show_finished(self, one: Review, found: Lookback) -> None:
        page = Finished(one, found.balance, can_write=not self._session.read_only)
        page.entry_asked.connect(self.entry_chosen)
        page.reopen_asked.connect(lambda: self._reopen(one))
        self._body.addWidget(_scrolled(page))

    def _add_steps(self, one: Review, period: Period, found: Lookback) -> None:
        read_only = self._session.read_only
        look = self._connected(LookSection(self._session, self.span, period))
        parts: list[QWidget] = [look]
        if found.before is not None and found.before.intention.strip():
            self.last = LastIntention(one, found.before, read_only=read_only)
            self.last.typed.connect(self._on_typed)
            parts.append(self.last)
        self._body.addWidget(_scrolled(*parts))
        known = prompts_by_key()
        about = {key: one.activity for key, one in known.items() if one.activity is not None}
        self.questions = Questions(one, about, read_only=read_only)
        self.questions.typed.connect(self._on_typed)
        self._body.addWidget(_scrolled(self.questions))
        self.intention = Intention(one, read_only=read_only)
        self.intention.typed.connect(self._on_typed)
        commitments = CommitmentsSection(self._session)
        commitments.review_id = one.id
        self._body.addWidget(_scrolled(self.intention, self._connected(commitments)))

    def _connected(self, section: LiveSection) -> LiveSection:
        section.entries_asked.connect(self.entries_asked)
        section.draft_asked.connect(self.draft_asked)
        section.told.connect(self.told)
        return section

    def _on_typed(self, name: str, value: object) -> None:
        assert self.review is not None  # noqa: S101  (its fields are there)
        self.review = replace(self.review, **{name: value})  # type: ignore[arg-type]
        self._saved.setText(self.tr("Saving…"))
        self.keeping.keep(self.review)

    def _say_saved(self, trouble: str) -> None:
        theme.mark(self._saved, "danger" if trouble else "meta")
        not_saved = self.tr("Not saved yet, and tried again: {0}").format(trouble)
        self._saved.setText(not_saved if trouble else self.tr("Saved."))

    def _on_next(self) -> None:
        if self._step == AIM:
            self.finish()
        else:
            self.keeping.flush()
            self.show_step(self._step + 1)

    def _lay_out(self) -> None:
        self.spans = Segments(
            {
                ReviewSpan.WEEK: self.tr("Week"),
                ReviewSpan.MONTH: self.tr("Month"),
                ReviewSpan.QUARTER: self.tr("Quarter"),
            },
            self.tr("How long the period is"),
        )
        self.spans.set_current(self.span)
        self.spans.chosen.connect(
            lambda span: self.show_period(
                span, period_due(span, self._session.today(), self._first_weekday).start
            )
        )
        self._title = label("", "title", wrap=True)
        self._title.setObjectName("review_title")
        self._later = self._arrow("chevron-right", self.tr("The period after"), 1)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._arrow("chevron-left", self.tr("The period before"), -1))
        head.addWidget(self._later)
        head.addSpacing(8)
        head.addWidget(self.spans, 0, Qt.AlignmentFlag.AlignVCenter)
        self.strip = StepStrip((self.tr("Look"), self.tr("Learn"), self.tr("Aim")))
        self.strip.chosen.connect(self.show_step)
        self._body = QStackedWidget()
        self._inner = QWidget()
        self._inner.setMaximumWidth(theme.px(_MEASURE))
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self._body, 1)
        column.addWidget(self._make_foot())
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 22, 32, 18)
        row.addStretch(1)
        row.addWidget(self._inner, 100)
        row.addStretch(1)

    def _make_foot(self) -> QWidget:
        self.back = button(self.tr("Back"), "back")
        self.back.clicked.connect(lambda: self.show_step(self._step - 1))
        self.next = button("", "next", "primary")
        self.next.clicked.connect(self._on_next)
        self._saved = label(
            self.tr("Answers are saved as you type; finishing makes an entry of them."),
            "meta",
            wrap=True,
        )
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.back)
        foot.addWidget(self._saved, 1)
        foot.addWidget(self.next)
        return self._foot

    def _arrow(self, icon: str, name: str, step: int) -> QToolButton:
        made = QToolButton()
        made.setIcon(theme.icon(icon))
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.clicked.connect(lambda: self.step_period(step))
        return made

    def _begin(self) -> None:
        """What to look at first on a day: the review left unfinished, or the period due."""
        self.keeping.flush()
        try:
            left = self._session.read(unfinished_review)
        except KotterError as error:
            self._session.fail(error)
            return
        self._step = LOOK
        if left is None:
            self.period = period_due(self.span, self._session.today(), self._first_weekday)
        else:
            self.span = left.span
            self.period = review_period(left.span, left.period.start, self._first_weekday)
            self._step = LEARN if any(a.answer for a in left.answers) else LOOK

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter goes a step on, from any field."""
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER and with_control and self.next.isVisible():
            if not self.next.isEnabled():
                return
            self._on_next()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read the period in hand."""
        super().showEvent(event)
        today = self._session.today()
        if self._seen_on != today and self.keeping.is_saved:
            self._seen_on = today
            self._begin()
            self._read()


def _scrolled(*parts: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    ground = QWidget()
    theme.mark(ground, "page")
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 4, 12, 12)
    column.setSpacing(16)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area.setWidget(ground)
    return area
