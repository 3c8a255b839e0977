"""Models as everything else uses them: an estimate of x0 at a noise level, and the features on the way to it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import torch
from torch import Tensor

from ...card import ModelCard, card_json, fingerprint, read_model_card
from ...errors import ModelFileError, OutputError
from ...events import Note
from ..outputs.tensors import write_tensors
from ..threads import Gate
from .cost import count_flops
from .device import resolve_device, to_device
from .network import Network
from .precision import BOTH, DTYPES, ProductsFailedError, are_finite, attempt, choose_precision, products
from .preconditioning import PREDICTIONS, Preconditioning, preconditioning_of
from .unet import build_network
from .weights import GUIDE_PREFIX, is_statistic, load_tensors, read_tensors

Found = TypeVar("Found")
# What is wrong with a model whose network answers so in float32 too.
ASTRAY = (
    "The model gives numbers that are not finite: its training went astray, or the file is damaged. Train it again, "
    "with a smaller LEARNING_RATE."
)


class DiffusionModel:
    """A trained network with its card: denoise(x, sigma) -> x0, with x = x0 + sigma * noise.

    guide: the weak model of autoguidance, the same network early in its training, where the file holds it. A call whose
    products fail in bfloat16 is done again in float32, and so are all that follow, of the guide too; `notes` tells it.
    """

    def __init__(
        self,
        network: Network,
        card: ModelCard,
        device: torch.device,
        path: str = "",
        guide: "DiffusionModel | None" = None,
        precision: str = "float32",
    ) -> None:
        """precision: as of a job, auto, float32 or bfloat16; what is taken stands in the attribute of that name."""
        self.card = card
        self.path = path
        # Those that change to float32 together.
        self._together, self._weights = [self], Gate()
        self.guide: DiffusionModel | None = None
        if guide is not None:
            self.guide_by(guide)
        self.device = device
        self.network = to_device(network, device).eval().requires_grad_(False)
        is_imported = "publisher" in card.training
        self.precision, self.note = choose_precision(precision, network, device, is_imported=is_imported)
        # What bfloat16 did instead of giving finite numbers, where this model was the one that saw it.
        self.problem, self._fell = "", False
        network.precision = DTYPES[self.precision]
        # What freezing leaves no trace of; a tensor that it does not replace is no second one here.
        self._exact: Mapping[str, Tensor] = network.state_dict() if self.precision == "bfloat16" else {}
        network.freeze()
        self.preconditioning = preconditioning_of(card, network.prior)
        self.feature_channels = network.feature_channels
        self.feature_strides = network.feature_strides

    def notes(self) -> Iterator[Note]:
        """What there is to tell of its precision since the last call."""
        if self.note:
            yield Note(self.note, "warning")
        self.note = ""

    @property
    def precision_used(self) -> str:
        """What its answers so far were computed in, for people."""
        return BOTH if self._fell else self.precision

    def guide_by(self, guide: "DiffusionModel") -> None:
        """Take a weak model for autoguidance."""
        self.guide = guide
        self._together = guide._together = [self, guide]
        guide._weights = self._weights

    def take_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Put other weights, float32, in the place of the network's; they are not changed as long as they are used."""
        self.network.load_state_dict(dict(weights))
        self._exact = weights if self._exact else {}

    def take_float32(self) -> bool:
        """Compute in float32 from now on, with the weights as they were given; whether it did not do so before."""
        with self._weights.changing():
            falling = [model for model in self._together if model.precision == "bfloat16"]
            for model in falling:
                model.network.precision = torch.float32
                model.network.freeze()
                model.network.load_state_dict(dict(model._exact))
                # Last of all: other threads read it.
                model._exact, model._fell, model.precision = {}, True, "float32"
        return bool(falling)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the model's file, by which a detector knows its model; "" where it has no file."""
        return fingerprint(self.path) if self.path else ""

    def denoise(
        self, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None, condition: Tensor | None = None
    ) -> Tensor:
        """The estimate of x0, float32 [B, C, H, W] about in [-1, 1].

        x: float32 [B, C, H, W] = x0 + sigma * noise; sigma: [B]; x0_prev: the estimate of the step before, for networks
        with self-conditioning; condition: planes [B, P, H, W] for conditional ones, some of which need them.
        """
        with torch.no_grad():
            self._check_told(condition)
            x, sigma = x.to(self.device), sigma.to(self.device)
            x0_prev = None if x0_prev is None else x0_prev.to(self.device)
            return self._kept(
                lambda: self.preconditioning.estimate(self.network, x, sigma, x0_prev, condition),
                lambda estimate: [estimate],
            )

    def _check_told(self, condition: Tensor | None) -> None:
        card = self.card.condition
        if condition is None and card is not None and not card.dropout:
            raise ModelFileError(f"{self.path or 'The model'} draws by a condition alone, and there is none here.")

    def features(
        self, x0: Tensor, sigmas: Sequence[float], noise: Tensor, levels: Sequence[int] | None = None
    ) -> list[list[Tensor]]:
        """For each sigma the decoder's maps of x0 + sigma * noise, finest first, or those of `levels` in their order.

        x0: float32 [B, C, H, W] in [-1, 1]; noise: standard normal like x0, the same for all sigmas. Map i is float32
        [B, feature_channels[i], H / feature_strides[i], W / feature_strides[i]], rounded up. Nothing finer than the
        finest level asked for is computed. Raises ModelFileError where they are not finite.
        """
        chosen = list(range(len(self.feature_channels))) if levels is None else list(levels)
        x0, noise = x0.to(self.device), noise.to(self.device)

        def maps() -> list[list[Tensor]]:
            found = []
            for value in sigmas:
                sigma = torch.full((len(x0),), float(value), device=self.device)
                image, condition = self.preconditioning.network_input(self.network, x0 + value * noise, sigma)
                with products(self.network, self.device):
                    found.append(self.network.features(image, condition, chosen))
            return found

        with torch.no_grad():
            self._check_told(None)
            return self._kept(maps, lambda found: [each for level in found for each in level], ASTRAY)

    def estimates(self, x0: Tensor, sigmas: Sequence[float], noise: Tensor) -> list[Tensor]:
        """For each sigma the estimate of x0 from x0 + sigma * noise: what is sure of it at that much noise.

        x0, noise and what is returned: float32 [B, C, H, W] each, as of `features`.
        """
        x0, noise = x0.to(self.device), noise.to(self.device)
        return [
            self.denoise(x0 + sigma * noise, torch.full((len(x0),), float(sigma), device=self.device))
            for sigma in sigmas
        ]

    def _kept(self, call: Callable[[], Found], parts: Callable[[Found], Iterable[Tensor]], astray: str = "") -> Found:
        """What a call gives, in float32 from now on where bfloat16 does not give finite numbers.

        parts: the tensors of what it gives. astray: raised as ModelFileError where those of float32 are not finite.
        """
        problem = ""
        if self.precision == "bfloat16":
            try:
                with self._weights.using():
                    return attempt(call, parts)
            except ProductsFailedError as failure:
                problem = str(failure)
            problem = problem if self.take_float32() else ""
        exact = call()
        if (problem or astray) and not are_finite(parts(exact)):
            if astray:
                raise ModelFileError(astray)
        elif problem:
            self.problem = problem
            self.note = f"bfloat16 {problem}: the network was called again in float32, and is from here on."
        return exact

    def flops(self) -> int:
        """Floating-point operations of one estimate of one tile: multiplications and additions of its products."""
        return network_flops(self.network, len(self.card.bands), self.card.tile_px)


