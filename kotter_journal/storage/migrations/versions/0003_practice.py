"""A leader's practice: working time, direction, areas, delegation, commitments, reviews."""

from alembic.operations import Operations

REVISION = "0003"

_STATEMENTS = (
    """
CREATE TABLE day (
    id TEXT NOT NULL,
    local_date TEXT NOT NULL,
    status TEXT NOT NULL,
    expected_minutes INTEGER,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT status CHECK (status IN ('work','partial','off')),
    CONSTRAINT minutes CHECK (expected_minutes IS NULL OR expected_minutes BETWEEN 0 AND 1440),
    CONSTRAINT dates CHECK ((local_date IS NULL OR local_date IS date(local_date)))
)
 STRICT
""",
    "CREATE INDEX day_by_local_date ON day (local_date)",
    """
CREATE TABLE working_week (
    id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    monday INTEGER NOT NULL,
    tuesday INTEGER NOT NULL,
    wednesday INTEGER NOT NULL,
    thursday INTEGER NOT NULL,
    friday INTEGER NOT NULL,
    saturday INTEGER NOT NULL,
    sunday INTEGER NOT NULL,
    country TEXT,
    subdivision TEXT,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT minutes CHECK (monday BETWEEN 0 AND 1440 AND tuesday BETWEEN 0 AND 1440 AND
        wednesday BETWEEN 0 AND 1440 AND thursday BETWEEN 0 AND 1440 AND friday BETWEEN 0 AND 1440
        AND saturday BETWEEN 0 AND 1440 AND sunday BETWEEN 0 AND 1440),
    CONSTRAINT dates CHECK ((valid_from IS NULL OR valid_from IS date(valid_from)))
)
 STRICT
""",
    """
CREATE TABLE band (
    id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    low INTEGER,
    high INTEGER,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT both CHECK ((low IS NULL) = (high IS NULL)),
    CONSTRAINT percent CHECK (low IS NULL OR low BETWEEN 0 AND high AND high <= 100),
    CONSTRAINT dates CHECK ((valid_from IS NULL OR valid_from IS date(valid_from)))
)
 STRICT
""",
    """
CREATE TABLE caption (
    id TEXT NOT NULL,
    chart TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT dates CHECK ((starts_on IS NULL OR starts_on IS date(starts_on)) AND (ends_on
        IS NULL OR ends_on IS date(ends_on)))
)
 STRICT
""",
    """
CREATE TABLE direction (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    confirmed_on TEXT,
    retired_on TEXT,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT dates CHECK ((confirmed_on IS NULL OR confirmed_on IS date(confirmed_on)) AND
        (retired_on IS NULL OR retired_on IS date(retired_on)))
)
 STRICT
""",
    """
CREATE TABLE direction_revision (
    id TEXT NOT NULL,
    direction_id TEXT NOT NULL,
    text TEXT NOT NULL,
    why TEXT NOT NULL,
    origin TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT origin CHECK (origin IN
        ('self','manager','team','individual','peer','customer','groundswell')),
    CONSTRAINT dates CHECK ((effective_on IS NULL OR effective_on IS date(effective_on)))
)
 STRICT
""",
    "CREATE INDEX direction_revision_by_direction ON direction_revision (direction_id)",
    """
CREATE TABLE area (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    retired_on TEXT,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    "CREATE INDEX area_by_folded ON area (folded)",
    """
CREATE TABLE area_state (
    id TEXT NOT NULL,
    area_id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    control TEXT,
    change INTEGER,
    complexity INTEGER,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT control CHECK (control IN ('in_control','drifting','out_of_control')),
    CONSTRAINT amounts CHECK ((change IS NULL OR change BETWEEN 1 AND 5) AND (complexity IS
        NULL OR complexity BETWEEN 1 AND 5)),
    CONSTRAINT dates CHECK ((valid_from IS NULL OR valid_from IS date(valid_from)))
)
 STRICT
""",
    "CREATE INDEX area_state_by_area ON area_state (area_id, valid_from)",
    """
CREATE TABLE entry_area (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    area_id TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    "CREATE INDEX entry_area_by_area_id ON entry_area (area_id)",
    "CREATE INDEX entry_area_by_entry ON entry_area (entry_id)",
    """
CREATE TABLE delegation (
    id TEXT NOT NULL,
    task TEXT NOT NULL,
    person_id TEXT,
    minutes_a_week INTEGER,
    entry_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT minutes CHECK (minutes_a_week IS NULL OR minutes_a_week >= 0)
)
 STRICT
""",
    """
CREATE TABLE delegation_step (
    id TEXT NOT NULL,
    delegation_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    on_date TEXT NOT NULL,
    note TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT stage CHECK (stage IN
        ('noticed','direction_check','offered','handed_over','supported','done','kept')),
    CONSTRAINT dates CHECK ((on_date IS NULL OR on_date IS date(on_date)))
)
 STRICT
""",
    "CREATE INDEX delegation_step_by_delegation ON delegation_step (delegation_id)",
    """
CREATE TABLE entry_delegation (
    id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    delegation_id TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    "CREATE INDEX entry_delegation_by_delegation_id ON entry_delegation (delegation_id)",
    "CREATE INDEX entry_delegation_by_entry ON entry_delegation (entry_id)",
    """
CREATE TABLE commitment (
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    person_id TEXT,
    due_on TEXT,
    state TEXT NOT NULL,
    settled_on TEXT,
    note TEXT NOT NULL,
    entry_id TEXT,
    review_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT owner CHECK (owner IN ('me','other')),
    CONSTRAINT state CHECK (state IN ('open','kept','late','dropped','renegotiated')),
    CONSTRAINT dates CHECK ((due_on IS NULL OR due_on IS date(due_on)) AND (settled_on IS NULL
        OR settled_on IS date(settled_on)))
)
 STRICT
""",
    "CREATE INDEX commitment_by_entry ON commitment (entry_id)",
    """
CREATE TABLE review (
    id TEXT NOT NULL,
    span TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    intention TEXT NOT NULL,
    outcome TEXT NOT NULL,
    statistics TEXT,
    entry_id TEXT,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT span CHECK (span IN ('week','month','quarter')),
    CONSTRAINT frozen CHECK ((finished_at IS NULL) = (statistics IS NULL)),
    CONSTRAINT dates CHECK ((starts_on IS NULL OR starts_on IS date(starts_on)) AND (ends_on
        IS NULL OR ends_on IS date(ends_on)))
)
 STRICT
""",
    "CREATE INDEX review_by_period ON review (span, starts_on)",
    """
CREATE TABLE review_answer (
    id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    prompt TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
""",
    "CREATE INDEX review_answer_by_review ON review_answer (review_id)",
    """
CREATE TABLE insight_state (
    id TEXT NOT NULL,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    on_date TEXT NOT NULL,
    until TEXT,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT state CHECK (state IN ('snoozed','dismissed','acted')),
    CONSTRAINT dates CHECK ((on_date IS NULL OR on_date IS date(on_date)) AND (until IS NULL
        OR until IS date(until)))
)
 STRICT
""",
    "CREATE INDEX insight_state_by_rule ON insight_state (rule)",
)


def upgrade(operations: Operations) -> None:
    """Add the tables."""
    for statement in _STATEMENTS:
        operations.execute(statement)
