"""The promises of the project's setup: which packages, from where, under which licence."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject

import kotter_journal
from scripts import dev

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# Offered by Qt under the GPL or a commercial licence only.
GPL_ONLY_QT = ["QtCharts", "QtDataVisualization", "QtGraphs", "QtVirtualKeyboard", "QtNetworkAuth"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot die since Python 3.12")
def test_a_void_qt_call_takes_no_reference_to_none() -> None:
    # PySide6 6.12.0 takes one in every call, until Python aborts (PYSIDE-3474).
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_the_broken_pyside_cannot_be_installed() -> None:
    requirements = [Requirement(text) for text in PROJECT["dependencies"]]
    pyside = next(r for r in requirements if r.name == "PySide6-Essentials")
    assert pyside.specifier.contains("6.11.3")
    assert not pyside.specifier.contains("6.12.0")
    assert "pyside6-essentials==6.11.3 " in LOCK


def test_every_locked_package_has_hashes() -> None:
    packages = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(packages) > 20
    bare = [p.splitlines()[0] for p in packages if not re.search("--hash=sha256:[0-9a-f]{64}", p)]
    assert bare == []


def test_every_dependency_is_locked() -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, flags=re.MULTILINE))
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    wanted = [*PROJECT["dependencies"], *(text for group in groups.values() for text in group)]
    assert {Requirement(text).name.lower() for text in wanted} <= locked


def test_the_lock_names_no_place_to_download_from() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", LOCK)


def test_the_lock_holds_no_qt_addons() -> None:
    names = re.findall(r"^([a-z0-9-]+)==", LOCK, flags=re.MULTILINE)
    assert [name for name in names if name.startswith("pyside")] == ["pyside6-essentials"]


@pytest.mark.parametrize("module", GPL_ONLY_QT)
def test_no_gpl_only_part_of_qt_is_imported(module: str) -> None:
    sources = (ROOT / "kotter_journal").rglob("*.py")
    pattern = re.compile(rf"^\s*(from|import)\s.*\b{module}\b", re.MULTILINE)
    assert [s.name for s in sources if pattern.search(s.read_text("utf-8"))] == []


def test_the_program_and_its_metadata_agree_on_the_version() -> None:
    assert kotter_journal.__version__ == PROJECT["version"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Keeps scripts/dev.py from starting anything; says in which half it would have."""
    halves: list[str] = []

    def offscreen(*_: object) -> int:
        halves.append("offscreen")
        return 0

    def window(*_: object) -> int:
        halves.append("window")
        return dev.NO_TESTS_COLLECTED

    (tmp_path / "tests" / "e2e").mkdir(parents=True)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "E2E", tmp_path / "tests" / "e2e")
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "in_venv", offscreen)
    monkeypatch.setattr(dev, "in_window", window)
    return halves


def test_a_half_without_a_chosen_test_is_fine_only_behind_a_filter(started: list[str]) -> None:
    assert dev.main(["test", "tests", "tests/e2e", "-k", "setup"]) == 0
    assert dev.main(["test", "tests", "tests/e2e"]) == dev.NO_TESTS_COLLECTED
    assert started == ["offscreen", "window"] * 2


def test_a_filter_that_chooses_nothing_at_all_fails(started: list[str]) -> None:
    assert dev.main(["test", "tests/e2e", "-k", "nothing"]) == dev.NO_TESTS_COLLECTED
    assert started == ["window"]


@pytest.mark.skipif(not dev.LINUX, reason="other systems always have a display")
def test_run_without_a_display_points_to_shot(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(dev.Stop, match="make shot"):
        dev.main(["run"])
    assert started == []


def test_no_right_to_install_ends_in_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Stop, match=r"sudo apt-get install .* libegl1"):
        dev.install_system_packages(["libegl1"], "Qt does not load")
