"""Invisible characters that can deceive: found, named, and shown as such.

A character without a shape of its own can turn the order of the letters round it ("Trojan Source",
Boucher and Anderson, 2021), or make two words that look the same differ. Some are needed: joiners
inside emoji and in scripts that join, marks of direction beside letters written from right to left.
Those are left alone; all others are deceptive here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

_NAMES = {
    "\u00ad": "SHY",
    "\u034f": "CGJ",
    "\u061c": "ALM",
    "\u115f": "HCF",
    "\u1160": "HJF",
    "\u180e": "MVS",
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
_TAGS = "\U000e0000-\U000e007f"
SUSPECT = re.compile(f"[{''.join(_NAMES)}{_TAGS}\U000e0100-\U000e01ef]")
_DIRECTION = frozenset("\u200e\u200f\u061c")
_JOINERS = frozenset("\u200c\u200d")
_BLACK_FLAG = "\U0001f3f4"
_FIRST_RIGHT_TO_LEFT = "\u0590"
"""Letters before it (Latin, Greek, Cyrillic, Armenian) never join."""

PLACEHOLDER = "\u25af"


def deceptive(text: str) -> Iterator[int]:
    """Where in ``text`` a deceptive character stands, in code points."""
    for match in SUSPECT.finditer(text):
        if not _is_needed(text, match.start()):
            yield match.start()


def name_of(character: str) -> str:
    """The short name of an invisible character: "RLO", "ZWSP", "U+E0041"."""
    return _NAMES.get(character, f"U+{ord(character):04X}")


def named(text: str) -> str:
    """``text`` with a name in the place of each deceptive character: "‹RLO›"."""
    return _replaced(text, lambda character: f"‹{name_of(character)}›")


def boxed(text: str) -> str:
    """``text`` with a box in the place of each deceptive character; as long as before."""
    return _replaced(text, lambda _: PLACEHOLDER)


def shown_address(address: str) -> str:
    """The address of a link as a person should see it before it is opened.

    A host with letters beyond ASCII is given in the form that computers use (RFC 3492), so that
    look-alikes show; words before an "@", which could pass for a host, are left out. Long ones are
    cut in the middle: the host and the end stay.
    """
    try:
        parts = urlsplit(address)
        place = parts.netloc.rpartition("@")[2]
        host, port = parts.hostname or "", place.rpartition(":")[2] if _has_port(place) else ""
        if host and not place.startswith("["):
            place = f"{_ascii(host)}:{port}" if port else _ascii(host)
        if parts.netloc:
            address = parts._replace(netloc=place).geturl()
    except ValueError:
        pass  # no address that a browser would open; it is shown as it stands
    address = named(address)
    return address if len(address) <= _LONGEST else f"{address[:200]} … {address[-60:]}"


_LONGEST, _PORTS = 300, 65_536


def _has_port(place: str) -> bool:
    number = place.rpartition(":")[2] if ":" in place else ""
    return number.isdecimal() and int(number) < _PORTS


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ".".join(_ascii_label(label) for label in host.split("."))


def _ascii_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"


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
    character = text[at]
    before, after = text[:at][-1:], text[at + 1 : at + 2]
    if character in _DIRECTION:
        return any(_is_right_to_left(one) for one in (before, after))
    if character == "\u200d" and _is_emoji(before) and _is_emoji(after):
        return True
    if character in _JOINERS:
        return _joins(before) and (not after or _joins(after) or after.isspace())
    if "\U000e0020" <= character <= "\U000e007f":
        return text[:at].rstrip("".join(map(chr, range(0xE0020, 0xE0080))))[-1:] == _BLACK_FLAG
    return character >= "\U000e0100" and _joins(before)


def _is_right_to_left(character: str) -> bool:
    return bool(character) and unicodedata.bidirectional(character) in ("R", "AL", "AN")


def _is_emoji(character: str) -> bool:
    """Symbols, their skin tones and the sign that asks for colour (U+FE0F)."""
    return bool(character) and (
        character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk")
    )


def _joins(character: str) -> bool:
    """A letter, or a sign on one, of a script in which letters take other shapes together."""
    return (
        bool(character)
        and character >= _FIRST_RIGHT_TO_LEFT
        and character.isprintable()
        and (unicodedata.category(character)[0] in "LM")
    )
