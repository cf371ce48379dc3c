"""Seeded damage to every file: each is noticed or harmless, and no wrong text is shown as right."""

import random
import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry, EntryId, revised
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.services.backups import back_up, backup_folder, open_backup, restore_backup
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, revise_entry, write_entries, write_entry
from kotter_journal.services.rescue import rescue_journal
from kotter_journal.storage import entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, MARK, Journal, create, open_journal
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.salvage import salvage
from kotter_journal.storage.verify import verify
from tests.conftest import DAY, WRITTEN_AT

NOW = WRITTEN_AT + timedelta(days=1)
LOG = f"{DATABASE}-wal"
TARGETS = (DATABASE, DATABASE, DATABASE, LOG, LOG, HEADER, HEADER_COPY, MARK, "backup", "both keys")
KINDS = ("flip", "flip", "flip", "cut", "zeros", "swap", "empty", "gone")
BLOCK = 4096


class Truth:
    """A journal as a crash leaves it, with half of its entries in the log only, and a backup."""

    def __init__(self, place: Path) -> None:
        self.place, self.keys = place, place / "keys"
        self.folder = place / "truth"
        create(self.folder, self.keys, WRITTEN_AT)
        journal = open_journal(self.folder, self.keys)
        door = journal.writing()
        made = list(demo_entries(70, 4, DAY))
        with door.transaction() as tx:
            write_entries(tx, made[:40])
        self.backup = back_up(journal, WRITTEN_AT).paths[0].name
        door.empty_log()
        for entry in made[40:]:
            with door.transaction() as tx:
                write_entry(tx, entry)
        with door.transaction() as tx:
            delete_entries(tx, [made[5].id], NOW)
            revise_entry(tx, revised(made[6], NOW, body="written anew"))
            self.entries = {e.id: e for e in entries.entries_between(tx, 0, 2**62)}
            counter = door._change_counter()
        door._write_mark(counter)
        self.data_key = journal.vault.data_key
        self.vault = journal.vault
        shutil.copytree(self.folder, place / "crashed", ignore=shutil.ignore_patterns("*-shm"))
        door.close()
        journal.close()
        self.earlier = {e.id: e for e in made}

    def copy(self) -> Path:
        """The journal, to be damaged."""
        folder = self.place / "trial"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.place / "crashed", folder)
        return folder


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return Truth(tmp_path_factory.mktemp("damage"))


def damage(path: Path, kind: str, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if kind == "gone":
        path.unlink()
        return
    if kind == "empty":
        content = bytearray()
    elif kind == "cut":
        content = content[: chance.randrange(len(content))]
    elif kind == "flip":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind == "zeros":
        at = chance.randrange(len(content)) // BLOCK * BLOCK
        content[at : at + BLOCK] = bytes(len(content[at : at + BLOCK]))
    elif len(content) > 2 * BLOCK:
        one, other = (n * BLOCK for n in chance.sample(range(len(content) // BLOCK), 2))
        first, second = content[one : one + BLOCK], content[other : other + BLOCK]
        content[one : one + BLOCK], content[other : other + BLOCK] = second, first
    path.write_bytes(content)


def damaged_files(folder: Path, target: str, truth: Truth) -> list[Path]:
    if target == "backup":
        return [backup_folder(folder) / truth.backup]
    if target == "both keys":
        return [folder / HEADER, folder / HEADER_COPY]
    return [folder / target]


def outcome(folder: Path, truth: Truth) -> str:
    """ "refused" or "noticed" or "harmless"; fails where text is shown that was not written."""
    try:
        journal = open_journal(folder, truth.keys)
    except KotterError as error:
        sentence = error_sentence(error)
    else:
        return outcome_opened(journal, truth)
    assert str(folder) in sentence
    assert sentence.endswith(".")
    way_back(folder, truth)
    return "refused"


def outcome_opened(journal: Journal, truth: Truth) -> str:
    shown = everything_shown(journal)
    for entry_id, entry in shown.items():
        assert same_words(entry, truth.entries[entry_id])
    folder = backup_folder(journal.folder)
    checks = verify(journal, [folder], lambda *_: None)
    if all(check.ok for check in checks):
        missing = not list(folder.iterdir())
        assert shown == truth.entries
        return "gone backup" if missing else "harmless"
    return "noticed"


def everything_shown(journal: Journal) -> dict[EntryId, Entry]:
    """All that a list and an editor would show, each asked for by itself."""
    shown: dict[EntryId, Entry] = {}
    with suppress(KotterError):
        door = journal.reading()
        positions: list[int] = []
        with suppress(KotterError), door.transaction() as tx:
            positions = list(entries.all_positions(tx, trash=True))
        for position in positions:
            shown |= shown_at(door, position)
        door.close()
    return shown


def shown_at(door: Database, position: int) -> dict[EntryId, Entry]:
    try:
        with door.transaction() as tx:
            return {entry.id: entry for entry in entries.entries_at(tx, [position])}
    except KotterError:
        return {}


def same_words(one: Entry, other: Entry) -> bool:
    return (one.title, one.body, one.on) == (other.title, other.body, other.on)


def way_back(folder: Path, truth: Truth) -> None:
    """From the backup, and from what is readable in the journal itself."""
    path = backup_folder(folder) / truth.backup
    into = truth.place / "back"
    shutil.rmtree(into, ignore_errors=True)
    vault = open_backup(path, truth.keys, journal_folder=folder)
    restore_backup(path, into, vault, NOW)
    open_journal(into, truth.keys).close()
    with suppress(KotterError):
        for entry in salvage(folder, vault).entries:
            known = (truth.entries[entry.id], truth.earlier[entry.id])
            assert any(same_words(entry, one) for one in known)
    if (folder / DATABASE).is_file() and (folder / DATABASE).stat().st_size > 20 * BLOCK:
        shutil.rmtree(into)
        rescue_journal(folder, vault, into, NOW)


def run_trials(
    truth: Truth, count: int, first_seed: int, targets: Sequence[str] = TARGETS
) -> Counter[tuple[str, str]]:
    outcomes = Counter[tuple[str, str]]()
    for seed in range(first_seed, first_seed + count):
        chance = random.Random(seed)  # noqa: S311
        folder = truth.copy()
        target, kind = chance.choice(targets), chance.choice(KINDS)
        for path in damaged_files(folder, target, truth):
            damage(path, kind, chance)
        try:
            how = outcome(folder, truth)
            if how == "noticed" and target != "backup":
                way_back(folder, truth)
            outcomes[target, how] += 1
        except Exception as error:
            error.add_note(f"seed {seed}: {kind} of {target}")
            raise
    return outcomes


def test_damage_is_noticed_or_harmless(truth: Truth) -> None:
    outcomes = run_trials(truth, 60, 0)
    assert sum(outcomes.values()) == 60


@pytest.mark.slow
@pytest.mark.parametrize(
    "targets",
    [(DATABASE,), (LOG,), (HEADER, HEADER_COPY, "both keys"), (MARK,), ("backup",)],
    ids="-".join,
)
def test_damage_is_noticed_or_harmless_in_500_trials(truth: Truth, targets: Sequence[str]) -> None:
    outcomes = run_trials(truth, 500, 1000, targets)
    for (target, how), count in sorted(outcomes.items()):
        print(f"\n{target}: {count} {how}", end="")


def test_an_undamaged_copy_is_sound(truth: Truth) -> None:
    assert outcome(truth.copy(), truth) == "harmless"
