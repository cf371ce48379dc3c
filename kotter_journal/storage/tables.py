"""The schema as it is today: tables, indexes and triggers; those of a leader's practice apart.

Rows that could ever leave the machine carry a UUID, a hybrid logical clock in ``updated_at``, a
tombstone in ``deleted_at`` and ``extra`` for fields of newer versions. ``entry.position``,
``day_total`` and ``entry_text`` are local and derived. References are plain ids without a foreign
key, since a child may arrive before its parent when two journals are merged.
"""

import sqlalchemy as sa

from kotter_journal.domain.search import RUN_LETTERS
from kotter_journal.storage.columns import link, metadata, synced, vocabulary
from kotter_journal.storage.practice_tables import PRACTICE_TRIGGERS

REVISION = "0003"
"""The newest migration; a journal that says another one is older or newer than the program."""

FORMAT_VERSION = 1
"""Raised when older programs must no longer open the file (``vault.min_reader``)."""

_ACTIVITIES = (
    "'setting_direction','aligning_people','motivating_inspiring','planning_budgeting',"
    "'organizing_staffing','controlling_problem_solving','outside'"
)


vault = sa.Table(
    "vault",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("device_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Column("format_version", sa.Integer, nullable=False),
    sa.Column("min_reader", sa.Integer, nullable=False),
    sa.Column("hlc", sa.Text, nullable=False),
    sa.Column("change_counter", sa.Integer, nullable=False),
    sa.Column("extra", sa.Text, nullable=False, server_default="{}"),
    sqlite_strict=True,
)

entry = sa.Table(
    "entry",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("local_date", sa.Text, nullable=False),
    sa.Column("local_time", sa.Text),
    sa.Column("zone", sa.Text),
    sa.Column("utc_at", sa.Integer),
    sa.Column("duration_minutes", sa.Integer),
    sa.Column("time_source", sa.Text, nullable=False),
    sa.Column("starred", sa.Integer, nullable=False),
    sa.Column("sharing", sa.Text, nullable=False),
    sa.Column("planned", sa.Integer),
    sa.Column("delegable", sa.Text, nullable=False),
    sa.Column("develops_leader", sa.Integer, nullable=False),
    sa.Column("direction_stated", sa.Integer, nullable=False),
    sa.Column("direction_heard_back", sa.Integer, nullable=False),
    sa.Column("direction_challenged", sa.Integer, nullable=False),
    sa.Column("direction_revision", sa.Text),
    sa.Column("created_at", sa.Integer, nullable=False),
    sa.Column("modified_at", sa.Integer, nullable=False),
    sa.Column("written_on", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("checksum", sa.Text, nullable=False),
    sa.Column("deleted_hash", sa.Text),
    *synced(),
    sa.Column("heading", sa.Text, nullable=False),
    sa.Column("excerpt", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
    sa.CheckConstraint(
        "duration_minutes IS NULL OR duration_minutes BETWEEN 1 AND 1440", name="T1"
    ),
    sa.CheckConstraint("local_date IS date(local_date)", name="local_date"),
    sa.CheckConstraint(
        "position >> 40 = CAST(julianday(local_date) - 1721424.5 AS INTEGER)", name="position"
    ),
    sa.CheckConstraint("utc_at IS NULL OR local_time IS NOT NULL", name="utc_at"),
    sa.CheckConstraint("sharing IN ('private','shareable','never')", name="sharing"),
    sa.CheckConstraint("delegable IN ('unset','no','could','should')", name="delegable"),
    sa.CheckConstraint(
        "time_source IN ('none','estimate','typed','clock','timer','calendar')", name="time_source"
    ),
    sa.CheckConstraint(
        "starred IN (0,1) AND develops_leader IN (0,1) AND direction_stated IN (0,1)"
        " AND direction_heard_back IN (0,1) AND direction_challenged IN (0,1)"
        " AND (planned IS NULL OR planned IN (0,1))",
        name="flags",
    ),
    sa.Index("entry_by_deleted_at", "deleted_at"),  # covers "all that are alive, in time order"
    sqlite_strict=True,
)

allocation = sa.Table(
    "allocation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Column("activity", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("origin", sa.Text),
    sa.Column("origin_id", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("sort_key", sa.Text, nullable=False),
    *synced(),
    sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name="T1"),
    sa.CheckConstraint(f"activity IN ({_ACTIVITIES})", name="M2"),
    sa.CheckConstraint("method IN ('explicit','even','single')", name="T8"),
    sa.Index("allocation_by_entry", "entry_id"),
    sa.Index(
        "allocation_by_activity", "activity", "entry_id", sqlite_where=sa.text("deleted_at IS NULL")
    ),
    sqlite_strict=True,
)


tag = vocabulary("tag")
person = vocabulary("person", sa.Column("alias", sa.Text))
entry_tag = link("entry_tag", "tag_id")
entry_person = link("entry_person", "person_id")

entry_version = sa.Table(
    "entry_version",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("modified_at", sa.Integer, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    *synced(),
    sa.Index("entry_version_by_entry", "entry_id", "updated_at"),
    sqlite_strict=True,
)
"""Earlier texts; ``facts`` is the JSON of the rest, ``updated_at`` when the version was kept."""

purged = sa.Table(
    "purged",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("updated_at", sa.Text, nullable=False),
    sqlite_strict=True,
)

day_total = sa.Table(
    "day_total",
    metadata,
    sa.Column("day", sa.Integer, primary_key=True),
    sa.Column("setting_direction", sa.Integer, nullable=False),
    sa.Column("aligning_people", sa.Integer, nullable=False),
    sa.Column("motivating_inspiring", sa.Integer, nullable=False),
    sa.Column("planning_budgeting", sa.Integer, nullable=False),
    sa.Column("organizing_staffing", sa.Integer, nullable=False),
    sa.Column("controlling_problem_solving", sa.Integer, nullable=False),
    sa.Column("outside", sa.Integer, nullable=False),
    sa.Column("logged", sa.Integer, nullable=False),
    sa.Column("even", sa.Integer, nullable=False),
    sa.Column("same_day", sa.Integer, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("untimed", sa.Integer, nullable=False),
    sqlite_strict=True,
)

saved_search = sa.Table(
    "saved_search",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    *synced(),
    sqlite_strict=True,
)
"""Searches with a name, written as in the search field."""

alembic_version = sa.Table(
    "alembic_version", metadata, sa.Column("version_num", sa.Text, primary_key=True)
)

INDEXES = ("entry_text", "entry_run")
"""The full-text indexes: of words, and of runs of letters."""

WORDS_OF_TEXT = 'tokenize="unicode61 remove_diacritics 2"'
"""How the search index finds the words of a text."""

SEARCH_INDEX = (
    (
        "CREATE VIRTUAL TABLE entry_text USING fts5(title, body, content='entry',"
        f" content_rowid='position', prefix='1 2 3', {WORDS_OF_TEXT})"
    ),
    (
        "CREATE VIRTUAL TABLE entry_run USING fts5(title, body, content='entry',"
        " content_rowid='position', tokenize='trigram')"
    ),
)
"""The full-text indexes; they hold only entries that are not in the trash.

``entry_text`` holds words. ``entry_run`` holds every three letters in a row, but only of entries
with letters of a script that puts no spaces between words; to all others it costs nothing.

Words that were changed or deleted stay in it, marked, until it is merged. FTS5's secure-delete
would take most of them out at once and make a save 30 times slower (55 ms with 36,500 entries);
erasing for good makes the index anew instead.
"""

_HAS_RUNS = f"(coalesce({{row}}.title, '') || {{row}}.body) GLOB '*[{RUN_LETTERS}]*'"


def _index(row: str) -> str:
    """Puts a new row into the indexes."""
    return "".join(
        f"INSERT INTO {name}(rowid, title, body) SELECT {row}.position, {row}.title, {row}.body"
        f" WHERE {row}.deleted_at IS NULL{which};"
        for name, which in _indexes(row)
    )


def _unindex(row: str) -> str:
    """Takes an old row out of them."""
    return "".join(
        f"INSERT INTO {name}({name}, rowid, title, body)"
        f" SELECT 'delete', {row}.position, {row}.title, {row}.body"
        f" WHERE {row}.deleted_at IS NULL{which};"
        for name, which in _indexes(row)
    )


def _indexes(row: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(INDEXES, ("", f" AND {_HAS_RUNS.format(row=row)}"), strict=True))


_INDEX_OLD, _INDEX_NEW = _unindex("OLD"), _index("NEW")
_DAY_IS_TOO_LONG = (
    "SELECT RAISE(ABORT, 'T4') WHERE NEW.deleted_at IS NULL AND (SELECT total(duration_minutes)"
    " FROM entry WHERE position >= (NEW.position >> 40) << 40"
    " AND position < ((NEW.position >> 40) + 1) << 40 AND deleted_at IS NULL) > 1440;"
)
_ENTRY_MINUTES = (
    "(SELECT total(minutes) FROM allocation WHERE entry_id = NEW.id AND deleted_at IS NULL)"
)
_ENTRY_IS_OVER_ALLOCATED = (
    f"SELECT RAISE(ABORT, 'T3') WHERE NEW.duration_minutes IS NULL AND {_ENTRY_MINUTES} > 0;"
    f"SELECT RAISE(ABORT, 'T2') WHERE {_ENTRY_MINUTES} > NEW.duration_minutes;"
)
_ALLOCATION_IS_TOO_MUCH = (
    "SELECT RAISE(ABORT, 'T3') FROM entry AS e WHERE e.id = NEW.entry_id AND"
    " e.duration_minutes IS NULL AND (SELECT total(minutes) FROM allocation"
    " WHERE entry_id = e.id AND deleted_at IS NULL) > 0;"
    "SELECT RAISE(ABORT, 'T2') FROM entry AS e WHERE e.id = NEW.entry_id AND"
    " (SELECT total(minutes) FROM allocation"
    " WHERE entry_id = e.id AND deleted_at IS NULL) > e.duration_minutes;"
)
TRIGGERS = {
    "entry_indexed": f"AFTER INSERT ON entry BEGIN {_INDEX_NEW} END",
    "entry_reindexed": (
        "AFTER UPDATE OF position, title, body, deleted_at ON entry"
        f" BEGIN {_INDEX_OLD} {_INDEX_NEW} END"
    ),
    "entry_unindexed": f"AFTER DELETE ON entry BEGIN {_INDEX_OLD} END",
    "entry_fits_day": f"AFTER INSERT ON entry BEGIN {_DAY_IS_TOO_LONG} END",
    "entry_still_fits_day": (
        "AFTER UPDATE OF position, duration_minutes, deleted_at ON entry"
        f" BEGIN {_DAY_IS_TOO_LONG} END"
    ),
    "entry_fits_allocations": f"AFTER INSERT ON entry BEGIN {_ENTRY_IS_OVER_ALLOCATED} END",
    "entry_still_fits_allocations": (
        f"AFTER UPDATE OF id, duration_minutes ON entry BEGIN {_ENTRY_IS_OVER_ALLOCATED} END"
    ),
    "allocation_fits": f"AFTER INSERT ON allocation BEGIN {_ALLOCATION_IS_TOO_MUCH} END",
    "allocation_still_fits": f"AFTER UPDATE ON allocation BEGIN {_ALLOCATION_IS_TOO_MUCH} END",
    **PRACTICE_TRIGGERS,
}
"""By name: search index kept in step, and the rules of time held by the database itself."""


def create_all(connection: sa.Connection) -> None:
    """Make the schema of today in an empty file."""
    metadata.create_all(connection, checkfirst=False)
    create_derived(connection)


INDEX_THE_REST = tuple(
    f"INSERT INTO {name}(rowid, title, body) SELECT position, title, body FROM entry"  # noqa: S608
    f" WHERE deleted_at IS NULL{which} AND position NOT IN (SELECT id FROM {name}_docsize)"
    " ORDER BY position"
    for name, which in _indexes("entry")
)
"""Puts into the indexes what should be there and is not."""


def create_derived(connection: sa.Connection) -> None:
    """Make the search index and the triggers; also the last step of every migration."""
    for statement in SEARCH_INDEX:
        connection.exec_driver_sql(statement)
    for name, body in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
