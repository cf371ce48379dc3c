"""By rule: facts right at its threshold, and facts just short of it."""

from dataclasses import replace

from kotter_journal.domain.commitments import CommitmentState, Owner
from kotter_journal.domain.delegation import Stage
from kotter_journal.domain.direction import Origin
from kotter_journal.domain.entries import Delegable
from kotter_journal.domain.insights import EntryFacts, Facts, PersonFacts
from kotter_journal.domain.working_time import Band
from tests.domain.insights.made import (
    ALEX,
    ALI,
    CON,
    DIR,
    MOT,
    ORG,
    OTH,
    OUT,
    PLA,
    SAM,
    STEADY,
    ago,
    area,
    direction,
    entry,
    facts,
    promise,
    spread,
    task,
)

COULD, SHOULD = Delegable.COULD, Delegable.SHOULD
MANY = range(20)


def i01(*, last: int = 60, oldest: int = 20, more: tuple[EntryFacts, ...] = ()) -> Facts:
    """An hour of planning on the first day of each of three weeks."""
    return facts(entry(6, {PLA: last}), entry(13, {PLA: 60}), entry(oldest, {PLA: 60}), *more)


def i02(planned: int = 120, days: int = 27, *more: EntryFacts) -> Facts:
    return facts(entry(days, {PLA: planned}), *more)


def i06(
    delegable: int = 200, *, whole: int = 1000, flag: Delegable = SHOULD, days: int = 27
) -> Facts:
    """Two parts of 20 days, one of them marked."""
    rest = whole - delegable - 19
    marked = entry(days, {CON: delegable - 60, OTH: 60}, delegable=flag)
    return facts(marked, entry(1, {PLA: rest}), *spread(range(2, 21), {PLA: 1}), quiet=False)


def rota(*days: int, flag: Delegable = COULD) -> list[EntryFacts]:
    return [entry(day, {PLA: 30}, heading="Shift rota", delegable=flag) for day in days]


def line_3(*days: int) -> list[EntryFacts]:
    """Planning of an area under a title that is another one each time."""
    return [
        entry(day, {PLA: 30}, heading=f"Plan {day}", delegable=COULD, areas=("a",)) for day in days
    ]


def back(*days: int, stage: Stage = Stage.HANDED_OVER, since: int = 20, minutes: int = 5) -> Facts:
    inside = [entry(day, {CON: minutes}, delegations=("t",)) for day in days]
    return facts(*inside, delegations=(task((Stage.NOTICED, 30), (stage, since)),))


def i10(
    *, aligned: int = 40, planned: int = 80, days: int = 10, first: int = 0, wide: int = 0
) -> Facts:
    """Of 200 minutes a day 100 go to planning and 30 to aligning; then ``planned``, ``aligned``."""
    before = [
        {ALI: 30, ORG: 70, PLA: 100 + wide},
        {ALI: 30, ORG: 70, PLA: 100 - wide},
    ]
    now = {ALI: aligned, ORG: 100 - aligned, PLA: planned}
    return facts(
        *spread(range(28 + first, 38 + first), *before),
        *spread(range(first, first + days), now),
        quiet=False,
    )


def i12(set_for: int = 60, days: int = 27, with_: str = "sam", *people: PersonFacts) -> Facts:
    inside = entry(days, {DIR: set_for}, people=(with_,))
    return facts(inside, people=(*people, SAM) if people else (ALEX, SAM))


def i14(count: int = 10, *, days: int = 13, stated: int = 1) -> Facts:
    inside = [entry(days, people=("sam",), stated=n < stated) for n in range(count)]
    return facts(*inside, entry(0, stated=True))


def i15(count: int = 5, *, days: int = 27, heard_back: bool = False) -> Facts:
    return facts(*(entry(days, stated=True) for _ in range(count)), entry(3, heard_back=heard_back))


def i16(minutes: int = 60, *, since: int = 14, days: int = 13, **more: object) -> Facts:
    inside = entry(days, {CON: minutes}, areas=("a",))
    return facts(inside, entry(1, {ALI: 90}), areas=(area(since, OUT, **more),))


def i17(minutes: int = 60, *, since: int = 28, days: int = 27) -> Facts:
    return facts(entry(days, {CON: minutes}, areas=("a",)), areas=(area(since, STEADY),))


def i20(alex: int = 42, *people: PersonFacts) -> Facts:
    dana = PersonFacts("dana", "Dana", relation="Direct-Report")
    inside = entry(alex, {MOT: 0}, people=("alex",)), entry(41, {MOT: 5}, people=("dana",))
    return facts(*inside, people=people or (ALEX, dana, SAM))


