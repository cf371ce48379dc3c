"""What the rules say: to the letter where the numbers are worth a look, and about whom."""

from dataclasses import replace
from datetime import date

import pytest

from kotter_journal.domain.delegation import Stage
from kotter_journal.domain.insight_rules import RULES
from kotter_journal.domain.insight_rules.facts import is_skip_level, quoted
from kotter_journal.domain.insights import Facts, Insight, PersonFacts
from tests.domain.insights.cases import FIRES, back, i10, i20, line_3, rota
from tests.domain.insights.made import (
    ALEX,
    ALI,
    CON,
    MOT,
    PLA,
    area,
    entry,
    facts,
    promise,
    spread,
    task,
)

FACTS = {
    "I01": "Planning in each of the last 3 weeks (3.0 h); no direction-setting logged.",
    "I02": (
        "2.0 h of planning in the last 4 weeks; no entry logged in which the direction came up."
    ),
    "I03": 'The direction changed on 16 March 2026 to "Calm by noon"; no aligning logged since.',
    "I04": "No direction statement is active, beside 1 m of planning in the last 4 weeks.",
    "I05": 'The direction "Calm by noon" was last revised or confirmed on 30 September 2025.',
    "I06": (
        "3.3 h of 16.7 h in the last 4 weeks marked as delegable (20 %), mostly controlling and"
        " problem solving."
    ),
    "I07": '"Shift rota" came up as delegable planning in 3 of the last 8 weeks.',
    "I08": '"Shift rota": noticed, waiting since 7 March 2026.',
    "I09": (
        "2 entries of planning or controlling in the last 2 weeks belong to"
        ' "Shift rota", handed over on 9 March 2026.'
    ),
    "I10": (
        "More aligning, less planning than the 4 weeks before: 6.7 h of 16.7 h aligning or"
        " organizing were aligning, before 5.0 h of 16.7 h; 1 h 20 m of planning a logged day,"
        " before 1 h 40 m."
    ),
    "I11": 'All 3 revisions of the direction "Calm by noon" came from you or from above.',
    "I12": ("1.0 h of direction-setting in the last 4 weeks; nobody from the team logged in it."),
    "I13": 'The direction since 2 March 2026, "Calm by noon", came from the team.',
    "I14": "10 conversations logged in the last 2 weeks; the direction stated in 1 of them.",
    "I15": "The direction was stated 5 times in the last 4 weeks; heard back: none logged.",
    "I16": (
        "line-3, out of control: 1.0 h of controlling and fixing in the last 2 weeks, nothing"
        " logged on changing it."
    ),
    "I17": "line-3, in control: 1.0 h of checking in the last 4 weeks.",
    "I18": "line-3 was last looked at on 28 January 2026: in control.",
    "I19": "No mentoring logged in February 2026.",
    "I20": "A.: no motivating or mentoring logged since 15 February 2026.",
    "I21": (
        "Mentoring in the last 8 weeks: 2 entries that name somebody, A. in all of them and nobody"
        " else."
    ),
    "I22": ("Planning and budgeting: 3.0 h in the last 4 weeks; setting a direction: none logged."),
    "I23": (
        "What needs doing: neither setting a direction nor planning and budgeting logged in 4"
        " weeks."
    ),
    "I24": (
        "You called this a time of much change; your logged share of leading is 50 % (10.0 h of"
        " 20.0 h in the last 4 weeks), your band 51-70 %."
    ),
    "I25": (
        "Complex work (line-3: 4 of 5); nothing logged on organizing or controlling in the last 4"
        " weeks."
    ),
    "I26": "1.7 h of 6.7 h logged in the last 4 weeks are not yet classified.",
    "I27": "0.5 h of 1.7 h classified in the last 4 weeks (31 %) rest on even splits.",
    "I28": (
        "10.0 h of 16.7 h logged in the last 4 weeks were written down on a later day; short"
        " episodes tend to be missing then."
    ),
    "I29": "Promised for 22 March 2026: Call Dana",
}


def one_of(rule: str, given: Facts) -> Insight:
    (one,) = RULES[rule](given)
    return one


@pytest.mark.parametrize("rule", RULES)
def test_a_fact_comes_with_its_numbers(rule: str) -> None:
    assert one_of(rule, FIRES[rule]).fact == FACTS[rule]


