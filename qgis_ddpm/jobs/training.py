"""What the jobs that train diffusion models have in common: inputs, length, and every setting of a training."""

from dataclasses import dataclass
from typing import Literal, Optional, Tuple

from ..errors import JobError
from ..mask_values import check_mask_values
from .detect import DetectChanges
from .job import FillsJob
from .option import option, same_as
from .texts import names, whole_numbers

Preset = Literal["digits", "tiny", "small", "base", "sr3"]
Schedule = Literal["linear", "cosine", "quad", "const", "jsd", "warmup10", "warmup50", "sigmoid", "edm"]
Prediction = Literal["noise", "x0", "v", "edm", "wiener"]
Loss = Literal["l2", "l1", "huber"]
Augment = Literal["none", "flips", "dihedral"]
Optimizer = Literal["adam", "muon"]
NetworkKind = Literal["auto", "unet", "wide", "sr3"]

_BY_PRESET = "as the preset says"


@dataclass(frozen=True)
class TrainingJob(FillsJob):
    """What is trained on, how, and for how long."""

    input: Tuple[str, ...] = option(
        (),
        "Training rasters",
        "Rasters of one band layout; tiles are cut from them at random where all bands are valid.",
        role="rasters",
    )
    folder: Optional[str] = option(
        None,
        "Folder of training images",
        "A folder of images (png, jpg, tif; grey or RGB, mixed sizes) or of MNIST files (idx, idx.gz).",
        role="folder",
        empty="only the rasters are used",
    )
    max_images: Optional[int] = option(
        None,
        "Number of images",
        "Train on only so many images of the folder, drawn by SEED and as many from each folder in it as from the "
        "others; fewer are among more. Those kept for validation do not count, and do not depend on it.",
        minimum=1,
        empty="all images",
        advanced=True,
    )
    bands: Optional[str] = option(
        None, "Bands", "Numbers of the bands to train on, such as 1,2,3.", role="bands", empty="all bands"
    )
    band_names: Optional[str] = option(
        None,
        "Names of the bands",
        "What the bands show, such as NIR,red,green, for files that do not say so; the model's samples have them too.",
        empty="as the files name them",
        advanced=True,
    )
    masks: Tuple[str, ...] = option(
        (),
        "Masks",
        "Rasters that hide pixels of the training rasters, such as clouds: one for each of them, in the same order.",
        role="rasters",
        empty="no masks",
        advanced=True,
    )
    mask_values: Optional[str] = same_as(DetectChanges, "mask_values")
    preset: Preset = option(
        "small",
        "Preset",
        "A set of sizes that belong together: digits (28 px figures), tiny (minutes on a processor), small (ten "
        "minutes on a processor), base (a GPU), sr3 (the published DDPM-CD network; a GPU and days).",
    )
    tile_px: Optional[int] = option(
        None, "Tile size", "Side of a training tile.", minimum=8, maximum=1024, unit="px", empty=_BY_PRESET
    )
    tiles: Optional[int] = option(
        None,
        "Length in tiles",
        "Stop after so many tiles were seen.",
        minimum=1,
        unit="tiles",
        empty="as the preset says, or MINUTES alone where it is set",
    )
    minutes: Optional[float] = option(
        None,
        "Length in minutes",
        "Stop after so much time.",
        minimum=0.001,
        unit="minutes",
        empty="no limit of time",
    )
    batch_size: Optional[int] = option(
        None,
        "Batch size",
        "Tiles in one step of the optimizer.",
        minimum=1,
        maximum=65536,
        empty=_BY_PRESET,
        advanced=True,
    )
    learning_rate: Optional[float] = option(
        None,
        "Learning rate",
        "Step size of the optimizer.",
        minimum=1e-8,
        maximum=1.0,
        empty=_BY_PRESET,
        advanced=True,
    )
    optimizer: Optional[Optimizer] = option(
        None,
        "Optimizer",
        "How gradients become steps: adam, or muon, which learns all directions of a layer at one speed.",
        empty=_BY_PRESET,
        advanced=True,
    )
    warmup_tiles: Optional[int] = option(
        None,
        "Warm-up",
        "The learning rate grows linearly over the first tiles.",
        minimum=0,
        unit="tiles",
        empty=_BY_PRESET,
        advanced=True,
    )
    gradient_clip: Optional[float] = option(
        None,
        "Gradient clipping",
        "Largest norm of the gradient; 0 switches it off.",
        minimum=0,
        empty=_BY_PRESET,
        advanced=True,
    )
    schedule: Optional[Schedule] = option(
        None,
        "Noise schedule",
        "How noise levels are drawn in training: a published schedule of steps, or edm (log-normal).",
        empty=_BY_PRESET,
        advanced=True,
    )
    log_sigma_shift: Optional[float] = option(
        None,
        "Shift of noise levels",
        "Moves the noise levels that edm trains on: the mean of ln(sigma), -1.2 in Karras et al. 2022, is raised by so "
        "much. What shows through much noise, as ink on paper does, wants more.",
        minimum=-5,
        maximum=5,
        empty=_BY_PRESET,
        advanced=True,
    )
    schedule_steps: int = option(
        1000,
        "Steps of the schedule",
        "Number of steps of a published schedule; edm has none.",
        minimum=2,
        maximum=100000,
        advanced=True,
    )
    beta_start: float = option(
        1e-4,
        "First beta",
        "Variance added in the first step; cosine, jsd, sigmoid and edm do not use it.",
        minimum=1e-9,
        maximum=0.999,
        advanced=True,
    )
    beta_end: float = option(
        0.02,
        "Last beta",
        "Variance added in the last step; cosine, jsd, sigmoid and edm do not use it.",
        minimum=1e-9,
        maximum=0.999,
        advanced=True,
    )
    prediction: Optional[Prediction] = option(
        None,
        "Prediction",
        "What the network predicts: noise, x0 (the image), v, edm (preconditioned by Karras et al. 2022), or wiener "
        "(what the best linear estimate leaves, so that few tiles and minutes go further).",
        empty=_BY_PRESET,
        advanced=True,
    )
    loss: Optional[Loss] = option(
        None, "Loss", "Distance between prediction and target.", empty=_BY_PRESET, advanced=True
    )
    min_snr_gamma: Optional[float] = option(
        None,
        "Min-SNR gamma",
        "Cap of the weight of almost noise-free tiles (Hang et al. 2023).",
        minimum=0.01,
        maximum=1000,
        empty="no cap",
        advanced=True,
    )
    offset_noise: float = option(
        0.0,
        "Offset noise",
        "Strength of noise that is constant over a tile and band, in parts of the noise.",
        minimum=0,
        maximum=1,
        advanced=True,
    )
    self_conditioning: bool = option(
        False,
        "Self-conditioning",
        "Show the network its last estimate too (Chen et al. 2022); slower in training by a quarter.",
        advanced=True,
    )
    augment: Optional[Augment] = option(
        None,
        "Augmentation",
        "Random flips, or flips and right-angle turns (dihedral). Writing must not be turned: the preset digits has "
        "none, whatever files the digits come from.",
        empty=_BY_PRESET,
        advanced=True,
    )
    ema: Optional[float] = option(
        None,
        "Averaging of weights",
        "Length of the average of the weights, as a share of all tiles seen; 0 switches it off.",
        minimum=0,
        maximum=0.28,
        empty=_BY_PRESET,
        advanced=True,
    )
    guidance: Optional[float] = option(
        None,
        "Guidance",
        "How far samples are led away from what an early state of the model would draw (Karras et al. 2024), which the "
        "model's file then holds too: clearer, and less varied. 1: not at all.",
        minimum=1,
        maximum=10,
        empty=_BY_PRESET,
        advanced=True,
    )
    guide_tiles: Optional[int] = option(
        None,
        "Early state after, tiles",
        "Tiles after which the early state is taken that samples are led away from.",
        minimum=1,
        empty="after an eighth of the training",
        advanced=True,
    )
    network: Optional[NetworkKind] = option(
        None,
        "Kind of network",
        "unet: a U-Net with few parts. wide: one whose time is spent in products, made for bfloat16. sr3: the network "
        "published with DDPM-CD. auto: the preset's, which for digits is wide on a processor that multiplies bfloat16 "
        "fast.",
        empty=_BY_PRESET,
        advanced=True,
    )
    base_channels: Optional[int] = option(
        None,
        "Channels",
        "Channels of the first level of the network.",
        minimum=4,
        maximum=1024,
        empty=_BY_PRESET,
        advanced=True,
    )
    channel_multipliers: Optional[str] = option(
        None,
        "Channel multipliers",
        "One number a level, such as 1,2,4; each level halves the size.",
        empty=_BY_PRESET,
        advanced=True,
    )
    res_blocks: Optional[int] = option(
        None,
        "Residual blocks",
        "Residual blocks at each level.",
        minimum=1,
        maximum=8,
        empty=_BY_PRESET,
        advanced=True,
    )
    attention_at_px: Optional[str] = option(
        None,
        "Attention at",
        "Sizes in px of the levels with self-attention, such as 8,16; 0 for none.",
        empty=_BY_PRESET,
        advanced=True,
    )
    patch_px: Optional[int] = option(
        None,
        "Patch size",
        "Pixels folded into channels before the first level: 1, 2 or 4. Larger is faster and coarser.",
        minimum=1,
        maximum=4,
        unit="px",
        empty=_BY_PRESET,
        advanced=True,
    )
    dropout: Optional[float] = option(
        None,
        "Dropout",
        "Share of activations dropped in training.",
        minimum=0,
        maximum=0.9,
        empty=_BY_PRESET,
        advanced=True,
    )
    validation_share: float = option(
        0.1,
        "Share for validation",
        "Share of the area, or of the images, that is kept for validation.",
        minimum=0,
        maximum=0.5,
        advanced=True,
    )
    split_seed: Optional[int] = option(
        None,
        "Seed of the split",
        "Decides what is kept for validation, and the noise it is judged under. Trainings with other seeds compare "
        "where this one is the same.",
        minimum=0,
        maximum=2**31 - 1,
        empty="as the seed of the training",
        advanced=True,
    )
    split_px: Optional[int] = option(
        None,
        "Blocks of the split",
        "Side of the squares of a raster that are kept for validation as a whole. Trainings with tiles of other sizes "
        "compare where this is the same: twice the largest of them.",
        minimum=8,
        maximum=65536,
        unit="px",
        empty="twice a tile",
        advanced=True,
    )
    early_stop: Optional[int] = option(
        None,
        "Stop early",
        "Stop where the validation loss has not fallen for so many tiles, and take the weights of its lowest. It is "
        "measured four times in that span.",
        minimum=1,
        unit="tiles",
        empty="the whole length",
        advanced=True,
    )
    init_model: Optional[str] = option(
        None,
        "Start from model",
        "A model whose weights the training starts from: a file, or the name of a file in the models folder. Its "
        "network and prediction stay; bands and tile size may be others.",
        role="model",
        suffix=".safetensors",
        empty="the training starts from nothing",
        advanced=True,
    )
    config: Optional[str] = option(
        None,
        "Configuration file",
        "YAML or JSON file with fields of this job; fields set here win over it, it wins over the preset.",
        role="file",
        suffix=".yaml",
        empty="no file",
        advanced=True,
    )
    compile: bool = option(
        False,
        "Compile the network",
        "Compile the network first (torch.compile): a minute or more of preparation, then faster steps, for long "
        "trainings on a GPU. Needs a C++ compiler, and Triton on a GPU.",
        advanced=True,
    )
    half_precision: bool = option(
        False,
        "Half precision",
        "Write the weights of the model as 16-bit numbers: half the size, and results that differ in the third digit.",
        advanced=True,
    )
    licence: str = option("", "Licence of the data", "Goes into the model's card.", advanced=True)
    description: str = option("", "Description of the data", "Goes into the model's card.", advanced=True)

    def _check_together(self) -> None:
        super()._check_together()
        if not self.input and not self.folder and not self.config:
            raise JobError("INPUT and FOLDER are both empty. Choose at least one raster or a folder of images.")
        check_mask_values(self.mask_values, "MASKS", self.masks)
        if self.masks and len(self.masks) != len(self.input) and not self.config:
            raise JobError(
                f"MASKS names {len(self.masks)} and INPUT {len(self.input)} rasters. Name one mask for each, in the "
                "same order."
            )
        if self.early_stop and not self.validation_share:
            raise JobError(
                "EARLY_STOP looks at the validation loss, but VALIDATION_SHARE is 0. Set it to 0.1, or leave "
                "EARLY_STOP empty."
            )
        if self.guide_tiles and self.tiles and self.guide_tiles >= self.tiles:
            raise JobError(
                f"GUIDE_TILES is {self.guide_tiles}, but the training ends after TILES {self.tiles}: no early state "
                "would be taken. Choose fewer, or leave GUIDE_TILES empty: it is taken after an eighth."
            )
        if self.guide_tiles and self.guidance is not None and self.guidance <= 1:
            raise JobError(
                "GUIDE_TILES says when the early state is taken that samples are led away from: set GUIDANCE too."
            )
        if self.split_px and self.tile_px and self.split_px < self.tile_px:
            raise JobError(
                f"SPLIT_PX is {self.split_px}, but a tile of TILE_PX {self.tile_px} has to fit into a block that is "
                f"kept for validation. Choose {2 * self.tile_px}, or leave it empty."
            )
        whole_numbers("CHANNEL_MULTIPLIERS", self.channel_multipliers, minimum=1)
        whole_numbers("ATTENTION_AT_PX", self.attention_at_px, minimum=0)
        whole_numbers("BANDS", self.bands, minimum=1)
        names("BAND_NAMES", self.band_names)
        if self.patch_px == 3:
            raise JobError("PATCH_PX is 3, but has to be 1, 2 or 4.")
        if self.beta_start > self.beta_end:
            raise JobError(
                f"BETA_START is {self.beta_start:g}, above BETA_END {self.beta_end:g}. Exchange them: noise grows."
            )
