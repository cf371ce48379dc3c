"""Keeping: what is typed in a review is on the disk a moment later, or is tried again."""

from PySide6.QtCore import QObject, QTimer, Signal

from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import Review, ReviewSpan
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.reviews import keep_review

SAVE_MS, _RETRY_MS = 800, 5000


class Keeping(QObject):
    """The reviews that are not on the disk yet, the newest state of each.

    ``kept`` follows when all of them are; ``refused`` carries what the disk said.
    """

    kept = Signal()
    refused = Signal(object)

    def __init__(self, session: JournalSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: dict[str, Review] = {}
        self._under_way: dict[str, Review] = {}
        self.trouble = ""
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.flush)

    @property
    def is_saved(self) -> bool:
        """Whether all that was typed is on the disk."""
        return not self._waiting

    def keep(self, one: Review) -> None:
        """Have this state written within a moment."""
        self._waiting[one.id] = one
        if not self._clock.isActive():
            self._clock.start(SAVE_MS)

    def newest(self, one: Review) -> Review:
        """The newest state of a review, written or not."""
        return self._waiting.get(one.id, one)

    def of_period(self, span: ReviewSpan, period: Period) -> Review | None:
        """The review of a period that is not on the disk yet."""
        alike = (one for one in self._waiting.values() if one.span is span)
        return next((one for one in alike if one.period == period), None)

    def flush(self) -> None:
        """Hand over what is not under way already."""
        for one in self._waiting.values():
            if self._under_way.get(one.id) is not one:
                self._hand_over(one)

    def forget(self, one: Review) -> None:
        """Whoever writes this review now writes all of it."""
        self._waiting.pop(one.id, None)

    def unsaved_text(self) -> str:
        """What was typed and is not on the disk."""
        parts = [
            words
            for one in self._waiting.values()
            for words in (*(a.answer for a in one.answers), one.outcome, one.intention)
        ]
        return "\n\n".join(words for words in parts if words)

    def _hand_over(self, one: Review) -> None:
        self._under_way[one.id] = one
        now = self._session.now()
        self._session.write(
            lambda tx: keep_review(tx, one, now),
            owner=self,
            done=lambda _: self._on_kept(one),
            refused=lambda error: self._on_refused(one, error),
        )

    def _on_kept(self, one: Review) -> None:
        self._let_go(one)
        if self._waiting.get(one.id) is one:
            del self._waiting[one.id]
        if not self._waiting:
            self.trouble = ""
            self.kept.emit()

    def _on_refused(self, one: Review, error: KotterError) -> None:
        self._let_go(one)
        self.trouble = error_sentence(error)
        self._clock.start(_RETRY_MS)
        self.refused.emit(error)

    def _let_go(self, one: Review) -> None:
        if self._under_way.get(one.id) is one:
            del self._under_way[one.id]
