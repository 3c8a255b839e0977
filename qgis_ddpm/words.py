"""Texts in the user's language: QGIS puts its translator here, everywhere else they stay as they are written."""

from typing import Callable

Translate = Callable[[str], str]

_translate: Translate = str
_language = ""


def tr(text: str) -> str:
    """A text in the user's language; the English one where there is no translation."""
    return _translate(text)


def use(translate: Translate, language: str = "") -> None:
    """Let a translator speak from here on. language: its code, "" for English."""
    global _translate, _language
    _translate, _language = translate, language


def language() -> str:
    """The code of the language that is spoken here, "" for English."""
    return _language
