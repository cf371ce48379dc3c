"""Leaving: the open journal is let go only when all that was typed is on the disk."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.closed_page import ClosedPage, Opener
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.keys import check_passphrase

_TRY_AGAIN_MS = 5000


class Typed(Protocol):
    """Everything that was typed, and whether it is safe."""

    def flush(self) -> None:
        """Hand over to the worker what is not on the disk."""

    @property
    def is_saved(self) -> bool:
        """Whether all of it is on the disk."""

    @property
    def trouble(self) -> str:
        """Why the disk refused some of it; empty while it does not."""


class Leaving(QObject):
    """Saves, hides the journal until it is saved, and then goes.

    What the disk refuses stays in memory behind a page that hides it and says so, and is tried
    again every few seconds. Whoever opens a journal with a passphrase needs it to look behind that
    page. ``hidden`` follows when that happened, ``given_up`` when somebody went back.
    """

    hidden = Signal()
    given_up = Signal()

    def __init__(
        self, window: MainWindow, session: JournalSession, typed: Typed, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._typed = typed
        self._go: Callable[[], None] | None = None
        self._page: ClosedPage | None = None
        self._waits = False
        self._clock = QTimer(self, interval=_TRY_AGAIN_MS)
        self._clock.timeout.connect(self._try)
        session.idled.connect(self._on_idled)

    def begin(self, go: Callable[[], None]) -> None:
        """Call ``go`` once everything is safe; asked for again meanwhile, nothing changes."""
        if self._go is None:
            self._go = go
            self._try()

    def stop(self) -> None:
        """Go nowhere any more."""
        self._clock.stop()
        self._waits = False
        self._go = self._page = None

    def _try(self) -> None:
        if self._go is None or self._waits:
            return
        self._typed.flush()
        if self._session.idle:
            self._settle()
        else:
            self._waits = True
            self._cover()

    def _on_idled(self) -> None:
        if self._waits:
            self._waits = False
            self._settle()

    def _settle(self) -> None:
        """Nothing is under way: go, or say why not."""
        if self._typed.is_saved and self._go is not None:
            go = self._go
            self.stop()
            go()
        elif self._typed.trouble:
            self._hide()
        else:
            self._try()

    def _cover(self) -> None:
        """Nothing is to be seen while the worker finishes, however long that takes."""
        if self._page is None:
            self._show(ClosedPage(self.tr("Saving…"), "", Opener.NOBODY))

    def _hide(self) -> None:
        sentence = self.tr(
            "Something you wrote could not be saved, so it is still in memory, and only this page"
            " hides it. As soon as it can be saved, the journal is closed. {0}"
        ).format(self._typed.trouble)
        if self._clock.isActive() and self._page is not None:
            self._page.tell(sentence)
            return
        by_passphrase = self._session.journal.vault.facts.passphrase
        opener = Opener.PASSPHRASE if by_passphrase else Opener.NOTHING
        page = ClosedPage(self.tr("Hidden, not locked yet"), sentence, opener)
        page.name_button(self.tr("Show the journal"))
        page.offer(self.tr("Try to save now"), self._try)
        page.asked.connect(self._on_asked)
        self._show(page)
        self._clock.start()
        self.hidden.emit()

    def _show(self, page: ClosedPage) -> None:
        self._page = page
        self._window.show_closed(page)

    def _on_asked(self, passphrase: str, _recovery_key: str) -> None:
        if not passphrase:
            self._go_back()
            return
        journal = self._session.journal
        # Apart from the worker that saves: it may be trying to.
        self._session.apart.start(
            lambda _look: check_passphrase(journal, passphrase),
            owner=self,
            done=lambda _: self._go_back(),
            refused=self._on_refused,
        )

    def _on_refused(self, error: KotterError) -> None:
        if self._page is not None:
            self._page.refuse(error, error_sentence(error))

    def _go_back(self) -> None:
        if self._go is not None:
            self.stop()
            self._page = None
            self._window.show_open()
            self.given_up.emit()
