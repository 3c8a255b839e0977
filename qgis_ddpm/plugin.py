"""The plugin object that QGIS holds: it adds the provider and takes it away again."""

from typing import Any, Optional

from qgis.core import QgsApplication

from .algorithms import translation
from .algorithms.provider import DdpmProvider


class DdpmPlugin:
    """Adds the Processing provider; `iface` is None in qgis_process."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._provider: Optional[DdpmProvider] = None
        self._setup_offer: Any = None

    def initGui(self) -> None:
        self.initProcessing()
        # Only the desktop has a message bar, and only its libraries are needed for one.
        from .algorithms import box_factory
        from .algorithms.setup_prompt import offer_setup

        box_factory.register()

        self._setup_offer = offer_setup(self._iface)

    def initProcessing(self) -> None:
        """Called by qgis_process in place of initGui."""
        translation.install()
        self._provider = DdpmProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)
        self._provider.refreshAlgorithms()

    def unload(self) -> None:
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._iface is not None:
            from .algorithms import box_factory

            box_factory.unregister()
        translation.remove()
