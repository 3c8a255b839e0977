"""Folders of images without a grid: png and jpg of mixed sizes, grey or RGB, and the idx files of MNIST."""

import gzip
import os
import struct
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from ...errors import InputError
from ...regular_file import open_regular, refuse_special, special_kind
from .random import hash_order
from .types import Bytes

RASTER_ENDINGS = (".tif", ".tiff")
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg")
IDX_ENDINGS = ("ubyte", ".idx", "ubyte.gz", ".idx.gz")
GREY_MODES = ("1", "L", "LA")
COLOUR_MODES = ("RGB", "RGBA", "P", "CMYK", "YCbCr")

# The four bytes that open an idx file of unsigned bytes: images have three dimensions, labels one.
_IDX_IMAGES = b"\0\0\x08\x03"
_IDX_LABELS = b"\0\0\x08\x01"
# The share that trainings keep for validation where nothing else is said.
USUAL_SHARE = 0.1
_MAX_IDX_SIDE = 4096
_MAX_IDX_BYTES = 4 << 30
_IDX_PIECE_BYTES = 16 << 20


@dataclass(frozen=True)
class ImageFolder:
    """What a folder holds: paths of rasters, and of images or one block of images read from idx files.

    `digits`: uint8 [N, H, W] where the images come from idx files, and `digit_files` these with their counts of images.
    `channels`: 1 where all images are grey, else 3.
    """

    rasters: tuple[str, ...]
    images: tuple[str, ...]
    digits: Bytes | None
    channels: int
    digit_files: tuple[tuple[str, int], ...] = ()

    @property
    def band_names(self) -> tuple[str, ...]:
        """What the channels are called."""
        return ("grey",) if self.channels == 1 else ("red", "green", "blue")

    @property
    def paths(self) -> tuple[str, ...]:
        """Of rasters and images, in the order of their names."""
        return tuple(sorted((*self.rasters, *self.images)))

    def __len__(self) -> int:
        return len(self.images) if self.digits is None else len(self.digits)

    def read(self, index: int) -> Bytes:
        """One image as uint8 [channels, H, W]. Raises InputError where the file is damaged."""
        if self.digits is not None:
            digit: Bytes = self.digits[index : index + 1]
            return digit
        path = self.images[index]
        try:
            with open_regular(path) as file, Image.open(file) as image:
                pixels = np.asarray(image.convert("L" if self.channels == 1 else "RGB"))
        except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
            # A few bytes of a damaged file may ask for more than any memory.
            reason = error or "it asks for too much memory"
            raise InputError(f"The image {path} is damaged: {reason}. Remove it or take a whole copy.") from None
        return pixels[None] if pixels.ndim == 2 else np.ascontiguousarray(pixels.transpose(2, 0, 1))

    def shape(self, index: int) -> tuple[int, int]:
        """Height and width of one image, from its header alone."""
        if self.digits is not None:
            return int(self.digits.shape[1]), int(self.digits.shape[2])
        with open_regular(self.images[index]) as file, Image.open(file) as image:
            return image.height, image.width

    def name(self, index: int) -> str:
        """What to call one image in a message."""
        return f"digit {index}" if self.digits is not None else self.images[index]


def open_folder(path: str) -> ImageFolder:
    """The images, by name, of a folder and the folders in it, or of one idx file.

    Other files are left alone. Raises InputError where there is no image, or where idx files and others are mixed.
    """
    if special_kind(path):
        raise InputError(f"{path} is {special_kind(path)}, not a folder of images. Choose another folder.")
    paths = [path] if os.path.isfile(path) else _files_below(path)
    idx = [file for file in paths if file.lower().endswith(IDX_ENDINGS)]
    others = [file for file in paths if file.lower().endswith(RASTER_ENDINGS + IMAGE_ENDINGS)]
    if idx and others:
        raise InputError(f"The folder {path} holds idx files and other images. Choose a folder with one kind.")
    if idx:
        digits, files = _read_digits(idx)
        return ImageFolder((), (), digits, 1, files)
    if not others:
        raise InputError(f"The folder {path} holds no image (png, jpg, tif) and no idx file. Choose another folder.")
    rasters, images, modes = [], [], set()
    for file in others:
        mode = None if file.lower().endswith(RASTER_ENDINGS) else _mode_of(file)
        if mode in GREY_MODES or mode in COLOUR_MODES:
            images.append(file)
            modes.add(mode)
        else:
            # Pictures of 16 bits are read as rasters, which keep their numbers.
            rasters.append(file)
    channels = 1 if modes <= set(GREY_MODES) else 3
    return ImageFolder(tuple(rasters), tuple(images), None, channels)


