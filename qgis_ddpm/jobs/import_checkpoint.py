"""The job that makes a published checkpoint a model of ours."""

from dataclasses import dataclass
from typing import ClassVar, Literal, Optional, Tuple

from ..errors import JobError
from .job import Job
from .option import option

Format = Literal["auto", "ddpm-cd", "sr3"]


@dataclass(frozen=True)
class ImportCheckpoint(Job):
    """Import a published checkpoint of ddpm-cd or SR3, and the change head that belongs to it."""

    ALGORITHM: ClassVar[str] = "importcheckpoint"
    UNUSED: ClassVar[Tuple[str, ...]] = ("device", "seed")

    input: Optional[str] = option(
        None,
        "Published checkpoint",
        "File of weights (.pth, .pt, .ckpt or .safetensors), such as I190000_E97_gen.pth. Nothing in it is executed.",
        role="file",
        required=True,
    )
    format: Format = option(
        "auto",
        "Format",
        "Whose checkpoint it is; auto tells by the names of the weights.",
        advanced=True,
    )
    config: Optional[str] = option(
        None,
        "Configuration",
        "The publisher's JSON that comes with the checkpoint, or with the change head where one is given.",
        role="file",
        suffix=".json",
        empty="tile size, schedule and steps as usual with that publisher, each said in a note",
    )
    head: Optional[str] = option(
        None,
        "Change head",
        "File of weights of a change head of ddpm-cd, such as best_cd_model_gen.pth.",
        role="file",
        empty="only the diffusion model is imported",
    )
    licence: str = option("", "Licence of the weights", "Goes into the model's card.", advanced=True)
    description: str = option("", "Description of the data", "Goes into the model's card.", advanced=True)
    model: Optional[str] = option(
        None,
        "Imported model",
        "File for the model.",
        role="file_out",
        suffix=".safetensors",
        required=True,
    )
    detector: Optional[str] = option(
        None,
        "Imported detector",
        "File for the detector that is made of the change head.",
        role="file_out",
        suffix=".safetensors",
        empty="not written",
    )

    def _check_together(self) -> None:
        super()._check_together()
        if bool(self.head) != bool(self.detector):
            raise JobError("HEAD and DETECTOR belong together: give both to import a change head, or none of them.")
