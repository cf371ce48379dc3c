"""LookSection: the theme, the size of the text, and the question of the day."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from kotter_journal.gui.card import Card, label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.theme import TEXT_SIZES, Theme


class LookSection(QWidget):
    """Takes effect at once."""

    def __init__(
        self, look: Theme, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._preferences = look, preferences
        self.prompts = QCheckBox(self.tr("A question of the day on Today"))
        self.scheme = QComboBox()
        for scheme, name in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.scheme.addItem(name, scheme)
        self.text_size = QComboBox()
        for percent in TEXT_SIZES:
            self.text_size.addItem(f"{percent} %", percent)
        self.scheme.setAccessibleName(self.tr("Theme"))
        self.text_size.setAccessibleName(self.tr("Text size"))
        card = Card(self.tr("Appearance"))
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.addRow(label(self.tr("Theme"), "quiet"), self.scheme)
        form.addRow(label(self.tr("Text size"), "quiet"), self.text_size)
        card.body.addLayout(form)
        card.body.addWidget(self.prompts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._show()
        look.changed.connect(self._show)
        preferences.changed.connect(self._show)
        self.prompts.toggled.connect(lambda on: preferences.change(prompts=on))
        self.scheme.activated.connect(self._on_scheme)
        self.text_size.activated.connect(self._on_text_size)

    def _show(self) -> None:
        self.prompts.setChecked(self._preferences.settings.prompts)
        self.scheme.setCurrentIndex(self.scheme.findData(self._look.scheme))
        nearest = min(TEXT_SIZES, key=lambda percent: abs(percent - self._look.text_size))
        self.text_size.setCurrentIndex(self.text_size.findData(nearest))

    def _on_scheme(self) -> None:
        self._look.scheme = self.scheme.currentData()

    def _on_text_size(self) -> None:
        self._look.text_size = self.text_size.currentData()
