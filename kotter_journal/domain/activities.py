"""Kotter's six activities, their sides and pairs, and what lies outside the six.

Terms: J. P. Kotter, "What Leaders Really Do", Harvard Business Review 68(3), 1990, 103-111.
"""

from enum import StrEnum


class Side(StrEnum):
    """Which of the two systems of action an activity belongs to."""

    LEADING = "leading"
    MANAGING = "managing"
    OUTSIDE = "outside"


class Activity(StrEnum):
    """One of the six, or outside them; the value is the key in storage, exports and CLI.

    Iteration gives the fixed order in which shares are rounded and even splits dealt out.
    """

    SETTING_DIRECTION = "setting_direction"
    ALIGNING_PEOPLE = "aligning_people"
    MOTIVATING_INSPIRING = "motivating_inspiring"
    PLANNING_BUDGETING = "planning_budgeting"
    ORGANIZING_STAFFING = "organizing_staffing"
    CONTROLLING_PROBLEM_SOLVING = "controlling_problem_solving"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        """The field's full term, in English."""
        return _LABELS[self]

    @property
    def short_label(self) -> str:
        """One word, where there is no room for the full term."""
        return _SHORT_LABELS[self]

    @property
    def side(self) -> Side:
        """Leading, managing or outside."""
        if self in LEADING:
            return Side.LEADING
        return Side.MANAGING if self in MANAGING else Side.OUTSIDE


class Pair(StrEnum):
    """A task that both leadership and management do, each in its own way."""

    WHAT_NEEDS_DOING = "what_needs_doing"
    WHO_IT_TAKES = "who_it_takes"
    GETTING_IT_DONE = "getting_it_done"

    @property
    def label(self) -> str:
        """The pair's heading, in English."""
        return _PAIR_LABELS[self]


LEADING = (
    Activity.SETTING_DIRECTION,
    Activity.ALIGNING_PEOPLE,
    Activity.MOTIVATING_INSPIRING,
)
MANAGING = (
    Activity.PLANNING_BUDGETING,
    Activity.ORGANIZING_STAFFING,
    Activity.CONTROLLING_PROBLEM_SOLVING,
)
SIX = LEADING + MANAGING

PAIRS: dict[Pair, tuple[Activity, Activity]] = dict(
    zip(Pair, zip(LEADING, MANAGING, strict=True), strict=True)
)
"""Each pair's leading activity and its managing twin."""

NUMBER_KEYS: dict[int, Activity] = {
    1: Activity.SETTING_DIRECTION,
    2: Activity.PLANNING_BUDGETING,
    3: Activity.ALIGNING_PEOPLE,
    4: Activity.ORGANIZING_STAFFING,
    5: Activity.MOTIVATING_INSPIRING,
    6: Activity.CONTROLLING_PROBLEM_SOLVING,
    0: Activity.OUTSIDE,
}
"""The digit of each activity on the keyboard: odd leads, even manages."""

LETTERS: dict[str, Activity] = {
    "d": Activity.SETTING_DIRECTION,
    "p": Activity.PLANNING_BUDGETING,
    "a": Activity.ALIGNING_PEOPLE,
    "o": Activity.ORGANIZING_STAFFING,
    "i": Activity.MOTIVATING_INSPIRING,
    "mo": Activity.MOTIVATING_INSPIRING,
    "c": Activity.CONTROLLING_PROBLEM_SOLVING,
    "x": Activity.OUTSIDE,
}
"""The shortest names, for places where nothing else can be meant; "m" stays free for minutes."""

PHRASES: dict[str, Activity] = {
    "setting a direction": Activity.SETTING_DIRECTION,
    "setting direction": Activity.SETTING_DIRECTION,
    "establishing a direction": Activity.SETTING_DIRECTION,
    "establishing direction": Activity.SETTING_DIRECTION,
    "aligning people": Activity.ALIGNING_PEOPLE,
    "motivating people": Activity.MOTIVATING_INSPIRING,
    "problem solving": Activity.CONTROLLING_PROBLEM_SOLVING,
    "outside the six": Activity.OUTSIDE,
}
"""Names of more than one word; those with "and" are read word by word."""


def activity_named(word: str) -> Activity | None:
    """The activity of a key, a name, or a beginning of one activity's names, 3 letters at least."""
    folded = word.casefold()
    return _BY_NAME.get(folded) or _BY_BEGINNING.get(folded)


_LABELS = {
    Activity.SETTING_DIRECTION: "Setting a direction",
    Activity.ALIGNING_PEOPLE: "Aligning people",
    Activity.MOTIVATING_INSPIRING: "Motivating and inspiring",
    Activity.PLANNING_BUDGETING: "Planning and budgeting",
    Activity.ORGANIZING_STAFFING: "Organizing and staffing",
    Activity.CONTROLLING_PROBLEM_SOLVING: "Controlling and problem solving",
    Activity.OUTSIDE: "Outside the six",
}
_SHORT_LABELS = {
    Activity.SETTING_DIRECTION: "Direction",
    Activity.ALIGNING_PEOPLE: "Aligning",
    Activity.MOTIVATING_INSPIRING: "Motivating",
    Activity.PLANNING_BUDGETING: "Planning",
    Activity.ORGANIZING_STAFFING: "Organizing",
    Activity.CONTROLLING_PROBLEM_SOLVING: "Controlling",
    Activity.OUTSIDE: "Outside",
}
_PAIR_LABELS = {
    Pair.WHAT_NEEDS_DOING: "What needs doing",
    Pair.WHO_IT_TAKES: "Who it takes",
    Pair.GETTING_IT_DONE: "Getting it done",
}
_NAMES = {
    Activity.SETTING_DIRECTION: ("direction", "vision", "strategy"),
    Activity.ALIGNING_PEOPLE: ("aligning", "align", "alignment"),
    Activity.MOTIVATING_INSPIRING: (
        "motivating",
        "motivate",
        "motivation",
        "inspiring",
        "inspire",
        "inspiration",
        "mentoring",
    ),
    Activity.PLANNING_BUDGETING: ("planning", "plan", "budgeting", "budget"),
    Activity.ORGANIZING_STAFFING: (
        "organizing",
        "organize",
        "organising",
        "organise",
        "staffing",
        "hiring",
    ),
    Activity.CONTROLLING_PROBLEM_SOLVING: (
        "controlling",
        "control",
        "problem",
        "problem-solving",
        "solving",
        "troubleshooting",
    ),
    Activity.OUTSIDE: ("outside", "other", "admin", "travel"),
}
_SHORTEST_BEGINNING = 3


def _beginnings() -> dict[str, Activity | None]:
    """Every beginning of a name; None where names of two activities begin so."""
    found: dict[str, Activity | None] = {}
    for activity, names in _NAMES.items():
        for name in names:
            for length in range(_SHORTEST_BEGINNING, len(name)):
                start = name[:length]
                known = found.setdefault(start, activity)
                found[start] = activity if known is activity else None
    return found


_BY_BEGINNING = _beginnings()
_BY_NAME = {name: activity for activity, names in _NAMES.items() for name in names} | {
    activity.value: activity for activity in Activity
}
