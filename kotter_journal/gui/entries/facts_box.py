"""FactsBox: what else is to be said of an entry: star, direction, delegation, sharing."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.entries import Delegable, Entry, Sharing
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.areas_button import AreasButton


class FactsBox(QWidget):
    """Shows the flags of an entry, and proposes the entry with one of them changed."""

    proposed = Signal(object, str)  # Entry, words for the undo menu

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: Entry | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def show_entry(self, entry: Entry) -> None:
        """Show the flags of ``entry``."""
        self._entry = entry
        self.star.setChecked(entry.starred)
        words = self.tr("Take the star away") if entry.starred else self.tr("Star this entry")
        self.star.setToolTip(words)
        self.star.setAccessibleName(words)
        self.develops.setChecked(entry.develops_leader)
        self.delegable.setCurrentIndex(list(Delegable).index(entry.delegable))
        self.sharing.setCurrentIndex(list(Sharing).index(entry.sharing))
        self.stated.setChecked(entry.direction.stated)
        self.heard_back.setChecked(entry.direction.heard_back)
        self.challenged.setChecked(entry.direction.challenged)

    def show_direction(self, words: str) -> None:
        """Say what the direction was on the day of the entry; empty for nothing."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _make_parts(self) -> None:
        self.star = QToolButton()
        self.star.setObjectName("star")
        self.star.setIcon(theme.icon("star"))
        self.star.setIconSize(QSize(17, 17))
        self.star.setCheckable(True)
        self.develops = QCheckBox(self.tr("Develops a leader"))
        self.develops.setObjectName("develops_leader")
        self.areas = AreasButton()
        self.delegable = _choice(
            self.tr("Could be delegated"),
            {
                Delegable.UNSET: self.tr("Not said"),
                Delegable.NO: self.tr("No"),
                Delegable.COULD: self.tr("Could be"),
                Delegable.SHOULD: self.tr("Should be"),
            },
        )
        self.delegable.setObjectName("delegable")
        self.sharing = _choice(
            self.tr("Sharing"),
            {
                Sharing.PRIVATE: self.tr("Private"),
                Sharing.SHAREABLE: self.tr("Shareable"),
                Sharing.NEVER: self.tr("Never shared"),
            },
        )
        self.sharing.setObjectName("sharing")
        self.stated = _toggle(self.tr("Stated"), self.tr("You stated the direction"))
        self.heard_back = _toggle(self.tr("Heard back"), self.tr("Others said the direction back"))
        self.said = label("", "meta", wrap=True)
        self.said.setObjectName("direction_said")
        self.said.hide()
        self.challenged = _toggle(self.tr("Challenged"), self.tr("The direction was challenged"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("About this entry"), "section"), 1)
        head.addWidget(self.star)
        column.addLayout(head)
        column.addWidget(label(self.tr("The direction was"), "meta"))
        direction = QHBoxLayout()
        direction.setSpacing(6)
        for toggle in (self.stated, self.heard_back, self.challenged):
            direction.addWidget(toggle)
        direction.addStretch(1)
        column.addLayout(direction)
        column.addWidget(self.said)
        column.addWidget(self.develops)
        line = QHBoxLayout()
        line.addWidget(QLabel(self.tr("Areas")), 1)
        line.addWidget(self.areas)
        column.addLayout(line)
        for words, box in (
            (self.tr("Delegable"), self.delegable),
            (self.tr("Sharing"), self.sharing),
        ):
            row = QHBoxLayout()
            row.addWidget(QLabel(words), 1)
            row.addWidget(box)
            column.addLayout(row)

    def _connect(self) -> None:
        self.star.clicked.connect(lambda on: self._propose(self.tr("Star"), starred=bool(on)))
        self.develops.clicked.connect(
            lambda on: self._propose(self.tr("Develops a leader"), develops_leader=bool(on))
        )
        self.delegable.activated.connect(
            lambda i: self._propose(self.tr("Delegable"), delegable=list(Delegable)[i])
        )
        self.sharing.activated.connect(
            lambda i: self._propose(self.tr("Sharing"), sharing=list(Sharing)[i])
        )
        for toggle in (self.stated, self.heard_back, self.challenged):
            toggle.clicked.connect(self._on_direction)

    def _on_direction(self) -> None:
        if self._entry is not None:
            touches = replace(
                self._entry.direction,
                stated=self.stated.isChecked(),
                heard_back=self.heard_back.isChecked(),
                challenged=self.challenged.isChecked(),
            )
            self._propose(self.tr("Direction"), direction=touches)

    def _propose(self, words: str, **fields: object) -> None:
        if self._entry is not None:
            self.proposed.emit(replace(self._entry, **fields), words)  # type: ignore[arg-type]


def _choice(name: str, words: dict[Delegable, str] | dict[Sharing, str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(list(words.values()))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def _toggle(words: str, meaning: str) -> QPushButton:
    made = QPushButton(words)
    theme.mark(made, "chip")
    made.setCheckable(True)
    made.setToolTip(meaning)
    made.setAccessibleName(meaning)
    return made
