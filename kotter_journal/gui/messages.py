"""Messages: what the window says and asks in dialogs of its own."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.gui import theme
from kotter_journal.gui.actions import ENTRY, KEYS_OF_AN_ENTRY, SPECS
from kotter_journal.gui.card import label


def _tr(text: str) -> str:
    return QCoreApplication.translate("messages", text)


def may_lose_text(parent: QWidget, reason: str) -> bool:
    """Ask at the moment of quitting whether unsaved text may be lost; staying is the default."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(_tr("The open entry is not saved yet."))
    box.setInformativeText(reason)
    stay = box.addButton(_tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(_tr("Quit and lose the change"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave


def show_crash(log_path: str) -> None:
    """Say once that something unexpected happened; the program goes on."""
    box = QMessageBox(
        QMessageBox.Icon.Critical, "Kotter Journal", _tr("Something unexpected happened.")
    )
    box.setInformativeText(
        _tr("What was saved is safe. The details, without any of your text, are in {0}.").format(
            log_path
        )
    )
    box.exec()


class KeysDialog(QDialog):
    """Every key of the window, by what it is for."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 24, 28, 20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        outer.addLayout(grid)
        group = ""
        for spec in SPECS:
            if spec.group != group:
                group = spec.group
                self._heading(grid, group)
            native = QKeySequence.SequenceFormat.NativeText
            keys = actions[spec.name].shortcut().toString(native)
            self._row(grid, keys, QCoreApplication.translate("actions", spec.text))
        self._heading(grid, ENTRY)
        for keys, text in KEYS_OF_AN_ENTRY:
            self._row(grid, keys, QCoreApplication.translate("actions", text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outer.addSpacing(12)
        outer.addWidget(buttons)

    def _heading(self, grid: QGridLayout, text: str) -> None:
        row = grid.rowCount()
        heading = label(QCoreApplication.translate("actions", text), "section")
        heading.setContentsMargins(0, 10 if row > 1 else 0, 0, 2)
        grid.addWidget(heading, row, 0, 1, 2)

    def _row(self, grid: QGridLayout, keys: str, text: str) -> None:
        row = grid.rowCount()
        cap = QLabel(keys)
        theme.mark(cap, "keycap")
        grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(text, "quiet"), row, 1)
