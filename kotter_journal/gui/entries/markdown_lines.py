"""Markdown lines: what Enter and the tools of the editor make of a line."""

import re
from enum import Enum

_ITEM = re.compile(
    r"(?P<lead>(?:\s{0,3}>\s?)*\s*)"
    r"(?:(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<dot>[.)]))(?P<gap>\s+)(?P<box>\[[ xX]\]\s+)?)?"
)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+")
_BULLET = re.compile(r"(\s*)([-*+])(\s+)")
_BOX = re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)])\s+)\[([ xX])\](\s+|$)")
_QUOTE = re.compile(r"\s{0,3}>\s?")


class LineTool(Enum):
    """A tool that works on whole lines."""

    HEADING = "heading"
    LIST = "list"
    CHECKLIST = "checklist"
    QUOTE = "quote"


def continued(line: str, caret: int) -> str | None:
    """What Enter at ``caret`` puts on the next line: the mark of a list or a quote.

    "" where the item is empty, so that its mark is to be taken away; None for a plain line, and
    where the caret stands before or in the mark.
    """
    item = _ITEM.match(line)
    if item is None or not (item["mark"] or ">" in item["lead"]) or caret < item.end():
        return None
    if not line[item.end() :].strip():
        return ""
    mark = item["mark"] or ""
    if item["number"]:
        mark = f"{int(item['number']) + 1}{item['dot']}"
    box = "[ ] " if item["box"] else ""
    return f"{item['lead']}{mark}{item['gap'] or ''}{box}"


def toggled(lines: list[str], tool: LineTool) -> list[str]:
    """The lines with a mark, or without it where all of them have it already.

    A checklist item goes from open to done and back instead; the list tool makes it plain again.
    """
    return [_TOOLS[tool](line, _all_have(lines, tool)) for line in lines]


def _all_have(lines: list[str], tool: LineTool) -> bool:
    written = [line for line in lines if line.strip()]
    return bool(written) and all(_MARKS[tool].match(line) for line in written)


def _heading(line: str, has: bool) -> str:
    plain = _HEADING.sub("", line, count=1)
    return plain if has else f"## {plain}"


def _list(line: str, has: bool) -> str:
    box = _BOX.match(line)
    if has:
        return line[box.end() :] if box else _BULLET.sub(r"\1", line, count=1)
    return line if _BULLET.match(line) else f"{_indent(line)}- {line.lstrip()}"


def _checklist(line: str, has: bool) -> str:
    box = _BOX.match(line)
    if box:
        state = box[2] if not has else ("x" if box[2] == " " else " ")
        return f"{box[1]}[{state}]{box[3]}{line[box.end() :]}"
    bullet = _BULLET.match(line)
    if bullet:
        return f"{bullet[0]}[ ] {line[bullet.end() :]}"
    return f"{_indent(line)}- [ ] {line.lstrip()}"


def _quote(line: str, has: bool) -> str:
    return _QUOTE.sub("", line, count=1) if has else f"> {line}"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


_TOOLS = {
    LineTool.HEADING: _heading,
    LineTool.LIST: _list,
    LineTool.CHECKLIST: _checklist,
    LineTool.QUOTE: _quote,
}
_MARKS = {
    LineTool.HEADING: _HEADING,
    LineTool.LIST: _BULLET,
    LineTool.CHECKLIST: _BOX,
    LineTool.QUOTE: _QUOTE,
}
