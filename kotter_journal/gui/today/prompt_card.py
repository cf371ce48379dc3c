"""PromptCard: the question of the day, over the entries."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kotter_journal.domain.entries import EntryDraft
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.insight_states import Answered
from kotter_journal.domain.prompts import Prompt
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import button
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.prompts import say_of_prompt, todays_prompt

_ICON, _ROOM = 20, 330


class PromptCard(QFrame):
    """Hidden while there is none. ``draft_asked`` carries an EntryDraft to answer it in."""

    draft_asked = Signal(object)
    told = Signal(str, object)

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self.prompt: Prompt | None = None
        self._remembered: Prompt | None = None
        theme.mark(self, "notice")
        self._icon = QLabel()
        self.words = label("", "strong", wrap=True)
        self.words.setObjectName("prompt")
        self._about = label("", "meta", wrap=True)
        self.answer = button(self.tr("Answer"), "answer_prompt", "link")
        self.answer.clicked.connect(self._on_answer)
        self.another = button(self.tr("Another one"), "another_prompt", "link")
        self.another.clicked.connect(self._on_another)
        self.none = button(self.tr("No questions"), "no_prompts", "link")
        self.none.clicked.connect(self._on_none)
        self._lay_out()
        preferences.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask which question it is today."""
        self.prompt = None
        if self._preferences.settings.prompts and not self._session.read_only:
            today = self._session.today()
            try:
                self.prompt = self._session.read(lambda tx: todays_prompt(tx, today))
            except KotterError as error:
                self._session.fail(error)
        self.setVisible(self.prompt is not None)
        if self.prompt is not None:
            self._show(self.prompt)

    def remember(self) -> None:
        """The question was seen today: it stays for the day, and rests afterwards."""
        if self.prompt is not None and self.prompt != self._remembered:
            self._remembered = self.prompt
            self._say(Answered.SNOOZED)

    def _show(self, prompt: Prompt) -> None:
        self.words.setText(prompt.text)
        activity = prompt.activity
        about = self.tr("A question about {0}.").format(activity.label.lower()) if activity else ""
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._icon.setPixmap(theme.icon("lightbulb").pixmap(theme.px(_ICON), theme.px(_ICON)))

    def _on_answer(self) -> None:
        if self.prompt is None:
            return
        now = self._session.now()
        draft = EntryDraft(
            on=now.date(),
            at=now.time().replace(second=0, microsecond=0, tzinfo=None),
            zone=self._session.zone,
            body=f"> {self.prompt.text}\n\n",
        )
        self._say(Answered.ACTED)
        self.prompt = None
        self.hide()
        self.draft_asked.emit(draft)

    def _on_another(self) -> None:
        # The next one takes its place as soon as this one is passed over on the disk.
        self._say(Answered.DISMISSED, then_next=True)

    def _on_none(self) -> None:
        self._preferences.change(prompts=False)
        words = self.tr("No questions any more; the settings bring them back.")
        self.told.emit(words, lambda: self._preferences.change(prompts=True))

    def _say(self, answer: Answered, *, then_next: bool = False) -> None:
        if self.prompt is None:
            return
        key, now = self.prompt.key, self._session.now()

        def done(_: object) -> None:
            if then_next:
                self.refresh()
                self.remember()

        self._session.write(lambda tx: say_of_prompt(tx, key, answer, now), owner=self, done=done)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.words)
        words.addWidget(self._about)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(4)
        for part in (self.answer, self.another, self.none):
            self._answers.addWidget(part)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(6)
        self._box.addLayout(words, 1)
        self._box.addLayout(self._answers)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._box, 1)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The answers stand beside the question, or below it where that leaves it no room."""
        super().resizeEvent(event)
        is_wide = self.width() - self._answers.sizeHint().width() >= theme.px(_ROOM)
        direction = (
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        self._box.setDirection(direction)
        self._answers.setContentsMargins(0 if is_wide else -9, 0, 0, 0)
        edge = Qt.AlignmentFlag.AlignVCenter
        self._box.setAlignment(self._answers, edge if is_wide else Qt.AlignmentFlag.AlignLeading)
