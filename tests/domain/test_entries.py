from datetime import UTC, date, datetime, time, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    MAX_TEXT,
    Allocation,
    EntryDraft,
    Method,
    begin,
    check,
    clean_text,
    even_split,
    excerpt_of,
    fold,
    people_in,
    revised,
    tags_in,
    title_of,
    to_milliseconds,
    utc_of,
    uuid7,
    with_minutes,
    zone_of,
)
from kotter_journal.domain.errors import EntryProblem, InvalidEntry

DIR, ALI, MOT, PLA, ORG, CON, OTH = Activity
ON = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 23, 30, 15, 123_987, timezone(timedelta(hours=1)))


def draft(duration: int | None = None, *allocations: Allocation) -> EntryDraft:
    return EntryDraft(on=ON, duration=duration, allocations=allocations)


def test_minutes_of_an_entry() -> None:
    entry = draft(60, Allocation(ALI, 20), Allocation(CON, 0), Allocation(ALI, 5))
    assert (entry.allocated, entry.unclassified) == (25, 35)
    assert entry.minutes_of(ALI) == 25
    assert entry.minutes_of(CON) == 0
    assert entry.minutes_of(DIR) is None
    assert draft(None, Allocation(MOT, 0)).unclassified == 0


@given(st.integers(0, 1 << 52))
def test_an_id_is_a_version_7_uuid_that_begins_with_its_instant(microseconds: int) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    made = UUID(uuid7(at, (1 << 74) - 1))
    assert made.version == 7
    assert str(made) == uuid7(at, (1 << 74) - 1)
    assert made.int >> 80 == microseconds // 1000


@given(st.integers(0, (1 << 74) - 1), st.integers(0, (1 << 74) - 1))
def test_every_random_bit_shows_in_the_id(one: int, other: int) -> None:
    assert (uuid7(NOW, one) == uuid7(NOW, other)) == (one == other)


def test_an_instant_before_1970_still_gives_an_id() -> None:
    assert uuid7(datetime(1960, 1, 1, tzinfo=UTC), 0).startswith("00000000-0000-7000-8000")


def test_an_entry_begins_on_the_writers_own_date() -> None:
    entry = begin(EntryDraft(on=ON, body="A quiet day", starred=True), NOW, 1)
    assert entry.written_on == ON
    assert entry.created_at == datetime(2026, 3, 2, 22, 30, 15, 123_000, UTC)
    assert entry.modified_at == entry.created_at
    assert (entry.body, entry.starred, entry.deleted_at) == ("A quiet day", True, None)
    assert UUID(entry.id).version == 7


def test_a_revised_entry_keeps_its_birth_and_computes_a_moved_time_anew() -> None:
    entry = begin(EntryDraft(on=ON, at=time(9), zone="UTC", utc=NOW), NOW, 1)
    later = NOW + timedelta(days=1)
    reworded = revised(entry, later, body="Other words")
    assert (reworded.body, reworded.utc, reworded.created_at) == (
        "Other words",
        NOW,
        entry.created_at,
    )
    assert reworded.modified_at == to_milliseconds(later)
    assert revised(entry, later, at=time(10)).utc is None
    assert revised(entry, later, at=time(10), utc=later).utc == later


@pytest.mark.parametrize(
    ("name", "offset"),
    [("UTC", 0), ("+05:30", 330), ("-03:00", -180), ("+00:00", 0), ("Asia/Kathmandu", 345)],
)
def test_a_zone_has_an_offset(name: str, offset: int) -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=zone_of(name))
    assert at.utcoffset() == timedelta(minutes=offset)


