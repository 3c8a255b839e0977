"""Which model a detector reads features with: the one whose fingerprint its card holds."""

import os
from collections.abc import Iterator

from ...card import fingerprint, read_detector_card
from ...environment import find_model, list_models
from ...errors import ModelFileError
from ...events import Note


def model_of_detector(detector: str, named: str | None) -> tuple[str, Note]:
    """The path of a detector's model, and a sentence on which one it is.

    named: the model that the user names; else it is looked for beside the detector and in the models folders. Raises
    ModelFileError for a damaged detector, for another model, or where there is none.
    """
    expected = read_detector_card(detector).model_fingerprint
    if named:
        path = find_model(named)
        if fingerprint(path) != expected:
            raise ModelFileError(
                f"The detector {detector} was made for the model with the fingerprint {expected[:12]}, not for {path} "
                f"({fingerprint(path)[:12]}). Leave MODEL empty, or choose the model that it was made with."
            )
        return path, Note(f"Changes as {os.path.basename(detector)} has learned them.")
    for path in _candidates(detector):
        try:
            if fingerprint(path) == expected:
                names = os.path.basename(detector), os.path.basename(path)
                return path, Note(f"Changes as {names[0]} has learned them, with its model {names[1]}.")
        except ModelFileError:
            continue
    raise ModelFileError(
        f"The model that the detector {detector} was made with (fingerprint {expected[:12]}) is neither beside it nor "
        "in the models folder. Name it in MODEL."
    )


def _candidates(detector: str) -> Iterator[str]:
    folder = os.path.dirname(os.path.abspath(detector))
    for name in sorted(os.listdir(folder)):
        if name.endswith(".safetensors") and name != os.path.basename(detector):
            yield os.path.join(folder, name)
    yield from list_models()
