"""The job that writes a model or detector for other programs."""

from dataclasses import dataclass
from typing import ClassVar, Literal, Optional, Tuple

from ..errors import JobError
from .detect import DetectChanges
from .job import Job
from .option import option, same_as

ExportFormat = Literal["onnx", "stac"]


@dataclass(frozen=True)
class ExportModel(Job):
    """Write a model or a change detector for other programs: as an ONNX network, or as a STAC item that tells of it."""

    ALGORITHM: ClassVar[str] = "exportmodel"
    UNUSED: ClassVar[Tuple[str, ...]] = ("device",)

    model: Optional[str] = option(
        None,
        "Model",
        "A diffusion model: a file, or the name of a file in the models folder. Without a detector it is exported.",
        role="model",
        suffix=".safetensors",
        empty="the detector's",
    )
    detector: Optional[str] = same_as(DetectChanges, "detector", empty="the diffusion model itself is exported")
    format: ExportFormat = option(
        "onnx",
        "Format",
        "onnx: the network with its weights, for ONNX Runtime, Deepness and openEO. stac: a STAC item with the Machine "
        "Learning Model extension, which tells what a file is, reads and may be used for.",
    )
    output: Optional[str] = option(
        None,
        "Exported model",
        "File for the network (.onnx) or for the item (.json).",
        role="file_out",
        suffix=".onnx",
        required=True,
    )

    def _check_together(self) -> None:
        super()._check_together()
        if not self.model and not self.detector:
            raise JobError("Neither MODEL nor DETECTOR is given. Name what is to be exported.")
