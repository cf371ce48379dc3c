"""OwnBandSection: the share of leading that somebody wants for themselves, none by default."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.own_band import band_text
from kotter_journal.domain.sentences import date_text, error_sentence
from kotter_journal.domain.working_time import Band
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.date_field import date_edit, date_of
from kotter_journal.gui.section import Section, button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import working_time as services
from kotter_journal.storage import working_time as rows
from kotter_journal.storage.database import Transaction

_USUAL = 30, 45
"""Percent that the fields begin with; nothing is wanted before it is kept."""


class OwnBandSection(Section):
    """Bands are dated: an earlier week keeps the one that held then.

    ``told`` carries a sentence and what takes it back.
    """

    told = Signal(str, object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.low, self.high = QSpinBox(), QSpinBox()
        self.since = date_edit(session.today())
        self.keep_button = button(self.tr("Keep this band"), "keep_band", "primary")
        self.none_button = button(self.tr("No band from then on"), "no_band")
        self.words = label("", "danger", wrap=True)
        self.bands = QVBoxLayout()
        self._add_card()
        self.add(self.words).hide()
        for one in (self.keep_button, self.none_button):
            one.setDisabled(session.read_only)
        self.keep_button.clicked.connect(
            lambda: self._keep(self.low.value(), self.high.value(), date_of(self.since))
        )
        self.none_button.clicked.connect(lambda: self._keep(None, None, date_of(self.since)))
        session.changed.connect(lambda _changes: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Read the bands anew."""
        self._session.run(
            rows.bands, owner=self, done=self._show, refused=self._tell, latest="own band"
        )

    def _add_card(self) -> None:
        card = self.add_card(self.tr("Your own band"))
        text = self.tr(
            "If you want a share of leading for yourself, say so here. The Balance page then shows"
            " it beside your figures and says whether the two overlap, no more. There is no right"
            " share: it depends on the times and on your work. A change holds from its date on;"
            " earlier weeks keep the band of then."
        )
        card.body.addWidget(label(text, "quiet", wrap=True))
        wanted = QHBoxLayout()
        wanted.setSpacing(8)
        wanted.addWidget(label(self.tr("Leading"), "quiet"))
        for box, value, name in (
            (self.low, _USUAL[0], self.tr("Lowest share of leading in percent")),
            (self.high, _USUAL[1], self.tr("Highest share of leading in percent")),
        ):
            box.setRange(0, 100)
            box.setSingleStep(5)
            box.setValue(value)
            box.setSuffix(self.tr(" %"))
            box.setMinimumWidth(theme.px(72))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setAccessibleName(name)
            wanted.addWidget(box)
        wanted.insertWidget(2, label(self.tr("to"), "quiet"))
        self.since.setAccessibleName(self.tr("From"))
        wanted.addWidget(label(self.tr("from"), "quiet"))
        wanted.addWidget(self.since)
        wanted.addStretch(1)
        card.body.addLayout(wanted)
        card.body.addLayout(buttons(self.keep_button, self.none_button))
        card.body.addLayout(self.bands)

    def _show(self, bands: tuple[Band, ...]) -> None:
        while (item := self.bands.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for band in bands:
            self.bands.addWidget(self._row(band))

    def _row(self, band: Band) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        text = self._text(band)
        line.addWidget(label(text, "", wrap=True), 1)
        gone = button(self.tr("Take back"), "take_back", "link")
        gone.setAccessibleName(self.tr("Take back: {0}").format(text))
        gone.setDisabled(self._session.read_only)
        gone.clicked.connect(lambda: self._take_back(band))
        line.addWidget(gone)
        return row

    def _text(self, band: Band) -> str:
        since = date_text(band.valid_from)
        if band.low is None:
            return self.tr("From {0}: no band").format(since)
        return self.tr("From {0}: {1} leading").format(since, band_text(band))

    def _keep(self, low: int | None, high: int | None, since: date) -> None:
        now, kept = self._session.now, list[Band]()

        def keep(tx: Transaction) -> Changes:
            changes, band = services.set_band(tx, low, high, since, now())
            kept.append(band)
            return changes

        def take_back() -> None:
            self._write(lambda tx: services.take_back_band(tx, kept[0].id, now()))

        self._write(keep, self.tr("The band is kept."), take_back)

    def _take_back(self, band: Band) -> None:
        now = self._session.now
        self._write(
            lambda tx: services.take_back_band(tx, band.id, now()),
            self.tr("The band is taken back."),
            lambda: self._keep(band.low, band.high, band.valid_from),
        )

    def _write(
        self,
        tell: Callable[[Transaction], Changes],
        sentence: str = "",
        undo: Callable[[], None] | None = None,
    ) -> None:
        self.words.hide()

        def done(_: Changes) -> None:
            if sentence:
                self.told.emit(sentence, undo)

        self._session.write(tell, owner=self, done=done, refused=self._tell)

    def _tell(self, error: KotterError) -> None:
        self.words.setText(error_sentence(error))
        self.words.show()
