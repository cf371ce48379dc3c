"""JobRow: what long work is about, how far it is, and the button that stops it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kotter_journal.gui.apart import Job
from kotter_journal.gui.card import label


class JobRow(QWidget):
    """Hidden unless it follows a job; of two that overlap it follows the later one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.words = label("", "quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self._on_cancel)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(row)
        self.hide()

    def follow(self, job: Job, words: str) -> None:
        """Show this job until it ends; ``words`` say what is done."""
        self._leave()
        self._job = job
        self.words.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)
        self.show()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.progressed.disconnect(self._on_progress)
            self._job.ended.disconnect(self._on_ended)
            self._job = None

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1000)
        # A thousand steps whatever the work counts: byte counts outgrow a bar's integers.
        self.bar.setValue(done * 1000 // max(1, total))

    def _on_ended(self) -> None:
        self._leave()
        self.hide()

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        if self._job is not None:
            self._job.cancel()