@pytest.mark.parametrize(
    ("rule", "subject"),
    [
        ("I01", ""),
        ("I03", "d"),
        ("I05", "d"),
        ("I07", "shift rota"),
        ("I08", "t"),
        ("I09", "t"),
        ("I11", "d"),
        ("I13", "r0"),
        ("I16", "a"),
        ("I17", "a"),
        ("I18", "a"),
        ("I20", "alex"),
        ("I21", "alex"),
        ("I22", "what_needs_doing"),
        ("I23", "what_needs_doing"),
        ("I29", "c"),
    ],
)
def test_a_rule_says_what_it_is_about(rule: str, subject: str) -> None:
    assert one_of(rule, FIRES[rule]).subject == subject


def test_the_entries_behind_it_are_those_it_speaks_of() -> None:
    given = facts(entry(6, {PLA: 60}), entry(13, {PLA: 60, ALI: 5}), entry(20, {PLA: 60, MOT: 0}))
    others = spread(range(3), {MOT: 5})
    both = facts(*given.entries, *others)
    assert one_of("I01", both).entry_ids == tuple(one.entry_id for one in given.entries)
    assert len(one_of("I09", back(13, 5, 0)).entry_ids) == 3
    assert one_of("I20", FIRES["I20"]).entry_ids == ("42,motivating_inspiring,people",)
    assert len(one_of("I28", FIRES["I28"]).entry_ids) == 19
    assert one_of("I29", facts(commitments=(promise(7, entry_id="e"),))).entry_ids == ("e",)


def test_who_could_take_a_task_is_asked_by_name() -> None:
    waiting = (Stage.NOTICED, 22)
    asked = [
        one_of("I08", facts(people=(ALEX,), delegations=(task(waiting, **more),))).question
        for more in (
            {"person_id": "alex", "person": "Alex"},
            {"person_id": "gone", "person": "Kim"},
            {},
        )
    ]
    assert asked == [
        "Does A. know the aim?",
        "Does Kim know the aim?",
        "Who could take it, and do they know the aim?",
    ]


def test_one_task_is_not_told_by_its_title_and_by_its_area() -> None:
    both = facts(*rota(6, 13, 20), *line_3(1, 8, 15), areas=(area(1),))
    assert [one.subject for one in RULES["I07"](both)] == ["shift rota", "a"]
    same = facts(*(replace(e, areas=("a",)) for e in rota(6, 13, 20)), areas=(area(1),))
    assert [one.subject for one in RULES["I07"](same)] == ["shift rota"]


def test_a_report_of_whom_nothing_is_kept_has_no_date() -> None:
    new = PersonFacts("new", "New", "", "direct report")
    given = i20(1, ALEX, new)
    assert (
        one_of("I20", given).fact == "New: no motivating or mentoring logged in the last 6 weeks."
    )


def test_a_month_is_looked_at_from_its_last_day_on() -> None:
    day_by_day = {
        today: one_of("I19", replace(FIRES["I19"], today=today)).fact
        for today in (date(2026, 3, 30), date(2026, 3, 31))
    }
    assert list(day_by_day.values()) == [
        "No mentoring logged in February 2026.",
        "No mentoring logged in March 2026.",
    ]


def test_each_pair_speaks_for_itself() -> None:
    given = facts(entry(1, {CON: 180}), entry(2, {ALI: 300}))
    sides = [(one.subject, one.question) for one in RULES["I22"](given)]
    assert sides == [
        ("who_it_takes", "Which agreement has no owner, role or authority behind it yet?"),
        ("getting_it_done", "Who needed encouragement more than correction?"),
    ]
    assert [one.subject for one in RULES["I23"](given)] == ["what_needs_doing"]


def test_the_longest_overdue_comes_first() -> None:
    late = [promise(8, person="x"), promise(30, person="y")]
    assert [one.fact for one in RULES["I29"](facts(commitments=tuple(late)))] == [
        "Promised for 27 February 2026: Call Dana",
        "Promised for 21 March 2026: Call Dana",
    ]


def test_planning_that_falls_less_than_it_varies_is_no_fall() -> None:
    assert not list(RULES["I10"](i10(wide=60)))
    assert list(RULES["I10"](i10(wide=20)))


@pytest.mark.parametrize(
    ("relation", "is_one"),
    [
        ("skip level", True),
        ("Skip-Level", True),
        ("skip-level report", True),
        ("direct report", False),
        ("", False),
    ],
)
def test_a_skip_level_is_known_by_its_words(relation: str, is_one: bool) -> None:
    assert is_skip_level(relation) is is_one


def test_a_long_text_is_quoted_on_one_line_and_cut() -> None:
    assert quoted("Calm\nby  noon") == '"Calm by noon"'
    assert quoted("x" * 60) == f'"{"x" * 60}"'
    assert quoted("x" * 61) == f'"{"x" * 59}…"'
