import re
from dataclasses import dataclass
from datetime import date, time
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import LETTERS, Activity, activity_named
from kotter_journal.domain.entries import (
    MINUTES_A_DAY,
    Method,
    TimeSource,
    check,
    clean_text,
    people_in,
    tags_in,
)
from kotter_journal.domain.quick_line import (
    QuickProblem,
    QuickReading,
    Token,
    TokenKind,
    Unread,
    read_line,
)

TODAY = date(2026, 5, 14)  # a Thursday
NOW = time(10, 42, 31)
SHORT = {
    "d": Activity.SETTING_DIRECTION,
    "a": Activity.ALIGNING_PEOPLE,
    "mo": Activity.MOTIVATING_INSPIRING,
    "p": Activity.PLANNING_BUDGETING,
    "o": Activity.ORGANIZING_STAFFING,
    "c": Activity.CONTROLLING_PROBLEM_SOLVING,
    "x": Activity.OUTSIDE,
}


def read(text: str) -> QuickReading:
    return read_line(text, TODAY, NOW, "Europe/Berlin")


@dataclass(frozen=True)
class Golden:
    """A line, and its reading: ``minutes`` as "a45 d15", "~" where the split is even."""

    line: str
    body: str
    duration: int | None = None
    minutes: str = ""
    on: date = TODAY
    at: time | None = time(10, 42)
    problem: QuickProblem | None = None


def day(number: int, month: int = 5, year: int = 2026) -> date:
    return date(year, month, number)


def minutes_of(reading: QuickReading) -> str:
    short = {activity: name for name, activity in SHORT.items()}
    return " ".join(
        f"{'~' if a.method is Method.EVEN else ''}{short[a.activity]}{a.minutes}"
        for a in reading.draft.allocations
    )


