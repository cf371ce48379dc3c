"""CheckSection: whether the journal and its backups are what they were, and what helps if not."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from kotter_journal import __version__
from kotter_journal.domain.backups import read_name
from kotter_journal.domain.errors import Cancelled, JournalDamaged, KotterError, StorageFailed
from kotter_journal.domain.sentences import date_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.remedies import Remedies, case_of
from kotter_journal.gui.section import Section, button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.mend import mend_derived, mend_key_files
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.verify import Check, verify

_MENDABLE = frozenset({"key file", "day totals", "search index"})
_SIGN = 16


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was looked at, and how many seconds that took."""

    checks: tuple[Check, ...]
    seconds: float

    @property
    def bad(self) -> list[Check]:
        """What is not as it was."""
        return [one for one in self.checks if not one.ok]

    @property
    def is_damaged(self) -> bool:
        """Whether something of the journal itself is wrong that cannot be made anew."""
        return any(not one.file and not _is_mendable(one) for one in self.bad)

    @property
    def is_mendable(self) -> bool:
        """Whether all that is wrong with the journal itself can be made anew from the rest."""
        return not self.is_damaged and any(not one.file for one in self.bad)


class CheckSection(Section):
    """Looks at everything and changes nothing. ``reopen_asked`` carries a journal's folder."""

    reopen_asked = Signal(object)

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self.findings: Findings | None = None
        self._add_card()
        self.remedies = self._make_remedies()

    def check(self) -> None:
        """Look at everything."""
        journal, places = self._session.journal, self._places
        began = time.monotonic()

        def look(progress: WorkProgress) -> Findings:
            try:
                found = verify(journal, places, progress)
            except (JournalDamaged, StorageFailed) as error:
                found = [Check("open", False, error_sentence(error))]
            return Findings(tuple(found), time.monotonic() - began)

        self._show_nothing()
        self.check_button.setEnabled(False)
        job = self._session.apart.start(
            look, owner=self, done=self._on_found, refused=self._on_refused
        )
        self.job_row.follow(job, self.tr("Looking at every page of the journal and its backups"))

    def mend(self) -> None:
        """Make anew what the rest of the journal gives, then look again."""
        journal = self._session.journal
        self.mend_button.setEnabled(False)
        self._session.write(
            lambda tx: mend_derived(tx),
            owner=self,
            done=lambda _: self._session.write_keys(
                lambda _tx, _journal: mend_key_files(journal),
                owner=self,
                done=lambda _: self.check(),
                refused=self._on_refused,
            ),
            refused=self._on_refused,
        )

    @property
    def report(self) -> str:
        """What was found, as lines of text; no word of the journal is in it."""
        if self.findings is None:
            return ""
        now = self._session.now()
        head = f"Kotter Journal {__version__}, {date_text(now.date())} {now:%H:%M}"
        lines = [f"{'ok     ' if c.ok else 'FAILED '} {c.name}: {c.detail}" for c in self._checks]
        return "\n".join([head, str(self._session.journal.folder), *lines, ""])

    @property
    def _checks(self) -> Sequence[Check]:
        return self.findings.checks if self.findings is not None else ()

    @property
    def _places(self) -> tuple[Path, ...]:
        return self._case.places

    def _add_card(self) -> None:
        vault = self._session.journal.vault
        second = self._preferences.settings.second_folder
        self._case = case_of(self._session.journal.folder, vault.keys_folder, second)
        card = self.add_card(self.tr("Check my journal"))
        words = self.tr(
            "Reads every page of the journal and of its backups, and compares texts, sums and index"
            " with what was written. It changes nothing, and you can go on writing meanwhile."
        )
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.check_button = button(self.tr("Check my journal"), "check_journal", "primary")
        self.copy_button = button(self.tr("Copy the report"), "copy_report", "link")
        self.check_button.clicked.connect(self.check)
        self.copy_button.clicked.connect(self._on_copy)
        card.body.addLayout(buttons(self.check_button, self.copy_button))
        self.job_row = JobRow()
        card.body.addWidget(self.job_row)
        self.result = label("", "strong", wrap=True)
        self.result.setObjectName("check_result")
        card.body.addWidget(self.result)
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("check_words")
        card.body.addWidget(self.words)
        self._add_remedies(card.body.addLayout)
        self.rows = QWidget()
        theme.mark(self.rows, "clear")
        self._grid = QGridLayout(self.rows)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(2, 1)
        card.body.addWidget(self.rows)
        self._show_nothing()

    def _add_remedies(self, add: Callable[..., None]) -> None:
        self.mend_button = button(self.tr("Mend"), "mend", "primary")
        self.restore_button = button(
            self.tr("Restore the newest good backup"), "restore", "primary"
        )
        self.save_button = button(self.tr("Save what can be read as a new journal"), "save")
        self.export_button = button(self.tr("Export what can be read…"), "export")
        vault = self._session.journal.vault
        self.mend_button.clicked.connect(self.mend)
        self.restore_button.clicked.connect(lambda: self.remedies.restore(vault))
        self.save_button.clicked.connect(lambda: self.remedies.save_readable(vault))
        self.export_button.clicked.connect(lambda: self.remedies.export(vault))
        for one in self._answers:
            add(buttons(one))

    def _make_remedies(self) -> Remedies:
        made = Remedies(self._case, self._session.apart, self.job_row, self._session.now, self)
        made.told.connect(self._tell)
        made.reopen_asked.connect(self.reopen_asked)
        return made

    def _show_nothing(self) -> None:
        self.findings = None
        parts: list[QWidget] = [self.copy_button, self.result, self.words, self.rows]
        for part in (*parts, *self._answers):
            part.hide()

    @property
    def _answers(self) -> tuple[QPushButton, ...]:
        return (self.mend_button, self.restore_button, self.save_button, self.export_button)

    def _on_found(self, findings: Findings) -> None:
        self.check_button.setEnabled(True)
        self.findings = findings
        self._say_result(findings)
        self._fill_rows(findings)
        self.mend_button.setVisible(findings.is_mendable and not self._session.read_only)
        self.mend_button.setEnabled(True)
        for part in self._answers[1:]:
            part.setVisible(findings.is_damaged)
        self.copy_button.show()
        self.rows.show()

    def _say_result(self, findings: Findings) -> None:
        count, bad = len(findings.checks), len(findings.bad)
        if not bad:
            sentence = self.tr("All is well. {0} checks in {1} s, and nothing was changed.")
            text = sentence.format(count, f"{findings.seconds:.1f}")
        else:
            sentence = self.tr("{0} of {1} checks found something wrong, in {2} s.")
            text = sentence.format(bad, count, f"{findings.seconds:.1f}")
        theme.mark(self.result, "danger" if bad else "strong")
        self.result.setText(text)
        self.result.show()
        self._tell(self._advice(findings), "quiet")

    def _advice(self, findings: Findings) -> str:
        """What follows from what is wrong."""
        parts = []
        if findings.is_mendable:
            parts.append(
                self.tr("No entry is affected: this can be made anew from the rest of the journal.")
            )
        if findings.is_damaged:
            parts.append(
                self.tr("Entries may be damaged. Nothing was changed; you can go back to a backup.")
            )
        if any(one.file for one in findings.bad):
            parts.append(self.tr("A backup that is damaged is of no use: take another in Backups."))
        return " ".join(parts)

    def _fill_rows(self, findings: Findings) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        rows = [(one.ok, self._name(one), one.detail) for one in findings.checks if not one.file]
        rows += self._backup_rows([one for one in findings.checks if one.file])
        # What is wrong first: nobody should have to look for it.
        for at, (ok, name, detail) in enumerate(sorted(rows, key=lambda row: row[0])):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(_Sign(ok), at, 0, top)
            self._grid.addWidget(label(name, "strong"), at, 1, top)
            shown = detail[:1].upper() + detail[1:]
            text = shown if ok else self.tr("Wrong: {0}").format(detail)
            words = label(text, "quiet" if ok else "danger", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(words, at, 2, top)

    def _backup_rows(self, checks: Sequence[Check]) -> list[tuple[bool, str, str]]:
        """One row for all whole backups of a folder, and one for each that is not."""
        rows = [(False, self._backup_name(one), one.detail) for one in checks if not one.ok]
        for place in self._places:
            whole = [one for one in checks if one.ok and Path(one.file).parent == place]
            if whole:
                sentence = self.tr("Each can be read: {0}, in {1}")
                count = len(whole)
                text = self.tr("1 backup") if count == 1 else self.tr("{0} backups").format(count)
                rows.append((True, self.tr("Backups"), sentence.format(text, place)))
        return rows

    def _backup_name(self, one: Check) -> str:
        name = read_name(Path(one.file).name)
        if name is None:
            return self.tr("Backup")
        local = name.taken_at.astimezone(self._session.now().tzinfo)
        return self.tr("Backup of {0}").format(f"{date_text(local.date())} {local:%H:%M}")

    def _name(self, one: Check) -> str:
        names = {
            "key file": self.tr("Key file and its copy"),
            "pages": self.tr("Every page"),
            "structure": self.tr("Tables and indexes"),
            "references": self.tr("What belongs together"),
            "rules": self.tr("Rules of time"),
            "order in time": self.tr("Order in time"),
            "texts": self.tr("Every text"),
            "day totals": self.tr("Sums of each day"),
            "search index": self.tr("Search index"),
            "earlier texts": self.tr("Earlier texts"),
            "clock": self.tr("Order of changes"),
            "mark": self.tr("Newest state"),
            "open": self.tr("Opening it"),
        }
        return names.get(one.name, one.name)

    def _on_refused(self, error: KotterError) -> None:
        self.check_button.setEnabled(True)
        self.mend_button.setEnabled(True)
        self._tell(error_sentence(error), "quiet" if isinstance(error, Cancelled) else "danger")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self._tell(self.tr("Copied. No word of your journal is in it."), "quiet")

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))


def _is_mendable(one: Check) -> bool:
    """SQLite tells of its index of words as a part of the whole, too."""
    is_index = one.name == "structure" and all("fts5" in p.lower() for p in one.detail.split("; "))
    return one.name in _MENDABLE or is_index


class _Sign(QWidget):
    """A tick, or a triangle with a mark in it: another shape, not only another colour."""

    def __init__(self, ok: bool) -> None:
        super().__init__()
        self._ok = ok
        self.setFixedSize(theme.px(_SIGN), theme.px(_SIGN))
        self.setAccessibleName(self.tr("Well") if ok else self.tr("Wrong"))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint it in the colours of the theme in force."""
        tokens = theme.tokens()
        with QPainter(self) as painter:
            if self._ok:
                theme.icon("check", tokens.ok).paint(painter, self.rect())
            else:
                theme.icon("triangle-alert", tokens.danger).paint(painter, self.rect())
