"""Place: what the terminal has to say of the folder in which a journal lies."""

from pathlib import Path

from kotter_journal.cli import output
from kotter_journal.config.sync_folders import conflict_copies, sync_service
from kotter_journal.domain.trouble_sentences import conflict_sentence, sync_sentence


def note_place(folder: Path) -> None:
    """Warn of a folder that a program keeps in step, and of what such a program left there."""
    whole = folder.absolute()
    service = sync_service(whole)
    if service:
        output.note(sync_sentence(whole, service))
    copies = conflict_copies(whole)
    if copies:
        output.note(conflict_sentence(copies))
