"""BackupClock: takes the backup of the day by itself, and says where that failed."""

from PySide6.QtCore import QObject, QTimer, Signal

from kotter_journal.domain.errors import Cancelled, KotterError, StorageFailed, StorageTrouble
from kotter_journal.gui.apart import Job
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.backups import BackupsTaken, back_up_if_due
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.purged import trash_ids

_FIRST_MS = 5_000
"""After opening, when nobody waits for anything any more."""

_SOON_MS, _LOOK_MS, _AGAIN_MS = 1_000, 15 * 60_000, 60 * 60_000
"""After a change of folders; every quarter of an hour; and after one that failed, which may have
written a whole journal before it did."""


class BackupClock(QObject):
    """``kept``: every folder has today's backup, whoever took it.

    ``failed`` carries the KotterError of a backup that was due and could not be taken;
    ``not_copied`` that of one that was taken and could not be copied to the second folder.
    """

    kept = Signal()
    failed = Signal(object)
    not_copied = Signal(object)

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self._second = preferences.settings.second_folder
        self._job: Job | None = None
        self._is_stopped = False
        self._timer = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.backed_up.connect(self._on_backed_up)
        preferences.changed.connect(self._on_preferences)

    def look(self) -> None:
        """Take a backup where one is due and none is under way; an empty journal needs none."""
        self._timer.start(_LOOK_MS)
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
        self._is_stopped = True
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _is_empty(self) -> bool:
        try:
            return self._session.read(_holds_nothing)
        except KotterError:
            return False  # the backup itself will say what is wrong

    def _on_done(self, taken: BackupsTaken | None) -> None:
        self._job = None
        if taken is None:
            self.kept.emit()
        else:
            self._session.backed_up.emit(taken)

    def _on_backed_up(self, taken: BackupsTaken) -> None:
        error = taken.not_copied
        if error is None:
            self.kept.emit()
            return
        self.not_copied.emit(error)
        is_away = isinstance(error, StorageFailed) and error.trouble is _AWAY
        self._wait(_LOOK_MS if is_away else _AGAIN_MS)

    def _on_refused(self, error: KotterError) -> None:
        self._job = None
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
            self._wait(_AGAIN_MS)

    def _on_preferences(self) -> None:
        second = self._preferences.settings.second_folder
        if second != self._second:
            self._second = second
            self._wait(_SOON_MS)

    def _wait(self, milliseconds: int) -> None:
        if not self._is_stopped:
            self._timer.start(milliseconds)


_AWAY = StorageTrouble.FOLDER_MISSING
"""Asking whether a drive is back costs nothing."""


def _holds_nothing(tx: Transaction) -> bool:
    return day_totals.first_and_last(tx) is None and not trash_ids(tx)
