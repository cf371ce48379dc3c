"""Crash: what happens when something happens that nobody thought of."""

import faulthandler
import logging
import sys
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from kotter_journal.config.files import private_folder
from kotter_journal.config.paths import log_file
from kotter_journal.gui.messages import show_crash

log = logging.getLogger(__name__)


class CrashReporter:
    """Logs what nobody caught and says so once; the program goes on.

    The log gets where it happened and the kind of error; the error's own words may quote the
    journal, so they stay out.
    """

    def __init__(self) -> None:
        self._told = False
        self._faults: TextIO | None = None

    def install(self) -> None:
        """Take over uncaught exceptions, and crashes of native code."""
        sys.excepthook = self._on_exception
        path: Path = log_file().with_name("crash.txt")
        try:
            self._faults = (private_folder(path.parent) / path.name).open("a", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._faults)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.error("uncaught %s\n%s", kind.__name__, places(trace))
        app = QApplication.instance()
        if not self._told and app is not None and QThread.currentThread() == app.thread():
            self._told = True
            show_crash(str(log_file()))


def places(trace: TracebackType | None) -> str:
    """File, line and function of each step, without any value."""
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return "\n".join(lines)