def grown(*days: int, people: tuple[str, ...] = ("alex",)) -> list[EntryFacts]:
    return [entry(day, {MOT: 15}, people=people, develops_leader=True) for day in days]


def i24(*, low: int, high: int, change: int, days: int = 10, first: int = 0) -> Facts:
    """A share of 50 % on every day, beside a band."""
    inside = spread(range(first, first + days), {DIR: 60, PLA: 60})
    areas = (area(1, change=change), area(1, change=1), area(1, change=5, retired_on=ago(0)))
    return facts(*inside, quiet=False, areas=areas, bands=(Band(ago(100), low, high),))


def i28(on_the_day: int = 399, count: int = 20, days: int = 27) -> Facts:
    """Of 1,000 minutes some were written on the day."""
    rest = 1000 - on_the_day - (count - 2)
    later = [entry(3, {PLA: 1}, same_day=False) for _ in range(count - 2)]
    both = entry(days, {PLA: on_the_day}), entry(2, {PLA: rest}, same_day=False)
    return facts(*both, *later, quiet=False)


FIRES: dict[str, Facts] = {
    "I01": i01(),
    "I02": i02(),
    "I03": facts(directions=(direction(13),)),
    "I04": facts(entry(27, {PLA: 1})),
    "I05": facts(directions=(direction(180),)),
    "I06": i06(),
    "I07": facts(*rota(6, 13, 20)),
    "I08": facts(delegations=(task((Stage.NOTICED, 22)),)),
    "I09": back(13, 0),
    "I10": i10(),
    "I11": facts(directions=(direction(300, 200, 100),)),
    "I12": i12(),
    "I13": facts(entry(5, {ALI: 5}), directions=(direction(27, origin=Origin.TEAM),)),
    "I14": i14(),
    "I15": i15(),
    "I16": i16(),
    "I17": i17(),
    "I18": facts(areas=(area(60, STEADY),)),
    "I19": facts(),
    "I20": i20(),
    "I21": facts(*grown(55, 0), people=(ALEX,)),
    "I22": facts(entry(27, {PLA: 180})),
    "I23": facts(entry(0, {ALI: 0, MOT: 0})),
    "I24": i24(low=51, high=70, change=4),
    "I25": facts(areas=(area(0, complexity=4),)),
    "I26": facts(entry(27, {PLA: 299}, logged=400), quiet=False),
    "I27": facts(entry(27, {PLA: 31}, even=31), entry(1, {PLA: 69}), quiet=False),
    "I28": i28(),
    "I29": facts(commitments=(promise(7),)),
}
"""Right at the threshold of each rule."""

ALSO: list[tuple[str, Facts]] = [
    ("I01", i01(more=(entry(21, {DIR: 60}),))),
    ("I02", i02(120, 27, entry(28, stated=True))),
    ("I03", facts(entry(14, {ALI: 60}), directions=(direction(13),))),
    ("I04", facts(entry(0, {PLA: 1}), directions=(direction(9, retired_on=ago(0)),))),
    ("I04", facts(entry(0, {PLA: 1}), directions=(direction(-1),))),
    ("I05", facts(directions=(direction(300, confirmed_on=ago(180)),))),
    ("I06", i06(flag=COULD)),
    ("I07", facts(*line_3(6, 13, 20), areas=(area(1),))),
    ("I08", facts(delegations=(task((Stage.NOTICED, 90), (Stage.OFFERED, 22)),))),
    ("I09", back(13, 0, stage=Stage.DONE)),
    ("I10", i10(first=18)),
    ("I11", facts(directions=(direction(2, 1, 0),))),
    ("I11", facts(directions=(direction(300, 200, 100, origin=Origin.MANAGER),))),
    ("I13", facts(directions=(direction(0, origin=Origin.INDIVIDUAL),))),
    ("I13", facts(directions=(direction(0, origin=Origin.GROUNDSWELL),))),
    ("I14", i14(stated=0)),
    ("I16", i16(60, since=30, days=0)),
    ("I19", facts(*grown(57))),
    ("I22", facts(entry(0, {DIR: 180}))),
    ("I23", facts(entry(28, {DIR: 60}), entry(0, {ORG: 0, CON: 0}))),
    ("I24", i24(low=51, high=70, change=5, first=18)),
    ("I24", i24(low=20, high=49, change=2)),
    ("I25", facts(entry(28, {ORG: 60}), areas=(area(0, complexity=5),))),
    ("I29", facts(commitments=(promise(400, owner=Owner.OTHER),))),
]
"""Other ways to the same."""

