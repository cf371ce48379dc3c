"""The first schema, as it was released; never changed afterwards."""

# ruff: noqa: E501 - the statements stand as the file keeps them

from alembic.operations import Operations

REVISION = "0001"

_STATEMENTS = (
    """
CREATE TABLE vault (
    id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT,
    created_at INTEGER NOT NULL,
    format_version INTEGER NOT NULL,
    min_reader INTEGER NOT NULL,
    hlc TEXT NOT NULL,
    change_counter INTEGER NOT NULL,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE entry (
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    local_date TEXT NOT NULL,
    local_time TEXT,
    zone TEXT,
    utc_at INTEGER,
    duration_minutes INTEGER,
    time_source TEXT NOT NULL,
    starred INTEGER NOT NULL,
    sharing TEXT NOT NULL,
    planned INTEGER,
    delegable TEXT NOT NULL,
    develops_leader INTEGER NOT NULL,
    direction_stated INTEGER NOT NULL,
    direction_heard_back INTEGER NOT NULL,
    direction_challenged INTEGER NOT NULL,
    direction_revision TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    written_on TEXT NOT NULL,
    source TEXT NOT NULL,
    checksum TEXT NOT NULL,
    deleted_hash TEXT,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    heading TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    title TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (position),
    CONSTRAINT "T1" CHECK (duration_minutes IS NULL OR duration_minutes BETWEEN 1 AND 1440),
    CONSTRAINT local_date CHECK (local_date IS date(local_date)),
    CONSTRAINT position CHECK (position >> 40 = CAST(julianday(local_date) - 1721424.5 AS INTEGER)),
    CONSTRAINT utc_at CHECK (utc_at IS NULL OR local_time IS NOT NULL),
    CONSTRAINT sharing CHECK (sharing IN ('private','shareable','never')),
    CONSTRAINT delegable CHECK (delegable IN ('unset','no','could','should')),
    CONSTRAINT time_source CHECK (time_source IN ('none','estimate','typed','clock','timer','calendar')),
    CONSTRAINT flags CHECK (starred IN (0,1) AND develops_leader IN (0,1) AND direction_stated IN (0,1) AND direction_heard_back IN (0,1) AND direction_challenged IN (0,1) AND (planned IS NULL OR planned IN (0,1))),
    UNIQUE (id)
)
 STRICT
""",
    """
CREATE INDEX entry_by_deleted_at ON entry (deleted_at)
""",
    """
CREATE TABLE allocation (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    activity TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    method TEXT NOT NULL,
    origin TEXT,
    origin_id TEXT,
    note TEXT,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT "T1" CHECK (minutes BETWEEN 0 AND 1440),
    CONSTRAINT "M2" CHECK (activity IN ('setting_direction','aligning_people','motivating_inspiring','planning_budgeting','organizing_staffing','controlling_problem_solving','outside')),
    CONSTRAINT "T8" CHECK (method IN ('explicit','even','single'))
)
 STRICT
""",
    """
CREATE INDEX allocation_by_entry ON allocation (entry_id)
""",
    """
CREATE INDEX allocation_by_activity ON allocation (activity, entry_id) WHERE deleted_at IS NULL
""",
    """
CREATE TABLE tag (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX tag_by_folded ON tag (folded)
""",
    """
CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    alias TEXT,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX person_by_folded ON person (folded)
""",
    """
CREATE TABLE entry_tag (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    tag_id TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX entry_tag_by_tag_id ON entry_tag (tag_id)
""",
    """
CREATE INDEX entry_tag_by_entry ON entry_tag (entry_id)
""",
    """
CREATE TABLE entry_person (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX entry_person_by_entry ON entry_person (entry_id)
""",
    """
CREATE INDEX entry_person_by_person_id ON entry_person (person_id)
""",
    """
CREATE TABLE entry_version (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    title TEXT,
    body TEXT NOT NULL,
    facts TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE INDEX entry_version_by_entry ON entry_version (entry_id, updated_at)
""",
    """
CREATE TABLE purged (
    id TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    """
CREATE TABLE day_total (
    day INTEGER NOT NULL,
    setting_direction INTEGER NOT NULL,
    aligning_people INTEGER NOT NULL,
    motivating_inspiring INTEGER NOT NULL,
    planning_budgeting INTEGER NOT NULL,
    organizing_staffing INTEGER NOT NULL,
    controlling_problem_solving INTEGER NOT NULL,
    outside INTEGER NOT NULL,
    logged INTEGER NOT NULL,
    even INTEGER NOT NULL,
    same_day INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    untimed INTEGER NOT NULL,
    PRIMARY KEY (day)
)
 STRICT
""",
    """
CREATE TABLE alembic_version (
    version_num TEXT NOT NULL,
    PRIMARY KEY (version_num)
)
""",
)


def upgrade(op: Operations) -> None:
    """Make the tables; the search index and the triggers are made anew after every upgrade."""
    for statement in _STATEMENTS:
        op.execute(statement.strip())
