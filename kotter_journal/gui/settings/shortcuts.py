"""ShortcutsSection: the keys of every action, which can be changed."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QKeySequenceEdit, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.actions import KEYS_OF_AN_ENTRY, SPECS, ActionSpec
from kotter_journal.gui.card import label
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import Section, button, buttons

_NATIVE = QKeySequence.SequenceFormat.NativeText
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class ShortcutsSection(Section):
    """One field an action; what is pressed there takes effect at once, if nothing else has it."""

    def __init__(
        self,
        preferences: Preferences,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._actions = actions
        self.fields: dict[str, _KeysField] = {}
        card = self.add_card(self.tr("Keys"))
        words = self.tr("Click into a field and press the keys. Backspace takes them away.")
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.words = label("", "warn", wrap=True)
        self.words.setObjectName("shortcuts_words")
        self.words.hide()
        card.body.addWidget(self.words)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        group = ""
        for spec in SPECS:
            if spec.group != group:
                group = spec.group
                heading = label(QCoreApplication.translate("actions", group), "strong")
                heading.setContentsMargins(0, 8, 0, 0)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            self._add(grid, spec)
        card.body.addLayout(grid)
        self.reset_button = button(self.tr("Back to the usual keys"), "reset_keys")
        self.reset_button.clicked.connect(lambda: preferences.change(shortcuts={}))
        card.body.addLayout(buttons(self.reset_button))
        self._show()
        preferences.changed.connect(self._show)

    def _add(self, grid: QGridLayout, spec: ActionSpec) -> None:
        field = _KeysField()
        name = QCoreApplication.translate("actions", spec.text)
        field.setAccessibleName(name)
        field.setMaximumSequenceLength(1)
        field.setFixedWidth(theme.px(180))
        field.editingFinished.connect(lambda: self._on_keys(spec, field.keySequence()))
        row = grid.rowCount()
        grid.addWidget(label(name, "quiet"), row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(field, row, 1)
        self.fields[spec.name] = field

    def _show(self) -> None:
        for name, field in self.fields.items():
            field.setKeySequence(self._actions[name].shortcut())
        self.reset_button.setEnabled(bool(self._preferences.settings.shortcuts))

    def _on_keys(self, spec: ActionSpec, keys: QKeySequence) -> None:
        before = self._actions[spec.name].shortcut()
        if keys == before:
            return
        taken = self._taken_by(spec, keys)
        if taken:
            text = self.tr("{0} is taken by “{1}”. Give that one other keys first.")
            self.words.setText(text.format(keys.toString(_NATIVE), taken))
            self.words.show()
            self.fields[spec.name].setKeySequence(before)
            return
        self.words.hide()
        chosen = dict(self._preferences.settings.shortcuts)
        chosen[spec.name] = keys.toString(_PORTABLE)
        if keys == QKeySequence(spec.keys[0]):
            del chosen[spec.name]
        self._preferences.change(shortcuts=chosen)

    def _taken_by(self, spec: ActionSpec, keys: QKeySequence) -> str:
        """What has these keys already; empty where nothing does."""
        if keys.isEmpty():
            return ""
        for other, action in self._actions.items():
            if other != spec.name and keys in action.shortcuts():
                return action.text()
        text = keys.toString(_PORTABLE)
        for entry_keys, words in KEYS_OF_AN_ENTRY:
            if text in spelled_out(entry_keys):
                return QCoreApplication.translate("actions", words)
        return ""


class _KeysField(QKeySequenceEdit):
    """Tab goes on to the next field; Backspace takes the keys away."""

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys that move about are no shortcuts."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if plain and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        elif plain and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.clear()
            self.editingFinished.emit()
        elif plain and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            event.ignore()  # a letter alone belongs to the text
        else:
            super().keyPressEvent(event)


def spelled_out(keys: str) -> list[str]:
    """The single shortcuts of a row in the table of keys: "Ctrl+1 … Ctrl+6" are six of them."""
    if "…" in keys:
        first, last = (part.strip() for part in keys.split("…"))
        stem = first.rstrip("0123456789")
        return [f"{stem}{n}" for n in range(int(first[len(stem) :]), int(last.split("+")[-1]) + 1)]
    parts = [part.strip() for part in keys.split(",")]
    stem = parts[0].rpartition("+")[0]
    return [part if "+" in part or not stem else f"{stem}+{part}" for part in parts]
