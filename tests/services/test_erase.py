import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.commitments import CommitmentState
from kotter_journal.domain.delegation import Stage
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft, EntryId, begin, revised
from kotter_journal.domain.errors import EntryMissing, StorageFailed, StorageTrouble
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import Review, ReviewSpan
from kotter_journal.domain.search import parse_query
from kotter_journal.services import areas as area_verbs
from kotter_journal.services import commitments as commitment_verbs
from kotter_journal.services import delegations as task_verbs
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import (
    delete_entries,
    restore_entries,
    revise_entry,
    write_entries,
    write_entry,
)
from kotter_journal.services.erase import empty_trash, erase_entries, goes_as_well
from kotter_journal.storage import (
    areas,
    commitments,
    day_totals,
    delegations,
    entries,
    reviews,
    search,
    tables,
    versions,
    vocabulary,
)
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import DATABASE, Journal
from kotter_journal.storage.pages import PageReader, salt_of
from kotter_journal.storage.purged import Taken
from kotter_journal.storage.stamps import tick
from kotter_journal.storage.vault_row import keep_vault_row, vault_row
from kotter_journal.storage.verify import verify
from tests.conftest import DAY, WRITTEN_AT

CANARIES = ("Nachtigall", "quetzalcoatl", "Zwetschgenmus", "Xylophonistin", "Ytterbium")


def copies(journal: Journal, words: tuple[str, ...] = CANARIES) -> dict[str, int]:
    """How often each word stands in the decrypted pages of file and log, in any case."""
    path = journal.folder / DATABASE
    reader = PageReader(journal.vault.database_key, salt_of(path))
    pages = list(reader.file_pages(path))
    log = path.with_name(f"{DATABASE}-wal")
    pages += list(reader.log_pages(log)) if log.is_file() else []
    assert all(page.genuine for page in pages)
    text = b"".join(page.content for page in pages).lower()
    return {word: text.count(word.lower().encode()) for word in words}


def canary_entry(number: int, chance: random.Random) -> Entry:
    title, body, tag, person, later = CANARIES
    draft = EntryDraft(
        on=DAY - timedelta(days=number),
        title=f"{title} {number}",
        body=f"{body} " + " ".join(chance.choices(["why", "this", later, "line"], k=900)),
        duration=60,
        tags=(tag,),
        people=(person,),
        allocations=(Allocation(Activity.ALIGNING_PEOPLE, 60, note=later),),
    )
    return begin(draft, WRITTEN_AT, chance.getrandbits(74))


