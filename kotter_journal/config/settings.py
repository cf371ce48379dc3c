"""Settings: what belongs to this device and not to the journal."""

import logging
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import tomli_w

from kotter_journal.config.files import private_folder, write_atomically

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences of this device; replaced whole, never changed.

    ``geometry`` is Qt's own description of the window's place, in base 64; ``text_size`` percent.
    """

    theme: str = "system"
    text_size: int = 100
    geometry: str = ""


def read_settings(path: Path) -> Settings:
    """The settings in ``path``; what is missing or of another type takes its default."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        log.info("settings not read, defaults are used: %s", type(error).__name__)
        return Settings()
    return Settings(
        **{f.name: found[f.name] for f in fields(Settings) if _fits(f.default, found.get(f.name))}
    )


def write_settings(path: Path, settings: Settings) -> None:
    """Keep ``settings`` in ``path``. Raises OSError."""
    private_folder(path.parent)
    write_atomically(path, tomli_w.dumps(asdict(settings)).encode())


def _fits(default: Any, value: object) -> bool:
    return type(value) is type(default)
