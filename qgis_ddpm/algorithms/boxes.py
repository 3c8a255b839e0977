"""What dialogs show for a model and for a text: boxes that say what empty means, and whether a model fits."""

import html
import os
from typing import Any, Dict, List, Optional

from qgis.core import QgsProcessingParameterDefinition, QgsProject, QgsSettings
from qgis.gui import QgsProcessingGui
from qgis.PyQt.QtCore import NULL, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QToolButton,
    QToolTip,
    QWidget,
)

from ..said import said
from .layer_fit import misfits
from .model_list import ListedFile, describe, listed
from .translation import tr
from .two_dates_box import mind_two_dates

LAST_FOLDER = "Processing/LastInputPath"
# Under which name the metadata of a parameter say what its box has to know.
ABOUT = "widget_wrapper"
# Parameters whose layers a model reads.
READ_BY_MODELS = ("BEFORE", "AFTER", "INPUT")


def tool_tip(file: ListedFile, reasons: List[str]) -> str:
    """What a card says and where its file lies, as a page, so that Qt does not take a card's own tags for one."""
    parts = [_warning(reasons)] if reasons else []
    parts += [describe(file.card), said(file.path)]
    return "".join(f"<p>{html.escape(part)}</p>" for part in parts)


def _warning(reasons: List[str]) -> str:
    return tr("It may not fit the layers: {}.").format("; ".join(reasons))


class Box(QWidget):
    """A widget for one value; None where it is empty."""

    changed = pyqtSignal()

    def value(self) -> Optional[str]:
        """What stands in it."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value, of whatever kind QGIS keeps it."""
        raise NotImplementedError

    def see(self, layers: List[Any]) -> None:
        """Take notice of the layers that the dialog names."""


class TextBox(Box):
    """A line whose placeholder says what empty means."""

    def __init__(self, about: Dict[str, Any]) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setPlaceholderText(about.get("empty", ""))
        self._line.setClearButtonEnabled(True)
        self._line.textChanged.connect(self.changed)
        _in_a_row(self, self._line)

    def value(self) -> Optional[str]:
        return self._line.text() or None

    def set_value(self, value: Any) -> None:
        self._line.setText(_text(value))


class ModelBox(Box):
    """The files of the models folders by name, those that fit first, any other file by its path."""

    def __init__(self, about: Dict[str, Any], optional: bool) -> None:
        super().__init__()
        self._role, self._suffix = about.get("role", "model"), about.get("suffix", ".safetensors")
        self._optional = optional
        self._reasons: Dict[str, List[str]] = {}
        self._box = QComboBox()
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(20)
        empty = about.get("empty") or tr("chosen by itself")
        self._box.lineEdit().setPlaceholderText(empty if optional else tr("the path of a {} file").format(self._suffix))
        self._sign = QToolButton()
        self._sign.setAutoRaise(True)
        self._sign.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning))
        self._sign.clicked.connect(self._tell)
        # Its place is kept, so that nothing moves under the mouse.
        policy = QSizePolicy(self._sign.sizePolicy())
        policy.setRetainSizeWhenHidden(True)
        self._sign.setSizePolicy(policy)
        button = QToolButton()
        button.setText("…")
        button.setToolTip(tr("Choose a file"))
        button.clicked.connect(self._choose_file)
        _in_a_row(self, self._box, self._sign, button)
        self.see([])
        self._box.currentTextChanged.connect(self._changed)

    def value(self) -> Optional[str]:
        return self._box.currentText().strip() or None

    def set_value(self, value: Any) -> None:
        self._box.setEditText(_text(value))

    def see(self, layers: List[Any]) -> None:
        files = listed(self._role)
        self._reasons = {file.name: misfits(file.card, layers) for file in files}
        # Sorting keeps the order of the names.
        files.sort(key=lambda file: bool(self._reasons[file.name]))
        first = not self._optional and self._box.count() == 0
        text = self._box.currentText()
        self._box.blockSignals(True)
        self._box.clear()
        if self._optional:
            self._box.addItem("")
        for file in files:
            self._box.addItem(file.name)
            tip = tool_tip(file, self._reasons[file.name])
            self._box.setItemData(self._box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._box.setEditText(files[0].name if first and files else text)
        self._box.blockSignals(False)
        self._show_fit()

    def _changed(self) -> None:
        self._show_fit()
        self.changed.emit()

    def _show_fit(self) -> None:
        text = self._box.currentText()
        index = self._box.findText(text)
        self._box.setToolTip(self._box.itemData(index, Qt.ItemDataRole.ToolTipRole) or "" if index >= 0 else "")
        reasons = self._reasons.get(text, [])
        self._sign.setToolTip(f"<p>{html.escape(_warning(reasons))}</p>" if reasons else "")
        self._sign.setVisible(bool(reasons))

    def _tell(self) -> None:
        QToolTip.showText(self._sign.mapToGlobal(self._sign.rect().bottomLeft()), self._sign.toolTip(), self._sign)

    def _choose_file(self) -> None:
        settings = QgsSettings()
        start = os.path.dirname(self._box.currentText()) or str(settings.value(LAST_FOLDER, ""))
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), start, f"(*{self._suffix})")
        if name:
            settings.setValue(LAST_FOLDER, os.path.dirname(name))
            self._box.setEditText(name)


def make_box(definition: QgsProcessingParameterDefinition) -> Box:
    """The box of a parameter whose metadata ask for one."""
    about = definition.metadata().get(ABOUT) or {}
    if about.get("box") == "text":
        return TextBox(about)
    return ModelBox(about, bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional))


def watch(wrapper: Any, box: Box, wrappers: List[Any]) -> None:
    """Let a box follow the layers of its dialog. wrapper: the box's own, among those of all parameters."""

    def look(*_: Any) -> None:
        box.see(layers_in(wrappers))

    for other in wrappers:
        if other is not wrapper and other.parameterDefinition().name() in READ_BY_MODELS:
            other.widgetValueHasChanged.connect(look)
    look()
    # One of the boxes speaks for all: a dialog tells nobody else of its widgets.
    if wrapper.parameterDefinition().name() == "MODEL" and wrapper.type() == QgsProcessingGui.WidgetType.Standard:
        mind_two_dates(wrappers)


def layers_in(wrappers: List[Any]) -> List[Any]:
    """The project's layers that the other widgets of a dialog name and a model would read."""
    project, found = QgsProject.instance(), []
    for wrapper in wrappers:
        if wrapper.parameterDefinition().name() in READ_BY_MODELS:
            value = wrapper.parameterValue()
            for each in value if isinstance(value, list) else [value]:
                layer = project.mapLayer(each) if isinstance(each, str) else None
                found += [layer] if layer is not None else []
    return found


def _text(value: Any) -> str:
    return "" if value is None or value == NULL else str(value)


def _in_a_row(parent: QWidget, *widgets: QWidget) -> None:
    layout = QHBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 0 if number else 1)
