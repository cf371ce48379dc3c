"""ChartCard: a card with one chart, a picture of it, and how its figures are computed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from kotter_journal.domain.balance import Balance
from kotter_journal.domain.balance_sentences import coverage_sentence, period_text
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.balance.caption_dialog import CaptionDialog
from kotter_journal.gui.balance.how_dialog import HowDialog
from kotter_journal.gui.balance.picture import Picture
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.chart import Chart


class ChartCard(Card):
    """``told`` says what became of a picture, ``failed`` why there is none.

    ``entries_asked`` carries the Period whose entries are behind the figures, ``captioned`` what
    its owner says of the chart.
    """

    told = Signal(str)
    failed = Signal(str)
    entries_asked = Signal(object)
    captioned = Signal(str)

    def __init__(
        self,
        title: str,
        chart: Chart,
        parent: QWidget | None = None,
        *,
        how: Callable[[Balance], list[str]],
        headless: bool = False,
    ) -> None:
        """``how`` says in sentences how the figures of a balance come about.

        Without a head, ``tools`` are put elsewhere by whoever makes the card.
        """
        super().__init__("" if headless else title, parent)
        self.title, self.note = title, ""
        self.chart = chart
        self.caption = label("", "quiet", wrap=True)
        self.caption.setObjectName("caption")
        self.caption.hide()
        self._rests_on: Callable[[], Balance] | None = None
        self._explained: Callable[[], Balance] | None = None
        self._how = how
        self.picture_button = self._button("download", self.tr("Picture of: {0}").format(title))
        self.how_button = self._button(
            "circle-help", self.tr("How is this computed: {0}").format(title)
        )
        self.how_button.clicked.connect(self.explain)
        self._add_menu()
        self.tools = QHBoxLayout()
        self.tools.setSpacing(2)
        for button in (self.how_button, self.picture_button):
            self.tools.addWidget(button)
        if not headless:
            self.head.addLayout(self.tools)

    @property
    def basis(self) -> Balance | None:
        """The sums of all that the chart shows."""
        return self._rests_on() if self._rests_on is not None else None

    def rest_on(
        self, basis: Callable[[], Balance], explained: Callable[[], Balance] | None = None
    ) -> None:
        """What works out the sums of all that the chart shows, once they are needed.

        ``explained`` are those that say how a figure is computed, where they are other ones.
        """
        self._rests_on, self._explained = basis, explained or basis

    def set_title(self, title: str, note: str = "") -> None:
        """The title, and the quiet words that say how to read what is below."""
        super().set_title(title, note)
        self.title, self.note = title, note
        self.picture_button.setAccessibleName(self.tr("Picture of: {0}").format(title))
        self.how_button.setAccessibleName(self.tr("How is this computed: {0}").format(title))

    def picture(self) -> Picture | None:
        """The chart as it is, for paper; it has no words of the journal but the chart's own."""
        basis = self.basis
        if basis is None:
            return None
        when, rests = period_text(basis.period), coverage_sentence(basis)
        return Picture(self.title, self.note, when, rests, self.chart, self.caption.text())

    def show_caption(self, text: str) -> None:
        """What its owner says of the chart stands below it; empty for nothing."""
        if self.body.indexOf(self.caption) < 0:
            self.body.addWidget(self.caption)
        self.caption.setText(text)
        self.caption.setVisible(bool(text))

    def ask_caption(self) -> None:
        """Ask what to say of the chart."""
        dialog = CaptionDialog(self.title, self.caption.text(), self.window())
        dialog.said.connect(self.captioned)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        picture = self.picture()
        if picture is not None:
            QGuiApplication.clipboard().setImage(picture.image())
            self.told.emit(self.tr("The picture is on the clipboard."))

    def save_picture(self) -> None:
        """Ask for a file and write the picture into it."""
        picture, path = self.picture(), self.ask_where()
        if picture is None or path is None:
            return
        try:
            path = picture.save(path)
        except KotterError as error:
            # Not as a failure of the session: that is about the disk on which the journal lies.
            self.failed.emit(error_sentence(error))
            return
        self.told.emit(self.tr("Saved in {0}, which is not encrypted.").format(path))

    def ask_where(self) -> Path | None:
        """The file that somebody chooses, with the ending of the chosen kind."""
        kinds = {
            self.tr("Picture (*.png)"): ".png",
            self.tr("Drawing (*.svg)"): ".svg",
            self.tr("Document (*.pdf)"): ".pdf",
        }
        proposed = str(Path.home() / f"{self.title}.png")
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save picture (not encrypted)"), proposed, ";;".join(kinds)
        )
        if not chosen:
            return None
        path, ending = Path(chosen), kinds.get(kind, ".png")
        return path.with_suffix(ending) if path.suffix == ".png" else path

    def explain(self) -> None:
        """Say how the figures come about."""
        if self._explained is None:
            return
        basis = self._explained()
        dialog = HowDialog(self.title, self._how(basis), self.window())
        dialog.entries_button.setEnabled(basis.entries > 0)
        dialog.entries_asked.connect(lambda: self.entries_asked.emit(basis.period))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(words)
        return button

    def _add_menu(self) -> None:
        menu = QMenu(self.picture_button)
        menu.addAction(self.tr("Copy picture"), self.copy_picture)
        menu.addAction(self.tr("Save picture…"), self.save_picture)
        menu.addSeparator()
        self.caption_action = menu.addAction(self.tr("Your own sentence…"), self.ask_caption)
        self.picture_button.setMenu(menu)
        self.picture_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picture_button.setToolTip(self.tr("Copy or save a picture, say something of it"))
        self.how_button.setToolTip(self.tr("How is this computed?"))
