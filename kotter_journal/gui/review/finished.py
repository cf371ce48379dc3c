"""Finished: a review as it was when it ended; its figures no longer change."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kotter_journal.domain.balance import Balance
from kotter_journal.domain.reviews import Review, differs, frozen_minutes, frozen_sentences
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.paint import SplitBar
from kotter_journal.gui.plain_text import to_read
from kotter_journal.gui.section import button, buttons


class Finished(QWidget):
    """``entry_asked`` carries the id of its entry; ``reopen_asked``: go on with it."""

    entry_asked = Signal(str)
    reopen_asked = Signal()

    def __init__(
        self, one: Review, now: Balance, parent: QWidget | None = None, *, can_write: bool
    ) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._add_head(one, can_write=can_write)
        self._add_figures(one, now)
        for answer in one.answers:
            self._add_words(answer.question, answer.answer)
        self._add_words(self.tr("What became of the last intention"), one.outcome)
        self._add_words(self.tr("Intention"), one.intention)

    def _add_head(self, one: Review, *, can_write: bool) -> None:
        card = self._card(self.tr("Finished"))
        on = one.finished_at.astimezone().date() if one.finished_at else one.period.last
        words = self.tr(
            "Finished on {0}. These are the figures of that day; what was written since is not in"
            " them."
        )
        card.body.addWidget(label(words.format(date_text(on)), "quiet", wrap=True))
        entry_id = one.entry_id
        show = button(self.tr("Show its entry"), "show_entry")
        show.setEnabled(entry_id is not None)
        show.clicked.connect(lambda: self.entry_asked.emit(entry_id or ""))
        again = button(self.tr("Open it again"), "reopen", "link")
        again.setEnabled(can_write)
        again.clicked.connect(self.reopen_asked)
        card.body.addLayout(buttons(show, again))

    def _add_figures(self, one: Review, now: Balance) -> None:
        told = one.statistics or {}
        card = self._card(self.tr("Where the time went"))
        split = SplitBar()
        split.set_minutes(frozen_minutes(told))
        card.body.addWidget(split)
        for words in frozen_sentences(told):
            card.body.addWidget(label(words, "quiet", wrap=True))
        if "balance" in told and differs(told, now):
            words = self.tr("The journal holds {0} for this period today.").format(
                minutes_text(now.logged)
            )
            card.body.addWidget(label(words, "meta", wrap=True))

    def _add_words(self, title: str, words: str) -> None:
        if words.strip():
            card = self._card("")
            card.body.addWidget(label(title, "section", wrap=True))
            card.body.addWidget(to_read(words.strip(), "quiet", title))

    def _card(self, title: str) -> Card:
        card = Card(title)
        self._column.addWidget(card)
        return card