@pytest.mark.parametrize(
    "name",
    [
        "Mars/Olympus",
        "Europe",
        "",
        "+24:00",
        "+05:75",
        "+٠٥:٣٠",
        "../../etc/passwd",
        "/etc/passwd",
        "a\0b",
        "\ud800",
        "Europe/Berlin ",
        "x" * 500,
    ],
)
def test_an_unknown_zone_is_a_known_problem(name: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        zone_of(name)
    assert refusal.value.problem is EntryProblem.UNKNOWN_ZONE
    assert refusal.value.word == name[:64]


def test_a_local_time_has_an_instant_where_it_has_a_zone() -> None:
    assert utc_of(ON, time(9), "Europe/Berlin") == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert utc_of(ON, None, "Europe/Berlin") is None
    assert utc_of(ON, time(9), None) is None
    assert utc_of(date.min, time(0), "+05:30") is None


@pytest.mark.parametrize("duration", [1, 1440, None])
def test_durations_within_a_day_are_right(duration: int | None) -> None:
    check(draft(duration, Allocation(DIR, 0)))


def test_all_of_an_entrys_minutes_may_be_classified() -> None:
    check(draft(60, Allocation(DIR, 40), Allocation(OTH, 20)))


@pytest.mark.parametrize(
    ("wrong", "problem", "minutes", "limit"),
    [
        (draft(0), EntryProblem.DURATION_OUT_OF_RANGE, 0, 1440),
        (draft(-5), EntryProblem.DURATION_OUT_OF_RANGE, -5, 1440),
        (draft(1441), EntryProblem.DURATION_OUT_OF_RANGE, 1441, 1440),
        (draft(60, Allocation(DIR, -1)), EntryProblem.MINUTES_OUT_OF_RANGE, -1, 1440),
        (draft(60, Allocation(DIR, 1441)), EntryProblem.MINUTES_OUT_OF_RANGE, 1441, 1440),
        (draft(None, Allocation(DIR, 1)), EntryProblem.MINUTES_WITHOUT_DURATION, 1, 0),
        (draft(60, Allocation(DIR, 40), Allocation(ALI, 21)), EntryProblem.OVER_ALLOCATED, 61, 60),
    ],
)
def test_a_draft_against_the_rules_of_time_is_refused(
    wrong: EntryDraft, problem: EntryProblem, minutes: int, limit: int
) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        check(wrong)
    assert refusal.value.problem is problem
    assert (refusal.value.minutes, refusal.value.limit) == (minutes, limit)


def test_a_text_past_the_limit_is_refused() -> None:
    check(EntryDraft(on=ON, body="x" * MAX_TEXT))
    with pytest.raises(InvalidEntry, match="too_long"):
        check(EntryDraft(on=ON, body="x" * (MAX_TEXT + 1)))


def test_fifty_minutes_over_three_go_17_17_16() -> None:
    assert even_split(50, [PLA, ALI, DIR]) == (
        Allocation(DIR, 17, Method.EVEN),
        Allocation(ALI, 17, Method.EVEN),
        Allocation(PLA, 16, Method.EVEN),
    )


@given(st.integers(1, 1440), st.lists(st.sampled_from(Activity), min_size=1))
def test_an_even_split_loses_no_minute_and_is_even(duration: int, chosen: list[Activity]) -> None:
    minutes = [a.minutes for a in even_split(duration, iter(chosen))]
    assert len(minutes) == len(set(chosen))
    assert sum(minutes) == duration
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[0] - minutes[-1] <= 1


def test_a_split_over_nothing_is_nothing() -> None:
    assert even_split(50, []) == ()


def test_giving_minutes_to_an_activity() -> None:
    alone = with_minutes(draft(60), CON, 60)
    assert alone == (Allocation(CON, 60, Method.SINGLE),)
    two = with_minutes(draft(60, *alone), ALI, 20)
    assert two == (Allocation(ALI, 20), Allocation(CON, 60))
    assert with_minutes(draft(60, *two), CON, 40) == (Allocation(ALI, 20), Allocation(CON, 40))
    assert with_minutes(draft(60, *two), CON, None) == (Allocation(ALI, 20, Method.SINGLE),)
    assert with_minutes(draft(60), CON, None) == ()


def test_minutes_that_were_not_touched_keep_how_they_came_about() -> None:
    split = even_split(50, [DIR, ALI, PLA])
    assert [a.method for a in with_minutes(draft(50, *split), ALI, 5)] == [
        Method.EVEN,
        Method.EXPLICIT,
        Method.EVEN,
    ]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (None, "# Late orders\n\nTwo causes", "Late orders"),
        (None, "\n\n> - [ ] **Call** Dana\n", "Call Dana"),
        (None, "1. First", "First"),
        (None, "#ops stands first", "#ops stands first"),
        (None, "", ""),
        (None, "***\n", "*"),
        ("  Two   spaces ", "Body", "Two spaces"),
        (" ", "Body", "Body"),
        (None, "x" * 500, "x" * 120),
        ("x" * 500, "", "x" * 120),
    ],
)
def test_the_title_is_given_or_the_first_line(title: str | None, body: str, expected: str) -> None:
    assert title_of(title, body) == expected


