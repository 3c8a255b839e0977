"""The one message that QGIS's desktop shows of its own accord: where no environment is, it offers to make one."""

from typing import Any

from qgis.core import Qgis, QgsSettings
from qgis.PyQt.QtWidgets import QPushButton

from ..environment.interpreter import known_problem
from . import settings
from .translation import tr

OFFERED = "ddpm/setup_was_offered"


def offer_setup(iface: Any) -> bool:
    """Offer the set-up in the message bar, once and for all; whether it was done now."""
    store = QgsSettings()
    if store.value(OFFERED, False, type=bool) or not known_problem(settings.interpreter() or None):
        return False
    bar = iface.messageBar()
    words = tr("The algorithms of DDPM need a Python environment of their own, outside QGIS's.")
    message = bar.createMessage("DDPM", words)
    button = QPushButton(tr("Set up environment"), message)
    button.clicked.connect(lambda: _open(bar, message))
    message.layout().addWidget(button)
    bar.pushWidget(message, Qgis.MessageLevel.Info)
    store.setValue(OFFERED, True)
    return True


def _open(bar: Any, message: Any) -> None:
    from processing import createAlgorithmDialog

    bar.popWidget(message)
    createAlgorithmDialog("ddpm:setupenvironment").show()