OUT_OF_RANGE = QuickProblem.DURATION_OUT_OF_RANGE
MINUTES = [
    # One activity
    Golden("45a talked with ops", "talked with ops", 45, "a45"),
    Golden("45A talked with ops", "talked with ops", 45, "a45"),
    Golden("45m aligning: talked with ops", "talked with ops", 45, "a45"),
    Golden("45m aligning:talked with ops", "talked with ops", 45, "a45"),
    Golden("45m aligning : talked with ops", "talked with ops", 45, "a45"),
    Golden("45m a: talked with ops", "talked with ops", 45, "a45"),
    Golden("45 a: talked with ops", "talked with ops", 45, "a45"),
    Golden("45a: talked with ops", "talked with ops", 45, "a45"),
    Golden("30mo thanked Tomasz", "thanked Tomasz", 30, "mo30"),
    Golden("30i thanked Tomasz", "thanked Tomasz", 30, "mo30"),
    Golden("20x expenses", "expenses", 20, "x20"),
    Golden("45m planning the offsite", "the offsite", 45, "p45"),
    Golden("45 planning the offsite", "the offsite", 45, "p45"),
    Golden("45m pla: the offsite", "the offsite", 45, "p45"),
    Golden("30m hiring: Lea", "Lea", 30, "o30"),
    Golden("90 min staffing the night shift", "the night shift", 90, "o90"),
    Golden("20m problem with line 3", "with line 3", 20, "c20"),
    Golden("20m vision: one page", "one page", 20, "d20"),
    Golden("45m planning_budgeting: x", "planning_budgeting: x", 45),
    Golden("45m problem-solving: line 3", "line 3", 45, "c45"),
    Golden("45m aligning people: the why", "the why", 45, "a45"),
    Golden("45m setting a direction: Q3", "Q3", 45, "d45"),
    Golden("45m setting a direction for Q3", "for Q3", 45, "d45"),
    Golden("45m controlling and problem solving: line 3", "line 3", 45, "c45"),
    Golden("45m Motivating and Inspiring: Sam", "Sam", 45, "mo45"),
    # Durations
    Golden("1h a: x", "x", 60, "a60"),
    Golden("1h30 a: x", "x", 90, "a90"),
    Golden("1h15m a: x", "x", 75, "a75"),
    Golden("1 h 15 m a: x", "x", 75, "a75"),
    Golden("1\u202fh\u202f15\u202fm a: x", "x", 75, "a75"),
    Golden("1h30a x", "x", 90, "a90"),
    Golden("1:30 planning the week", "the week", 90, "p90"),
    Golden("0:45 planning the week", "the week", 45, "p45"),
    Golden("1:30 talked with ops", "talked with ops", 90),
    Golden("1.5h c: outage", "outage", 90, "c90"),
    Golden("1,25 h c: outage", "outage", 75, "c75"),
    Golden(".5h c: outage", "outage", 30, "c30"),
    Golden("0.333h c: outage", "outage", 20, "c20"),
    Golden("2 hours of calls", "of calls", 120),
    Golden("24h x: travelled", "travelled", 1440, "x1440"),
    # Several activities
    Golden("45a 15d talked with ops", "talked with ops", 60, "d15 a45"),
    Golden("45a, 15d talked with ops", "talked with ops", 60, "d15 a45"),
    Golden("45a+15d talked with ops", "talked with ops", 60, "d15 a45"),
    Golden("45 aligning, 15 direction: ops", "ops", 60, "d15 a45"),
    Golden("45m a, 15m d: ops", "ops", 60, "d15 a45"),
    Golden("45 a 15 d: ops", "ops", 60, "d15 a45"),
    Golden("30a 15a twice", "twice", 45, "a45"),
    Golden("45m aligning planning: ops", "ops", 45, "~a23 ~p22"),
    Golden("50m a, d and c: ops", "ops", 50, "~d17 ~a17 ~c16"),
    Golden("45m aligning and planning the offsite", "the offsite", 45, "~a23 ~p22"),
    Golden("45m aligning planning, 15 d: ops", "ops", 60, "d15 ~a23 ~p22"),
    Golden("45m aligning planning, 15 a: ops", "ops", 60, "~a38 ~p22"),
    Golden("2m aligning planning direction: ops", "ops", 2, "~d1 ~a1 ~p0"),
    # A whole and its parts
    Golden("45m: talked with ops", "talked with ops", 45),
    Golden("60m 45a the rest is open", "the rest is open", 60, "a45"),
    Golden("1h 45a 15d no rest", "no rest", 60, "d15 a45"),
    Golden("45a 15m coffee with Sam", "15m coffee with Sam", 45, "a45"),
    Golden(
        *("30m 45a too much", "30m 45a too much"),
        problem=QuickProblem.OVER_ALLOCATED,
    ),
    Golden("900a 900d too much", "900a 900d too much", problem=OUT_OF_RANGE),
    # Minutes at tags
    Golden("coffee #motivate:20", "coffee #motivate:20", 20, "mo20"),
    Golden("1h coffee #motivate:20.", "coffee #motivate:20.", 60, "mo20"),
    Golden("45a ops #control:10m", "ops #control:10m", 55, "a45 c10"),
    Golden("coffee #align", "coffee #align"),
    Golden("1h coffee #motivate:0", "coffee #motivate:0", 60, problem=OUT_OF_RANGE),
    Golden("coffee #lyon:20", "coffee #lyon:20"),
    Golden("`#align:20` is the form", "`#align:20` is the form"),
    Golden("see https://example.org/?#align:20", "see https://example.org/?#align:20"),
    # Not read: English
    Golden("15m a meeting", "a meeting", 15),
    Golden("15m A meeting: the agenda", "A meeting: the agenda", 15),
    Golden("15m I said so", "I said so", 15),
    Golden("15m a quick word on strategy: more", "a quick word on strategy: more", 15),
    Golden("20m staff meeting", "staff meeting", 20),
    Golden("20m direct reports", "direct reports", 20),
    Golden("30m Ali: how he sees it", "Ali: how he sees it", 30),
    Golden("20m other topics", "other topics", 20),
    Golden("20m planning/budget talk", "planning/budget talk", 20),
    Golden("45m planning direction for Q3", "direction for Q3", 45, "p45"),
    Golden("2 planning sessions", "2 planning sessions"),
    Golden("45 people came", "45 people came"),
    Golden("1st planning day", "1st planning day"),
    Golden("2026 planning: kickoff", "2026 planning: kickoff"),
    Golden("1:1 with Sam", "1:1 with Sam"),
    Golden("1:75 planning", "1:75 planning"),
    Golden("aligning: talked with ops", "aligning: talked with ops"),
    Golden("a: talked with ops", "a: talked with ops"),
    Golden("talked 45a with ops", "talked 45a with ops"),
    Golden("45m-long talk", "45m-long talk"),
    Golden("9:30p standup", "9:30p standup"),
    Golden("https://example.org 45a", "https://example.org 45a"),
    # Out of range
    Golden("0m a: x", "0m a: x", problem=OUT_OF_RANGE),
    Golden("0a x", "0a x", problem=OUT_OF_RANGE),
    Golden("1441m x", "1441m x", problem=OUT_OF_RANGE),
    Golden("25h x", "25h x", problem=OUT_OF_RANGE),
    Golden("1500 planning the move", "1500 planning the move", problem=OUT_OF_RANGE),
    Golden("9999999999999m x", "9999999999999m x"),
    Golden("45a 0d x", "0d x", 45, "a45", problem=OUT_OF_RANGE),
    # Never without text
    Golden("45m planning", "planning", 45, "p45"),
    Golden("45m planning:", "planning", 45, "p45"),
    Golden("45 planning, 15 direction", "planning direction", 60, "d15 p45"),
    Golden("45a", "45a", 45, "a45"),
    Golden("45a 15d", "45a 15d", 60, "d15 a45"),
    Golden("45m", "45m", 45),
    # Lines
    Golden("  45a   talked \n", "talked", 45, "a45"),
    Golden("\ufeff45a talked", "talked", 45, "a45"),
    Golden("45m planning\nFirst step\r\nSecond", "First step\nSecond", 45, "p45"),
    Golden("45m\nplanning", "planning", 45),
    Golden("note\n45a talked", "note\n45a talked"),
    Golden("45a 昼休みに話した", "昼休みに話した", 45, "a45"),
    Golden("٤٥a x", "٤٥a x"),
]
TIMES = [
    Golden("@9:30 45a ops", "ops", 45, "a45", at=time(9, 30)),
    Golden("@9:30 ops", "ops", at=time(9, 30)),
    Golden("@1:30 ops", "ops", at=time(1, 30)),
    Golden("@9:30: ops", "ops", at=time(9, 30)),
    Golden("09:30 ops", "ops", at=time(9, 30)),
    Golden("14:00 planning the offsite", "planning the offsite", at=time(14)),
    Golden("9:30 45m a: ops", "ops", 45, "a45", at=time(9, 30)),
    Golden("9:30 1:30 planning the week", "the week", 90, "p90", at=time(9, 30)),
    Golden("1:30 45a ops", "ops", 45, "a45", at=time(1, 30)),
    Golden("9:30 standup", "standup", at=time(9, 30)),
    Golden("9:30 planning the week", "planning the week", at=time(9, 30)),
    Golden("9:30 planning: the week", "the week", 570, "p570"),
    Golden("24:00 ops", "24:00 ops"),
    Golden("@25:00 ops", "@25:00 ops"),
    Golden("9:10-9:40 ops", "ops", 30, at=time(9, 10)),
    Golden("9:10 – 9:40 ops", "ops", 30, at=time(9, 10)),
    Golden("@9:10–9:40: ops", "ops", 30, at=time(9, 10)),
    Golden("23:00-24:00 ops", "ops", 60, at=time(23)),
    Golden("24:00-24:00 ops", "24:00-24:00 ops"),
    Golden("9:10-9:70 ops", "9:10-9:70 ops"),
    Golden("9:10-9:40 a: ops", "ops", 30, "a30", at=time(9, 10)),
    Golden("9:10-9:40 aligning ops", "ops", 30, "a30", at=time(9, 10)),
    Golden("9:10-9:40 a meeting", "a meeting", 30, at=time(9, 10)),
    Golden("9:10-9:40 a, d: ops", "ops", 30, "~d15 ~a15", at=time(9, 10)),
    Golden("9:10-9:40 20a 5c ops", "ops", 30, "a20 c5", at=time(9, 10)),
    Golden("9:10-9:40 30m ops", "30m ops", 30, at=time(9, 10)),
    Golden(
        "9:10-9:40 1:1 Sam #motivate:20 #control:10 @Sam",
        "1:1 Sam #motivate:20 #control:10 @Sam",
        *(30, "mo20 c10"),
        at=time(9, 10),
    ),
    Golden(
        *("9:10-9:40 1:1 Sam #motivate:40", "9:10-9:40 1:1 Sam #motivate:40"),
        problem=QuickProblem.OVER_ALLOCATED,
    ),
    Golden(
        *("23:00-1:00 outage", "23:00-1:00 outage"),
        at=time(23),
        problem=QuickProblem.ENDS_BEFORE_START,
    ),
    Golden(
        *("yesterday 23:00-1:00 2h c: outage", "23:00-1:00 outage", 120, "c120"),
        on=day(13),
        at=time(23),
        problem=QuickProblem.ENDS_BEFORE_START,
    ),
]
NO_SUCH = QuickProblem.NO_SUCH_DATE
DATES = [
    Golden("today 45a ops", "ops", 45, "a45"),
    Golden("today @9:30 45a ops", "ops", 45, "a45", at=time(9, 30)),
    Golden("yesterday 45a ops", "ops", 45, "a45", day(13), None),
    Golden("yesterday 45m aligning: the why", "the why", 45, "a45", day(13), None),
    Golden("yesterday @16:00 1h a: ops", "ops", 60, "a60", day(13), time(16)),
    Golden("yesterday: ops", "ops", on=day(13), at=None),
    Golden("yesterday talked with ops", "talked with ops", on=day(13), at=None),
    Golden("Yesterday talked with ops", "Yesterday talked with ops", on=day(13), at=None),
    Golden("Monday was hard", "Monday was hard", on=day(11), at=None),
    Golden("Monday: hard", "hard", on=day(11), at=None),
    Golden("Monday 45a ops", "ops", 45, "a45", day(11), None),
    Golden("mon 45a ops", "ops", 45, "a45", day(11), None),
    Golden("thu 45a ops", "ops", 45, "a45"),
    Golden("fri 45a ops", "ops", 45, "a45", day(8), None),
    Golden("tues 45a ops", "ops", 45, "a45", day(12), None),
    Golden("sat 45a ops", "ops", 45, "a45", day(9), None),
    Golden("sat with Dana", "sat with Dana"),
    Golden("Sun was shining", "Sun was shining"),
    Golden("sun: a walk", "a walk", on=day(10), at=None),
    Golden("2026-05-12 45a ops", "ops", 45, "a45", day(12), None),
    Golden("2026-05-14 45a ops", "ops", 45, "a45"),
    Golden("2027-01-02 45a ops", "ops", 45, "a45", day(2, 1, 2027), None),
    Golden("12 May 45a ops", "ops", 45, "a45", day(12), None),
    Golden("12 may 45a ops", "ops", 45, "a45", day(12), None),
    Golden("12 may be too few", "12 may be too few"),
    Golden("12th of May", "12th of May"),
    Golden("May 12th, 2025 45a ops", "ops", 45, "a45", day(12, 5, 2025), None),
    Golden("May 12 ops", "ops", on=day(12), at=None),
    Golden("20 May ops", "ops", on=day(20, 5, 2025), at=None),
    Golden("3 Sept 2025: ops", "ops", on=day(3, 9, 2025), at=None),
    Golden("29 Feb ops", "ops", on=day(29, 2, 2024), at=None),
    Golden("May I ask", "May I ask"),
    Golden("May 9:30 ops", "May 9:30 ops"),
    Golden("may 45 people come", "may 45 people come"),
    Golden("Mondays are hard", "Mondays are hard"),
    Golden("today's standup", "today's standup"),
    Golden("yesterday", "yesterday", on=day(13), at=None),
    Golden("yesterday 45m planning", "planning", 45, "p45", day(13), None),
    Golden("frİday 45a ops", "frİday 45a ops"),
    Golden("2026-02-31 45m a: ops", "2026-02-31 45m a: ops", problem=NO_SUCH),
    Golden("31 February lunch !", "31 February lunch !", problem=NO_SUCH),
    Golden("Feb 30, 2026 lunch", "Feb 30, 2026 lunch", problem=NO_SUCH),
    Golden("0000-00-00 lunch", "0000-00-00 lunch", problem=NO_SUCH),
]


