"""Workings: how each figure of a balance is computed, in words with its numbers put in."""

from kotter_journal.domain.activities import PAIRS
from kotter_journal.domain.balance import ENOUGH_DAYS, ENOUGH_MINUTES, SOUND_DAYS, Balance, Status
from kotter_journal.domain.balance_sentences import percent_text, period_text
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.domain.trailing import NEEDED_DAYS, NEEDED_WEEKS, SEEN_WEEKS


def share_workings(balance: Balance) -> list[str]:
    """Of the leadership share, its range and its coverage."""
    return [
        f"From all entries of {period_text(balance.period)} that are not in the trash.",
        (
            f"Leading L = direction + aligning + motivating = {minutes_text(balance.leading)}."
            f" Managing M = planning + organizing + controlling = {minutes_text(balance.managing)}."
        ),
        _share(balance),
        *_unsorted(balance),
        *_range(balance),
        _coverage(balance),
    ]


def pair_workings(balance: Balance) -> list[str]:
    """Of the share of each pair."""
    sentences = [
        (
            "Each bar is the sum of the minutes of one activity, all to one scale."
            " The share of a pair is its leading side divided by both sides."
        )
    ]
    for pair, (lead, twin) in PAIRS.items():
        left, right = balance.minutes[lead], balance.minutes[twin]
        words = (
            f"{pair.label}: {minutes_text(left)} / ({minutes_text(left)} + {minutes_text(right)})"
        )
        share = balance.pair_shares[pair]
        if share is None:
            words = f"{pair.label}: none logged on either side"
        elif balance.status is not Status.TOO_LITTLE:
            words += f" = {percent_text(share)} leading"
        sentences.append(f"{words}.")
    if balance.status is Status.TOO_LITTLE:
        sentences.append(_too_little())
    return sentences


def activity_workings(balance: Balance) -> list[str]:
    """Of the minutes, percentages and entries of each activity."""
    sentences = [
        (
            "Minutes: the sum of what entries give to an activity. What a timed entry gives to"
            " none is not yet classified; entries without minutes add nothing."
        )
    ]
    if balance.status is Status.TOO_LITTLE:
        sentences.append(_too_little())
    else:
        sentences.append(
            f"Percent: minutes of an activity / {minutes_text(balance.classified)} of the six, in"
            " whole numbers by largest remainder, so that they add to 100; outside the six is in"
            " none of them."
        )
    sentences.append(
        "Entries: each counts once, shared evenly among its activities of the six (1 / k); “in”"
        " counts every entry that includes the activity, and does not add to 100 %."
    )
    return [*sentences, _coverage(balance)]


def day_workings(balance: Balance) -> list[str]:
    """Of what a day holds, in hours: in the map of a year, and day by day."""
    return [
        f"From {balance.entries} entries of {period_text(balance.period)}, each on its own date.",
        (
            "A field of the map is the sum of the durations of a day, whatever they were for;"
            " hatched days are off by the working week, the holidays, or because somebody set them."
        ),
        (
            "A bar of a day is the sum of the minutes of its activities: leading on one side of"
            " the line, managing on the other; outside the six is on neither."
        ),
        _coverage(balance),
    ]


def time_workings(balance: Balance) -> list[str]:
    """Of the bars over time."""
    return [
        (
            f"Each bar sums the minutes of its own days within {period_text(balance.period)}: the"
            f" six ({minutes_text(balance.classified)} in all), what lies outside them"
            f" ({minutes_text(balance.outside)}) and what is not yet classified"
            f" ({minutes_text(balance.unclassified)})."
        ),
        "As shares, a bar shows only the six: leading + managing = 100 %.",
        "Time that was not logged is in no bar.",
        _coverage(balance),
    ]


def trailing_workings(balance: Balance) -> list[str]:
    """Of the newest point of the trailing share."""
    when = period_text(balance.period)
    return [
        f"Each point sums the four weeks that end with its week; the newest: {when}.",
        _share(balance),
        *_range(balance),
        (
            f"A point takes {NEEDED_WEEKS} of the last {SEEN_WEEKS} weeks with {NEEDED_DAYS} logged"
            f" days each, {ENOUGH_DAYS} logged days and {minutes_text(ENOUGH_MINUTES)} classified."
            " Where that is missing, the line has a gap; nothing is filled in."
        ),
        f"It is hollow (provisional) below {SOUND_DAYS} logged days.",
        _coverage(balance),
    ]


def _share(balance: Balance) -> str:
    lead, both = minutes_text(balance.leading), minutes_text(balance.classified)
    if balance.status is Status.TOO_LITTLE:
        return f"Share of leading = L / (L + M) = {lead} / {both}. {_too_little()}"
    return (
        f"Share of leading = L / (L + M) = {lead} / {both} = {balance.percent_leading} %."
        " It is one ratio of sums, not a mean of days or weeks."
    )


def _too_little() -> str:
    return (
        f"No percentage is shown below {ENOUGH_DAYS} logged days and"
        f" {minutes_text(ENOUGH_MINUTES)} classified."
    )


def _unsorted(balance: Balance) -> list[str]:
    words = (
        f"Outside the six O = {minutes_text(balance.outside)} and not yet classified"
        f" U = {minutes_text(balance.unclassified)} are in neither side."
    )
    if not balance.unclassified or balance.bounds is None or balance.status is Status.TOO_LITTLE:
        return [words]
    low, high = (percent_text(share) for share in balance.bounds)
    return [
        (
            f"{words} If all of U were managing the share would be L / (L + M + U) = {low}; if all"
            f" were leading, (L + U) / (L + M + U) = {high}."
        )
    ]


def _range(balance: Balance) -> list[str]:
    between = balance.range_80
    if between is None or balance.status is Status.TOO_LITTLE:
        return []
    low, high = (percent_text(share) for share in between)
    return [
        (
            f"Range = share ± t × standard error, with the {balance.logged_days} logged days as the"
            f" unit (80 %, t of {balance.logged_days - 1} degrees of freedom) = {low} to {high}."
            " It speaks of how your days varied, not of time that was not logged."
        )
    ]


def _coverage(balance: Balance) -> str:
    days = f"Logged days: {balance.logged_workdays} of {balance.workdays} workdays."
    if balance.coverage is None:
        return days
    return (
        f"{days} Coverage = logged / expected = {minutes_text(balance.logged)} /"
        f" {minutes_text(balance.expected)} = {percent_text(balance.coverage)}."
    )