def live_with(door: Database, kept: list[Entry], chance: random.Random) -> None:
    """Save, lengthen, shorten, move, delete and bring back, as a year of writing does."""
    now = WRITTEN_AT
    for number in range(25):
        now += timedelta(minutes=chance.choice((1, 15, 2000)))
        entry = chance.choice(kept)
        with door.transaction() as tx:
            entry = entries.entry(tx, entry.id)
            body = entry.body[: chance.randrange(len(entry.body) + 1)] + f" {CANARIES[4]}" * number
            moved = entry.on - timedelta(days=chance.randrange(3))
            revise_entry(tx, revised(entry, now, body=body, on=moved))
            delete_entries(tx, [entry.id], now)
            restore_entries(tx, [entry.id], now)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_erased_stands_nowhere_in_file_or_log(
    journal: Journal, door: Database, reading: Database, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    others = list(demo_entries(150, seed, DAY))
    ours = [canary_entry(number, chance) for number in range(4)]
    everything = [*others, *ours]
    chance.shuffle(everything)
    for entry in everything:
        with door.transaction() as tx:
            write_entry(tx, entry)
    live_with(door, ours, chance)
    with door.transaction() as tx:
        delete_entries(tx, [ours[0].id], WRITTEN_AT)
        assert any(versions.versions_of(tx, entry.id) for entry in ours)
    assert min(copies(journal).values()) > 0
    with reading.transaction() as tx:
        assert day_totals.entry_count(tx) == 153
    with door.transaction() as tx:
        erase_entries(tx, [entry.id for entry in ours], WRITTEN_AT)
    assert copies(journal) == dict.fromkeys(CANARIES, 0)
    assert journal.folder.joinpath(f"{DATABASE}-wal").stat().st_size == 0
    with door.transaction() as tx:
        assert entries.existing_ids(tx, [e.id for e in others]) == {e.id for e in others}
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        tx.exec_driver_sql("INSERT INTO entry_text(entry_text) VALUES ('integrity-check')")


def test_only_the_id_remains(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("gone", tags=("only",), people=("Ines",), duration=30)
    other = write("stays", tags=("Shared",), day=1)
    with door.transaction() as tx:
        revise_entry(tx, revised(entry, WRITTEN_AT + timedelta(days=1), body="changed"))
        changes = erase_entries(tx, [entry.id], WRITTEN_AT)
        assert (set(changes.entries), set(changes.days)) == ({entry.id}, {DAY})
        assert changes.membership
        assert entries.purged_among(tx, [entry.id, other.id]) == {entry.id}
        with pytest.raises(EntryMissing):
            entries.entry(tx, entry.id)
        assert vocabulary.known_tags(tx) == ["Shared"]
        assert vocabulary.known_people(tx) == []
        assert day_totals.day_minutes(tx, DAY, DAY + timedelta(days=1)) == []
        assert not search.count(tx, parse_query("changed", DAY))
        for table in (tables.allocation, tables.entry_tag, tables.entry_version):
            assert rows_of(tx, table, entry.id) == 0


def test_no_word_of_an_erased_entry_survives_in_what_was_taken_from_it(
    journal: Journal, door: Database, write: Callable[..., Entry]
) -> None:
    promise, reason, task, note, other = CANARIES
    entry = write(f"- [ ] {promise}\n{task}", people=("Dana", "Ines"), day=1)
    stays = write("stays", day=2)
    with door.transaction() as tx:
        ids = vocabulary.person_ids(tx)
        make = partial(commitment_verbs.make_commitment, entry_id=entry.id, person_id=ids["Dana"])
        _, one = make(tx, promise, WRITTEN_AT)
        commitment_verbs.settle(tx, one, CommitmentState.DROPPED, DAY, reason, WRITTEN_AT)
        _, again = make(tx, f"{promise}!", WRITTEN_AT)
        commitment_verbs.drop_commitment(tx, again.id, WRITTEN_AT)
        _, noticed = task_verbs.notice_task(tx, task, WRITTEN_AT, entry_id=entry.id)
        task_verbs.move_task(tx, noticed.id, Stage.KEPT, DAY, note, WRITTEN_AT)
        task_verbs.set_delegations(tx, stays.id, [noticed.id], WRITTEN_AT)
        area_verbs.name_area(tx, "line-3", WRITTEN_AT)
        area_verbs.set_areas(tx, entry.id, ["line-3"], WRITTEN_AT)
        _, kept = commitment_verbs.make_commitment(
            tx, "Not of the entry", WRITTEN_AT, person_id=ids["Ines"]
        )
        held = {"commitments": [{"entry_id": entry.id, "text": other}, {"text": "held"}]}
        keep_vault_row(tx, replace(vault_row(tx), extra={"file": held}))
    assert min(copies(journal).values()) > 0
    with door.transaction() as tx:
        assert goes_as_well(tx, [entry.id, stays.id]) == Taken(commitments=1, tasks=1)
        erase_entries(tx, [entry.id], WRITTEN_AT)
        assert [c.id for c in commitments.commitments(tx)] == [kept.id]
        assert delegations.delegations(tx) == []
        assert delegations.delegations_of(tx, stays.id) == []
        assert areas.known_areas(tx) == ["line-3"]
        assert vocabulary.known_people(tx) == ["Ines"]
        assert vault_row(tx).extra["file"] == {"commitments": [{"text": "held"}]}
    assert copies(journal) == dict.fromkeys(CANARIES, 0)
    assert [one for one in verify(journal, [], lambda *_: None) if not one.ok] == []


def test_a_review_stays_without_the_entry_that_was_made_of_it(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("what I answered")
    week = Period(date(2026, 3, 2), date(2026, 3, 9))
    one = Review("r", ReviewSpan.WEEK, week, WRITTEN_AT, (), "Floor", entry_id=entry.id)
    with door.transaction() as tx:
        reviews.keep_review(tx, one, tick(tx, WRITTEN_AT))
        erase_entries(tx, [entry.id], WRITTEN_AT)
        assert reviews.reviews(tx) == [replace(one, entry_id=None)]


def rows_of(tx: Transaction, table: sa.Table, entry_id: str) -> int:
    asked = sa.select(sa.func.count()).select_from(table).where(table.c.entry_id == entry_id)
    return int(tx.execute(asked).scalar_one())


def test_names_stay_that_somebody_uses_or_noted_something_about(
    door: Database, write: Callable[..., Entry]
) -> None:
    gone = write("gone", tags=("ops", "only"), people=("Dana", "Ines", "Kim"))
    write("stays", tags=("ops",), people=("Dana",), day=1)
    dropped = write("its tag went", tags=("only",), day=2)
    with door.transaction() as tx:
        revise_entry(tx, revised(dropped, WRITTEN_AT, tags=()))
        tx.execute(sa.update(tables.person).where(tables.person.c.name == "Kim").values(alias="K."))
        erase_entries(tx, [gone.id], WRITTEN_AT)
        assert vocabulary.known_tags(tx) == ["ops"]
        assert vocabulary.known_people(tx) == ["Dana", "Kim"]
        links = tx.execute(sa.select(sa.func.count()).select_from(tables.entry_tag)).scalar_one()
        assert links == 1


def test_emptying_the_trash_erases_what_lies_in_it(
    door: Database, write: Callable[..., Entry]
) -> None:
    kept, gone = write("kept"), [write("a", day=1), write("b", day=2)]
    with door.transaction() as tx:
        assert empty_trash(tx, WRITTEN_AT).entries == frozenset()
        delete_entries(tx, [e.id for e in gone], WRITTEN_AT)
        assert empty_trash(tx, WRITTEN_AT).entries == {e.id for e in gone}
        assert entries.trash(tx) == []
        assert entries.entry(tx, kept.id).body == "kept"


def test_an_unknown_entry_cannot_be_erased_and_nothing_else_is(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("stays")
    with pytest.raises(EntryMissing), door.transaction() as tx:
        erase_entries(tx, [entry.id, EntryId("nothing")], WRITTEN_AT)
    with door.transaction() as tx:
        assert entries.entry(tx, entry.id).body == "stays"


def test_a_log_that_another_reads_is_emptied_as_soon_as_it_can_be(
    journal: Journal, door: Database, reading: Database, write: Callable[..., Entry]
) -> None:
    entry = write(CANARIES[0])
    door.execute_outside("PRAGMA busy_timeout = 50")
    with reading.transaction() as tx:
        assert entries.entry(tx, entry.id).body == CANARIES[0]
        with door.transaction() as other:
            erase_entries(other, [entry.id], WRITTEN_AT)
        assert entries.entry(tx, entry.id).body == CANARIES[0]
    write("the next save")
    assert copies(journal)[CANARIES[0]] == 0


def test_what_a_full_disk_kept_from_being_wiped_goes_at_the_next_opening(
    journal: Journal, door: Database, write: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Database, statement: str, values: tuple[str, ...] = ()) -> None:
        raise StorageFailed(StorageTrouble.DISK_FULL, self.path)

    entry = write(" ".join(CANARIES) * 300)
    second = journal.writing()
    with monkeypatch.context() as patch:
        patch.setattr(Database, "execute_outside", full)
        with second.transaction() as tx:
            erase_entries(tx, [entry.id], WRITTEN_AT)
        second.close()
    journal.writing().close()
    assert copies(journal) == dict.fromkeys(CANARIES, 0)
    with door.transaction() as tx:
        assert vault_row(tx).extra == {}


def test_erasing_many_is_bounded_in_time(door: Database, folder: Path) -> None:
    made = list(demo_entries(1500, 3, DAY))
    with door.transaction() as tx:
        write_entries(tx, made)
    with door.transaction() as tx:
        erase_entries(tx, [e.id for e in made], WRITTEN_AT)
        assert vocabulary.known_tags(tx) == vocabulary.known_people(tx) == []
        assert day_totals.entry_count(tx) == 0