@pytest.mark.parametrize("golden", MINUTES + TIMES + DATES, ids=lambda golden: golden.line)
def test_a_line_reads_as_it_would_be_meant(golden: Golden) -> None:
    reading = read(golden.line)
    draft = reading.draft
    problems = [unread.problem for unread in reading.problems]
    assert (draft.body, draft.duration, minutes_of(reading), draft.on, draft.at, problems) == (
        *(golden.body, golden.duration, golden.minutes, golden.on, golden.at),
        [golden.problem] if golden.problem else [],
    )


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("! 45a talked", "talked"),
        ("45a talked !", "talked"),
        ("! yesterday talked", "talked"),
        ("! talked", "talked"),
        ("talked!", None),
        ("!talked", None),
        ("talked ! a lot", None),
        ("talked\n!", "talked"),
        ("!", "!"),
        ("45m planning !", "planning"),
    ],
)
def test_a_lone_exclamation_mark_at_either_end_is_a_star(line: str, body: str | None) -> None:
    draft = read(line).draft
    assert (draft.starred, draft.body) == (body is not None, body or line)


def test_tokens_mark_what_was_read() -> None:
    line = "! yesterday @9:30 45a, 1h direction: ops #control:10 !"
    marked = [(t.kind, line[t.start : t.end], t.kept) for t in read(line).tokens]
    assert marked == [
        (TokenKind.STAR, "!", False),
        (TokenKind.DATE, "yesterday", False),
        (TokenKind.TIME, "@9:30", False),
        (TokenKind.DURATION, "45", False),
        (TokenKind.ACTIVITY, "a", False),
        (TokenKind.SEPARATOR, ",", False),
        (TokenKind.DURATION, "1h", False),
        (TokenKind.ACTIVITY, "direction", False),
        (TokenKind.SEPARATOR, ":", False),
        (TokenKind.TAG_MINUTES, "#control:10", True),
        (TokenKind.STAR, "!", False),
    ]


