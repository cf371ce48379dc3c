from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.balance import Balance, DayMinutes, balance_of
from kotter_journal.domain.balance_sentences import (
    balance_remarks,
    balance_sentence,
    change_sentence,
    coverage_sentence,
    headline_sentence,
    percent_text,
    period_text,
    range_sentence,
)
from kotter_journal.domain.errors import (
    BackupTrouble,
    BackupUnusable,
    Cancelled,
    EntryMissing,
    EntryProblem,
    InvalidEntry,
    JournalBusy,
    JournalDamaged,
    JournalExists,
    JournalMissing,
    JournalReadOnly,
    JournalTooNew,
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    MistypedRecoveryKey,
    StorageFailed,
    StorageTrouble,
    UnreadableInput,
    WrongPassphrase,
)
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import date_text, error_sentence, hours_text, minutes_text
from kotter_journal.domain.working_time import WorkingTime
from tests.domain.worked import ALI, MONDAY, PLA, WORK_WEEK, day, run_of_days, split, worked_week

FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=28))
BEFORE = Period(MONDAY - timedelta(days=28), MONDAY)
FOLDER = Path("some folder") / "journal"
ERRORS: list[KotterError] = [
    JournalMissing(FOLDER),
    JournalExists(FOLDER),
    JournalTooNew(FOLDER),
    JournalDamaged(FOLDER),
    *(KeyUnavailable(trouble, FOLDER) for trouble in KeyTrouble),
    WrongPassphrase(FOLDER),
    MistypedRecoveryKey(4),
    MistypedRecoveryKey(),
    JournalBusy(FOLDER, 4711),
    JournalBusy(FOLDER, None),
    JournalReadOnly(FOLDER),
    *(StorageFailed(trouble, FOLDER) for trouble in StorageTrouble),
    *(BackupUnusable(trouble, FOLDER) for trouble in BackupTrouble),
    *(InvalidEntry(problem, 1500, 1440, "Mars/Olympus") for problem in EntryProblem),
    *(InvalidEntry(problem) for problem in EntryProblem),
    UnreadableInput("days.csv, line 3", "the duration is no number"),
    EntryMissing("0195"),
    Cancelled(),
]


def of(period: Period, days: list[DayMinutes]) -> Balance:
    return balance_of(period, days, WorkingTime())


def golden() -> Balance:
    return of(WORK_WEEK, worked_week())


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 m"), (45, "45 m"), (60, "1 h"), (75, "1 h 15 m"), (17870, "297 h 50 m")],
)
def test_minutes_in_words(minutes: int, text: str) -> None:
    assert minutes_text(minutes) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0.0 h"), (15, "0.3 h"), (45, "0.8 h"), (520, "8.7 h"), (600, "10.0 h")],
)
def test_hours_have_one_decimal(minutes: int, text: str) -> None:
    assert hours_text(minutes) == text


def test_percent_have_none_and_a_half_goes_up() -> None:
    assert [percent_text(x) for x in (0, 0.004, 0.125, 0.3635, 1)] == [
        "0 %",
        "0 %",
        "13 %",
        "36 %",
        "100 %",
    ]


def test_dates_and_periods_in_words() -> None:
    assert date_text(MONDAY) == "2 March 2026"
    assert period_text(Period(MONDAY, date(2026, 3, 3))) == "2 March 2026"
    assert period_text(Period(MONDAY, date(2026, 3, 9))) == "2 to 8 March 2026"
    assert period_text(BEFORE) == "2 February to 1 March 2026"
    assert (
        period_text(Period(date(2025, 12, 29), date(2026, 1, 5)))
        == "29 December 2025 to 4 January 2026"
    )


def test_the_worked_week_is_told_as_the_design_has_it() -> None:
    assert balance_sentence(golden()).startswith(
        "36 % leading (provisional) in the 8.7 h you classified; 5 of 5 workdays, 27 % of expected"
        " hours logged. Describes what you logged, not your week."
    )


def test_the_worked_week_has_its_remarks() -> None:
    assert balance_remarks(golden()) == (
        "Describes what you logged, not your week.",
        "1 entry without minutes is not in this figure.",
        "1 h 30 m outside the six not counted.",
        "30 m not yet classified: with it the share would lie somewhere in 34-40 %.",
    )


