#!/usr/bin/env python3
"""Everything a developer types: python3 scripts/dev.py setup|run|test|check|bench|shot|package.

Standard library only, so it works before anything is installed; `make WORD` calls it.

THE LOCK. requirements.lock holds every package of every platform with its hashes. To renew it
after a change in pyproject.toml (needs uv, which nobody else needs):

    uv pip compile pyproject.toml --group test --group check --group package --universal \\
        --python-version 3.11 --generate-hashes --only-binary :all: --no-annotate \\
        --custom-compile-command "see THE LOCK in scripts/dev.py" -o requirements.lock
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "kotter-journal.stamp"
E2E = ROOT / "tests" / "e2e"
LINUX = sys.platform.startswith("linux")
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
# Someone may have activated .venv; it cannot be refilled by the Python that lies in it.
INSIDE = Path(sys.prefix).resolve() == VENV.resolve()
HOST = getattr(sys, "_base_executable", sys.executable) if INSIDE else sys.executable

QT_LIBRARIES = [
    "libglib2.0-0", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0",
]  # fmt: skip
X11_LIBRARIES = [
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0",
]  # fmt: skip
# Machines for which some package publishes no wheel.
KNOWN_GAPS = {
    ("linux", "aarch64"): "    On ARM Linux Qt needs glibc 2.39 or newer (Debian 13).",
    ("darwin", "x86_64"): "    cryptography no longer comes built for Macs with Intel processors.",
}
SCREEN = "-screen 0 1600x1200x24"
NO_TESTS_COLLECTED = 5

IMPORT_QT = "import PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtPrintSupport, PySide6.QtNetwork"
LOAD_XCB = (
    "import ctypes, pathlib, PySide6.QtGui;"
    "ctypes.CDLL(pathlib.Path(PySide6.__file__).parent / 'Qt/plugins/platforms/libqxcb.so')"
)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"


class Stop(Exception):
    """An expected failure: shown as a sentence, without a traceback."""


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def main(arguments: list[str]) -> int:
    words = {
        "setup": do_setup,
        "run": do_run,
        "test": do_test,
        "check": do_check,
        "bench": do_bench,
        "shot": do_shot,
        "package": do_package,
    }
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Set up, run, test, check and package Kotter Journal.",
        epilog="What follows the word is handed on, for example: dev.py test -k search",
    )
    parser.add_argument("word", choices=list(words))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    if sys.version_info < (3, 11):  # noqa: UP036 - this file may be started by any Python 3
        raise Stop(f"Python 3.11 or newer is needed; this is {platform.python_version()}.")
    return words[chosen.word](chosen.rest)


# The words


def do_setup(rest: list[str]) -> int:
    if rest:
        raise Stop("setup takes no arguments.")
    set_up()
    say(f"Ready: {PYTHON.relative_to(ROOT)}")
    return 0


def do_run(rest: list[str]) -> int:
    set_up()
    # Arguments are verbs of the command line or ask for no window; they decide for themselves.
    if LINUX and not rest and "QT_QPA_PLATFORM" not in os.environ:
        if os.environ.get("DISPLAY"):
            need_x11_plugin()
        elif not os.environ.get("WAYLAND_DISPLAY"):
            raise Stop(
                "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no "
                "window can open.\n    `make shot` takes pictures of the program without one."
            )
    return in_venv(["-m", "kotter_journal", *rest])


def do_test(rest: list[str]) -> int:
    set_up()
    if LINUX and not shutil.which("dbus-daemon"):
        install_system_packages(
            ["dbus"], "dbus-daemon, with which tests play the system, is missing"
        )
    paths = [argument for argument in rest if is_path(argument)]
    options = [argument for argument in rest if argument not in paths]
    window_paths = [path for path in paths if is_inside(path, E2E)]
    other_paths = [path for path in paths if path not in window_paths]
    codes = []
    if other_paths or not paths:
        say("Tests without a window system")
        places = [*(other_paths or ["tests"]), f"--ignore={E2E}"]
        codes.append(in_venv(["-m", "pytest", *places, *options], {"QT_QPA_PLATFORM": "offscreen"}))
    if window_paths or (not paths and any(E2E.rglob("test_*.py"))):
        say("Tests of the whole window")
        codes.append(in_window(["-m", "pytest", *(window_paths or [str(E2E)]), *options]))
    elif not paths:
        say("tests/e2e has no test files: there is nothing to run in a window")
    if crashed := [-code for code in codes if code < 0]:
        say(f"Python itself was ended by signal {crashed[0]}, whatever pytest said above")
    # A filter such as -k may rightly choose nothing from one half, but never from both.
    if options and set(codes) != {NO_TESTS_COLLECTED}:
        codes = [code for code in codes if code != NO_TESTS_COLLECTED]
    return next((code for code in codes if code), 0)


def do_check(rest: list[str]) -> int:
    """The gates, in order; --no-tests leaves out the last; other arguments go to the tests."""
    with_tests = "--no-tests" not in rest
    rest = [argument for argument in rest if argument != "--no-tests"]
    set_up()
    gates = {
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "ruff check": ["-m", "ruff", "check", "."],
        "lint-imports": ["-c", LINT_IMPORTS],
        "mypy": ["-m", "mypy", "--strict", "kotter_journal", "scripts"],
    }
    failed = []
    for name, command in gates.items():
        say(name)
        if in_venv(command):
            failed.append(name)
    if with_tests and do_test(rest):
        failed.append("tests")
    say(f"Failed: {', '.join(failed)}" if failed else "All gates passed")
    return 1 if failed else 0


def do_bench(rest: list[str]) -> int:
    set_up()
    command = ["-m", "pytest", "tests/benchmarks", "-m", "benchmark", "-s", "-p", "no:randomly"]
    return in_window([*command, *rest])


def do_shot(rest: list[str]) -> int:
    set_up()
    return in_window(["scripts/shot.py", *rest])


def do_package(rest: list[str]) -> int:
    set_up()
    if LINUX:
        need_packaging_tools()
    say("Building the program")
    started = time.monotonic()
    places = ["--distpath", "dist", "--workpath", "build"]
    code = in_venv(
        ["-m", "PyInstaller", "packaging/kotter-journal.spec", "--noconfirm", *places, *rest]
    )
    if code:
        return code
    folder = ROOT / "dist" / "kotter-journal"
    megabytes = sum(f.stat().st_size for f in folder.rglob("*") if not f.is_symlink()) / 1e6
    say(f"{folder.relative_to(ROOT)}: {megabytes:.0f} MB in {time.monotonic() - started:.0f} s")
    program = folder / ("kotter-journal.exe" if WINDOWS else "kotter-journal")
    say("Running it with --self-test, from another folder")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as elsewhere:
        return subprocess.run(
            [program, "--self-test"], cwd=elsewhere, env=environment, check=False
        ).returncode


def is_path(argument: str) -> bool:
    return not argument.startswith("-") and (ROOT / argument.split("::")[0]).exists()


def is_inside(argument: str, folder: Path) -> bool:
    path = (ROOT / argument.split("::")[0]).resolve()
    return path == folder or folder in path.parents


# Starting Python in the environment


def in_venv(arguments: list[str], more: dict[str, str] | None = None) -> int:
    """Run the environment's Python in the checkout and answer its exit status."""
    return subprocess.run(
        [PYTHON, *arguments], cwd=ROOT, env={**os.environ, **(more or {})}, check=False
    ).returncode


