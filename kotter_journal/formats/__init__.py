"""Foreign bytes and our values: the room that turns one into the other, and its two lists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A way in or out: its ``key`` on the command line, its label, the suffix of its files."""

    key: str
    label: str
    suffix: str


JOURNAL_JSON = Format("json", "Kotter Journal (JSON)", ".json")
ENTRIES_CSV = Format("csv", "Table of minutes and entries (CSV)", ".csv")
MARKDOWN_FOLDER = Format("markdown", "Folder of notes (Markdown, Obsidian)", "")
JRNL_TEXT = Format("jrnl", "Plain text (jrnl)", ".txt")

EXPORTS: tuple[Format, ...] = (JOURNAL_JSON, ENTRIES_CSV, MARKDOWN_FOLDER, JRNL_TEXT)
IMPORTS: tuple[Format, ...] = (JOURNAL_JSON,)
