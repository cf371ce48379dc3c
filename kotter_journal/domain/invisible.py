"""Invisible characters that can deceive: found, named, and shown as such.

A character without a shape of its own can turn the order of the letters round it ("Trojan Source",
Boucher and Anderson, 2021), make two words that look the same differ, or carry hidden text. Some
are needed, and are left alone where they do what they are for:

- joiners (ZWJ, ZWNJ) after a letter of a script whose letters join, and ZWJ between emoji;
- the signs that choose a form (U+FE00..FE0F, U+E0100..E01EF): one, after a symbol, a digit or a
  letter that is neither Latin, Greek nor Cyrillic;
- tag characters that spell out the flag of a region, behind a black flag and with their end;
- LRM, RLM and ALM in a line near letters written from right to left, but not amid a word that goes
  the other way;
- spaces without width (ZWSP) in scripts that put no space between words; fillers beside their
  Jamo; selectors of Mongolian beside Mongolian.

All others are deceptive here, the ones that turn the order without exception.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

_NAMES = {
    "\u00ad": "SHY",
    "\u034f": "CGJ",
    "\u061c": "ALM",
    "\u115f": "HCF",
    "\u1160": "HJF",
    "\u17b4": "KIVAQ",
    "\u17b5": "KIVAA",
    "\u180b": "FVS1",
    "\u180c": "FVS2",
    "\u180d": "FVS3",
    "\u180e": "MVS",
    "\u180f": "FVS4",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2061": "FA",
    "\u2062": "IT",
    "\u2063": "IS",
    "\u2064": "IP",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u3164": "HF",
    "\ufeff": "BOM",
    "\uffa0": "HHF",
    "\ufff9": "IAA",
    "\ufffa": "IAS",
    "\ufffb": "IAT",
}
_CHOOSERS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SUSPECTS = (
    f"{''.join(_NAMES)}{_CHOOSERS}\x80-\x9f\u2065\u206a-\u206f\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
SUSPECT = re.compile(f"[{_SUSPECTS}]")
"""What has no shape, be it needed or not."""

_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_FLAG_OR_SUSPECT = re.compile(f"{_FLAG}|[{_SUSPECTS}]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u0605\u0608\u060b\u060d\u061b\u061d-\u064a\u066d-\u06ef\u06fa-\u08ff"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_JOINING = re.compile(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af\u1a20-\u1aaf\u1b00-\u1bff\ua840-\ua87f"
    "\ua8e0-\ua8ff\ua980-\ua9df\uaa60-\uaa7f\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010aff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf]")
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_MONGOLIAN = re.compile("[\u1800-\u180a\u1810-\u18af\ua840-\ua87f]")
_DIRECTION = frozenset("\u200e\u200f\u061c")
_JOINERS = frozenset("\u200c\u200d")
_BESIDE = {
    "\u200b": _UNSPACED,
    "\u034f": _RIGHT_TO_LEFT,
    "\u115f": _JAMO,
    "\u1160": _JAMO,
    **dict.fromkeys("\u180b\u180c\u180d\u180e\u180f", _MONGOLIAN),
}
_CHOOSER = re.compile(f"[{_CHOOSERS}]")
_FIRST_OTHER = "\u0590"
"""Letters before it are Latin, Greek, Cyrillic and Armenian: none has forms to choose from."""
_NEAR = 32

PLACEHOLDER = "\u25af"


def deceptive(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where in ``text[start:end]`` a deceptive character stands, in code points of ``text``."""
    for match in _FLAG_OR_SUSPECT.finditer(text, start, len(text) if end is None else end):
        at = match.start()
        if match.end() == at + 1 and not _is_needed(text, at):
            yield at


def name_of(character: str) -> str:
    """The short name of an invisible character: "RLO", "ZWSP", "U+E0041"."""
    return _NAMES.get(character, f"U+{ord(character):04X}")


def named(text: str) -> str:
    """``text`` with a name in the place of each deceptive character: "‹RLO›"."""
    return _replaced(text, lambda character: f"‹{name_of(character)}›")


def boxed(text: str) -> str:
    """``text`` with a box in the place of each deceptive character; as long as before."""
    return _replaced(text, lambda _: PLACEHOLDER)


def _replaced(text: str, sign: Callable[[str], str]) -> str:
    places = list(deceptive(text)) if SUSPECT.search(text) else []
    if not places:
        return text
    parts, done = [], 0
    for place in places:
        parts += [text[done:place], sign(text[place])]
        done = place + 1
    return "".join([*parts, text[done:]])


def _is_needed(text: str, at: int) -> bool:
    """Whether the character at ``at`` does what it is for, and no more."""
    character, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if character in _DIRECTION:
        amid_a_word = _goes_right(before) and _goes_right(after)
        return not amid_a_word and _is_near_right_to_left(text, at)
    if character in _JOINERS:
        between_emoji = character == "\u200d" and _is_emoji(before) and _is_emoji(after)
        ends = not after or not after.isalnum() or bool(_JOINING.match(after))
        return between_emoji or (bool(_JOINING.match(before)) and ends)
    if beside := _BESIDE.get(character):
        return bool(beside.match(before) or beside.match(after))
    return bool(_CHOOSER.match(character)) and _has_forms(before)


def _is_near_right_to_left(text: str, at: int) -> bool:
    """Whether a letter written from right to left stands in the same line, not far away."""
    start = max(text.rfind("\n", max(0, at - _NEAR), at) + 1, at - _NEAR, 0)
    end = text.find("\n", at, at + _NEAR)
    return bool(_RIGHT_TO_LEFT.search(text, start, at + _NEAR if end < 0 else end))


def _goes_right(character: str) -> bool:
    """A letter or digit of a script written from left to right."""
    return character.isalnum() and not _RIGHT_TO_LEFT.match(character)


def _has_forms(character: str) -> bool:
    """Whether a sign behind it may choose between forms of it."""
    if not character or not character.isprintable() or SUSPECT.match(character):
        return False
    is_letter = character.isalpha() and character != "\u2139"
    return not character.isspace() and not (is_letter and character < _FIRST_OTHER)


def _is_emoji(character: str) -> bool:
    """Symbols, arrows, their skin tones and the sign that asks for colour (U+FE0F)."""
    if not character or character < "\u00a9":
        return False
    return character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk", "Sm")