SILENT: list[tuple[str, str, Facts]] = [
    ("I01", "59 minutes in one week", i01(last=59)),
    ("I01", "the oldest a day too old", i01(oldest=21)),
    ("I01", "a tag without time", i01(more=(entry(20, {DIR: 0}),))),
    ("I02", "119 minutes", i02(119)),
    ("I02", "a day too old", i02(120, 28)),
    ("I02", "it was stated", i02(120, 27, entry(27, stated=True))),
    ("I02", "it was heard back", i02(120, 27, entry(27, heard_back=True))),
    ("I02", "it was challenged", i02(120, 27, entry(27, challenged=True))),
    ("I03", "14 days old", facts(directions=(direction(14),))),
    ("I03", "aligned that day", facts(entry(13, {ALI: 0}), directions=(direction(13),))),
    ("I03", "retired", facts(directions=(direction(13, retired_on=ago(1)),))),
    ("I04", "no minutes", facts(entry(0, {PLA: 0}))),
    ("I04", "a day too old", facts(entry(28, {PLA: 60}))),
    ("I04", "one in force", facts(entry(0, {PLA: 60}), directions=(direction(0),))),
    ("I05", "179 days", facts(directions=(direction(179),))),
    ("I05", "confirmed", facts(directions=(direction(300, confirmed_on=ago(179)),))),
    ("I05", "retired", facts(directions=(direction(300, retired_on=ago(0)),))),
    ("I06", "199 of 1,000 minutes", i06(199)),
    ("I06", "200 of 1,001 minutes", i06(whole=1001)),
    ("I06", "a day too old", i06(days=28)),
    ("I06", "marked as not delegable", i06(flag=Delegable.NO)),
    ("I07", "two weeks", facts(*rota(6, 13, 7))),
    ("I07", "not delegable", facts(*rota(6, 13, 20, flag=Delegable.NO))),
    ("I07", "not planning", facts(*(replace(e, minutes={CON: 30}) for e in rota(6, 13, 20)))),
    ("I07", "one a day too old", facts(*rota(6, 13, 56))),
    ("I07", "no title", facts(*(replace(e, heading="") for e in rota(6, 13, 20)))),
    (
        "I07",
        "one belongs to a task",
        facts(*rota(6, 13), replace(rota(20)[0], delegations=("t",))),
    ),
    (
        "I07",
        "noticed there",
        facts(
            *line_3(6, 13, 20),
            areas=(area(1),),
            delegations=(task((Stage.NOTICED, 1), entry_id=line_3(6)[0].entry_id),),
        ),
    ),
    (
        "I07",
        "a task of that name",
        facts(*rota(6, 13, 20), delegations=(task((Stage.KEPT, 1)),)),
    ),
    ("I08", "21 days", facts(delegations=(task((Stage.NOTICED, 21)),))),
    ("I08", "moved on", facts(delegations=(task((Stage.DIRECTION_CHECK, 22)),))),
    ("I09", "one entry", back(13)),
    ("I09", "one a day too old", back(14, 0)),
    ("I09", "one on the very day", back(13, 0, since=13)),
    ("I09", "not handed over", back(13, 0, stage=Stage.OFFERED)),
    ("I10", "9 points", i10(aligned=39)),
    ("I10", "19 of 200 minutes", i10(planned=81)),
    ("I10", "nine days", i10(days=9)),
    ("I10", "one a day too old", i10(first=19)),
    ("I10", "planning varied", i10(wide=60)),
    ("I10", "it fell", i10(aligned=20)),
    ("I11", "two revisions", facts(directions=(direction(300, 200),))),
    ("I11", "the third to come", facts(directions=(direction(300, 200, -1),))),
    ("I11", "from the team", facts(directions=(direction(3, 2, 1, origin=Origin.TEAM),))),
    ("I12", "59 minutes", i12(59)),
    ("I12", "a day too old", i12(60, 28)),
    ("I12", "a direct report", i12(60, 27, "alex")),
    ("I12", "a skip level", i12(60, 27, "ben", PersonFacts("ben", "Ben", "", "Skip-level"))),
    ("I12", "no team noted", i12(60, 27, "sam", PersonFacts("ben", "Ben", "", "peer"))),
    ("I13", "a day too old", facts(directions=(direction(28, origin=Origin.TEAM),))),
    ("I13", "from a peer", facts(directions=(direction(0, origin=Origin.PEER),))),
    ("I13", "to come", facts(directions=(direction(-1, origin=Origin.TEAM),))),
    ("I14", "nine", i14(9)),
    ("I14", "a day too old", i14(days=14)),
    ("I14", "stated twice", i14(stated=2)),
    ("I15", "four times", i15(4)),
    ("I15", "a day too old", i15(days=28)),
    ("I15", "heard back", i15(heard_back=True)),
    ("I16", "59 minutes", i16(59)),
    ("I16", "13 days", i16(since=13)),
    ("I16", "a day too old", i16(days=14)),
    ("I16", "retired", i16(retired_on=ago(0))),
    (
        "I16",
        "aligned on it",
        facts(entry(9, {CON: 60, ALI: 0}, areas=("a",)), areas=(area(14, OUT),)),
    ),
    ("I16", "elsewhere", facts(entry(9, {CON: 60}, areas=("b",)), areas=(area(14, OUT),))),
    ("I17", "59 minutes", i17(59)),
    ("I17", "27 days", i17(since=27)),
    ("I17", "a day too old", i17(days=28)),
    ("I18", "59 days", facts(areas=(area(59, STEADY),))),
    ("I18", "no control state", facts(areas=(area(60, change=3),))),
    ("I18", "never looked at", facts(areas=(replace(area(60), states=()),))),
    ("I18", "retired", facts(areas=(area(60, STEADY, retired_on=ago(0)),))),
    ("I19", "on its first day", facts(*grown(56))),
    ("I19", "on its last day", facts(*grown(29))),
    ("I19", "after it", facts(*grown(0))),
    ("I20", "41 days", i20(41)),
    ("I20", "one report", i20(42, ALEX)),
    ("I21", "one entry", facts(*grown(55))),
    ("I21", "one a day too old", facts(*grown(56, 0))),
    ("I21", "two people", facts(*grown(55, 1), *grown(0, people=("sam",)))),
    ("I21", "nobody named", facts(*grown(55), *grown(0, people=()))),
    ("I22", "179 minutes", facts(entry(27, {PLA: 179}))),
    ("I22", "a day too old", facts(entry(28, {PLA: 180}))),
    ("I22", "a tag without time", facts(entry(27, {PLA: 180, DIR: 0}))),
    ("I23", "a tag without time", facts(entry(27, {DIR: 0, ORG: 0, CON: 0}))),
    ("I24", "the band begins there", i24(low=50, high=70, change=4)),
    ("I24", "the band ends there", i24(low=20, high=50, change=2)),
    ("I24", "some change, below", i24(low=51, high=70, change=3)),
    ("I24", "some change, above", i24(low=20, high=49, change=3)),
    ("I24", "nine days", i24(low=51, high=70, change=4, days=9)),
    ("I24", "one a day too old", i24(low=51, high=70, change=4, first=19)),
    ("I24", "no band", replace(i24(low=51, high=70, change=4), bands=())),
    ("I24", "no rating", replace(i24(low=51, high=70, change=4), areas=())),
    ("I25", "3 of 5", facts(areas=(area(0, complexity=3),))),
    ("I25", "a tag without time", facts(entry(27, {ORG: 0}), areas=(area(0, complexity=4),))),
    ("I25", "controlling", facts(entry(27, {CON: 5}), areas=(area(0, complexity=4),))),
    ("I25", "no areas", facts()),
    ("I26", "100 of 400 minutes", facts(entry(27, {PLA: 300}, logged=400), quiet=False)),
    ("I26", "a day too old", facts(entry(28, {PLA: 299}, logged=400), quiet=False)),
    (
        "I27",
        "30 of 100 minutes",
        facts(entry(27, {PLA: 30}, even=30), entry(1, {PLA: 70}), quiet=False),
    ),
    (
        "I27",
        "a day too old",
        facts(entry(28, {PLA: 31}, even=31), entry(1, {PLA: 69}), quiet=False),
    ),
    ("I28", "one a day too old", i28(days=28)),
    ("I28", "400 of 1,000 minutes", i28(400)),
    ("I28", "19 entries", i28(count=19)),
    ("I29", "6 days", facts(commitments=(promise(6),))),
    ("I29", "kept", facts(commitments=(promise(7, state=CommitmentState.KEPT),))),
]
"""Just short of the threshold of a rule, with what is missing."""
