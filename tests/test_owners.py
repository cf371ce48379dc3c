"""Words with one owner: where a dangerous name may stand."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kotter_journal"
OWNERS: dict[str, set[str]] = {
    "setStyleSheet": {"gui/theme.py"},
    "QMessageBox": {"gui/messages.py"},
    "processEvents": set(),
    "QThread": {"app/crash.py"},
    "QSettings": set(),
    "ThreadPoolExecutor": {"gui/tasks.py"},
    "platformdirs": {"config/paths.py"},
    "excepthook": {"app/crash.py"},
    "create_engine": {"storage/database.py"},
    "exec_driver_sql": {
        "storage/database.py",
        "storage/tables.py",
        "storage/migrations/upgrade.py",
        "storage/migrations/versions/0001_first.py",
    },
    "toPlainText": set(),
    "toMarkdown": set(),
}


def names_in(path: Path) -> set[str]:
    """Every name and attribute that a module uses."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    return names


@pytest.mark.parametrize("word", OWNERS)
def test_a_dangerous_word_stands_only_with_its_owner(word: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if word in names_in(path)
    }
    assert users <= OWNERS[word]


FIRST_FRAME = (
    "app/main.py",
    "gui/main_window.py",
    "gui/top_bar.py",
    "gui/actions.py",
    "gui/messages.py",
    "gui/toast.py",
    "gui/closed_page.py",
    "gui/tasks.py",
    "gui/today/page.py",
    "gui/today/quick_line.py",
)


@pytest.mark.parametrize("module", FIRST_FRAME)
def test_what_paints_the_first_frame_does_not_load_sql(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert not [name for name in imported if ".storage" in name or ".services" in name]
