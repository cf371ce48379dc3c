"""Spans: what the parts of one line of Markdown are, for painting it as it is typed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import pairwise


class Part(Enum):
    """What a stretch of a line is; several may hold at once."""

    MARK = "mark"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    CODE = "code"
    QUOTE = "quote"
    CHECKBOX = "checkbox"
    DONE = "done"
    LINK = "link"
    TAG = "tag"
    PERSON = "person"
    HIT = "hit"


class Fence(IntEnum):
    """Whether a line ends inside fenced code, and which fence would close it."""

    NONE = 0
    BACKTICKS = 1
    TILDES = 2


@dataclass(frozen=True, slots=True)
class Span:
    """``line[start:end]``, in code points, is a ``part``."""

    start: int
    end: int
    part: Part


SCANNED = 4000
"""Code points of a line that are looked at; what follows is painted plain."""

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|$)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s+|$)")
_BOX = re.compile(r"\[([ xX])\](?=\s|$)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)")
_LINK = re.compile(r"(!?\[)([^\]\n]*)(\]\([^)\n]*\))")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>)\]]+[^\s<>)\].,;:!?'\"]")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_ITALIC = re.compile(
    r"(?<![*\w\\])\*(?![*\s])([^*\n]{1,1000}?)(?<![\s*\\])\*(?!\*)"
    r"|(?<![_\w\\])_(?![_\s])([^_\n]{1,1000}?)(?<![\s_\\])_(?![_\w])"
)
_STRUCK = re.compile(r"~~(?=\S)(.{1,1000}?)(?<=\S)~~")
_TAG = re.compile(r"(?<![\w#&/@])#[\w/-]*[^\W\d_][\w/-]*")
_PERSON = re.compile(r"(?<![\w@./-])@[^\W\d_]\w*(?:[-.'’][^\W\d_]\w*)*")
_HEADINGS = (Part.HEADING_1, Part.HEADING_2, Part.HEADING_3)


def spans_of(line: str, before: Fence) -> tuple[list[Span], Fence]:
    """The spans of a line, and the fence in which it ends; ``before`` is that of the line above."""
    line = line[:SCANNED]
    fence = _FENCE.match(line)
    if before is not Fence.NONE:
        closes = fence is not None and _kind(fence[1]) is before
        part = Part.MARK if closes else Part.CODE
        return [Span(0, len(line), part)], Fence.NONE if closes else before
    if fence is not None:
        return [Span(0, len(line), Part.MARK)], _kind(fence[1])
    if not line:
        return [], Fence.NONE
    return [*_line(line)], Fence.NONE


def _kind(fence: str) -> Fence:
    return Fence.BACKTICKS if fence[0] == "`" else Fence.TILDES


def _line(line: str) -> Iterator[Span]:
    """Block marks first, then what stands between them."""
    if _RULE.match(line):
        yield Span(0, len(line), Part.MARK)
        return
    start = 0
    heading = _HEADING.match(line)
    if heading:
        yield Span(0, heading.end(), Part.MARK)
        yield Span(0, len(line), _HEADINGS[min(len(heading[1]), 3) - 1])
        start = heading.end()
    else:
        quote = _QUOTE.match(line)
        if quote:
            yield Span(0, quote.end(), Part.MARK)
            yield Span(quote.end(), len(line), Part.QUOTE)
            start = quote.end()
        item = _LIST.match(line, start)
        if item:
            yield Span(start, item.end(), Part.MARK)
            start = item.end()
            box = _BOX.match(line, start)
            if box:
                yield Span(start, box.end(), Part.CHECKBOX)
                start = box.end()
                if box[1] != " ":
                    yield Span(start, len(line), Part.DONE)
    yield from _inline(line, start)


def _inline(line: str, start: int) -> Iterator[Span]:
    """Code first, then links: what stands in them is nothing else."""
    rest = _blank(line, 0, start)
    if "`" in rest:
        for found in _CODE.finditer(rest):
            yield from _wrapped(found.start(), found.end(), len(found[1]), Part.CODE)
            rest = _blank(rest, found.start(), found.end())
    if "](" in rest or "://" in rest:
        for span, hidden in _links(rest):
            yield span
            rest = _blank(rest, *hidden)
    yield from _emphasis(rest)
    if "#" in rest:
        yield from (Span(f.start(), f.end(), Part.TAG) for f in _TAG.finditer(rest))
    if "@" in rest:
        yield from (Span(f.start(), f.end(), Part.PERSON) for f in _PERSON.finditer(rest))


def _links(line: str) -> Iterator[tuple[Span, tuple[int, int]]]:
    """Links and addresses, each with the stretch that is no prose."""
    for found in _LINK.finditer(line):
        target = found.span(3)
        yield Span(*found.span(1), Part.MARK), (0, 0)
        yield Span(*found.span(2), Part.LINK), (0, 0)
        yield Span(*target, Part.MARK), target
        line = _blank(line, *target)
    for found in _ADDRESS.finditer(line):
        yield Span(*found.span(), Part.LINK), found.span()


def _emphasis(rest: str) -> Iterator[Span]:
    if "**" in rest or "__" in rest:
        for found in _BOLD.finditer(rest):
            yield from _wrapped(found.start(), found.end(), 2, Part.BOLD)
            rest = _blank(rest, found.start(), found.start(2))
            rest = _blank(rest, found.end(2), found.end())
    if "*" in rest or "_" in rest:
        for found in _ITALIC.finditer(rest):
            yield from _wrapped(found.start(), found.end(), 1, Part.ITALIC)
    if "~~" in rest:
        for found in _STRUCK.finditer(rest):
            yield from _wrapped(found.start(), found.end(), 2, Part.STRUCK)


def _wrapped(start: int, end: int, width: int, part: Part) -> Iterator[Span]:
    """The part with its marks on both sides."""
    yield Span(start, start + width, Part.MARK)
    yield Span(start, end, part)
    yield Span(end - width, end, Part.MARK)


def _blank(line: str, start: int, end: int) -> str:
    return f"{line[:start]}{' ' * (end - start)}{line[end:]}"


def layered(spans: list[Span]) -> Iterator[tuple[int, int, frozenset[Part]]]:
    """The spans cut at every border: stretches with all the parts that hold there, in order."""
    begun: defaultdict[int, list[Part]] = defaultdict(list)
    ended: defaultdict[int, list[Part]] = defaultdict(list)
    for span in spans:
        begun[span.start].append(span.part)
        ended[span.end].append(span.part)
    open_: Counter[Part] = Counter()
    for start, end in pairwise(sorted(begun.keys() | ended.keys())):
        open_.subtract(ended[start])
        open_.update(begun[start])
        parts = frozenset(part for part, count in open_.items() if count > 0)
        if parts:
            yield start, end, parts


def utf16_offsets(line: str) -> list[int] | None:
    """Where each code point of ``line``, and its end, lies in UTF-16 units; None where alike."""
    if line.isascii() or max(line) <= "\uffff":
        return None
    offsets, here = [], 0
    for character in line:
        offsets.append(here)
        here += 2 if character > "\uffff" else 1
    offsets.append(here)
    return offsets
