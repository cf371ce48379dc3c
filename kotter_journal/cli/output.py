"""Output: what the commands print, for people in aligned columns and for programs as JSON."""

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from kotter_journal.domain.activities import SIX, Activity, Side
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import (
    balance_sentence,
    coverage_sentence,
    period_text,
    range_sentence,
)
from kotter_journal.domain.entries import Entry, EntrySummary, excerpt_of, title_of
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.services.transfer import Report

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNTITLED = "(no words)"
_CONTROLS = re.compile("[\x80-\x9f]")
"""Control characters that an entry may hold, but some terminals obey."""
_SHORT_ID = 8
_WIDEST, _NARROWEST = 110, 60


def say(text: str = "") -> None:
    """Print the answer, or a line of it."""
    print(_CONTROLS.sub("\ufffd", text))


def note(text: str) -> None:
    """Say something beside the answer."""
    print(_CONTROLS.sub("\ufffd", text), file=sys.stderr)


def say_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


class TerminalProgress:
    """How far a long command is, on standard error and only where that is a terminal."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        if self._shown:
            end = "\n" if done == total else ""
            text = f"\r{self._verb} {done:,} of {total:,}"
            print(text, end=end, file=sys.stderr, flush=True)


def row_object(entry: Entry, snippet: str | None) -> dict[str, Any]:
    """One row of ``list --json`` and ``search --json``."""
    return {
        "id": entry.id,
        "local": local_text(entry.on, entry.at),
        "title": title_of(entry.title, entry.body),
        "snippet": excerpt_of(entry.title, entry.body) if snippet is None else snippet,
        "duration_minutes": entry.duration,
        "allocations": [
            {"activity": a.activity.value, "minutes": a.minutes, "method": a.method.value}
            for a in entry.allocations
        ],
        "tags": list(entry.tags),
    }


def local_text(on: date, at: time | None) -> str:
    """A local time as ISO text, a date alone where there is no time of day."""
    return on.isoformat() if at is None else datetime.combine(on, at).isoformat()


def say_rows(
    rows: Iterable[EntrySummary], snippets: Mapping[int, str], total: int, limit: int | None
) -> None:
    """Entries under their dates, newest first."""
    width = min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size((100, 24)).columns))
    day: date | None = None
    for row in rows:
        if row.on != day:
            if day is not None:
                say()
            day = row.on
            say(f"{_WEEKDAYS[day.weekday()]}, {date_text(day)}")
        say(_row(row, width))
        snippet = snippets.get(row.position, "")
        if snippet and snippet != row.heading:
            say(f"{'':<19}{_clipped(snippet, width - 29)}")
    if not total:
        say("No entries.")
    elif limit is not None and total > limit:
        say(f"\n{limit:,} of {total:,} entries.")


def _row(row: EntrySummary, width: int) -> str:
    at = "" if row.at is None else f"{row.at:%H:%M}"
    duration = "" if row.duration is None else minutes_text(row.duration)
    star = "*" if row.starred else " "
    used = "  ".join(
        f"{a.short_label} {minutes_text(m)}" if m else a.short_label for a, m in row.minutes
    )
    room = width - 29
    title = _clipped(row.heading or _UNTITLED, max(20, room - len(used) - 2))
    gap = " " * max(2, room - _columns(title) - len(used))
    return f"  {at:>5} {duration:>9} {star}{title}{gap}{used}  {row.id[-_SHORT_ID:]}"


def say_entry(entry: Entry) -> None:
    """One entry in full."""
    heading = title_of(entry.title, "")
    if heading:
        say(heading)
    say(_facts(entry))
    for one in entry.allocations:
        minutes = minutes_text(one.minutes) if one.minutes else "no minutes"
        even = ", split evenly" if one.method.value == "even" else ""
        say(f"  {one.activity.label}: {minutes}{even}")
    if entry.unclassified:
        say(f"  Not yet classified: {minutes_text(entry.unclassified)}")
    names = [f"#{tag}" for tag in entry.tags] + [f"@{person}" for person in entry.people]
    if names:
        say("  ".join(names))
    if entry.body:
        say(f"\n{entry.body.rstrip()}\n")
    say(entry.id)


def _facts(entry: Entry) -> str:
    facts = [f"{_WEEKDAYS[entry.on.weekday()]}, {date_text(entry.on)}"]
    if entry.at is not None:
        facts.append(f"{entry.at:%H:%M}" + (f" {entry.zone}" if entry.zone else ""))
    if entry.duration:
        facts.append(minutes_text(entry.duration))
    if entry.starred:
        facts.append("starred")
    if entry.sharing.value != "private":
        facts.append({"shareable": "may be shared", "never": "never to be shared"}[entry.sharing])
    if entry.deleted_at is not None:
        facts.append("in the trash")
    return ", ".join(facts)


def say_added(entry: Entry) -> None:
    """The entry that was just kept, on one line that begins with its id."""
    when = date_text(entry.on) + ("" if entry.at is None else f" {entry.at:%H:%M}")
    duration = "" if entry.duration is None else f", {minutes_text(entry.duration)}"
    given = ", ".join(
        f"{a.activity.label} {minutes_text(a.minutes)}" if a.minutes else a.activity.label
        for a in entry.allocations
    )
    heading = title_of(entry.title, entry.body) or _UNTITLED
    say(f"{entry.id}  {when}{duration}{f' ({given})' if given else ''}: {heading}")


def say_report(report: Report, *, dry_run: bool) -> None:
    """What an import did, or would have done."""
    would = "Would have " if dry_run else ""
    counts = (
        f"imported {report.imported:,}, updated {report.updated:,}, left {report.unchanged:,} as"
        f" they were, skipped {len(report.skipped):,}."
    )
    say(f"{would}{counts}" if would else counts.capitalize())
    for remark in (*report.skipped, *report.warnings):
        note(f"{remark.where}: {remark.reason}")


def report_object(report: Report) -> dict[str, Any]:
    """The file of ``import --report``."""
    return {
        "format": report.format,
        "file": report.file,
        "imported": report.imported,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": [{"where": r.where, "reason": r.reason} for r in report.skipped],
        "warnings": [{"where": r.where, "reason": r.reason} for r in report.warnings],
    }


def say_balance(balance: Balance) -> None:
    """A balance as a table and the sentences that belong beside it."""
    say(period_text(balance.period))
    say()
    percent = balance.percent if balance.status is not Status.TOO_LITTLE else None
    for side, total in ((Side.LEADING, balance.leading), (Side.MANAGING, balance.managing)):
        say(f"{side.value.capitalize():<34}{minutes_text(total):>10}")
        for activity in SIX:
            if activity.side is side:
                part = "" if percent is None else f"{percent[activity]:>5} %"
                minutes = minutes_text(balance.minutes[activity])
                say(f"  {activity.label:<32}{minutes:>10}{part}")
    say(f"{Activity.OUTSIDE.label:<34}{minutes_text(balance.outside):>10}")
    say(f"{'Not yet classified':<34}{minutes_text(balance.unclassified):>10}")
    say()
    for sentence in (
        balance_sentence(balance),
        coverage_sentence(balance),
        range_sentence(balance),
    ):
        if sentence:
            say(sentence)


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _clipped(text: str, columns: int) -> str:
    if _columns(text) <= columns:
        return text
    kept = text[: columns - 1]
    while _columns(kept) > columns - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"
