"""SecondFolder: the folder to which each backup is copied as well, and how it is there."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kotter_journal.config.files import write_atomically
from kotter_journal.gui import theme
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import button, buttons

_TRIAL = ".kotter-journal-trial"


class Objection(Enum):
    """Why a folder cannot be the second one."""

    OWN = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """How a second folder is found: there, and on the disk of the journal, or not."""

    folder: Path
    is_there: bool
    same_disk: bool


class SecondFolder(Card):
    """``folder_chosen`` carries a Path that nobody has looked at yet; ``forgotten``: none now."""

    folder_chosen = Signal(object)
    forgotten = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("A second folder"), parent)
        self._preferences = preferences
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("second_folder")
        self.choose_button = button(self.tr("Choose a folder…"), "choose_second")
        self.forget_button = button(self.tr("Use none"), "forget_second")
        self.choose_button.clicked.connect(self._on_choose)
        self.forget_button.clicked.connect(self._on_forget)
        self.body.addWidget(self.words)
        self.body.addLayout(buttons(self.choose_button, self.forget_button))
        self.show_place(None)

    def show_place(self, place: Place | None) -> None:
        """Say where the second folder is, and whether it is there; None where there is none."""
        self.forget_button.setVisible(self._preferences.settings.second_folder is not None)
        look = "quiet"
        if place is None:
            words = self.tr(
                "None. A copy on another disk survives this one. A folder that a service keeps in"
                " step is fine as well: backups are encrypted, and written once."
            )
        elif not place.is_there:
            words = self.tr("{0} is not there now. Connect its drive, or choose another folder.")
            look = "warn"
        elif place.same_disk:
            words = self.tr(
                "Each backup is copied to {0}. That is on the disk of the journal itself: good"
                " where a service carries it elsewhere, and no help when this disk breaks."
            )
        else:
            words = self.tr("Each backup is copied to {0}.")
        theme.mark(self.words, look)
        self.words.setText(words.format("" if place is None else place.folder))

    def objection_text(self, objection: Objection, folder: Path) -> str:
        """Why a folder cannot be the second one, and what to do."""
        if objection is Objection.OWN:
            sentence = self.tr("{0} belongs to the journal itself. Choose a folder elsewhere.")
        else:
            sentence = self.tr("{0} cannot be written to. Allow it, or choose another folder.")
        return sentence.format(folder)

    def _on_choose(self) -> None:
        title = self.tr("Where backups are copied to as well")
        before = self._preferences.settings.second_folder
        chosen = QFileDialog.getExistingDirectory(self, title, str(before or Path.home()))
        if chosen:
            self.folder_chosen.emit(Path(chosen))

    def _on_forget(self) -> None:
        self._preferences.change(second_backup_folder="")
        self.show_place(None)
        self.choose_button.setFocus()
        self.forgotten.emit()


def place_of(folder: Path | None, journal: Path) -> Place | None:
    """How the second folder is found; asks the disk, which may take its time."""
    if folder is None:
        return None
    try:
        return Place(folder, folder.is_dir(), folder.stat().st_dev == journal.stat().st_dev)
    except OSError:
        return Place(folder, is_there=False, same_disk=False)


def objection_to(folder: Path, journal: Path) -> Objection | None:
    """Why backups of ``journal`` cannot be copied to a folder; None where they can.

    A file is written there to see; it goes again.
    """
    own, there = journal.resolve(), folder.resolve()
    if there == own or own in there.parents:
        return Objection.OWN
    try:
        write_atomically(folder / _TRIAL, b"")
        (folder / _TRIAL).unlink()
    except OSError:
        return Objection.CLOSED
    return None
