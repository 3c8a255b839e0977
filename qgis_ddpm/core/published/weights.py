"""Weights from files of other projects. Such a file may come from anywhere: nothing in it is executed or trusted."""

import os
import re
import zipfile

import safetensors
import torch
from safetensors.torch import load_file
from torch import Tensor

from ...errors import ModelFileError
from ...regular_file import open_regular

MAX_FILE_BYTES = 16 << 30
# The part of a torch file that says which tensors there are; it grows with their number, not with their size.
MAX_INDEX_BYTES = 64 << 20
_TAKE_ANOTHER = "Take a whole copy of the publisher's file of weights, *_gen.pth."


def read_foreign_weights(path: str) -> dict[str, Tensor]:
    """The tensors by name of a .pth, .pt, .ckpt or .safetensors file, as they are in it and where possible still there.

    Raises ModelFileError, which names what is not a tensor or was to be executed.
    """
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            is_zip = file.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise ModelFileError(f"The checkpoint {path} cannot be read: {error.strerror}. Choose a file.") from None
    if size > MAX_FILE_BYTES:
        raise ModelFileError(f"{path} has {size} bytes; checkpoints of up to {MAX_FILE_BYTES} bytes are read.")
    if path.endswith(".safetensors"):
        content: object = _read_safetensors(path)
    else:
        content = _read_torch(path, is_zip)
    return _tensors(path, content, size)


def _read_safetensors(path: str) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelFileError(f"{path} is no whole safetensors file: {error}. Take a whole copy.") from None


def _read_torch(path: str, is_zip: bool) -> object:
    if is_zip:
        _check_zip(path)
    try:
        # Files of torch before 1.6 are no zip and cannot be mapped.
        return torch.load(path, map_location="cpu", weights_only=True, mmap=is_zip)
    except Exception as error:  # bytes from anywhere make the reader stumble in any way
        refused = re.search(r"GLOBAL (\S+)", str(error))
        if refused:
            raise ModelFileError(
                f"{path} holds more than weights: it wants to call {refused.group(1)[:100]}. Nothing of it was run. "
                "Take a file of weights alone, from a publisher you trust."
            ) from None
        raise ModelFileError(f"{path} is no PyTorch checkpoint of weights, or is cut off. {_TAKE_ANOTHER}") from None


def _check_zip(path: str) -> None:
    """Refuse an archive that is cut off or would grow when read: torch stores without compression."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except Exception:  # bytes from anywhere make the reader stumble in any way
        raise ModelFileError(f"{path} is cut off or damaged. {_TAKE_ANOTHER}") from None
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED:
            raise ModelFileError(f"{path} is a compressed archive, which no PyTorch checkpoint is. {_TAKE_ANOTHER}")
        if entry.filename.endswith(".pkl") and entry.file_size > MAX_INDEX_BYTES:
            raise ModelFileError(f"{path} has an index of {entry.file_size} bytes, too large to be one of weights.")


def _tensors(path: str, content: object, size: int) -> dict[str, Tensor]:
    if not isinstance(content, dict):
        raise ModelFileError(f"{path} holds a {type(content).__name__}, not weights by name. {_TAKE_ANOTHER}")
    tensors = {}
    for name, value in content.items():
        if not isinstance(name, str) or not isinstance(value, Tensor):
            raise ModelFileError(
                f"{path} holds no weights by name: {str(name)[:100]!r} is a {type(value).__name__}. {_TAKE_ANOTHER}"
            )
        if value.device.type != "cpu" or value.layout is not torch.strided or value.is_quantized:
            raise ModelFileError(f"{path} holds {name[:100]} in a form that no published checkpoint has.")
        tensors[name] = value
    # A tensor may repeat what the file stores once, and would fill the disk when written.
    if sum(value.numel() * value.element_size() for value in tensors.values()) > size:
        raise ModelFileError(f"{path} holds less than its tensors claim. {_TAKE_ANOTHER}")
    return tensors
