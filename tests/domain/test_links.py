"""Links between entries: how they are written, read, and which entry they mean."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.entries import EntryId, EntrySummary
from kotter_journal.domain.links import EntryLink, link_text, links_in, means, nearest, read_link

DAY = date(2026, 5, 12)


def summary(heading: str, position: int = 1, on: date = DAY) -> EntrySummary:
    """An entry as lists show it."""
    return EntrySummary(
        position=position,
        id=EntryId(f"{heading}{position}"),
        on=on,
        at=time(9, 0),
        duration=None,
        heading=heading,
        excerpt="",
        starred=False,
        minutes=(),
    )


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see [[2026-05-12 Why it changes]].", (EntryLink(DAY, "Why it changes"),)),
        ("[[Why it changes]]", (EntryLink(None, "Why it changes"),)),
        ("[[2026-05-12]]", (EntryLink(DAY, ""),)),
        ("[[2026-02-31 x]]", (EntryLink(None, "2026-02-31 x"),)),
        ("[[a|shown as]] and [[ b  c ]]", (EntryLink(None, "a"), EntryLink(None, "b c"))),
        ("`[[code]]`", ()),
        ("```\n[[code]]\n```", ()),
        ("[[]] [[a\nb]] [not] [[[x]]]", (EntryLink(None, "x"),)),
        ("", ()),
    ],
)
def test_links_are_read(text: str, links: tuple[EntryLink, ...]) -> None:
    assert links_in(text) == links


@given(st.text(min_size=1, max_size=120))
def test_a_link_to_an_entry_means_it(heading: str) -> None:
    text = link_text(DAY, heading)
    assert text.startswith("[[")
    (link,) = links_in(text.replace("`", "'")) or (read_link(text[2:-2]),)
    assert link.on == DAY
    if "`" not in heading and "~~~" not in heading:
        assert means(link, DAY, heading)


def test_the_newest_of_those_with_the_same_heading_is_meant() -> None:
    one, two = summary("Plan", 1), summary("plan", 2)
    assert nearest(EntryLink(None, "PLAN"), [one, two]) is two


def test_with_a_date_another_heading_is_no_obstacle() -> None:
    one, two = summary("Why the night shift changes"), summary("Budget", 2)
    assert nearest(EntryLink(DAY, "why shift changes"), [one, two]) is one
    assert nearest(EntryLink(DAY, "something else"), [one]) is one
    assert nearest(EntryLink(DAY, "zzz"), [one, two]) is None
    assert nearest(EntryLink(None, "why shift"), [one, two]) is None
    assert nearest(EntryLink(DAY, "x"), []) is None
