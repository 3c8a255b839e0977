"""Which files are pairs of dates with labels: of layers, or of a folder as change detection data sets come."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...errors import InputError
from ...events import Note
from ...regular_file import open_text
from ..raster.images import IMAGE_ENDINGS, RASTER_ENDINGS

LABEL_FOLDERS = ("label", "labels", "OUT")
# By the name of a list or of a folder; what is in others, such as test, is left for testing.
PARTS = {"train": "training", "val": "validation"}
# Of so many pairs each is told.
MANY_PAIRS = 20


class PairFiles(NamedTuple):
    """Files of one pair. part: training or validation, where the data set says so."""

    name: str
    before: str
    after: str
    labels: str
    part: str | None = None


def list_pairs(
    before: Sequence[str], after: Sequence[str], labels: Sequence[str], folder: str | None
) -> list[PairFiles]:
    """The pairs of layers, then those of a folder.

    Args:
        before, after, labels: paths, as many of each; the n-th ones belong together.
        folder: holds A, B and label with equal names, or train and val with these; None for none.

    Raises:
        InputError: files of the folder do not go together.
    """
    triples = zip(before, after, labels, strict=True)
    pairs = [PairFiles(os.path.basename(first), first, second, marked) for first, second, marked in triples]
    return pairs + (_of_folder(folder) if folder else [])


def pair_notes(pairs: Sequence[PairFiles]) -> Iterator[Note]:
    """Which files were taken together; of many the first ones."""
    for pair in pairs[:MANY_PAIRS]:
        names = ", ".join(os.path.basename(path) for path in (pair.before, pair.after, pair.labels))
        yield Note(f"Pair {names}." if pair.part is None else f"Pair for {pair.part}: {names}.")
    if len(pairs) > MANY_PAIRS:
        yield Note(f"And {len(pairs) - MANY_PAIRS} pairs more, by their names.")


def _of_folder(folder: str) -> list[PairFiles]:
    if not os.path.isdir(folder):
        raise InputError(f"FOLDER {folder} does not exist. Choose a folder with A, B and label.")
    if os.path.isdir(os.path.join(folder, "A")):
        pairs = _of_set(folder, None)
        parts = _listed(folder)
        if parts:
            listed = {pair.name: pair for pair in pairs}
            missing = sorted(set(parts) - set(listed))
            if missing:
                raise InputError(f"FOLDER {folder}: list names {missing[0]}, which is not in A. Take a whole copy.")
            pairs = [listed[name]._replace(part=part) for name, part in parts.items()]
    else:
        present = [part for part in PARTS if os.path.isdir(os.path.join(folder, part, "A"))]
        if not present:
            raise InputError(f"FOLDER {folder} has no folder A, nor train/A. It needs A, B and label with equal names.")
        # Without val all of train is split by area.
        pairs = [
            pair
            for part in present
            for pair in _of_set(os.path.join(folder, part), PARTS[part] if len(present) > 1 else None)
        ]
    if not pairs:
        raise InputError(f"FOLDER {folder} holds no pair of images (png, jpg, tif) in A and B with a label.")
    return pairs


def _of_set(folder: str, part: str | None) -> list[PairFiles]:
    """The pairs in one folder with A, B and label."""
    label = next((name for name in LABEL_FOLDERS if os.path.isdir(os.path.join(folder, name))), LABEL_FOLDERS[0])
    before, after, labels = (_images(os.path.join(folder, name)) for name in ("A", "B", label))
    for images, name in ((after, "B"), (labels, label)):
        missing = sorted(set(before) - set(images))
        if missing:
            raise InputError(
                f"{before[missing[0]]} has no image of this name in {os.path.join(folder, name)}. Add it, or take "
                "the first away."
            )
    return [PairFiles(stem, before[stem], after[stem], labels[stem], part) for stem in sorted(before)]


def _images(folder: str) -> dict[str, str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be read: {error.strerror}. FOLDER needs A, B and label."
        ) from None
    return {
        os.path.splitext(name)[0]: os.path.join(folder, name)
        for name in names
        if name.lower().endswith(IMAGE_ENDINGS + RASTER_ENDINGS) and not name.startswith(".")
    }


def _listed(folder: str) -> dict[str, str]:
    """Parts by the names in list/train.txt and list/val.txt; {} where one of them is missing."""
    paths = {part: os.path.join(folder, "list", f"{name}.txt") for name, part in PARTS.items()}
    if not all(os.path.isfile(path) for path in paths.values()):
        return {}
    listed: dict[str, str] = {}
    for part, path in paths.items():
        with open_text(path, errors="replace") as file:
            listed.update({os.path.splitext(line.strip())[0]: part for line in file if line.strip()})
    return listed
