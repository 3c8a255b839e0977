"""The one message that QGIS's desktop shows of its own accord: where no environment is, it offers to make one."""

from typing import Any, Optional

from qgis.core import Qgis, QgsSettings
from qgis.PyQt.QtWidgets import QPushButton

from ..environment.interpreter import known_problem
from . import settings
from .translation import tr

OFFERED = "ddpm/setup_was_offered"


class SetupOffer:
    """The message and the dialog that it opens.

    Whoever makes the offer has to keep it: with no name left on the side of Python, a garbage collection takes away
    what Qt still shows, and the next click ends QGIS.
    """

    def __init__(self, iface: Any) -> None:
        self._bar = iface.messageBar()
        words = tr("The algorithms of DDPM need a Python environment of their own, outside QGIS's.")
        self._message = self._bar.createMessage("DDPM", words)
        self._button = QPushButton(tr("Set up environment"), self._message)
        self._button.clicked.connect(self._open)
        self._message.layout().addWidget(self._button)
        self._bar.pushWidget(self._message, Qgis.MessageLevel.Info)
        self._dialog: Any = None

    def _open(self) -> None:
        from processing import createAlgorithmDialog

        self._dialog = createAlgorithmDialog("ddpm:setupenvironment")
        self._dialog.show()
        self._bar.popWidget(self._message)


def offer_setup(iface: Any) -> Optional[SetupOffer]:
    """Offer the set-up in the message bar, once and for all; None where it was done before or nothing is missing."""
    store = QgsSettings()
    if store.value(OFFERED, False, type=bool) or not known_problem(settings.interpreter() or None):
        return None
    offer = SetupOffer(iface)
    store.setValue(OFFERED, True)
    return offer
