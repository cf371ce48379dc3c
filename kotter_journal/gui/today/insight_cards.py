"""InsightCards: at most two facts of the last weeks, each with a question and its entries."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryDraft
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.insight_states import Answered, InsightState
from kotter_journal.domain.insights import Insight
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.insights import answer_insight, take_back_answer, todays_insights
from kotter_journal.storage.database import Transaction

_ICON = 20
_HEIGHTS = (480, 900)
"""The window's height, at text size 100 %, from which the first and the second one show."""


class InsightCards(QWidget):
    """Asked on the worker, since the rules look at thirteen weeks; hidden while there is none.

    The signals ask the window for something, as those of DirectionPage.
    """

    entries_asked = Signal(object, str)
    draft_asked = Signal(object)
    told = Signal(str, object)
    shown = Signal()

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found: tuple[Insight, ...] = ()
        self._answered: list[Insight] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.hide()

    def refresh(self) -> None:
        """Ask what there is to say today."""
        today = self._session.today()
        self._session.run(
            lambda tx: todays_insights(tx, today),
            owner=self,
            done=self._show,
            latest="insights",
        )

    def _show(self, found: tuple[Insight, ...]) -> None:
        self._answered.clear()
        caret = self.window().focusWidget()
        has_caret = caret is not None and self.isAncestorOf(caret)
        if found != self.found:
            self.found = found
            while (item := self._column.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.setParent(None)
                    old.deleteLater()
            for one in found:
                self._column.addWidget(self._card(one))
            if has_caret and (links := self.findChildren(QPushButton)):
                links[0].setFocus()
        self._fit()
        self.setVisible(bool(found))
        self.shown.emit()

    def _fit(self) -> None:
        """As many as leave the day room in a low window."""
        for rank, needed in enumerate(_HEIGHTS[: self._column.count()]):
            if (item := self._column.itemAt(rank)) and (card := item.widget()):
                card.setVisible(self.window().height() >= theme.px(needed))

    def _card(self, one: Insight) -> QFrame:
        card = QFrame()
        card.setObjectName(f"insight {one.rule}")
        theme.mark(card, "insight")
        icon = QLabel()
        icon.setPixmap(theme.icon("info").pixmap(theme.px(_ICON), theme.px(_ICON)))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(one.fact, "strong", wrap=True))
        if one.question:
            words.addWidget(label(one.question, "quiet", wrap=True))
        words.addLayout(self._answers(one))
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 10, 10, 6)
        row.setSpacing(12)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return card

    def _answers(self, one: Insight) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(-9, 0, 0, 0)  # the words of a link stand under the sentence
        row.setSpacing(4)
        if one.entry_ids:
            show = button(self.tr("Show the entries"), f"show {one.rule}", "link")
            told = self.tr("{0} ({1})").format(one.fact, period_text(one.period))
            show.clicked.connect(lambda: self.entries_asked.emit(list(one.entry_ids), told))
            row.addWidget(show)
        if one.absence:
            add = button(self.tr("I did, let me add it"), f"add {one.rule}", "link")
            add.clicked.connect(lambda: self._on_add(one))
            row.addWidget(add)
        later = button(self.tr("Not now"), f"snooze {one.rule}", "link")
        later.clicked.connect(lambda: self._answer(one, Answered.SNOOZED))
        no = button(self.tr("Not useful"), f"dismiss {one.rule}", "link")
        no.clicked.connect(lambda: self._answer(one, Answered.DISMISSED))
        for part in (later, no):
            part.setEnabled(not self._session.read_only)
            row.addWidget(part)
        row.addStretch(1)
        return row

    def _on_add(self, one: Insight) -> None:
        self._answer(one, Answered.ACTED)
        self.draft_asked.emit(EntryDraft(on=self._session.today()))

    def _answer(self, one: Insight, answer: Answered) -> None:
        if one in self._answered:  # pressed twice: "not useful" counts
            return
        self._answered.append(one)
        session, made = self._session, list[InsightState]()

        def tell(tx: Transaction) -> Changes:
            changes, state = answer_insight(tx, one, answer, session.now())
            made.append(state)
            return changes

        def take_back() -> None:
            session.write(
                lambda tx: take_back_answer(tx, made[0].id, session.now()),
                owner=self,
                done=lambda _: self.refresh(),
            )

        def done(_: Changes) -> None:
            self.refresh()
            if answer is not Answered.ACTED:
                words = {
                    Answered.SNOOZED: self.tr("It rests for three weeks."),
                    Answered.DISMISSED: self.tr("Not useful: it rests, and said twice, for good."),
                }
                self.told.emit(words[answer], take_back)

        def refused(error: KotterError) -> None:
            self._answered.clear()
            session.failed.emit(error)

        session.write(tell, owner=self, done=done, refused=refused)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the window."""
        super().resizeEvent(event)
        self._fit()
