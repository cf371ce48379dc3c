"""LookSection: what a period holds, its gaps first."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import (
    balance_sentence,
    coverage_sentence,
    range_sentence,
)
from kotter_journal.domain.entries import EntryDraft
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import ReviewSpan
from kotter_journal.domain.sentences import entries_text, minutes_text
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.paint import PairBars, SplitBar
from kotter_journal.gui.section import button
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.today.page import day_text
from kotter_journal.services.reviews import Lookback, look_back
from kotter_journal.storage.database import Transaction

_MOST_DAYS = 7
"""Days without an entry that are named; the others are counted."""


class LookSection(LiveSection):
    """The gaps, the figures, and how often the direction came up, as they are now."""

    def __init__(
        self,
        session: JournalSession,
        span: ReviewSpan,
        period: Period,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._span, self._period = span, period

    def ask(self, tx: Transaction) -> Lookback:
        """What the period holds; not what was answered, which changes with every key."""
        found = look_back(tx, self._span, self._period, self.session.today())
        return replace(found, review=None, before=None)

    def build(self, answer: Lookback) -> None:
        """Gaps, figures, direction."""
        self.found = answer
        self._add_gaps(answer)
        self._add_figures(answer.balance)
        if any(answer.touches):
            self._add_touches(*answer.touches)

    def _add_gaps(self, found: Lookback) -> None:
        card = self.card(self.tr("What is missing"))
        for day in found.unlogged[:_MOST_DAYS]:
            self._add_day(card, day)
        more = len(found.unlogged) - _MOST_DAYS
        if more > 0:
            words = self.tr("and nothing on {0} more workdays").format(more)
            card.body.addWidget(label(words, "quiet", wrap=True))
        if found.untimed:
            verb = self.tr("{0} without minutes").format(entries_text(len(found.untimed)))
            self._add_entries(card, verb, found.untimed, "show_untimed")
        if found.unclassified:
            words = self.tr("{0} not yet classified, in {1}").format(
                minutes_text(found.balance.unclassified), entries_text(len(found.unclassified))
            )
            self._add_entries(card, words, found.unclassified, "show_unclassified")
        if not (found.unlogged or found.untimed or found.unclassified):
            words = self.tr("Every workday so far has an entry, with minutes that are sorted.")
            card.body.addWidget(label(words, "quiet", wrap=True))

    def _add_day(self, card: Card, day: date) -> None:
        words = label(self.tr("{0}: nothing logged").format(day_text(day)), "quiet")
        add = button(self.tr("I did, let me add it"), f"add {day.isoformat()}", "link")
        add.setAccessibleName(self.tr("Add an entry on {0}").format(day_text(day)))
        add.setEnabled(not self.session.read_only)
        add.clicked.connect(lambda: self.draft_asked.emit(EntryDraft(on=day)))
        _beside(card, words, add)

    def _add_entries(self, card: Card, words: str, ids: tuple[str, ...], name: str) -> None:
        show = button(self.tr("Show them"), name, "link")
        show.setAccessibleName(self.tr("Show them: {0}").format(words))
        told = f"{words[:1].upper()}{words[1:]}."
        show.clicked.connect(lambda: self.entries_asked.emit(list(ids), told))
        _beside(card, label(words, "quiet"), show)

    def _add_figures(self, balance: Balance) -> None:
        card = self.card(self.tr("Where the time went"))
        split = SplitBar()
        shown = balance.status is not Status.TOO_LITTLE
        split.set_minutes(balance.minutes, balance.percent_leading if shown else None)
        card.body.addWidget(split)
        pairs = PairBars()
        pairs.set_minutes(balance.minutes)
        card.body.addWidget(pairs)
        sentences = balance_sentence(balance), coverage_sentence(balance), range_sentence(balance)
        for words in filter(None, sentences):
            card.body.addWidget(label(words, "quiet", wrap=True))

    def _add_touches(self, stated: int, heard_back: int, challenged: int) -> None:
        card = self.card(self.tr("The direction in conversations"))
        words = self.tr("Stated {0}, heard back {1}, challenged {2}.").format(
            times_text(stated), times_text(heard_back), times_text(challenged)
        )
        card.body.addWidget(label(words, "quiet", wrap=True))


def times_text(count: int) -> str:
    """A count in words: "once"."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _beside(card: Card, words: QWidget, act: QWidget) -> None:
    row = QHBoxLayout()
    row.addWidget(words)
    row.addWidget(act)
    row.addStretch(1)
    card.body.addLayout(row)
