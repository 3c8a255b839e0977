"""The job that trains a change detector on pairs of dates with labels."""

from dataclasses import dataclass
from typing import ClassVar, Dict, Literal, Optional, Tuple

from ..errors import JobError
from .job import NetworkJob
from .option import EXPERIMENT_FILES, option, same_as
from .sample import SampleTiles
from .texts import numbers, whole_numbers

Head = Literal["published", "ours", "linear", "topdown", "siamese"]
Radiometry = Literal["none", "standard"]

# Where neither TILES nor MINUTES is set.
DEFAULT_TILES = 3000
# The same for heads that see tiles altered anew at each step.
MEMBER_TILES = 4000
# Each is a pass of the network over both dates. Features hold shapes and fine detail at little noise; estimates under
# much noise hold what is sure of a place.
DEFAULT_NOISE_LEVELS: Dict[Head, str] = {
    "published": "0.2",
    "ours": "0.2",
    "linear": "0.2,1,3",
    "topdown": "0.2",
    "siamese": "0.2",
}


@dataclass(frozen=True)
class TrainDetector(NetworkJob):
    """Train a change detector on pairs of dates with labels: a head on the features of a diffusion model."""

    ALGORITHM: ClassVar[str] = "traindetector"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "F1": "F1 of change on the validation part",
        "IOU": "Intersection over union of change on the validation part",
        "PRECISION": "Precision of change on the validation part",
        "RECALL": "Recall of change on the validation part",
        "OA": "Overall accuracy on the validation part",
    }

    model: Optional[str] = option(
        None,
        "Model",
        "The diffusion model whose features are read: a file, or the name of a file in the models folder.",
        role="model",
        suffix=".safetensors",
        empty="for HEAD siamese, or TUNE from random weights; the detector then needs none either",
    )
    before: Tuple[str, ...] = option((), "Before", "Rasters of the first date, one for each pair.", role="rasters")
    after: Tuple[str, ...] = option(
        (), "After", "Rasters of the second date, in the same order as those of the first.", role="rasters"
    )
    labels: Tuple[str, ...] = option(
        (),
        "Labels",
        "Where change is, in the same order: a raster that is nonzero there, or polygons. Nodata of a raster is left "
        "out, unless it is 0.",
        role="rasters_or_vectors",
    )
    folder: Optional[str] = option(
        None,
        "Folder of pairs",
        "A folder with A/, B/ and label/ (also named OUT), images of equal names in each, as LEVIR-CD, WHU-CD, DSIFN "
        "and CDD come. list/train.txt and list/val.txt, or folders train/ and val/, say what is for validation.",
        role="folder",
        empty="only the layers are used",
    )
    bands: Optional[str] = option(
        None,
        "Bands",
        "Numbers of the bands to read at both dates, such as 1,2,3.",
        role="bands",
        empty="all bands, or as many as the model has",
        advanced=True,
    )
    head: Head = option(
        "topdown",
        "Head",
        "topdown: several small networks on what the model sees at each scale, each trained on other pairs. siamese: "
        "the same on the dates alone. linear: weighs how the model's estimates differ, in a minute. ours: learns "
        "filters on its features. published: that of ddpm-cd.",
        advanced=True,
    )
    tune: bool = option(
        False,
        "Tune the network",
        "For HEAD topdown: the network learns too, at a lower rate, from the model or without one from random weights. "
        "Takes some four times as long, and the detector holds the network.",
        advanced=True,
    )
    noise_levels: Optional[str] = option(
        None,
        "Noise levels",
        "Sigmas, noise over signal, at which the model reads the dates, such as 0.079,0.159,0.701. Each costs a pass "
        "of the network over both dates.",
        empty=f"{DEFAULT_NOISE_LEVELS['linear']} for the head linear, {DEFAULT_NOISE_LEVELS['topdown']} for the others",
        advanced=True,
    )
    radiometry: Radiometry = option(
        "standard",
        "Radiometry",
        "standard: bring both dates to one brightness and contrast, band by band, before the model sees them; 'Detect "
        "changes' will do the same. none: as they are.",
        advanced=True,
    )
    tiles: Optional[int] = option(
        None,
        "Length in tiles",
        "Stop after each head has seen so many tiles.",
        minimum=1,
        empty=f"no limit where MINUTES is set, else {MEMBER_TILES} for the heads topdown and siamese, {DEFAULT_TILES} "
        "for the others",
    )
    minutes: Optional[float] = option(
        None,
        "Length in minutes",
        "Stop after so many minutes of training; reading and features come before.",
        minimum=0.01,
        empty="no limit",
    )
    cached_tiles: Optional[int] = option(
        None,
        "Tiles that are kept",
        "So many tiles are read once, half of them with change, and kept for the whole training: as features, or for "
        "the heads topdown and siamese as they are, and altered anew at each step.",
        minimum=2,
        empty="3000 at most",
        advanced=True,
    )
    augment: bool = option(
        True,
        "Augmentation",
        "Also show the tiles turned, flipped, shifted against each other by a pixel, and with other brightness and "
        "contrast.",
        advanced=True,
    )
    seeds: int = option(
        3,
        "Number of heads",
        "Of topdown and siamese: so many are trained, each leaves other pairs out, and their mean decides. Of the "
        "others: so many are trained from different starts, and the best one is kept; heads linear look at different "
        "noise levels.",
        minimum=1,
        maximum=20,
        advanced=True,
    )
    learning_rate: float = option(
        3e-3,
        "Learning rate",
        "Step size of the optimizer; HEAD linear takes eight times as much, topdown and siamese two thirds.",
        minimum=1e-7,
        maximum=1,
        advanced=True,
    )
    batch_size: int = option(
        16, "Batch size", "Tiles for each step of the optimizer.", minimum=1, maximum=1024, advanced=True
    )
    validation_share: float = option(
        0.2,
        "Share for validation",
        "Share of the area that is kept for choosing the best weights, the threshold and the figures. Not used where "
        "the folder says what is for validation, or where each head leaves other pairs out.",
        minimum=0.05,
        maximum=0.5,
        advanced=True,
    )
    compare: bool = option(
        False,
        "Compare with controls",
        "Also train the same on a network with random weights, without a model and without any network, to tell what "
        "the model was worth on these labels; in the log and the report. Takes up to four times as long.",
        advanced=True,
    )
    config: Optional[str] = same_as(SampleTiles, "config")
    licence: str = option("", "Licence of the labels", "Goes into the detector's card.", advanced=True)
    description: str = option("", "Description of the labels", "Goes into the detector's card.", advanced=True)
    detector: Optional[str] = option(
        None,
        "Trained detector",
        "File for the trained detector.",
        role="file_out",
        suffix=".safetensors",
        required=True,
    )
    experiment: Optional[str] = option(
        None,
        "Experiment folder",
        "Folder for the record of the run; the same job with the same folder goes on where it stopped.",
        role="folder_out",
        empty="no record",
        holds=EXPERIMENT_FILES,
    )
    report: Optional[str] = option(
        None,
        "Training report",
        "Page with the figures, curves and maps of the validation part.",
        role="file_out",
        suffix=".html",
        empty="no report",
    )

    def _check_together(self) -> None:
        super()._check_together()
        if not self.folder and not (self.before or self.after or self.labels) and not self.config:
            raise JobError(
                "BEFORE, AFTER and LABELS are empty, and FOLDER too. Choose pairs of rasters with their labels, or a "
                "folder of pairs."
            )
        if not len(self.before) == len(self.after) == len(self.labels):
            raise JobError(
                f"BEFORE names {len(self.before)} rasters, AFTER {len(self.after)} and LABELS {len(self.labels)}. Each "
                "pair needs one of each, in the same order."
            )
        if not self.model and not self.config and not (self.head == "siamese" or self.tune):
            raise JobError(
                f"MODEL is empty and HEAD is {self.head}, which reads what a model sees. Choose a model, HEAD siamese, "
                "or TUNE for a network of random weights."
            )
        if self.tune and self.head != "topdown":
            raise JobError(f"TUNE is true and HEAD is {self.head}. Only topdown is tuned; choose it, or leave TUNE.")
        if self.compare and self.head not in ("topdown", "siamese"):
            raise JobError(
                f"COMPARE is true and HEAD is {self.head}. Only topdown and siamese can be compared; choose one of "
                "them."
            )
        whole_numbers("BANDS", self.bands, minimum=1)
        numbers("NOISE_LEVELS", self.noise_levels)
