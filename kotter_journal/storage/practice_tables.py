"""The tables of a leader's practice: working time, direction, areas, delegation, reviews.

What is dated (``valid_from``, ``effective_on``, ``on_date``) is appended, never overwritten, so
that an old week is read by what held then. Dates are ISO 8601 text; minutes are whole numbers.
"""

import sqlalchemy as sa

from kotter_journal.storage.columns import link, metadata, synced, vocabulary

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _dated(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=False)


def _is_date(*names: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        " AND ".join(f"({name} IS NULL OR {name} IS date({name}))" for name in names), name="dates"
    )


day = sa.Table(
    "day",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _dated("local_date"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("expected_minutes", sa.Integer),
    *synced(),
    sa.CheckConstraint("status IN ('work','partial','off')", name="status"),
    sa.CheckConstraint(
        "expected_minutes IS NULL OR expected_minutes BETWEEN 0 AND 1440", name="minutes"
    ),
    _is_date("local_date"),
    sa.Index("day_by_local_date", "local_date"),
    sqlite_strict=True,
)
"""Dates whose status somebody set; all others follow the working week and the holidays."""

working_week = sa.Table(
    "working_week",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _dated("valid_from"),
    *(sa.Column(name, sa.Integer, nullable=False) for name in _WEEKDAYS),
    sa.Column("country", sa.Text),
    sa.Column("subdivision", sa.Text),
    *synced(),
    sa.CheckConstraint(
        " AND ".join(f"{name} BETWEEN 0 AND 1440" for name in _WEEKDAYS), name="minutes"
    ),
    _is_date("valid_from"),
    sqlite_strict=True,
)
"""Expected minutes of each weekday from a date on, and the country whose holidays are off."""

band = sa.Table(
    "band",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _dated("valid_from"),
    sa.Column("low", sa.Integer),
    sa.Column("high", sa.Integer),
    *synced(),
    sa.CheckConstraint("(low IS NULL) = (high IS NULL)", name="both"),
    sa.CheckConstraint("low IS NULL OR low BETWEEN 0 AND high AND high <= 100", name="percent"),
    _is_date("valid_from"),
    sqlite_strict=True,
)
"""The leadership share, in percent, that the user wants from a date on; NULL for none."""

caption = sa.Table(
    "caption",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("chart", sa.Text, nullable=False),
    _dated("starts_on"),
    _dated("ends_on"),
    sa.Column("text", sa.Text, nullable=False),
    *synced(),
    _is_date("starts_on", "ends_on"),
    sqlite_strict=True,
)
"""The user's own sentence below a chart of a period (half-open)."""

direction = sa.Table(
    "direction",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("confirmed_on", sa.Text),
    sa.Column("retired_on", sa.Text),
    sa.Column("sort_key", sa.Text, nullable=False),
    *synced(),
    _is_date("confirmed_on", "retired_on"),
    sqlite_strict=True,
)
"""What the leader works toward; its words stand in the revisions."""

direction_revision = sa.Table(
    "direction_revision",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("direction_id", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    _dated("effective_on"),
    sa.Column("created_at", sa.Integer, nullable=False),
    *synced(),
    sa.CheckConstraint(
        "origin IN ('self','manager','team','individual','peer','customer','groundswell')",
        name="origin",
    ),
    _is_date("effective_on"),
    sa.Index("direction_revision_by_direction", "direction_id"),
    sqlite_strict=True,
)

area = vocabulary("area", sa.Column("retired_on", sa.Text))
"""A process or a responsibility."""

area_state = sa.Table(
    "area_state",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("area_id", sa.Text, nullable=False),
    _dated("valid_from"),
    sa.Column("control", sa.Text),
    sa.Column("change", sa.Integer),
    sa.Column("complexity", sa.Integer),
    *synced(),
    sa.CheckConstraint("control IN ('in_control','drifting','out_of_control')", name="control"),
    sa.CheckConstraint(
        "(change IS NULL OR change BETWEEN 1 AND 5)"
        " AND (complexity IS NULL OR complexity BETWEEN 1 AND 5)",
        name="amounts",
    ),
    _is_date("valid_from"),
    sa.Index("area_state_by_area", "area_id", "valid_from"),
    sqlite_strict=True,
)
"""How an area stands from a date on; a row that repeats the one before says "looked at"."""

entry_area = link("entry_area", "area_id")

delegation = sa.Table(
    "delegation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("task", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text),
    sa.Column("minutes_a_week", sa.Integer),
    sa.Column("entry_id", sa.Text),
    sa.Column("created_at", sa.Integer, nullable=False),
    *synced(),
    sa.CheckConstraint("minutes_a_week IS NULL OR minutes_a_week >= 0", name="minutes"),
    sqlite_strict=True,
)
"""A task that somebody else could take over; ``entry_id`` is where it was noticed."""

delegation_step = sa.Table(
    "delegation_step",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("delegation_id", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    _dated("on_date"),
    sa.Column("note", sa.Text, nullable=False),
    *synced(),
    sa.CheckConstraint(
        "stage IN ('noticed','direction_check','offered','handed_over','supported','done','kept')",
        name="stage",
    ),
    _is_date("on_date"),
    sa.Index("delegation_step_by_delegation", "delegation_id"),
    sqlite_strict=True,
)
"""A task reached a stage; ``note`` says why, where it was kept."""

entry_delegation = link("entry_delegation", "delegation_id")

commitment = sa.Table(
    "commitment",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text),
    sa.Column("due_on", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("settled_on", sa.Text),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("entry_id", sa.Text),
    sa.Column("review_id", sa.Text),
    sa.Column("created_at", sa.Integer, nullable=False),
    *synced(),
    sa.CheckConstraint("owner IN ('me','other')", name="owner"),
    sa.CheckConstraint("state IN ('open','kept','late','dropped','renegotiated')", name="state"),
    _is_date("due_on", "settled_on"),
    sa.Index("commitment_by_entry", "entry_id"),
    sqlite_strict=True,
)
"""A promise; it comes from a checkbox of an entry, from a review, or from nowhere else."""

review = sa.Table(
    "review",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("span", sa.Text, nullable=False),
    _dated("starts_on"),
    _dated("ends_on"),
    sa.Column("intention", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("statistics", sa.Text),
    sa.Column("entry_id", sa.Text),
    sa.Column("started_at", sa.Integer, nullable=False),
    sa.Column("finished_at", sa.Integer),
    *synced(),
    sa.CheckConstraint("span IN ('week','month','quarter')", name="span"),
    sa.CheckConstraint("(finished_at IS NULL) = (statistics IS NULL)", name="frozen"),
    _is_date("starts_on", "ends_on"),
    sa.Index("review_by_period", "span", "starts_on"),
    sqlite_strict=True,
)
"""A look back at a period (half-open). ``statistics`` is JSON, frozen when it is finished.

``intention`` is the sentence for the next period, ``outcome`` what became of the one before;
``entry_id`` is the entry that holds the finished answers.
"""

review_answer = sa.Table(
    "review_answer",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("review_id", sa.Text, nullable=False),
    sa.Column("prompt", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("sort_key", sa.Text, nullable=False),
    *synced(),
    sa.Index("review_answer_by_review", "review_id"),
    sqlite_strict=True,
)
"""A question of a review, as it was asked, and what was answered; ``prompt`` is its key."""

insight_state = sa.Table(
    "insight_state",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    _dated("on_date"),
    sa.Column("until", sa.Text),
    *synced(),
    sa.CheckConstraint("state IN ('snoozed','dismissed','acted')", name="state"),
    _is_date("on_date", "until"),
    sa.Index("insight_state_by_rule", "rule"),
    sqlite_strict=True,
)
"""What was answered to an insight; ``subject`` is the row it was about, or empty."""

PRACTICE_TRIGGERS = {
    "revision_stays_as_it_was": (
        "BEFORE UPDATE OF text, why, origin, effective_on, direction_id ON direction_revision"
        " BEGIN SELECT RAISE(ABORT, 'M3') WHERE OLD.deleted_at IS NULL AND (NEW.text IS NOT"
        " OLD.text OR NEW.why IS NOT OLD.why OR NEW.origin IS NOT OLD.origin OR"
        " NEW.effective_on IS NOT OLD.effective_on OR NEW.direction_id IS NOT OLD.direction_id);"
        " END"
    ),
}
"""By name: what was said of the direction is never said otherwise later."""
