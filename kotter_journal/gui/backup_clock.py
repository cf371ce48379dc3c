"""BackupClock: takes the backup of the day by itself, and says where that failed."""

from PySide6.QtCore import QObject, QTimer, Signal

from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.gui.apart import Job
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.backups import BackupsTaken, back_up_if_due
from kotter_journal.storage import day_totals

_FIRST_MS, _AGAIN_MS = 5_000, 15 * 60_000
"""After opening, when nobody waits for anything any more; then every quarter of an hour."""


class BackupClock(QObject):
    """``taken`` carries a BackupsTaken; ``failed`` the KotterError of a backup that was due.

    A failed one is tried again at the next look.
    """

    taken = Signal(object)
    failed = Signal(object)

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Take a backup where one is due and none is under way; an empty journal needs none."""
        self._timer.start(_AGAIN_MS)
        if self._job is not None or self._session.read_only or self._is_empty():
            return
        journal, now = self._session.journal, self._session.now()
        second = self._preferences.settings.second_folder
        self._job = self._session.apart.start(
            lambda look: back_up_if_due(journal, now, second_folder=second, progress=look),
            owner=self,
            done=self._on_done,
            refused=self._on_refused,
        )

    def stop(self) -> None:
        """Take none any more; one that is under way is cancelled."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _is_empty(self) -> bool:
        try:
            return self._session.read(day_totals.first_and_last) is None
        except KotterError:
            return False  # the backup itself will say what is wrong

    def _on_done(self, taken: BackupsTaken | None) -> None:
        self._job = None
        if taken is not None:
            self.taken.emit(taken)

    def _on_refused(self, error: KotterError) -> None:
        self._job = None
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
