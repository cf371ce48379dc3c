"""Remedies: what can be done for a journal that is damaged, each apart from everything else."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kotter_journal import __version__
from kotter_journal.config.paths import default_journal_folder
from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.domain.trouble_sentences import rescued_sentence
from kotter_journal.gui.apart import Apart
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.settings.restore_dialog import RestoreDialog, free_folder
from kotter_journal.services.backups import backup_folder
from kotter_journal.services.rescue import (
    Rescued,
    export_readable,
    keep_readable,
    open_readable,
    rescue_journal,
)
from kotter_journal.services.way_back import WayBack, find_way_back, mend_keys
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.journal import Journal
from kotter_journal.storage.vault import Vault

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The journal in question: its folder, where its backups are, and where this computer's keys
    are. ``beside`` is where a new journal is made: beside it, or elsewhere if it is gone."""

    folder: Path
    places: tuple[Path, ...]
    keys_folder: Path
    beside: Path


def case_of(
    folder: Path, keys_folder: Path, second_folder: Path | None, *, is_gone: bool = False
) -> Case:
    """The case of the journal in ``folder``.

    Where that is gone, or nothing can be made beside it, a new one goes to the usual place: it
    would lie under the name of a drive that comes back.
    """
    places = (backup_folder(folder), *([] if second_folder is None else [second_folder]))
    usable = not is_gone and os.access(folder.parent, os.W_OK)
    beside = folder if usable else default_journal_folder()
    return Case(folder=folder, places=places, keys_folder=keys_folder, beside=beside)


class Remedies(QObject):
    """Restores, opens, saves and exports; what is damaged stays as it is.

    ``told`` carries a sentence and its look, ``busy`` whether something is under way.
    ``reopen_asked`` carries the folder of a journal to open, ``readable`` a Journal of what could
    be read, open for reading, and how much that is.
    """

    told = Signal(str, str)
    busy = Signal(bool)
    reopen_asked = Signal(object)
    readable = Signal(object, object)
    mended = Signal()

    def __init__(
        self,
        case: Case,
        apart: Apart,
        job_row: JobRow,
        now: Callable[[], datetime],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._case = case
        self._apart = apart
        self._job_row = job_row
        self._now = now
        self._parent = parent
        self.ask_where_to_export: Callable[[], Path | None] = self._ask_where_to_export
        self.ask_for_backup: Callable[[], Path | None] = self._ask_for_backup

    def restore(self, vault: Vault) -> None:
        """Find the newest whole backup, and show what is in it before anything is made."""
        places = self._case.places
        self.start(
            lambda look: find_way_back(places, vault, progress=look),
            self.tr("Looking for the newest backup that is whole"),
            lambda found: self._on_found(found, vault),
        )

    def restore_file(self, vault: Vault | None = None) -> None:
        """Let somebody choose a backup, and show what is in it."""
        path = self.ask_for_backup()
        if path is not None:
            self._show_backup(path, vault)

    def open_readable(self, vault: Vault) -> None:
        """Read what can be read into a temporary journal."""
        folder, now = self._case.folder, self._now()
        self.start(
            lambda look: open_readable(folder, vault, now, progress=look),
            self.tr("Reading what can be read"),
            self._on_readable,
        )

    def save_readable(self, vault: Vault) -> None:
        """Make a journal of what can be read, and have it opened."""
        folder, now = self._case.folder, self._now()
        into = free_folder(self._case.beside, "readable", now)
        self.start(
            lambda look: rescue_journal(folder, vault, into, now, progress=look),
            self.tr("Saving what can be read in {0}").format(into),
            lambda _: self.reopen_asked.emit(into),
        )

    def keep_readable(self, journal: Journal) -> None:
        """Make the temporary journal of ``open_readable`` one that stays, and have it opened."""
        into = free_folder(self._case.beside, "readable", self._now())
        self.start(
            lambda _look: keep_readable(journal, into),
            self.tr("Saving what can be read in {0}").format(into),
            lambda _: self.reopen_asked.emit(into),
        )

    def export(self, vault: Vault) -> None:
        """Write what can be read into a file that any program can read."""
        out = self.ask_where_to_export()
        if out is None:
            return
        folder, now = self._case.folder, self._now()
        self.start(
            lambda look: export_readable(
                folder, vault, out, now, version=__version__, progress=look
            ),
            self.tr("Exporting what can be read"),
            lambda told: self._on_exported(told, out),
        )

    def mend_keys(self, vault: Vault) -> None:
        """Give the journal the key file of the backup that ``vault`` comes from."""
        folder = self._case.folder
        self.start(
            lambda _look: mend_keys(folder, vault),
            self.tr("Putting the key file back"),
            lambda _: self.mended.emit(),
        )

    def start(
        self,
        work: Callable[[WorkProgress], T],
        words: str,
        done: Callable[[T], None],
        refused: Callable[[KotterError], None] | None = None,
    ) -> None:
        """Do something long, showing how far it is."""
        self.told.emit("", "quiet")
        self.busy.emit(True)

        def finished(answer: T) -> None:
            self.busy.emit(False)
            done(answer)

        def failed(error: KotterError) -> None:
            self.busy.emit(False)
            (refused or self._on_refused)(error)

        job = self._apart.start(work, owner=self, done=finished, refused=failed)
        self._job_row.follow(job, words)

    def _on_found(self, found: WayBack, vault: Vault) -> None:
        if found.newest is None:
            places = ", ".join(str(place) for place in self._case.places)
            sentence = self.tr("There is no whole backup in {0}. Choose one from elsewhere.")
            self.told.emit(sentence.format(places), "danger")
            return
        if found.unusable:
            names = ", ".join(path.name for path in found.unusable)
            sentence = self.tr("Newer backups that are damaged were left out: {0}.")
            self.told.emit(sentence.format(names), "warn")
        self._show_backup(found.newest.path, vault)

    def _show_backup(self, path: Path, vault: Vault | None) -> None:
        case = self._case
        dialog = RestoreDialog(
            self._apart,
            path,
            case.keys_folder,
            case.beside,
            self._now,
            vault=vault,
            parent=self._parent.window(),
        )
        dialog.reopen_asked.connect(self.reopen_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_readable(self, answer: tuple[Journal, Rescued]) -> None:
        self.readable.emit(*answer)

    def _on_exported(self, told: Rescued, out: Path) -> None:
        sentence = self.tr("Written to {0}, which is not encrypted. {1}")
        words = rescued_sentence(told.entries, told.rejected, told.incomplete, told.left_out)
        self.told.emit(sentence.format(out, words), "quiet")

    def _on_refused(self, error: KotterError) -> None:
        look = "quiet" if isinstance(error, Cancelled) else "danger"
        self.told.emit(error_sentence(error), look)

    def _ask_where_to_export(self) -> Path | None:
        title = self.tr("Export what can be read (not encrypted)")
        name = str(Path.home() / "kotter-journal-readable.json")
        kinds = self.tr("JSON (*.json)")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, name, kinds)
        return Path(chosen) if chosen else None

    def _ask_for_backup(self) -> Path | None:
        title = self.tr("A backup of a Kotter Journal")
        place = next((str(one) for one in self._case.places if one.is_dir()), "")
        kinds = self.tr("Backups (*.zip);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, place, kinds)
        return Path(chosen) if chosen else None
