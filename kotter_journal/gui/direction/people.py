"""PeopleSection: whom the leader helps to grow, and since when nothing is logged."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kotter_journal.domain.entries import fold
from kotter_journal.domain.people import Investment, is_direct_report
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.section import button
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.people import invested_in

_WEEKS = 52


class PeopleSection(LiveSection):
    """Everybody with a relation, direct reports first, in alphabetical order: never a ranking."""

    def ask(self, tx: Transaction) -> tuple[Investment, ...]:
        """What of a year went into each of them."""
        today = self.session.today()
        start = today - timedelta(weeks=_WEEKS)
        return tuple(invested_in(tx, start, today + timedelta(days=1)))

    def build(self, answer: tuple[Investment, ...]) -> None:
        """The direct reports, then the others."""
        if not answer:
            self._add_none()
        everybody = sorted(answer, key=lambda one: fold(one.shown_name))
        groups = (
            (self.tr("Direct reports"), [p for p in everybody if is_direct_report(p.relation)]),
            (self.tr("Others"), [p for p in everybody if not is_direct_report(p.relation)]),
        )
        for title, people in groups:
            if people:
                card = self.card(title)
                card.set_title(title, self.tr("entries of the last year"))
                for one in people:
                    self._add_person(card, one)

    def _add_none(self) -> None:
        card = self.card(self.tr("Growing leaders"))
        words = self.tr(
            "Say who people are to you in “Tags and people” (Alt+T), such as “direct report”. Here"
            " stands when you last logged something that develops them: entries marked “develops a"
            " leader”, or with motivating and inspiring."
        )
        card.body.addWidget(label(words, "quiet", wrap=True))

    def _add_person(self, card: Card, one: Investment) -> None:
        name = one.shown_name if not one.alias else f"{one.alias} ({one.name})"
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(name, "strong", wrap=True))
        said = label(self._since(one), "meta", wrap=True)
        said.setObjectName(f"since {one.person_id}")
        words.addWidget(said)
        line.addLayout(words, 1)
        show = button(self.tr("Show the entries"), f"show {one.person_id}", "link")
        show.setAccessibleName(self.tr("Show the entries with {0}").format(one.shown_name))
        show.setEnabled(bool(one.entry_ids))
        told = self.tr("What went into {0}, in a year.").format(one.shown_name)
        show.clicked.connect(lambda: self.entries_asked.emit(list(one.entry_ids), told))
        line.addWidget(show, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addWidget(row)

    def _since(self, one: Investment) -> str:
        parts = [] if is_direct_report(one.relation) else [one.relation]
        if one.last_on is None:
            return ", ".join([*parts, self.tr("none logged in the last year")])
        if one.developed_on is None:
            parts.append(self.tr("nothing logged that develops a leader"))
        else:
            day = date_text(one.developed_on)
            parts.append(self.tr("developed last on {0}").format(day))
        if one.motivated_on is not None and one.motivated_on != one.developed_on:
            day = date_text(one.motivated_on)
            parts.append(self.tr("motivating and inspiring last on {0}").format(day))
        return ", ".join(parts)