def test_a_sound_and_whole_balance_needs_no_remarks() -> None:
    balance = of(FOUR_WEEKS, run_of_days(MONDAY, [(120, 300)] * 26))
    assert balance_sentence(balance) == (
        "29 % leading in the 182.0 h you classified;"
        " 20 of 20 workdays and 6 days off, 114 % of expected hours logged."
    )


def test_low_coverage_is_remarked_just_below_40_percent() -> None:
    week = Period(MONDAY, MONDAY + timedelta(days=7))
    remark = "Describes what you logged, not your week."
    assert remark in balance_remarks(of(week, run_of_days(MONDAY, [(100, 91)] * 4 + [(100, 95)])))
    assert balance_remarks(of(week, run_of_days(MONDAY, [(100, 92)] * 5))) == ()


def test_even_splits_are_remarked_just_over_30_percent() -> None:
    def week(even: int) -> Balance:
        entries = [(even, {ALI: even}, True), (500 - even, {PLA: 500 - even}, False)]
        return of(
            WORK_WEEK,
            [day(MONDAY, entries), *run_of_days(date(2026, 3, 3), [(0, 125)] * 4)],
        )

    assert not any("even" in remark for remark in balance_remarks(week(300)))
    assert "30 % of it (5 h 1 m) rests on even splits." in balance_remarks(week(301))


def test_unclassified_minutes_that_move_nothing_are_said_to() -> None:
    days = run_of_days(MONDAY, [(2000, 2000)] * 4)
    days.append(day(date(2026, 3, 6), [(11, {ALI: 10}, False)]))
    assert "1 m not yet classified, too little to move the share." in balance_remarks(
        of(WORK_WEEK, days)
    )


def test_too_little_shows_hours_and_entries_and_no_percentage() -> None:
    two_days = of(WORK_WEEK, worked_week()[:3])
    assert balance_sentence(two_days) == (
        "5 h classified in 8 entries, 3 of 5 workdays: too little to speak of a balance."
        " That takes 5 logged days and 5 h classified."
        " 1 entry without minutes is not in this figure."
        " 1 h 30 m outside the six not counted."
        " 30 m not yet classified."
    )
    assert range_sentence(two_days) == ""


def test_nothing_classified_and_nothing_logged_are_told_apart() -> None:
    assert headline_sentence(of(WORK_WEEK, [split(MONDAY, 0, 0, outside=60)])) == (
        "No classified time in 1 entry: too little to speak of a balance."
    )
    assert balance_sentence(of(WORK_WEEK, [])) == (
        "Nothing logged, 2 to 6 March 2026: too little to speak of a balance."
    )


def test_a_period_without_workdays_has_no_coverage() -> None:
    weekend = Period(date(2026, 3, 7), date(2026, 3, 9))
    balance = of(weekend, [split(date(2026, 3, 7), 30, 30)])
    assert coverage_sentence(balance) == (
        "Based on 1 h logged in 2 entries, on 1 day; 100 % written down the same day."
        " Time you did not log is not counted."
    )


def test_the_basis_of_the_worked_week_is_told() -> None:
    assert coverage_sentence(golden()) == (
        "Based on 10 h 40 m logged in 12 entries, on 5 of 5 workdays, 27 % of expected hours;"
        " 100 % written down the same day. Time you did not log is not counted."
    )
    assert coverage_sentence(of(WORK_WEEK, [])) == (
        "0 entries, no time logged. Time you did not log is not counted."
    )


def test_a_wide_range_is_told_as_variability() -> None:
    assert range_sentence(golden()) == (
        "Your 5 days (8.7 h) ranged so widely that another such week could give 16-56 %."
    )


@pytest.mark.parametrize(
    ("days", "another"),
    [
        (28, "another 4 such weeks"),
        (84, "another 12 such weeks"),
        (365, "another such year"),
        (40, "another such period"),
    ],
)
def test_a_range_names_its_kind_of_period(days: int, another: str) -> None:
    period = Period(MONDAY, MONDAY + timedelta(days=days))
    alike = of(period, run_of_days(MONDAY, [(30, 90)] * 20))
    assert range_sentence(alike) == (
        f"Going by how your 20 days (40.0 h) varied, {another} could give 25 %."
    )


