"""Texts in the user's language."""

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """A text in the language of QGIS; the English one where there is no translation."""
    return QCoreApplication.translate("ddpm", text)
