"""Links from one entry to another: ``[[2026-05-12 Why the shift changes]]`` or ``[[Why ...]]``.

A link names what a person sees: the date of an entry and its heading, or the heading alone; words
behind a ``|`` are shown in their place. So it reads the same in every export, and in programs that
know such links (Obsidian's "internal links"). With a date it survives another heading: the entry of
that date is meant whose heading is nearest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kotter_journal.domain.entries import NOT_PROSE, EntrySummary, fold
from kotter_journal.domain.fuzzy import likeness

LINK = re.compile(r"\[\[([^\[\]\n|]{1,240})(?:\|([^\[\]\n]{1,240}))?\]\]")
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class EntryLink:
    """What a link leads to: an entry of a date, one with a heading, or both."""

    on: date | None
    heading: str


def read_link(inside: str) -> EntryLink:
    """What stands between the brackets, without words to show."""
    text = " ".join(inside.split())
    match = _DATED.fullmatch(text)
    if match is not None:
        try:
            return EntryLink(date.fromisoformat(match[1]), match[2] or "")
        except ValueError:
            pass
    return EntryLink(None, text)


def links_in(text: str) -> tuple[EntryLink, ...]:
    """The links of a text in reading order, those in code left out."""
    if "[[" not in text:
        return ()
    return tuple(read_link(match[1]) for match in LINK.finditer(NOT_PROSE.sub(" ", text)))


def link_text(on: date, heading: str) -> str:
    """A link to an entry, as it is written into a text."""
    plain = re.sub(r"[\[\]|]", " ", heading)
    return f"[[{on.isoformat()} {' '.join(plain.split())}".rstrip() + "]]"


def means(link: EntryLink, on: date, heading: str) -> bool:
    """Whether a link names this entry outright."""
    same = fold(link.heading) == fold(read_link(link_text(on, heading)[2:-2]).heading)
    return same and link.on in (None, on)


def nearest(link: EntryLink, entries: Sequence[EntrySummary]) -> EntrySummary | None:
    """Of entries that may be meant, the one that is; newest first where several are.

    An entry whose heading is the same; with a date the only one, or the one with the nearest
    heading.
    """
    exact = [one for one in entries if means(link, one.on, one.heading)]
    if exact:
        return max(exact, key=lambda one: one.position)
    if link.on is None or not entries:
        return None
    if len(entries) == 1:
        return entries[0]
    rated = [(likeness(link.heading, one.heading), one) for one in entries]
    fitting = [(score, one) for score, one in rated if score is not None and link.heading]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
