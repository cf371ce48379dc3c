"""Settings: what belongs to this device and not to the journal."""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import tomli_w

from kotter_journal.config.files import private_folder, write_atomically
from kotter_journal.config.paths import default_journal_folder, settings_file

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences of this device; replaced whole, never changed.

    ``geometry`` is Qt's own description of the window's place, in base 64; ``text_size`` percent.
    ``journal_folder`` is where the journal lies that opens when nobody names another; empty for
    the usual place. ``lock_after_minutes`` without a key or a move of the mouse; 0 for never.
    ``lock_with_system`` locks at suspend and with the screen. ``shortcuts`` are the keys of actions
    by their names, where they are not the usual ones; empty for none. ``prompts``: whether Today
    asks a question.
    """

    theme: str = "system"
    text_size: int = 100
    geometry: str = ""
    journal_folder: str = ""
    second_backup_folder: str = ""
    lock_after_minutes: int = 10
    lock_with_system: bool = True
    prompts: bool = True
    shortcuts: Mapping[str, str] = field(default_factory=dict)

    @property
    def second_folder(self) -> Path | None:
        """Where backups are copied to as well."""
        return Path(self.second_backup_folder) if self.second_backup_folder else None


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
        **{f.name: found[f.name] for f in fields(Settings) if _fits(f, found.get(f.name))}
    )


def write_settings(path: Path, settings: Settings) -> None:
    """Keep ``settings`` in ``path``. Raises OSError."""
    private_folder(path.parent)
    write_atomically(path, tomli_w.dumps(asdict(settings)).encode())


def journal_in_use() -> Path:
    """The folder of the journal that opens when nobody names another."""
    chosen = read_settings(settings_file()).journal_folder
    return Path(chosen) if chosen else default_journal_folder()


def _fits(known: Field[Any], value: object) -> bool:
    if known.default is MISSING:
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    return type(value) is type(known.default)
