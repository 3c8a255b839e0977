"""What a run says, as keys and values, so that whoever reads it can say it in another language.

Sentences are written where they arise, as plain texts with values in them. `make translations` reads their templates
out of the source, `The disk is full{}.`, and a template is the key. Here a sentence is taken apart again: which
template it was made of, and with which values. Events carry both beside the English text.
"""

import json
import os
import re
from functools import cache, lru_cache
from typing import Any, Callable, Dict, Iterable, List, Optional, Pattern, Sequence, Set, Tuple

from .words import Translate

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "i18n")
# Which language a worker writes reports in.
LANGUAGE = "QGIS_DDPM_LANGUAGE"
# Sentences one after the other, each a template and its values; a value is a text or again such a list.
Parts = List[Tuple[str, List[Any]]]
_PLACE = re.compile(r"\{\}")
_SENTENCE_END = re.compile(r"(?<=[.:;!?]) (?=\S)")
MOST_SENTENCES = 12
MOST_CHARACTERS = 2000
MOST_DEPTH = 4
# Letters of a template, below which its values are single words.
LEAST_SAID = 5
# A thing that is counted, or has a share: 64 tiles, water gained 7.1%.
_AMOUNT = re.compile(r"(?:([\d,.]+) )?(.*?)( [\d,.]+ ?%?)?", re.DOTALL)


class Catalog:
    """Templates by which sentences are recognised."""

    def __init__(self, templates: Iterable[str]) -> None:
        self._whole: Set[str] = set()
        # By the first letter, "" for those that begin with a value: literal parts and template.
        self._open: Dict[str, List[Tuple[List[str], str]]] = {}
        for template in templates:
            literals = _literals(template)
            if len(literals) == 1:
                self._whole.add(literals[0])
            elif sum(len(part.strip()) for part in literals) > 1:
                self._open.setdefault(literals[0][:1], []).append((literals, template))
        for entries in self._open.values():
            # What says more is tried first.
            entries.sort(key=lambda entry: -sum(map(len, entry[0])))

    def parts(self, text: str, depth: int = 0) -> Parts:
        """The templates and values of a text; [] where nothing of it is known."""
        if not text or len(text) > MOST_CHARACTERS or depth > MOST_DEPTH:
            return []
        whole = self._one(text, depth)
        # A value at the end may have swallowed the sentences that follow.
        if whole is not None and not _swallows(whole[1]):
            return [whole]
        listed = self._listed(text) if whole is None else []
        if listed:
            return listed
        pieces = _SENTENCE_END.split(text)
        apart = self._sentences(pieces, depth) if 1 < len(pieces) <= MOST_SENTENCES else []
        is_known = all(values or key.replace("{{", "{").replace("}}", "}") in self._whole for key, values in apart)
        return [whole] if whole is not None and not (apart and is_known) else apart

    def _listed(self, text: str) -> Parts:
        """Things with commas between them, each with its number or without."""
        values: List[Any] = []
        for item in text.split(", "):
            found = _AMOUNT.fullmatch(item)
            number, thing, share = found.groups() if found is not None else (None, item, None)
            before, after = f"{number} " if number else "", share or ""
            if thing in self._whole:
                values.append([(f"{before}{{}}{after}", [[(thing, [])]])])
            else:
                part = self._one(item, MOST_DEPTH)
                values.append(item if part is None else [part])
        if len(values) == 1:
            return values[0] if isinstance(values[0], list) else []
        is_known = any(isinstance(value, list) for value in values)
        return [(", ".join(["{}"] * len(values)), values)] if is_known else []

    def _sentences(self, pieces: List[str], depth: int) -> Parts:
        found: Parts = []
        known, begin = False, 0
        while begin < len(pieces):
            for end in range(len(pieces), begin, -1):
                text = " ".join(pieces[begin:end])
                part = self._one(text, depth)
                if part is not None and end > begin + 1 and _swallows(part[1]):
                    part = None
                if part is not None or end == begin + 1:
                    known = known or part is not None
                    # A template alone takes no values: braces of a text that is not known are none.
                    found.append(part or (text.replace("{", "{{").replace("}", "}}"), []))
                    begin = end
                    break
        return found if known else []

    def _one(self, text: str, depth: int) -> Optional[Tuple[str, List[Any]]]:
        if text in self._whole:
            return text.replace("{", "{{").replace("}", "}}"), []
        for first in (text[:1], ""):
            for literals, template in self._open.get(first, ()):
                # Most are ruled out without a pattern, which is made when it is first needed.
                if not text.startswith(literals[0]) or not all(each in text for each in literals):
                    continue
                match = _pattern(template).fullmatch(text)
                if match is not None and not _is_chance(literals, match.groups()):
                    return template, [self.parts(value, depth + 1) or value for value in match.groups()]
        return None


def _is_chance(literals: List[str], values: Sequence[str]) -> bool:
    """Whether a template that says next to nothing, such as `{} to {}`, fits what is no sentence of it."""
    return sum(len(part.strip()) for part in literals) < LEAST_SAID and any(
        " " in value or not value for value in values
    )


def _literals(template: str) -> List[str]:
    return [part.replace("{{", "{").replace("}}", "}") for part in _PLACE.split(template)]


@lru_cache(maxsize=1000)
def _pattern(template: str) -> Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, _literals(template))), re.DOTALL)


def rendered(parts: Parts, translate: Translate) -> str:
    """The text of recognised sentences in another language."""
    return " ".join(_sentence(key, values, translate) for key, values in parts)


def _swallows(values: List[Any]) -> bool:
    """Whether one of the values goes beyond the end of a sentence."""
    texts = [rendered(value, str) if isinstance(value, list) else value for value in values]
    return any(_SENTENCE_END.search(text) for text in texts)


def _sentence(key: str, values: List[Any], translate: Translate) -> str:
    given = [rendered(value, translate) if isinstance(value, list) else value for value in values]
    try:
        return translate(key).format(*given)
    except (IndexError, KeyError, ValueError):
        # A translation that asks for more than there is says nothing.
        return key.format(*given)


@cache
def catalog() -> Catalog:
    """The templates of this package."""
    return Catalog(_texts("de"))


@lru_cache(maxsize=4)
def translator(language: str) -> Callable[[str], str]:
    """What translates templates into a language where there is no Qt; English where it is not there."""
    texts = _texts(language)
    return lambda text: texts.get(text, text)


@lru_cache(maxsize=1000)
def parts_of(text: str) -> Parts:
    """The templates and values of a text; [] where nothing of it is known. Nobody may change what is returned."""
    return catalog().parts(text)


def local(text: str, translate: Optional[Translate] = None) -> str:
    """A text in the language of whoever reads; as it is where it is not known.

    translate: by whom; without it, by the language that the environment names.
    """
    code = os.environ.get(LANGUAGE, "")
    if translate is None and not code:
        return text
    parts = parts_of(text)
    return rendered(parts, translate or translator(code)) if parts else text


def _texts(language: str) -> Dict[str, str]:
    try:
        with open(os.path.join(FOLDER, f"texts_{language}.json"), encoding="utf-8") as file:
            found: Dict[str, str] = json.load(file)
    except (OSError, ValueError):
        return {}
    return found
