"""A model in a dialog: the files of the models folders by name, any other by its path."""

import html
import os
from typing import Any, Optional

from processing.gui.wrappers import WidgetWrapper
from qgis.core import QgsProcessingParameterDefinition, QgsSettings
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import NULL, Qt
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QToolButton, QWidget

from ..said import said
from .model_list import ListedFile, describe, listed
from .translation import tr

LAST_FOLDER = "Processing/LastInputPath"


def tool_tip(file: ListedFile) -> str:
    """What a card says and where its file lies, as a page, so that Qt does not take a card's own tags for one."""
    return f"<p>{html.escape(describe(file.card))}</p><p>{html.escape(said(file.path))}</p>"


class ModelWidget(WidgetWrapper):
    """A box that can be typed into, with a button for files; the model designer keeps its own widget."""

    def __new__(cls, param: Any, dialog: Any, row: int = 0, col: int = 0, **options: Any) -> Any:
        if type(dialog).__name__ == "ModelerParametersDialog":
            registry = QgsGui.processingGuiRegistry()
            wrapper = registry.createModelerParameterWidget(dialog.model, dialog.childId, param, dialog.context)
            wrapper.setDialog(dialog)
            return wrapper
        return super().__new__(cls)

    def createWidget(self, role: str = "model", suffix: str = ".safetensors") -> QWidget:
        self._suffix = suffix
        self._box = QComboBox()
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(20)
        optional = bool(self.parameterDefinition().flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        if optional:
            self._box.addItem("")
        for file in listed(role):
            self._box.addItem(file.name)
            index = self._box.count() - 1
            self._box.setItemData(index, tool_tip(file), Qt.ItemDataRole.ToolTipRole)
        self._box.lineEdit().setPlaceholderText(
            tr("chosen by itself") if optional else tr("the path of a {} file").format(suffix)
        )
        self._box.currentTextChanged.connect(self._changed)
        button = QToolButton()
        button.setText("…")
        button.setToolTip(tr("Choose a file"))
        button.clicked.connect(self._choose_file)
        widget = QWidget()
        layout = QHBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box, 1)
        layout.addWidget(button)
        self._changed(self._box.currentText())
        return widget

    def setValue(self, value: Any) -> None:
        self._box.setEditText("" if value is None or value == NULL else str(value))

    def value(self) -> Optional[str]:
        return self._box.currentText().strip() or None

    def _changed(self, text: str) -> None:
        index = self._box.findText(text)
        self._box.setToolTip(self._box.itemData(index, Qt.ItemDataRole.ToolTipRole) or "" if index >= 0 else "")
        self.widgetValueHasChanged.emit(self)

    def _choose_file(self) -> None:
        settings = QgsSettings()
        start = os.path.dirname(self._box.currentText()) or str(settings.value(LAST_FOLDER, ""))
        name, _ = QFileDialog.getOpenFileName(self.widget, tr("Choose a file"), start, f"(*{self._suffix})")
        if name:
            settings.setValue(LAST_FOLDER, os.path.dirname(name))
            self._box.setEditText(name)
