"""Train diffusion model, as a Processing algorithm."""

from typing import Any, ClassVar, Mapping, Type

from ..errors import InputError
from ..jobs import TrainModel
from ..jobs.training import TrainingJob
from .base import JobAlgorithm
from .checks import band_in_name, count_bands, join_bands_first
from .translation import tr


class TrainModelAlgorithm(JobAlgorithm):
    """`ddpm:trainmodel`."""

    JOB: ClassVar[Type[TrainingJob]] = TrainModel
    TITLE = "Train diffusion model"
    GROUP = "models"
    TAGS = "diffusion,ddpm,deep learning,generative,neural network,u-net,training,imagery,conditional"
    HELP = """
    Trains a denoising diffusion model on your own imagery: rasters of any number of bands and any data type, or a
    folder of pictures. The network learns to take noise out of tiles. What it has learned serves two other
    algorithms: 'Sample synthetic tiles' and 'Detect changes' (method features).

    Tiles are cut at random places where all bands are valid. Each band is scaled by its own range, which the model
    file keeps, so 8-bit, 16-bit and floating point rasters need no preparation.

    Start with the preset small, or tiny for a first look in minutes, and leave the rest as it is. Give either a
    length in tiles or in minutes. Cancel saves the model as far as it got; with an experiment folder, the same
    settings go on later where they stopped.

    What a processor can give: in ten minutes, colours and textures of land cover, good enough for change detection and
    for synthetic land of one kind. Streets, houses and other objects take a GPU, or days. The log says how long the
    training will take, and what to expect, before it starts.

    To be able to ask for something later, give condition rasters: one for each training raster, on any grid, such as
    land cover, elevation, another date or sensor, or a coarser version of it. Pictures in subfolders are labelled by
    the folders' names (kind of condition: folders). Now and then tiles are told nothing, so that the model can also
    draw unasked.

    All work is done in a separate process; a GPU is used where one works.

    Several GPUs share a training on the command line: `torchrun --nproc-per-node=2 -m qgis_ddpm run job.yaml` gives the
    result of one process with the same batch. (Tested on processors; not yet measured on GPUs.)

    To fine-tune, name a model under Start from model: a shipped one, one of yours, or an imported one. Its network is
    taken over, with the weights of each band by the band's name; new bands start at 0. Scaling is measured anew on
    your data. A lower learning rate than the preset's, such as a third, keeps more of what it knows.

    To sample ten times as fast, tune a finished model for few calls: name it under Start from model, choose the inputs
    it was trained on, and tick Tune for few calls. Sampling then takes two calls of the network where it took twenty.

    Sources: Ho et al. 2020 (DDPM); Karras et al. 2022 (EDM); Nichol and Dhariwal 2021 (cosine schedule);
    Song et al. 2023 (few calls).
    """

    def refuse_early(self, job: TrainingJob, layers: Mapping[str, Any]) -> None:
        bands = {band_in_name(layer) for layer in layers["input"] or []} - {""}
        if len(bands) > 1:
            raise InputError(join_bands_first(next(layer for layer in layers["input"] if band_in_name(layer))))
        counts = {layer.name(): count_bands(layer, "BANDS", job.bands) for layer in layers["input"] or []}
        if len(set(counts.values())) > 1:
            found = ", ".join(f"'{name}' {count}" for name, count in counts.items())
            words = tr("The training rasters differ in their number of bands: {}. Name common BANDS.")
            raise InputError(words.format(found))
