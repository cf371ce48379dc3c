"""A played disk: what lies on it after a power cut, by what a process did to its files.

What is durable: the content of a file up to its last fsync, and of a folder's names those up to
the last fsync of that folder. Of what came later, single writes are kept or lost at random, in
pieces of 4096 bytes and the last one perhaps torn at 512; names are kept up to a random one in
their order, as journalling file systems do. Disks that lie about a flush are not played.
"""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = struct.Struct("<BHIQ")
_PIECE, _TORN = 4096, 512


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: kind, path, the bytes or the other path, and where."""

    kind: str
    path: str
    second: bytes
    at: int


def read_deeds(log: Path) -> Iterator[Deed]:
    """What the shim wrote down, in order."""
    content, at = log.read_bytes(), 0
    while at + _HEAD.size <= len(content):
        kind, path_size, second_size, offset = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        path = content[at : at + path_size].decode()
        at += path_size
        yield Deed(chr(kind), path, content[at : at + second_size], offset)
        at += second_size


@dataclass(slots=True)
class _File:
    """A file: what is durable, and what was done to it since."""

    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Deed] = field(default_factory=list)

    def sync(self) -> None:
        for deed in self.waiting:
            _do(self.durable, deed)
        self.waiting = []

    def after_cut(self, chance: random.Random) -> bytes:
        content = bytearray(self.durable)
        kept = chance.choice((0.0, 0.5, 0.9, 1.0))
        for deed in self.waiting:
            if deed.kind == "t":
                if chance.random() < kept:
                    _do(content, deed)
                continue
            for start in range(0, len(deed.second), _PIECE):
                piece = deed.second[start : start + _PIECE]
                if chance.random() >= kept:
                    continue
                if chance.random() < 0.1:
                    piece = piece[: chance.randrange(len(piece) // _TORN + 1) * _TORN]
                _do(content, Deed("w", deed.path, piece, deed.at + start))
        return bytes(content)


def _do(content: bytearray, deed: Deed) -> None:
    if deed.kind == "t":
        del content[deed.at :]
        content.extend(bytes(deed.at - len(content)))
        return
    if not deed.second:
        return
    content.extend(bytes(max(0, deed.at - len(content))))
    content[deed.at : deed.at + len(deed.second)] = deed.second


class PlayedDisk:
    """Names and files as a process sees them, and as a power cut would leave them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._now: dict[str, _File | None] = {str(root): None}
        self._durable = dict(self._now)
        self._waiting: list[tuple[str, Deed, _File | None]] = []

    def play(self, deed: Deed) -> None:
        """Do what the process did; ``None`` stands for a folder."""
        if deed.kind in "wt":
            file = self._now.get(deed.path)
            if file is not None:
                file.waiting.append(deed)
        elif deed.kind == "s":
            self._sync(deed.path)
        else:
            # What a name leads to: a new file, a folder, or what is given another name.
            made = _File() if deed.kind == "c" else self._now.get(deed.path)
            _rename(self._now, deed, made)
            self._waiting.append((_parent(deed.path), deed, made))

    def cut(self, into: Path, chance: random.Random) -> None:
        """Write to ``into`` what a power cut now would leave."""
        names = dict(self._durable)
        kept = chance.randrange(len(self._waiting) + 1)
        for _, deed, made in self._waiting[:kept]:
            _rename(names, deed, made)
        for path, file in sorted(names.items()):
            target = into / Path(path).relative_to(self._root)
            if not target.parent.is_dir():
                continue
            if file is None:
                target.mkdir(exist_ok=True, mode=0o700)
            else:
                target.write_bytes(file.after_cut(chance))

    def _sync(self, path: str) -> None:
        file = self._now.get(path)
        if file is not None:
            file.sync()
            return
        still: list[tuple[str, Deed, _File | None]] = []
        for parent, deed, made in self._waiting:
            if path in (parent, _parent(deed.second.decode())):
                _rename(self._durable, deed, made)
            else:
                still.append((parent, deed, made))
        self._waiting = still


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _rename(names: dict[str, _File | None], deed: Deed, made: _File | None) -> None:
    if deed.kind in "cm":
        names[deed.path] = made
    elif deed.kind == "u":
        names.pop(deed.path, None)
    else:
        target = deed.second.decode()
        names.pop(deed.path, None)
        for path in [one for one in names if one.startswith(f"{deed.path}/")]:
            names[target + path[len(deed.path) :]] = names.pop(path)
        names[target] = made