def test_a_narrow_range_is_not_called_wide() -> None:
    days = run_of_days(MONDAY, [(30, 90), (40, 80)] * 10)
    assert range_sentence(of(FOUR_WEEKS, days)) == (
        "Going by how your 20 days (40.0 h) varied, another 4 such weeks could give 28-30 %."
    )


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (
            [(60, 60)] * 10,
            (
                "More leading than in the 4 weeks before: 50 %, before 25 %."
                " Leading 10.0 h, before 5.0 h; managing 10.0 h, before 15.0 h."
            ),
        ),
        (
            [(0, 120)] * 10,
            (
                "Less leading than in the 4 weeks before: 0 %, before 25 %."
                " Leading 0.0 h, before 5.0 h; managing 20.0 h, before 15.0 h."
            ),
        ),
        (
            [(36, 84)] * 10,
            (
                "About the same as in the 4 weeks before: 30 %, before 25 %."
                " Leading 6.0 h, before 5.0 h; managing 14.0 h, before 15.0 h."
            ),
        ),
        (
            [(30, 90)] * 9,
            (
                "Too little logged to compare with the 4 weeks before:"
                " it takes 10 logged days and 5 h classified in each."
            ),
        ),
    ],
)
def test_a_change_is_told_with_the_hours_of_both_sides(
    now: list[tuple[int, int]], sentence: str
) -> None:
    earlier = of(BEFORE, run_of_days(BEFORE.start, [(30, 90)] * 10))
    assert change_sentence(earlier, of(FOUR_WEEKS, run_of_days(MONDAY, now))) == sentence


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=28))
def test_no_percentage_comes_without_its_hours(sides: list[tuple[int, int]]) -> None:
    balance = of(FOUR_WEEKS, run_of_days(MONDAY, sides))
    for sentence in (balance_sentence(balance), range_sentence(balance)):
        assert "%" not in sentence or " h" in sentence
        assert "None" not in sentence


def subclasses(kind: type[KotterError]) -> Iterator[type[KotterError]]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_error_is_among_the_cases_below() -> None:
    assert {type(error) for error in ERRORS} == set(subclasses(KotterError))


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_every_error_has_a_sentence_that_is_whole(error: KotterError) -> None:
    sentence = error_sentence(error)
    assert sentence.endswith(".")
    assert sentence.count(". ") <= 2
    assert not set("{}") & set(sentence)
    assert "None" not in sentence
    assert "0 m of" not in sentence


@pytest.mark.parametrize("error", [e for e in ERRORS if hasattr(e, "folder") or hasattr(e, "path")])
def test_an_error_of_a_place_names_it(error: KotterError) -> None:
    assert str(FOLDER) in error_sentence(error)


def test_different_troubles_have_different_sentences() -> None:
    assert (
        len({error_sentence(error) for error in ERRORS})
        >= len({*KeyTrouble, *StorageTrouble, *EntryProblem})
        + len({type(error) for error in ERRORS})
        - 3
    )


def test_some_sentences_in_full() -> None:
    assert error_sentence(StorageFailed(StorageTrouble.DISK_FULL, Path("j.db"))) == (
        "The disk is full. What was to be written is NOT saved yet."
        " Make room on the disk of j.db, then try again."
    )
    assert error_sentence(JournalDamaged(Path("j.db"))) == (
        "j.db is damaged. It was not changed."
        " You can restore a backup or save what is still readable."
    )
    assert error_sentence(InvalidEntry(EntryProblem.OVER_ALLOCATED, 75, 60)) == (
        "The activities take more time than the entry has (1 h 15 m of 1 h)."
        " Take some away, or make the entry longer."
    )
    assert error_sentence(InvalidEntry(EntryProblem.TOO_LONG, 20_000_001, 20_000_000)) == (
        "The text has 20,000,001 characters, and an entry holds 20,000,000."
        " Divide it between several entries."
    )
    assert error_sentence(JournalBusy(Path("here"), 12)) == (
        "The journal in here is open in another process (12). Close it there, then try again."
    )
    assert error_sentence(UnreadableInput("--from", "31 February 2026 is not a date.")) == (
        "--from: 31 February 2026 is not a date."
    )


def test_braces_in_a_name_are_only_braces() -> None:
    assert "{x}" in error_sentence(JournalMissing(Path("{x}")))