def test_the_excerpt_is_what_follows_the_title() -> None:
    body = "# Late orders\n\n- Two causes,\n- one owner each.\n"
    assert excerpt_of(None, body) == "Two causes, one owner each."
    assert excerpt_of("Other", body) == "Late orders Two causes, one owner each."
    assert len(excerpt_of(None, "a\n" + "word " * 500)) == 240


def test_tags_stand_in_reading_order_once() -> None:
    assert tags_in("#ops and #Night-shift, #OPS again; #ops/line #42 C# a#b &#39;") == (
        "ops",
        "Night-shift",
        "ops/line",
    )


def test_no_tag_is_read_from_code_links_or_escapes() -> None:
    text = "`#code` https://x.org/#frag [a](#part) \\#no\n```\n#fenced\n```\n~~~\n#open"
    assert tags_in(text) == ()
    assert tags_in(text.replace("~~~", "") + " #yes") == ("open", "yes")


def test_an_accent_of_its_own_belongs_to_the_word() -> None:
    assert tags_in("#cafe\u0301") == ("cafe\u0301",)
    assert people_in("@Rene\u0301 and @René") == ("Rene\u0301",)


def test_people_are_named_without_what_follows_them() -> None:
    text = "@Dana's plan, @O'Brien, @Anna-Lena. Mail a@b.org; @Sam.’s @dana @@x @J.Doe"
    assert people_in(text) == ("Dana", "O'Brien", "Anna-Lena", "Sam", "J.Doe")
    assert people_in("nobody") == ()


@pytest.mark.parametrize(
    "piece", ["](", "](a ", "`", "#1", "#1/", "@a-", "@a'", "```\n", "~~~ ", "[a", "http://", "\\#"]
)
def test_names_in_a_hostile_text_are_read_in_linear_time(piece: str) -> None:
    text = "#" + piece * 100_000 + "@"
    started = datetime.now(UTC)
    tags_in(text)
    people_in(text)
    assert datetime.now(UTC) - started < timedelta(seconds=5)


@pytest.mark.parametrize("line", [">" * 4000, "- " * 2000, "1. " * 1300, "**" * 2000, "#" * 4000])
def test_a_hostile_first_line_still_has_a_title(line: str) -> None:
    assert len(title_of(None, line)) <= 120


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_spellings_that_mean_the_same_fold_alike() -> None:
    assert fold("Café") == fold("CAFE\u0301")
    assert fold("Straße") == fold("STRASSE")


def test_text_is_kept_as_written_but_for_what_cannot_be_stored() -> None:
    assert clean_text("\ufeffa\r\nb\rc\td\u2028e\u202e") == "a\nb\nc\td\u2028e\u202e"
    assert clean_text("a\0b\x1b\x7f\ud800\ufdd0") == "a\ufffdb\ufffd\ufffd\ufffd\ufffd"


@given(st.text(st.characters(), max_size=50) | st.text("\ufeff\r\n\0a", max_size=10))
def test_a_cleaned_text_is_clean(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    cleaned.encode()
