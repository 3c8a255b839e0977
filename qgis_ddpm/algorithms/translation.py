"""The plugin in the user's language: the compiled texts of i18n/ and Qt's translator."""

import os
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .. import words
from ..messages import Parts, local, rendered

CONTEXT = "ddpm"
FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "i18n")

# Qt holds no reference of its own.
_installed: Optional[QTranslator] = None


def tr(text: str) -> str:
    """A text in the language of QGIS; the English one where there is no translation."""
    return QCoreApplication.translate(CONTEXT, text)


def install(language: Optional[str] = None) -> bool:
    """Speak the language of QGIS, or another, from here on; False where English is all there is."""
    global _installed
    remove()
    words.use(tr)
    code = (language or QgsApplication.instance().locale() or "en").replace("-", "_").partition("_")[0]
    translator = QTranslator()
    if not translator.load(os.path.join(FOLDER, f"ddpm_{code}.qm")):
        return False
    QCoreApplication.installTranslator(translator)
    _installed = translator
    words.use(tr, code)
    return True


def say(text: str, parts: Optional[Parts] = None) -> str:
    """A text of a worker or of a shared module in the language of QGIS. parts: as its event has them."""
    if not words.language():
        return text
    return rendered(parts, tr) if parts else local(text, tr)


def remove() -> None:
    """Speak English again."""
    global _installed
    if _installed is not None:
        QCoreApplication.removeTranslator(_installed)
        _installed = None
        words.use(tr)