def test_offsets_count_code_points() -> None:
    line = "\ufeff 45a 🦊 #align:5"
    assert [line[t.start : t.end] for t in read(line).tokens] == ["45", "a", "#align:5"]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("45a ops", TimeSource.TYPED),
        ("coffee #motivate:20", TimeSource.TYPED),
        ("9:10-9:40 ops", TimeSource.CLOCK),
        ("9:30 ops", TimeSource.NONE),
        ("9:40-9:10 ops", TimeSource.NONE),
        ("9:40-9:10 20m ops", TimeSource.TYPED),
        ("ops", TimeSource.NONE),
    ],
)
def test_the_source_of_the_duration_is_kept(line: str, source: TimeSource) -> None:
    assert read(line).draft.time_source is source


def test_one_activity_is_single_and_several_are_explicit() -> None:
    assert [a.method for a in read("45a ops").draft.allocations] == [Method.SINGLE]
    assert [a.method for a in read("45a 5c ops").draft.allocations] == [Method.EXPLICIT] * 2


def test_the_zone_stands_only_beside_a_time() -> None:
    assert read("ops").draft.zone == "Europe/Berlin"
    assert read("yesterday ops").draft.zone is None


def test_tags_and_people_are_those_of_the_text() -> None:
    draft = read("yesterday 45m the why to night shift #align @Dana").draft
    assert (draft.tags, draft.people) == (("align",), ("Dana",))


