"""The job that fetches a model which somebody offers."""

from dataclasses import dataclass
from typing import ClassVar, Optional, Tuple

from .job import Job
from .option import option


@dataclass(frozen=True)
class GetModel(Job):
    """Get a model or a detector from an index of models, with its checksum compared and its licence told first."""

    ALGORITHM: ClassVar[str] = "getmodel"
    UNUSED: ClassVar[Tuple[str, ...]] = ("device", "seed")

    name: Optional[str] = option(
        None,
        "Name",
        "Name of the model in the index, such as ddpm-aerial-rgb.",
        required=True,
    )
    index: Optional[str] = option(
        None,
        "Index of models",
        "A file index.json, a folder with one, or an https address of one. Nothing is downloaded from anywhere else.",
        role="address",
        empty="that of the models which came with the plugin or the checkout; the network is not used",
    )
    model: Optional[str] = option(
        None,
        "File for the model",
        "File for the model or detector.",
        role="file_out",
        suffix=".safetensors",
        empty="its own name in the models folder",
    )
