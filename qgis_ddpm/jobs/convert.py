"""From the loose values of YAML, flags and dialogs to the type of a field, and nothing further."""

import math
from datetime import date
from typing import Any, Tuple

from ..errors import JobError
from ..words import tr
from .option import Option
from .texts import number

_TRUE = {"true", "yes", "on", "1"}
_FALSE = {"false", "no", "off", "0"}


def convert(item: Option, value: Any) -> Any:
    """A value as its field's type; empty texts and lists of optional fields become None or ().

    YAML reads `1e-4` as a text and `1` as a number, whatever the field wants: the field's type decides.
    Raises JobError with the field, the value and what is wanted.
    """
    # A blank is an empty text, but no number and no choice.
    is_text = item.type in (str, tuple) and not item.choices
    if value is None or value == "" or (is_text and isinstance(value, str) and not value.strip()):
        return item.default if item.required or item.default is None or item.is_list else _empty(item)
    if item.type is bool:
        return _boolean(item, value)
    if item.type is int:
        return _whole(item, value)
    if item.type is float:
        return _number(item, value)
    if item.is_list:
        return _texts(item, value)
    parts = value if isinstance(value, (list, tuple)) and not item.choices else [None]
    # YAML reads 2005-07-12 as a date.
    texts = (str, int, float, date)
    if all(isinstance(part, texts) and not isinstance(part, bool) for part in parts):
        return ",".join(str(part) for part in value)
    if isinstance(value, texts) and not isinstance(value, bool):
        return str(value)
    raise _refusal(item, value, tr("a text"))


def _empty(item: Option) -> Any:
    # A text field may be emptied; a number or choice that has a default may not.
    if item.type is str and not item.choices:
        return ""
    raise JobError(tr("{} is empty. {}").format(item.parameter, item.explanation()))


def _boolean(item: Option, value: Any) -> bool:
    text = str(value).strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise _refusal(item, value, tr("true or false"))


def _whole(item: Option, value: Any) -> int:
    found = _number(item, value)
    if found != int(found):
        raise _refusal(item, value, tr("a whole number"))
    return int(found)


def _number(item: Option, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise _refusal(item, value, tr("a number"))
    try:
        found = number(value) if isinstance(value, str) else float(value)
    except (ValueError, OverflowError):
        raise _refusal(item, value, tr("a number")) from None
    if not math.isfinite(found):
        raise _refusal(item, value, tr("a finite number"))
    return found


def _texts(item: Option, value: Any) -> Tuple[str, ...]:
    if isinstance(value, str):
        # Names of choices hold no commas.
        value = value.replace(",", ";") if item.choices else value
        parts = tuple(part.strip() for part in value.split(";") if part.strip())
        if item.choices and not parts:
            raise _refusal(item, value, tr("a list of texts, or one text with ';' between them"))
        return parts
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise _refusal(item, value, tr("a list of texts, or one text with ';' between them"))


def _refusal(item: Option, value: Any, wanted: str) -> JobError:
    words = tr("{} is {}, but has to be {}. {}")
    return JobError(words.format(item.parameter, repr(str(value)[:100]), wanted, item.explanation()))
