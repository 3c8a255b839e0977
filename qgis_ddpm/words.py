"""Texts in the user's language: QGIS puts its translator here, everywhere else they stay as they are written."""

from typing import Callable

Translate = Callable[[str], str]

_translate: Translate = str


def tr(text: str) -> str:
    """A text in the user's language; the English one where there is no translation."""
    return _translate(text)


def use(translate: Translate) -> None:
    """Let a translator speak from here on."""
    global _translate
    _translate = translate
