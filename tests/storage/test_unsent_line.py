"""The line that nobody sent, inside the journal."""

from dataclasses import replace

import sqlalchemy as sa

from kotter_journal.storage.database import Database
from kotter_journal.storage.tables import vault
from kotter_journal.storage.unsent_line import keep_line, kept_line
from kotter_journal.storage.vault_row import keep_vault_row, vault_row


def test_a_line_is_kept_until_it_is_empty_and_leaves_the_rest_alone(door: Database) -> None:
    with door.transaction() as tx:
        tx.execute(sa.update(vault).values(extra='{"of_a_newer_version":[1,2]}'))
        assert kept_line(tx) == ""
        for line in ('45a "quotes", \\ and $.paths', "ünïcode 日本 \U0001f985", ""):
            keep_line(tx, line)
            assert kept_line(tx) == line
        assert tx.scalar(sa.select(vault.c.extra)) == '{"of_a_newer_version":[1,2]}'


def test_the_line_stands_nowhere_but_in_the_encrypted_file(door: Database) -> None:
    with door.transaction() as tx:
        keep_line(tx, "45a Zanzibarrow")
    folder = door.path.parent
    for file in folder.iterdir():
        assert b"Zanzibarrow" not in file.read_bytes()


def test_the_line_does_not_leave_with_what_the_journal_says_about_itself(door: Database) -> None:
    with door.transaction() as tx:
        keep_line(tx, "45a Zanzibarrow")
        told = vault_row(tx)
        assert told.extra == {}
        keep_vault_row(tx, replace(told, extra={"theirs": 1, "unsent_line": "not mine"}))
        assert kept_line(tx) == "45a Zanzibarrow"
        assert vault_row(tx).extra == {"theirs": 1}
