"""Where things lie: the program's resources and the person's folders."""

import sys
from pathlib import Path

import platformdirs

APP_NAME = "kotter-journal"
_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """A file of ``resources/`` by its path below it, in a checkout, a wheel or a frozen build."""
    frozen_root = getattr(sys, "_MEIPASS", None)
    if frozen_root is not None:
        return Path(frozen_root) / "resources" / name
    installed = _PACKAGE / "resources"
    return (installed if installed.is_dir() else _PACKAGE.parent / "resources") / name


def security_page() -> Path:
    """What protects the journal, as Markdown; in a checkout it lies where people look first."""
    shipped = resource("SECURITY.md")
    return shipped if shipped.is_file() else _PACKAGE.parent / "SECURITY.md"


def default_journal_folder() -> Path:
    """Where a journal is made unless another folder is named."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "journal"


def config_folder() -> Path:
    """Device preferences; away from the journal, so that a copied journal stays closed."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def settings_file() -> Path:
    """The preferences of this device."""
    return config_folder() / "settings.toml"


def keys_folder() -> Path:
    """The secrets with which this device opens journals that have no passphrase."""
    return config_folder() / "keys"


def log_file() -> Path:
    """The rotating log."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False)) / "kotter-journal.log"
