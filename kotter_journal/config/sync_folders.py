"""Sync folders: whether a program keeps a folder the same on several computers.

Such programs copy files, not transactions: of two states of one database the later one wins, or
both stay, one of them under another name.
"""

import re
from collections.abc import Callable
from pathlib import Path

_BACKUPS = "Kotter Journal backups"

_Known = tuple[tuple[str, str], ...]

# A file or folder that the program leaves in the folder it keeps in step.
_MARKS: _Known = (
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "ownCloud"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".sync/ID", "Resilio Sync"),
    (".megaignore", "MEGA"),
)

# What such a folder is called, wherever it lies.
_NAMES: _Known = (
    (r"Dropbox( \(.*\))?", "Dropbox"),
    (r"OneDrive([ -].*)?", "OneDrive"),
    (r"Google ?Drive([ -].*)?|My Drive", "Google Drive"),
    (r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs", "iCloud Drive"),
    (r"Nextcloud\d?", "Nextcloud"),
    (r"ownCloud\d?", "ownCloud"),
    (r"p ?Cloud ?(Drive|Sync)", "pCloud"),
    (r"Box Sync|Box-Box", "Box"),
    (r"MEGA ?sync", "MEGA"),
    (r"Seafile|SeaDrive", "Seafile"),
    (r"Resilio Sync|BTSync", "Resilio Sync"),
)

# What it is called in a home folder; elsewhere these are names like any other.
_NAMES_AT_HOME: _Known = (("Box", "Box"), ("MEGA", "MEGA"))

# Dropbox, Nextcloud, Seafile and pCloud put words behind the name, Syncthing and ownCloud a mark,
# OneDrive the computer's name, Google Drive a number.
_CONFLICT = re.compile(r"journal([ ._\-\[(].*)\.db", re.IGNORECASE)


def sync_service(folder: Path, home: Path | None = None) -> str:
    """The program that keeps ``folder`` in step with other computers; empty where none is known.

    Looks at names and marks from the folder upwards, and changes nothing.
    """
    home = Path.home() if home is None else home
    for place in (folder, *folder.parents):
        names = _NAMES_AT_HOME if place.parent == home else ()
        for pattern, service in (*_NAMES, *names):
            if re.fullmatch(pattern, place.name, re.IGNORECASE):
                return service
        for mark, service in _MARKS:
            if _holds(place, mark):
                return service
    return ""


def backups_in_step(folder: Path) -> Path:
    """Where backups of a journal go that lies in such a folder now: beside it."""
    return folder.parent / _BACKUPS


def conflict_copies(folder: Path) -> list[Path]:
    """Files beside the journal's database in which such a program kept another state of it."""
    return _looked(lambda: sorted(p for p in folder.iterdir() if _CONFLICT.fullmatch(p.name)))


def _holds(place: Path, mark: str) -> bool:
    if "*" not in mark:
        return bool(_looked(lambda: [place / mark] if (place / mark).exists() else []))
    return bool(_looked(lambda: list(place.glob(mark))))


def _looked(look: Callable[[], list[Path]]) -> list[Path]:
    """What was found; nothing where the place cannot be looked at."""
    try:
        return look()
    except OSError:
        return []