def kept_apart(count: int, share: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of pictures for training and for validation; one of these at least where a share is asked for of two."""
    validation = min(max(1, round(share * count)), count - 1) if share > 0 else 0
    order = np.array(sorted(range(count), key=lambda index: hash_order(seed, index)), dtype=np.int64)
    return np.sort(order[validation:]), np.sort(order[:validation])


def by_turns(numbers: Sequence[int], folders: Sequence[str], seed: int) -> list[int]:
    """Numbers in a random order whose first n, for any n, come from all folders alike; folders: of each number."""
    turns: dict[str, int] = defaultdict(int)
    ordered = []
    for number, folder in sorted(
        zip(numbers, folders, strict=True), key=lambda pair: hash_order(seed, "turn", pair[0])
    ):
        ordered.append((turns[folder], number))
        turns[folder] += 1
    return [number for _, number in sorted(ordered, key=lambda pair: pair[0])]


def trained_on(folder: ImageFolder, count: int, seed: int) -> ImageFolder:
    """What a training with MAX_IMAGES `count`, this seed and the usual share for validation takes of a folder."""
    paths = folder.paths
    training, _ = kept_apart(len(paths) or len(folder), USUAL_SHARE, seed)
    places = [os.path.dirname(paths[number]) if paths else "" for number in training]
    chosen = sorted(by_turns(training.tolist(), places, seed)[:count])
    if folder.digits is not None:
        return replace(folder, digits=folder.digits[chosen])
    names = {paths[number] for number in chosen}
    rasters, images = (tuple(path for path in group if path in names) for group in (folder.rasters, folder.images))
    return replace(folder, rasters=rasters, images=images)


def enlarged(image: Bytes, side_px: int) -> Bytes:
    """An image uint8 [C, H, W] whose shorter side is at least `side_px`, enlarged where it is smaller."""
    height, width = image.shape[1:]
    if min(height, width) >= side_px:
        return image
    scale = side_px / min(height, width)
    size = (max(side_px, round(width * scale)), max(side_px, round(height * scale)))
    bands = [np.asarray(Image.fromarray(band).resize(size, Image.Resampling.BICUBIC)) for band in image]
    return np.stack(bands)


def _files_below(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        raise InputError(f"The folder {folder} does not exist. Choose a folder of images.")
    return sorted(
        os.path.join(root, file) for root, _, files in os.walk(folder) for file in files if not file.startswith(".")
    )


def _mode_of(path: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with open_regular(path) as file, Image.open(file) as image:
                return str(image.mode)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InputError(f"{path} cannot be read as an image: {error}. Remove it from the folder.") from None


def read_label_file(images: str, count: int) -> list[int]:
    """The labels of the first images of an idx file, from the one that MNIST puts beside it. Raises InputError."""
    folder, name = os.path.split(images)
    labels = name.replace("images", "labels").replace("idx3", "idx1")
    path = os.path.join(folder, labels)
    if labels == name or not os.path.isfile(path):
        raise InputError(
            f"{images} has no file of labels beside it, which MNIST calls {labels if labels != name else '*labels*'}. "
            "Add it, or leave CONDITION empty."
        )
    try:
        with _opened(path) as file:
            head = file.read(8)
            data = file.read(count) if head[:4] == _IDX_LABELS else b""
    except (OSError, EOFError, gzip.zlib.error) as error:  # type: ignore[attr-defined]
        raise InputError(f"{path} is damaged: {error}. Take a whole copy of the file.") from None
    if len(data) != count:
        raise InputError(f"{path} holds no labels of {count} images. Take a whole copy of the file.")
    return list(data)


def _read_digits(paths: Sequence[str]) -> tuple[Bytes, tuple[tuple[str, int], ...]]:
    blocks: list[Bytes] = []
    files: list[tuple[str, int]] = []
    for path in paths:
        images = _read_idx(path)
        if images is None:
            continue
        if blocks and images.shape[1:] != blocks[0].shape[1:]:
            raise InputError(f"{path} has images of another size than the files before it. Choose files of one size.")
        blocks.append(images)
        files.append((path, len(images)))
    if not blocks:
        raise InputError(f"{paths[0]} holds labels, not images. Add the idx file of the images.")
    return np.concatenate(blocks), tuple(files)


def _read_idx(path: str) -> Bytes | None:
    """Images uint8 [N, H, W] of an idx file (http://yann.lecun.com/exdb/mnist); None for a file of labels."""
    try:
        with _opened(path) as file:
            magic = file.read(4)
            if magic == _IDX_LABELS:
                return None
            count, height, width = struct.unpack(">III", file.read(12)) if magic == _IDX_IMAGES else (0, 0, 0)
            if not count or not 0 < height <= _MAX_IDX_SIDE or not 0 < width <= _MAX_IDX_SIDE:
                raise InputError(f"{path} is no idx file of images of bytes. Choose MNIST's files or others like them.")
            size = count * height * width
            # A few bytes may announce, or a packed file hold, more than any memory.
            if size > _MAX_IDX_BYTES:
                raise InputError(
                    f"{path} announces {count} images of {height} x {width} px; up to {_MAX_IDX_BYTES >> 20} MB "
                    "are read. Choose a smaller file."
                )
            data = bytearray()
            while len(data) < size and (more := file.read(min(size - len(data), _IDX_PIECE_BYTES))):
                data += more
    except (OSError, EOFError, struct.error, gzip.zlib.error) as error:  # type: ignore[attr-defined]
        raise InputError(f"{path} is damaged: {error}. Take a whole copy of the file.") from None
    if len(data) != count * height * width:
        raise InputError(
            f"{path} is cut off: it holds {len(data)} of {count * height * width} bytes. Take a whole copy."
        )
    return np.frombuffer(data, np.uint8).reshape(count, height, width)


def _opened(path: str) -> BinaryIO:
    if not path.lower().endswith(".gz"):
        return open_regular(path)
    refuse_special(path)
    return gzip.open(path, "rb")  # type: ignore[return-value]
