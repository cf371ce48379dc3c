"""Fault words: what the page of a journal that does not open says of the fault and of each way."""

from PySide6.QtCore import QCoreApplication

from kotter_journal.domain.errors import JournalBusy, JournalMissing, JournalTooNew, KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.faults import Way
from kotter_journal.gui.remedies import Case


def sentence_of(error: KotterError, case: Case) -> str:
    """What happened, where, and the way out."""
    sentence = error_sentence(error)
    if isinstance(error, JournalMissing):
        return _tr(
            "The journal is no longer in {0}. If that is on a drive or in the net, connect it"
            " and try again; nothing was made there."
        ).format(case.folder)
    if isinstance(error, JournalTooNew):
        places = ", ".join(str(place) for place in case.places)
        sentence = _tr("{0} Its backups are in {1}.").format(sentence, places)
    return sentence


def words_of(way: Way, error: KotterError, case: Case) -> tuple[str, str]:
    """What a way is called, and what it does."""
    restoring = _tr(
        "Shows what is in it first, and makes a new journal of it. This one stays as it is."
    )
    if isinstance(error, JournalMissing):
        restoring = _tr("Shows what is in it first, and makes a new journal of it in {0}.")
        restoring = restoring.format(case.beside.parent)
    busy = isinstance(error, JournalBusy)
    reading = (
        _tr("Everything can be read and searched, and nothing written.")
        if busy
        else _tr("To see what is there. Nothing can be written.")
    )
    return {
        Way.MEND_KEYS: (
            _tr("Put the key file back from a backup"),
            _tr(
                "The journal then opens as it did when that backup was taken, with everything"
                " that is in it."
            ),
        ),
        Way.RESTORE: (
            _tr("Restore the newest good backup"),
            restoring,
        ),
        Way.OPEN_READABLE: (
            _tr("Open what can be read"),
            _tr(
                "Reads the file page by page, past what is damaged, and shows it for reading."
                " From there it can be saved as a new journal."
            ),
        ),
        Way.EXPORT: (
            _tr("Export what can be read…"),
            _tr("Into a file of text (JSON). It is not encrypted: whoever has it can read it."),
        ),
        Way.READ: (_tr("Open it for reading only"), reading),
        Way.ACCEPT: (
            _tr("Go on with this older state"),
            _tr("What was written later is missing then. You are asked again first."),
        ),
        Way.LOCATE: (
            _tr("Choose where it lies…"),
            _tr("If it was moved, or its drive has another name now."),
        ),
        Way.RESTORE_FILE: (
            _tr("Restore another backup…"),
            _tr("From a stick, another folder or another computer."),
        ),
        Way.TRY_AGAIN: (_tr("Try again"), ""),
    }[way]


def _tr(text: str) -> str:
    return QCoreApplication.translate("fault_words", text)