def network_flops(network: Network, channels: int, tile_px: int) -> int:
    """Floating-point operations of one forward pass of a tile [1, channels, tile_px, tile_px]."""
    device = next(network.parameters(), torch.empty(0)).device
    sigma, image = torch.ones(1, device=device), torch.zeros(1, channels, tile_px, tile_px, device=device)
    with torch.no_grad():
        return count_flops(lambda: Preconditioning("x0", 1.0).estimate(network, image, sigma))


def load_model(
    path: str | os.PathLike[str], device: str | torch.device = "cpu", precision: str = "float32"
) -> DiffusionModel:
    """The model of a file, or the averaged weights of an experiment's checkpoint; nothing in the file is executed.

    precision: what its products are taken in, auto, float32 or bfloat16.
    Raises ModelFileError for a file that is damaged or does not hold what its card says, DeviceError for the device.
    """
    place = resolve_device(device)
    path = os.fspath(path)
    card = read_model_card(path)
    if card.prediction not in PREDICTIONS:
        raise ModelFileError(f"{path} predicts {card.prediction!r}; this release knows {', '.join(PREDICTIONS)}.")
    network = _network_of(path, card, read_tensors(path))
    guide = None
    if card.guidance > 1:
        early = _network_of(path, card, read_tensors(path, GUIDE_PREFIX))
        guide = DiffusionModel(early, card, place, precision=precision)
    return DiffusionModel(network, card, place, path, guide, precision)


def _network_of(path: str, card: ModelCard, tensors: Mapping[str, Tensor]) -> Network:
    # A card may describe any size: nothing of that size is made before the file proves to hold it.
    with torch.device("meta"):
        network = build_network(card.network, len(card.bands))
    if card.prediction == "wiener" and network.prior is None:
        raise ModelFileError(f"{path} predicts 'wiener', but its network has no spectrum. Take a whole copy.")
    load_tensors(path, network, tensors)
    return network


def save_model(
    path: str | os.PathLike[str],
    network_state: Mapping[str, Tensor],
    card: ModelCard,
    half: bool = False,
    guide: Mapping[str, Tensor] | None = None,
) -> None:
    """Write a model file; the same weights and card give the same bytes. half: weights as float16.

    guide: weights of the weak model, for a card with guidance. The file gets its name only when it is whole. Raises
    OutputError, for half also where a weight is beyond float16.
    """
    state = {**network_state, **{GUIDE_PREFIX + name: tensor for name, tensor in (guide or {}).items()}}
    tensors = {
        name: tensor.detach().to("cpu", torch.float16 if half and not is_statistic(name) else torch.float32)
        for name, tensor in state.items()
    }
    for name, tensor in tensors.items():
        if tensor.dtype == torch.float16 and not tensor.isfinite().all():
            raise OutputError(
                f"{name} of the model {os.fspath(path)} holds numbers that are beyond half precision (65,504). Save it "
                "without HALF_PRECISION."
            )
    contiguous = {name: tensor.contiguous() for name, tensor in tensors.items()}
    write_tensors(os.fspath(path), contiguous, {"card": card_json(card)}, "model")