@pytest.mark.parametrize(
    ("line", "problem", "words"),
    [
        ("2026-02-31: lunch", QuickProblem.NO_SUCH_DATE, "2026-02-31"),
        ("9:40-9:10 ops", QuickProblem.ENDS_BEFORE_START, "9:40-9:10"),
        ("25h ops", QuickProblem.DURATION_OUT_OF_RANGE, "25h"),
        ("30m 45a 5c ops #plan:5", QuickProblem.OVER_ALLOCATED, "30m 45a 5c #plan:5"),
    ],
)
def test_a_problem_names_the_words(line: str, problem: QuickProblem, words: str) -> None:
    assert read(line).problems == (Unread(problem, words),)


@pytest.mark.parametrize("blank", ["", " ", "\n\t\u2028", "\ufeff", "\ufeff \ufeff"])
def test_only_a_blank_line_has_no_text(blank: str) -> None:
    reading = read(blank)
    assert reading.is_blank
    assert not reading.lacks_time


def test_a_line_without_a_duration_lacks_time() -> None:
    assert read("9:30 standup").lacks_time
    assert not read("15m standup").lacks_time


@pytest.mark.parametrize("today", [date.min, date.max, date(2104, 2, 28), date(1903, 1, 1)])
@pytest.mark.parametrize("line", ["yesterday x", "mon 1m x", "29 Feb x", "31 Dec x", "x"])
def test_every_day_of_the_calendar_can_be_today(today: date, line: str) -> None:
    assert read_line(line, today, NOW).draft.on <= today


