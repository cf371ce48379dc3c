"""DirectionPage: what the leader works toward, and what serves it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.gui.commitments import CommitmentsSection
from kotter_journal.gui.direction.areas import AreasSection
from kotter_journal.gui.direction.delegations import DelegationsSection
from kotter_journal.gui.direction.people import PeopleSection
from kotter_journal.gui.direction.statements import StatementsSection
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.sectioned_page import SectionedPage
from kotter_journal.gui.session import JournalSession

_MEASURE = 820


class DirectionPage(SectionedPage):
    """Each section may ask the window for something, by these signals.

    ``query_asked`` carries a search as typed; ``entries_asked`` the ids of entries and the words
    for what they have in common; ``draft_asked`` an EntryDraft to begin; ``told`` a sentence, and
    what takes it back or None.
    """

    query_asked = Signal(str)
    entries_asked = Signal(object, str)
    draft_asked = Signal(object)
    told = Signal(str, object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Direction"), _MEASURE, parent)
        self._session = session
        self._add("statements", self.tr("Direction"), "flag", StatementsSection)
        self._add("areas", self.tr("Areas"), "list", AreasSection)
        self._add("delegations", self.tr("Delegation"), "upload", DelegationsSection)
        self._add("commitments", self.tr("Commitments"), "check", CommitmentsSection)
        self._add("people", self.tr("Growing leaders"), "users", PeopleSection)
        self.sections.setCurrentRow(0)

    def _add(self, name: str, title: str, icon: str, section: type[LiveSection]) -> None:
        self.add_section(name, title, icon, lambda: self._connected(section(self._session)))

    def _connected(self, section: LiveSection) -> QWidget:
        section.entries_asked.connect(self.entries_asked)
        section.query_asked.connect(self.query_asked)
        section.draft_asked.connect(self.draft_asked)
        section.told.connect(self.told)
        return section
