"""What tests of the window share: a session over a real journal, and guards against leaks."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.gui.theme import Theme
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import create, open_journal

NOW = datetime(2026, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=2)))
"""A Thursday; every test's clock stands there."""


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, in force."""
    made = Theme("light")
    made.apply(qapp)
    return made


@pytest.fixture
def open_session(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., JournalSession]]:
    """Makes sessions over fresh encrypted journals, and closes them at the end."""
    opened: list[JournalSession] = []

    def open_one(name: str = "journal") -> JournalSession:
        create(tmp_path / name, tmp_path / "keys", NOW)
        journal = open_journal(tmp_path / name, tmp_path / "keys")
        tasks = TaskRunner()
        doors: list[Database] = []
        tasks.run(journal.writing, owner=tasks, done=doors.append)
        qtbot.waitUntil(lambda: bool(doors))
        session = JournalSession(journal, doors[0], tasks, now=lambda: NOW)
        tasks.setParent(session)
        opened.append(session)
        return session

    yield open_one
    for session in opened:
        session.close()
        # Answers that are still on their way belong to nobody now.
        session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def session(open_session: Callable[..., JournalSession]) -> JournalSession:
    """An open journal without any entry."""
    return open_session()


@pytest.fixture
def undo_stack(qtbot: QtBot) -> QUndoStack:
    """What can be undone across the window."""
    return QUndoStack()


@pytest.fixture(autouse=True)
def _nothing_leaks(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """No thread, no running timer and no open window may outlive its test."""
    before = {thread.ident for thread in threading.enumerate()}
    alive = set(map(id, _running_timers(qapp)))
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    threads = [t.name for t in threading.enumerate() if t.ident not in before]
    windows = [type(w).__name__ for w in qapp.topLevelWidgets() if w.isVisible()]
    timers = [t.objectName() for t in _running_timers(qapp) if id(t) not in alive]
    assert (threads, windows, timers) == ([], [], [])


def _running_timers(app: QApplication) -> list[QTimer]:
    roots: list[QObject] = [app, *app.topLevelWidgets()]
    timers = [t for root in roots for t in root.findChildren(QTimer)]
    return [t for t in timers if shiboken6.isValid(t) and t.isActive()]
