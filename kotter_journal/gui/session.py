"""JournalSession: what the window asks an open journal, and what it tells it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import (
    JournalDamaged,
    JournalReadOnly,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.gui.apart import Apart
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import Journal, open_anew, open_with_keys

T = TypeVar("T")


class JournalSession(QObject):
    """An open journal with a reading door on this thread and a writing one on the worker.

    Where the worker has a reading one as well, it is ``read_only``, and refuses each write.
    ``met`` carries what the disk refused or does not give back, whoever has taken it; ``revived``
    says that both doors were opened anew.

    ``changed`` follows every write with its Changes, after they are safe on the disk; ``failed``
    carries what a write or a query met and nobody else took; ``idled`` follows when nothing that
    was told or asked is under way any more. ``backed_up`` follows each backup with a BackupsTaken;
    whoever took it emits it.
    """

    changed = Signal(object)
    keys_changed = Signal()
    backed_up = Signal(object)
    failed = Signal(object)
    met = Signal(object)
    lost = Signal(object)
    revived = Signal()
    idled = Signal()

    def __init__(
        self,
        journal: Journal,
        working: Database,
        tasks: TaskRunner,
        now: Callable[[], datetime],
        zone: str | None = None,
        *,
        by_recovery_key: bool = False,
    ) -> None:
        """``working`` was opened by the worker of ``tasks``; ``zone`` is this computer's.

        ``by_recovery_key``: the recovery key opened the journal, so that nobody asks for a
        passphrase that may be forgotten.
        """
        super().__init__()
        self.now = now
        self.zone = zone
        self.by_recovery_key = by_recovery_key
        self.read_only = working.read_only
        self.journal = journal
        self.apart = Apart(self)
        self.apart.failed.connect(self.failed)
        self._reading: Database | None = journal.reading()
        self._working: Database | None = working
        self._lost: KotterError | None = None
        self._is_reviving = self._is_closed = False
        self._tasks = tasks
        tasks.failed.connect(self.failed)
        tasks.idled.connect(self.idled)

    def today(self) -> date:
        """The local date."""
        return self.now().date()

    def read(self, ask: Callable[[Transaction], T]) -> T:
        """The answer to a bounded, indexed query, now. Raises KotterError."""
        try:
            with self._door(self._reading).transaction() as tx:
                return ask(tx)
        except KotterError as error:
            self._meet(error)
            raise

    def fail(self, error: KotterError) -> None:
        """Emit ``failed`` as soon as this turn of the loop is over: a view may be painting, and
        whoever listens may not be there yet."""
        QTimer.singleShot(0, self, lambda: self.failed.emit(error))

    def refuses(self) -> bool:
        """Whether nothing can be written here; then that is told."""
        if self.read_only:
            self.fail(JournalReadOnly(self.journal.folder))
        return self.read_only

    def write(
        self,
        tell: Callable[[Transaction], Changes],
        *,
        owner: QObject,
        done: Callable[[Changes], None] | None = None,
        refused: Callable[[KotterError], None] | None = None,
    ) -> None:
        """Do ``tell`` in one transaction on the worker, after all that was told before.

        When it is safe on the disk ``done`` is called and ``changed`` emitted; else ``refused``.
        """

        def announce(changes: Changes) -> None:
            if done is not None:
                done(changes)
            self.changed.emit(changes)

        def change() -> Changes:
            self._check_writable()
            return self._in_transaction(tell)

        # The session owns the task: a write is announced even where its widget has gone.
        self._tasks.run(change, owner=self, done=announce, refused=self._meeting(refused))

    def write_keys(
        self,
        tell: Callable[[Transaction, Journal], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        refused: Callable[[KotterError], None] | None = None,
    ) -> None:
        """Change the ways in which the journal opens, as one of the verbs of services.keys.

        When it is in force ``done`` is called and ``keys_changed`` emitted; else ``refused``.
        """

        def announce(answer: T) -> None:
            if done is not None:
                done(answer)
            self.keys_changed.emit()

        def change(tx: Transaction) -> T:
            self._check_writable()
            return tell(tx, self.journal)

        self.run(change, owner=owner, done=announce, refused=refused)

    def run(
        self,
        ask: Callable[[Transaction], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        refused: Callable[[KotterError], None] | None = None,
        latest: str | None = None,
    ) -> None:
        """Ask on the worker; of questions with one ``latest`` name only the newest counts."""
        self._tasks.run(
            lambda: self._in_transaction(ask),
            owner=owner,
            done=done,
            refused=self._meeting(refused),
            latest=latest,
        )

    @property
    def is_lost(self) -> bool:
        """Whether there are no doors any more, since they could not be opened anew."""
        return self._lost is not None

    def revive(self) -> None:
        """Open both doors anew: the files were replaced, or their disk was away meanwhile.

        Until ``revived`` nothing can be read; where that fails, ``lost`` follows, and everything
        refuses with its error until the next time.
        """
        if self._is_reviving or self._is_closed or self.read_only:
            return
        self._is_reviving = True
        self._close_reading()
        self._tasks.run(
            self._open_anew, owner=self, done=self._on_revived, refused=self._on_not_revived
        )

    @property
    def idle(self) -> bool:
        """Whether everything told has been done and announced."""
        return self._tasks.idle

    def settle(self) -> None:
        """Wait here until everything told is on the disk; see TaskRunner.settle."""
        self._tasks.settle()

    def close(self) -> None:
        """Finish what was told, stop what goes on apart, then close both doors."""
        self._is_closed = True
        self.apart.finish()
        self._tasks.run(self._close_working, owner=self)
        self._tasks.finish()
        self._close_reading()
        self.journal.close()

    def _check_writable(self) -> None:
        if self.read_only:
            raise JournalReadOnly(self.journal.folder)

    def _in_transaction(self, ask: Callable[[Transaction], T]) -> T:
        with self._door(self._working).transaction() as tx:
            return ask(tx)

    def _door(self, door: Database | None) -> Database:
        if door is None:
            raise self._lost or StorageFailed(StorageTrouble.GONE, self.journal.folder)
        return door

    def _meet(self, error: KotterError) -> None:
        """Emit ``met`` for what lies with the disk; later, for the reason that ``fail`` has."""
        if isinstance(error, StorageFailed | JournalDamaged):
            QTimer.singleShot(0, self, lambda: self.met.emit(error))

    def _meeting(
        self, refused: Callable[[KotterError], None] | None
    ) -> Callable[[KotterError], None]:
        def refuse(error: KotterError) -> None:
            self._meet(error)
            (refused or self.failed.emit)(error)

        return refuse

    def _open_anew(self) -> Journal:
        """On the worker. Raises KotterError; then there is no door any more."""
        door, self._working = self._working, None
        if door is None:
            journal = open_with_keys(self.journal.folder, self.journal.vault)
            try:
                self._working = journal.writing()
            except KotterError:
                journal.close()
                raise
        else:
            journal, self._working = open_anew(self.journal, door)
        return journal

    def _on_revived(self, journal: Journal) -> None:
        self.journal = journal
        try:
            self._reading = journal.reading()
        except KotterError as error:
            self._on_not_revived(error)
            return
        self._is_reviving, self._lost = False, None
        self.revived.emit()

    def _on_not_revived(self, error: KotterError) -> None:
        self._is_reviving, self._lost = False, error
        self.lost.emit(error)

    def _close_working(self) -> None:
        if self._working is not None:
            self._working.close()

    def _close_reading(self) -> None:
        door, self._reading = self._reading, None
        if door is not None:
            with suppress(KotterError):
                door.close()