def in_window(arguments: list[str]) -> int:
    """The same where windows are real: in Xvfb on Linux, natively elsewhere."""
    if not LINUX:
        return in_venv(arguments)
    need_x11_plugin()
    if not shutil.which("xvfb-run"):
        install_system_packages(["xvfb", "xauth"], "xvfb-run is missing")
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    return subprocess.run(
        ["xvfb-run", "-a", "-s", SCREEN, PYTHON, *arguments],
        cwd=ROOT, env=environment, check=False,
    ).returncode  # fmt: skip


# The environment


def set_up() -> None:
    """Make .venv what the lock says; a second run only looks."""
    if not is_current():
        build_environment()
    if LINUX and not probe(IMPORT_QT):
        install_system_packages(QT_LIBRARIES, "Qt does not load")
        if not probe(IMPORT_QT):
            in_venv(["-c", IMPORT_QT])
            raise Stop("Qt still does not load; its own words are above.")


def wanted_stamp() -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{lock}\n{version} {platform.machine()}\n{ROOT}\n"


def is_current() -> bool:
    try:
        return STAMP.read_text("utf-8") == wanted_stamp() and probe("")
    except OSError:
        return False


def build_environment() -> None:
    say("Filling .venv from requirements.lock (once; about 150 MB to download)")
    pip = find_pip()
    make = [HOST, "-m", "venv", "--clear"]
    if pip:
        make.append("--without-pip")
    if subprocess.run([*make, VENV], check=False).returncode:
        raise Stop(f"Could not make {VENV}; is a program from it still running?")
    command = [*(pip or [str(PYTHON), "-m", "pip"])]
    command += ["install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    command += ["--no-input", "--disable-pip-version-check"]
    if not sys.stdout.isatty():
        command.append("--quiet")
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        hint = KNOWN_GAPS.get((sys.platform, platform.machine()), "")
        raise Stop(f"pip could not install the locked packages; its own words are above.\n{hint}")
    know_the_checkout()
    STAMP.write_text(wanted_stamp(), "utf-8")


def find_pip() -> list[str]:
    """The host's pip aimed at .venv, or nothing where a venv can bring its own."""
    # Debian has no ensurepip and forbids pip outside a venv; --python passes both.
    pip = [HOST, "-m", "pip", "--python", str(PYTHON)]
    if runs([HOST, "-c", "import pip"]):
        return pip
    if runs([HOST, "-c", "import ensurepip"]):
        return []
    install_system_packages(["python3-pip"], "pip is missing")
    return pip


def know_the_checkout() -> None:
    """Let the environment import the checkout, as an editable install would."""
    site = VENV / "Lib" / "site-packages"
    if not WINDOWS:
        version = ".".join(map(str, sys.version_info[:2]))
        site = VENV / "lib" / f"python{version}" / "site-packages"
    (site / "kotter-journal-checkout.pth").write_text(f"{ROOT}\n", "utf-8")


def probe(code: str) -> bool:
    """Whether the environment's Python can run this line."""
    return runs([str(PYTHON), "-c", code])


def runs(command: list[str]) -> bool:
    return not subprocess.run(command, capture_output=True, cwd=ROOT, check=False).returncode


# The system's own packages


def need_x11_plugin() -> None:
    if not probe(LOAD_XCB):
        install_system_packages(X11_LIBRARIES, "Qt's X11 plugin does not load")
        if not probe(LOAD_XCB):
            in_venv(["-c", LOAD_XCB])
            raise Stop("Qt's X11 plugin still does not load; the loader's words are above.")


def need_packaging_tools() -> None:
    """PyInstaller reads libraries with objdump and takes libpython along."""
    if not shutil.which("objdump"):
        install_system_packages(["binutils"], "objdump is missing")
    find_library = "from PyInstaller.depend.bindepend import get_python_library_path as f;"
    if not probe(find_library + "raise SystemExit(not f())"):
        version = ".".join(map(str, sys.version_info[:2]))
        install_system_packages([f"libpython{version}"], "the shared libpython is missing")


def install_system_packages(names: list[str], reason: str) -> None:
    if not shutil.which("apt-get"):
        raise Stop(
            f"{reason}. Please install what your system calls these Debian packages:\n"
            f"    {' '.join(names)}"
        )
    apt = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    root = os.geteuid() == 0
    if not root and not (shutil.which("sudo") and runs(["sudo", "-n", "true"])):
        raise Stop(f"{reason}. Please run:\n    sudo {shlex.join(apt)}")
    say(f"{reason}: installing {' '.join(names)}")
    prefix = [] if root else ["sudo", "-n"]
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "update"], apt):
        done = subprocess.run(
            [*prefix, *environment, *command],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and command is apt:
            raise Stop(f"apt-get could not install them:\n{done.stdout[-800:]}{done.stderr[-800:]}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(f"\n{stop}\n", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
