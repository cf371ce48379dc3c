"""The cards below the mix: whether it is changing, when something was logged, what kind of days."""

from PySide6.QtWidgets import QWidget

from kotter_journal.domain.workings import day_workings, trailing_workings
from kotter_journal.gui.balance.chart_card import ChartCard
from kotter_journal.gui.balance.day_strip import MOST_DAYS, DayStrip
from kotter_journal.gui.balance.figures import (
    HEAT_WEEKS,
    MOST_WEEKS,
    SHORT_DAYS,
    USUAL_WEEKS,
    Figures,
)
from kotter_journal.gui.balance.heat_map import HeatMap
from kotter_journal.gui.balance.trailing_chart import TrailingChart


class TrailingCard(ChartCard):
    """The trailing share of leading."""

    chart: TrailingChart

    def __init__(self, parent: QWidget | None = None) -> None:
        title = self.tr("Is the balance changing?")
        super().__init__(title, TrailingChart(), parent, how=trailing_workings)
        self.body.addWidget(self.chart)

    def set_figures(self, figures: Figures) -> None:
        """Show these points."""
        asked, points = figures.asked, figures.points
        notes = [self.tr("share of leading in four weeks at a time, with its 80 % range")]
        if asked.period.days < SHORT_DAYS:
            notes.append(self.tr("the {0} weeks that end with the period").format(USUAL_WEEKS))
        elif asked.is_cut:
            notes.append(self.tr("the last {0} years").format(MOST_WEEKS // 52))
        if len(points) > 1 and (points[-1].week.start - points[-2].week.start).days > 7:
            notes.append(self.tr("every fourth week"))
        if any(point.balance is not None for point in points):
            notes.append(self.tr("hollow = provisional"))
        self.set_title(self.title, " · ".join(notes))
        self.chart.set_points(points, figures.bands)
        self.rest_on(lambda: figures.trailing, lambda: figures.newest)


class HeatCard(ChartCard):
    """On which days something was logged."""

    chart: HeatMap

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("When do I log?"), HeatMap(), parent, how=day_workings)
        self.body.addWidget(self.chart)

    def set_figures(self, figures: Figures) -> None:
        """Show this year."""
        longer = figures.asked.period.start < figures.asked.heat.start
        year = (
            self.tr("the last {0} weeks")
            if longer
            else self.tr("the year that ends with the period")
        )
        notes = [self.tr("logged hours a day, whatever they were for"), year.format(HEAT_WEEKS)]
        self.set_title(self.title, " · ".join(notes))
        self.chart.set_balance(figures.heat, figures.asked.first_weekday)
        self.rest_on(lambda: figures.heat)


class StripCard(ChartCard):
    """The days one by one."""

    chart: DayStrip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What kind of days"), DayStrip(), parent, how=day_workings)
        self.body.addWidget(self.chart)

    def set_figures(self, figures: Figures) -> None:
        """Show these days."""
        notes = [self.tr("hours; leading below the line, managing above")]
        if figures.asked.period.start < figures.asked.strip.start:
            notes.append(self.tr("the last {0} days").format(MOST_DAYS))
        self.set_title(self.title, " · ".join(notes))
        self.chart.set_balance(figures.strip)
        self.rest_on(lambda: figures.strip)
