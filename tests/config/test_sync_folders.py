from pathlib import Path

import pytest

from kotter_journal.config.sync_folders import (
    backups_in_step,
    conflict_copies,
    sync_service,
)

HOME = Path("/home/ann")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/ann/Dropbox/private/journal", "Dropbox"),
        ("/home/ann/Dropbox (Personal)/journal", "Dropbox"),
        ("/Users/ann/Library/CloudStorage/Dropbox/journal", "Dropbox"),
        ("/home/ann/OneDrive/journal", "OneDrive"),
        ("/mnt/c/Users/ann/OneDrive - Acme Ltd/journal", "OneDrive"),
        ("/Users/ann/Library/CloudStorage/OneDrive-Acme/journal", "OneDrive"),
        ("/home/ann/Google Drive/journal", "Google Drive"),
        ("/Users/ann/Library/CloudStorage/GoogleDrive-a@b.c/My Drive/journal", "Google Drive"),
        ("/mnt/g/My Drive/journal", "Google Drive"),
        ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/journal", "iCloud Drive"),
        ("/mnt/c/Users/ann/iCloudDrive/journal", "iCloud Drive"),
        ("/home/ann/Nextcloud/journal", "Nextcloud"),
        ("/home/ann/Nextcloud2/journal", "Nextcloud"),
        ("/home/ann/ownCloud/journal", "ownCloud"),
        ("/home/ann/pCloudDrive/journal", "pCloud"),
        ("/home/ann/Box/journal", "Box"),
        ("/home/ann/Box Sync/journal", "Box"),
        ("/home/ann/MEGA/journal", "MEGA"),
        ("/home/ann/MEGAsync/journal", "MEGA"),
        ("/home/ann/Seafile/library/journal", "Seafile"),
        ("/home/ann/Resilio Sync/journal", "Resilio Sync"),
        ("/home/ann/.local/share/kotter-journal/journal", ""),
        ("/home/ann/my dropbox notes/journal", ""),
        ("/home/ann/toys/Box/journal", ""),
        ("/home/ann/omega/journal", ""),
        ("/", ""),
    ],
)
def test_a_folder_is_known_by_its_names(folder: str, service: str) -> None:
    assert sync_service(Path(folder), HOME) == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".stfolder/", "Syncthing"),
        (".dropbox.cache/", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_1a2b3c.db", "Nextcloud"),
        ("._sync_1a2b3c.db", "ownCloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload/", "Google Drive"),
        (".sync/ID", "Resilio Sync"),
        (".megaignore", "MEGA"),
    ],
)
def test_a_folder_is_known_by_what_lies_in_it_or_above(
    tmp_path: Path, mark: str, service: str
) -> None:
    shared = tmp_path / "shared"
    folder = shared / "deep" / "journal"
    folder.mkdir(parents=True)
    assert sync_service(folder) == ""
    path = shared / mark
    path.parent.mkdir(exist_ok=True)
    path.mkdir() if mark.endswith("/") else path.write_bytes(b"")
    assert sync_service(folder) == service
    assert sync_service(tmp_path / "elsewhere" / "journal") == ""


def test_what_dropbox_keeps_of_itself_at_home_makes_nothing_a_shared_folder(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert sync_service(tmp_path / "journal", tmp_path) == ""


CONFLICTS = (
    "journal (Ann's conflicted copy 2026-05-14).db",
    "journal (conflicted copy 2026-05-14 104200).db",
    "journal.sync-conflict-20260514-104200-ABCDEFG.db",
    "journal (1).db",
    "journal-LAPTOP.db",
    "journal_conflict-20260514-104200.db",
    "journal (SFConflict ann@acme.example 2026-05-14-10-42-00).db",
    "journal [conflicted].db",
)


def test_other_states_of_the_database_are_found_and_nothing_else(tmp_path: Path) -> None:
    ours = (
        "journal.db",
        "journal.db-wal",
        "journal.db-shm",
        "journal.key",
        "journal.key2",
        "journal.mark",
        "journal.lock",
        "journals.db",
        "notes (1).db",
    )
    for name in (*CONFLICTS, *ours):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "backups").mkdir()
    assert {path.name for path in conflict_copies(tmp_path)} == set(CONFLICTS)
    assert conflict_copies(tmp_path / "missing") == []


def test_backups_go_beside_the_journal_they_are_of(tmp_path: Path) -> None:
    assert backups_in_step(tmp_path / "journal") == tmp_path / "Kotter Journal backups"