@pytest.mark.parametrize(
    "piece",
    [
        *("45a ", "45m aligning ", "a ", "aligning and ", "#align:1 ", "`", "#", "@a.", "9:30 "),
        *("1h ", "! ", "1", ":", "-", "\u2003", "45m a, ", "planning", "```\n", "](x", "https://"),
    ],
)
def test_long_lines_are_read_in_no_time(piece: str) -> None:
    line = "45m " + piece * (100_000 // len(piece))
    before = perf_counter()
    read(line)
    assert perf_counter() - before < 5


def test_names_of_activities() -> None:
    assert {activity_named(activity.value) for activity in Activity} == set(Activity)
    assert all(activity_named(activity.short_label) is activity for activity in Activity)
    assert activity_named("ORGANISING") is Activity.ORGANIZING_STAFFING
    assert activity_named("org") is Activity.ORGANIZING_STAFFING
    assert activity_named("st") is None
    assert activity_named("") is None
    assert "m" not in LETTERS


# Laws

_PIECES = st.sampled_from(
    (
        *("45a", "15d", "45m", "1h30", "1:30", "9:30", "@09:30", "9:10-9:40", "23:00-1:00", "45"),
        *("0m", "90 min", "1 h 15 m", "900c", "25h", "aligning", "planning", "a", "d", "and"),
        *("setting a direction", "problem solving", ",", ":", "+", "!", "\n", "\r\n", "`"),
        *("yesterday", "Monday", "sat", "12 May", "2026-05-12", "2026-02-31", "#align:20"),
        *("#control:10", "#motivate:0", "@Dana", "talked", "a meeting", "1:1", "ops:"),
        *("é", "🦊", "\ufeff", "\x00", "\ud800", "\u00a0"),
    )
)
_LINES = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(_PIECES, max_size=9).map(" ".join),
    st.lists(_PIECES, max_size=7).map("".join),
)
_DAYS = st.dates()


@given(_LINES, _DAYS, st.times())
def test_every_line_gives_a_draft_that_can_be_kept(line: str, today: date, now: time) -> None:
    reading = read_line(line, today, now, "UTC")
    draft = reading.draft
    check(draft)
    assert draft.allocated <= (draft.duration or 0) <= MINUTES_A_DAY
    assert draft.body == clean_text(draft.body)
    assert reading.is_blank == (not re.sub(r"[\s\ufeff]", "", line))
    assert (draft.tags, draft.people) == (tags_in(draft.body), people_in(draft.body))
    assert (draft.zone is None) == (draft.at is None)
    assert (draft.time_source is TimeSource.NONE) == (draft.duration is None)
    assert len({a.activity for a in draft.allocations}) == len(draft.allocations)
    assert read_line(line, today, now, "UTC") == reading


@given(_LINES)
def test_tokens_follow_each_other_and_stand_in_the_line(line: str) -> None:
    end = 0
    for token in read(line).tokens:
        assert end <= token.start < token.end <= len(line)
        assert line[token.start : token.end].strip() == line[token.start : token.end]
        end = token.end


@given(_LINES)
def test_every_word_is_either_read_or_kept(line: str) -> None:
    reading = read(line)
    kept = _without(line, reading.tokens)
    assert _words(reading.draft.body) == _words(kept)


@given(st.lists(st.sampled_from(["talked", "with", "ops", "über", "Q3"]), min_size=1))
def test_plain_prose_stays_as_it_is(words: list[str]) -> None:
    reading = read(" ".join(words))
    assert reading.draft.body == " ".join(words)
    assert not reading.tokens


def _without(line: str, tokens: tuple[Token, ...]) -> str:
    pieces, end = [], 0
    for token in tokens:
        if not token.kept:
            pieces.append(line[end : token.start])
            end = token.end
    return " ".join([*pieces, line[end:]])


def _words(text: str) -> list[str]:
    """The words of a text; what cannot be stored counts as space, as it does at the ends."""
    return re.sub("[\ufeff\ufffd]", " ", clean_text(text)).split()
