"""Writing tensors: a safetensors file that gets its name only when it is whole."""

import os
from collections.abc import Mapping

import safetensors
from safetensors.torch import save_file
from torch import Tensor

from ...errors import OutputError
from ...temporary import private_folder


def write_tensors(path: str, tensors: Mapping[str, Tensor], metadata: Mapping[str, str], what: str) -> None:
    """Write a safetensors file under its final name only when it is on the disk, whole. Raises OutputError."""
    above = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(above, exist_ok=True)
        # A folder, since safetensors lays a file of a random name beside what it writes, and leaves it where it is
        # killed.
        with private_folder(above) as folder:
            part = os.path.join(folder, "tensors")
            save_file(dict(tensors), part, dict(metadata))
            with open(part, "rb+") as file:
                os.fsync(file.fileno())
            # safetensors makes files for their owner alone; models lie in shared folders too.
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(part, 0o666 & ~umask)
            os.replace(part, path)
    except (OSError, safetensors.SafetensorError) as error:
        raise OutputError(
            f"The {what} {path} cannot be written: {error}. Check the folder and the space on its disk, or close the "
            "program that holds the file open."
        ) from error
