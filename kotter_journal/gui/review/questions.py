"""Fields: the answers of a review, its aim, and what became of the one before."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.reviews import Review
from kotter_journal.gui.card import Card, label, with_swatch
from kotter_journal.gui.plain_text import PlainText, to_read


class _Fields(QWidget):
    """``typed`` carries the name of a field of Review, and what it is after a key."""

    typed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def field(self, card: Card, name: str, words: str, *, read_only: bool) -> PlainText:
        """A field for a line or two."""
        made = PlainText(name)
        made.setPlaceholderText(self.tr("A line or two"))
        made.setPlainText(words)
        made.setReadOnly(read_only)
        card.body.addWidget(made)
        return made


class Questions(_Fields):
    """A card for each question of a review."""

    def __init__(
        self,
        one: Review,
        about: Mapping[str, Activity],
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        """``about``: which activity a question is about, by its key."""
        super().__init__(parent)
        self._answers = list(one.answers)
        self.fields: list[PlainText] = []
        for rank, answer in enumerate(one.answers):
            card = Card()
            question = label(answer.question, "section", wrap=True)
            activity = about.get(answer.prompt)
            if activity is None:
                card.body.addWidget(question)
            else:
                row = with_swatch(activity, question)
                row.setStretch(1, 1)
                card.body.addLayout(row)
            field = self.field(card, answer.question, answer.answer, read_only=read_only)
            field.textChanged.connect(lambda rank=rank, field=field: self._on_typed(rank, field))
            self.fields.append(field)
            self.column.addWidget(card)

    def _on_typed(self, rank: int, field: PlainText) -> None:
        self._answers[rank] = replace(self._answers[rank], answer=field.words)
        self.typed.emit("answers", tuple(self._answers))


class LastIntention(_Fields):
    """The intention of the review before, and what became of it."""

    def __init__(
        self, one: Review, before: Review, parent: QWidget | None = None, *, read_only: bool = False
    ) -> None:
        super().__init__(parent)
        title = self.tr("What you intended")
        card = Card(title)
        card.set_title(title, self.tr("in the review of {0}").format(period_text(before.period)))
        said = to_read(before.intention, "statement", title)
        said.setObjectName("last_intention")
        card.body.addWidget(said)
        name = self.tr("What became of it?")
        card.body.addWidget(label(name, "strong"))
        self.outcome = self.field(card, name, one.outcome, read_only=read_only)
        self.outcome.textChanged.connect(lambda: self.typed.emit("outcome", self.outcome.words))
        self.column.addWidget(card)


class Intention(_Fields):
    """One sentence that comes back in the next review."""

    def __init__(
        self, one: Review, parent: QWidget | None = None, *, read_only: bool = False
    ) -> None:
        super().__init__(parent)
        title = self.tr("One sentence for next time")
        card = Card(title)
        words = self.tr(
            "What would you like to be able to write then? It comes back with what happened."
        )
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.sentence = self.field(card, title, one.intention, read_only=read_only)
        self.sentence.textChanged.connect(lambda: self.typed.emit("intention", self.sentence.words))
        self.column.addWidget(card)
