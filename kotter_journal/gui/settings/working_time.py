"""WorkingTimeSection: which days count, and how many hours are expected on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import date_text, error_sentence, minutes_text
from kotter_journal.domain.working_time import USUAL_WEEK, DayStatus, SetDay, WorkingWeek
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.date_field import date_edit, date_of
from kotter_journal.gui.section import Section, button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import working_time as services
from kotter_journal.services.public_holidays import countries
from kotter_journal.storage import working_time as rows
from kotter_journal.storage.database import Transaction

_SHOWN_DAYS = 366
"""Days that were set are listed so far back and ahead."""
_MOST_HOURS, _STEP = 24.0, 0.5


@dataclass(frozen=True, slots=True)
class _Known:
    weeks: tuple[WorkingWeek, ...]
    days: tuple[SetDay, ...]
    countries: dict[str, tuple[str, ...]]


class WorkingTimeSection(Section):
    """Everything is dated: what was expected earlier stays as it was.

    Weeks and days are listed with a way to take each back.
    """

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._countries: dict[str, tuple[str, ...]] = {}
        self._is_filled = False
        self.hours = [QDoubleSpinBox() for _ in range(7)]
        self.country, self.subdivision = QComboBox(), QComboBox()
        self.since, self.first, self.last = (date_edit(session.today()) for _ in range(3))
        self.status = QComboBox()
        self.keep_button = button(self.tr("Keep this week"), "keep_week", "primary")
        self.set_button = button(self.tr("Set these days"), "set_days", "primary")
        self.told = label("", "danger", wrap=True)
        self.weeks, self.days = QVBoxLayout(), QVBoxLayout()
        self._add_week()
        self._add_days()
        self.add(self.told).hide()
        for one in (self.keep_button, self.set_button):
            one.setDisabled(session.read_only)
        session.changed.connect(lambda _changes: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Read anew what is expected."""
        today = self._session.today()
        around = timedelta(days=_SHOWN_DAYS)

        def ask(tx: Transaction) -> _Known:
            days = rows.set_days(tx, today - around, today + around)
            in_order = tuple(days[on] for on in sorted(days))
            return _Known(rows.weeks(tx), in_order, countries())

        self._session.run(
            ask, owner=self, done=self._show, refused=self._tell, latest="working time"
        )

    def _add_week(self) -> None:
        card = self.add_card(self.tr("A week"))
        card.body.addWidget(
            label(
                self.tr(
                    "The hours you expect to work, and the country whose public holidays are off."
                    " The Balance page says beside each figure how much of them it covers. A change"
                    " holds from its date on; earlier weeks keep what held then."
                ),
                "quiet",
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for weekday, box in enumerate(self.hours):
            name = QLocale().dayName(weekday + 1, QLocale.FormatType.LongFormat)
            short = QLocale().dayName(weekday + 1, QLocale.FormatType.ShortFormat)
            box.setRange(0, _MOST_HOURS)
            box.setSingleStep(_STEP)
            box.setDecimals(1)
            box.setSuffix(self.tr(" h"))
            box.setMinimumWidth(theme.px(64))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setAccessibleName(self.tr("Hours on {0}").format(name))
            grid.addWidget(label(short, "quiet"), weekday // 4 * 2, weekday % 4)
            grid.addWidget(box, weekday // 4 * 2 + 1, weekday % 4)
        card.body.addLayout(grid)
        self.country.setAccessibleName(self.tr("Public holidays of"))
        self.subdivision.setAccessibleName(self.tr("Region"))
        for choice in (self.country, self.subdivision):
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(5)
        self.country.currentIndexChanged.connect(self._offer_subdivisions)
        places = QHBoxLayout()
        places.setSpacing(8)
        places.addWidget(label(self.tr("Public holidays of"), "quiet"))
        places.addWidget(self.country, 2)
        places.addWidget(self.subdivision, 1)
        card.body.addLayout(places)
        self.since.setAccessibleName(self.tr("From"))
        dated = buttons(self.keep_button)
        dated.insertWidget(0, label(self.tr("From"), "quiet"))
        dated.insertWidget(1, self.since)
        card.body.addLayout(dated)
        card.body.addLayout(self.weeks)
        self.keep_button.clicked.connect(self._keep_week)

    def _add_days(self) -> None:
        card = self.add_card(self.tr("Days that are different"))
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day"))
        self.status.setAccessibleName(self.tr("What they are"))
        for text, status in (
            (self.tr("off"), DayStatus.OFF),
            (self.tr("half a workday"), DayStatus.PARTIAL),
            (self.tr("a workday"), DayStatus.WORK),
        ):
            self.status.addItem(text, status)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.first)
        line.addWidget(label(self.tr("to"), "quiet"))
        line.addWidget(self.last)
        line.addStretch(1)
        card.body.addLayout(line)
        stated = buttons(self.set_button)
        stated.insertWidget(0, label(self.tr("are"), "quiet"))
        stated.insertWidget(1, self.status)
        card.body.addLayout(stated)
        card.body.addLayout(self.days)
        self.first.userDateChanged.connect(
            lambda day: self.last.setDate(max(day, self.last.date(), key=QDate.toJulianDay))
        )
        self.set_button.clicked.connect(self._set_days)

    def _show(self, known: _Known) -> None:
        if not self._is_filled:
            self._is_filled = True
            self._fill(known)
        _clear(self.weeks)
        for week in known.weeks:
            self._add_row(self.weeks, self._week_text(week), self._taker_of_week(week.id))
        _clear(self.days)
        for run in _runs(known.days):
            self._add_row(self.days, self._run_text(run), self._taker_of_days(run))

    def _fill(self, known: _Known) -> None:
        """Begin with what holds today."""
        self._countries = known.countries
        self.country.addItem(self.tr("no country"), "")
        named = sorted((_country_name(code), code) for code in known.countries)
        for name, code in named:
            self.country.addItem(name, code)
        today = self._session.today()
        held = [one for one in known.weeks if one.valid_from <= today]
        week = held[-1] if held else USUAL_WEEK
        for box, minutes in zip(self.hours, week.minutes, strict=True):
            box.setValue(minutes / 60)
        self.country.setCurrentIndex(max(0, self.country.findData(week.country)))
        self._offer_subdivisions()
        self.subdivision.setCurrentIndex(max(0, self.subdivision.findData(week.subdivision)))

    def _offer_subdivisions(self) -> None:
        parts = self._countries.get(self.country.currentData() or "", ())
        self.subdivision.clear()
        self.subdivision.addItem(self.tr("the whole country"), "")
        for part in parts:
            self.subdivision.addItem(part, part)
        self.subdivision.setVisible(bool(parts))

    def _keep_week(self) -> None:
        minutes = [round(box.value() * 60) for box in self.hours]
        since, country = date_of(self.since), self.country.currentData() or ""
        subdivision = self.subdivision.currentData() or ""
        now = self._session.now()
        self._write(
            lambda tx: services.set_week(
                tx, minutes, since, now, country=country, subdivision=subdivision
            )[0]
        )

    def _set_days(self) -> None:
        first, last = date_of(self.first), date_of(self.last)
        status = DayStatus(self.status.currentData())  # Qt gives back a plain str
        now = self._session.now()
        if last < first:
            self.told.setText(self.tr("The last day is before the first one."))
            self.told.show()
            return
        self._write(lambda tx: services.set_status(tx, first, last, status, now)[0])

    def _taker_of_week(self, week_id: str) -> Callable[[], None]:
        now = self._session.now
        return lambda: self._write(lambda tx: services.take_back_week(tx, week_id, now()))

    def _taker_of_days(self, run: Sequence[SetDay]) -> Callable[[], None]:
        first, last, now = run[0].on, run[-1].on, self._session.now
        return lambda: self._write(lambda tx: services.set_status(tx, first, last, None, now())[0])

    def _write(self, tell: Callable[[Transaction], Changes]) -> None:
        self.told.hide()
        self._session.write(tell, owner=self, refused=self._tell)

    def _tell(self, error: KotterError) -> None:
        self.told.setText(error_sentence(error))
        self.told.show()

    def _add_row(self, column: QVBoxLayout, text: str, take_back: Callable[[], None]) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(text, "", wrap=True), 1)
        gone = button(self.tr("Take back"), "take_back", "link")
        gone.setAccessibleName(self.tr("Take back: {0}").format(text))
        gone.setDisabled(self._session.read_only)
        gone.clicked.connect(take_back)
        line.addWidget(gone)
        column.addWidget(row)

    def _week_text(self, week: WorkingWeek) -> str:
        hours = minutes_text(sum(week.minutes))
        text = self.tr("From {0}: {1} a week").format(date_text(week.valid_from), hours)
        if not week.country:
            return text
        place = _country_name(week.country)
        place = f"{place} ({week.subdivision})" if week.subdivision else place
        return self.tr("{0}, holidays of {1}").format(text, place)

    def _run_text(self, run: Sequence[SetDay]) -> str:
        first, last = date_text(run[0].on), date_text(run[-1].on)
        when = first if len(run) == 1 else self.tr("{0} to {1}").format(first, last)
        status = self.status.itemText(self.status.findData(run[0].status))
        return self.tr("{0}: {1}").format(when, status)


def _country_name(code: str) -> str:
    """A country in the words of Qt, or its code where Qt does not know it."""
    territory = QLocale.codeToTerritory(code)
    known = territory != QLocale.Country.AnyCountry
    return QLocale.territoryToString(territory) if known else code


def _runs(days: Sequence[SetDay]) -> list[list[SetDay]]:
    """Days in a row of one status together; ``days`` in order."""
    runs: list[list[SetDay]] = []
    for one in days:
        before = runs[-1][-1] if runs else None
        is_next = before is not None and one.on - before.on == timedelta(days=1)
        alike = before is not None and (one.status, one.expected) == (
            before.status,
            before.expected,
        )
        if is_next and alike:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
