"""Networks that detectors bring with them: tuned along with a head, or none at all where dates alone are read."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from ...card import BandScaling, DetectorCard, ModelCard, card_json, model_card_of, read_detector_card
from ..model import DiffusionModel, load_model
from ..model.device import resolve_device
from ..model.network import Network
from ..model.unet import build_network
from ..model.weights import load_tensors, read_tensors
from .detector import NETWORK_PREFIX

# The kind of network that a card names where there is none.
NOTHING = "none"
# Of a network that starts from random weights: as the preset small, at four levels.
_FRESH = {"kind": "unet", "patch_px": 1, "base_channels": 24, "channel_multipliers": [1, 2, 4, 8], "res_blocks": 1}
TILE_PX = 64
# So that two and a half deviations of either side lie in [-1, 1], as in photographs.
_SIGMA_DATA = 0.4
_SIGMAS = 0.002, 80.0


class NoNetwork(Network):
    """In the place of a network, for heads that read the dates alone."""

    noise_condition = "log_sigma"
    self_conditioning = False

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.image_channels = channels
        self.feature_channels, self.feature_strides = [], []

    def forward(self, image: Tensor, noise_condition: Tensor) -> Tensor:
        """Nothing is known of any image."""
        return torch.zeros_like(image)

    def maps(self, image: Tensor, noise_condition: Tensor, levels: Iterable[int]) -> dict[int, Tensor]:
        """There are none."""
        return {}


def card_of_dates(bands: Sequence[BandScaling], with_network: bool) -> ModelCard:
    """The card that stands for a model where there is none: with a network to be tuned, or without any."""
    low, high = _SIGMAS
    return ModelCard(
        network={**_FRESH, "tile_px": TILE_PX, "attention_at_px": [8]} if with_network else {"kind": NOTHING},
        prediction="edm",
        schedule={"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": low, "sigma_max": high},
        sigma_min=low,
        sigma_max=high,
        sigma_data=_SIGMA_DATA,
        tile_px=TILE_PX,
        bands=tuple(bands),
    )


def untrained(card: ModelCard, seed: int, prior: nn.Module | None = None) -> Network:
    """A network as of a card before any training, but for the layers that start at 0, which would tell nothing apart.

    prior: whose knowledge of tiles without a network is taken.
    """
    if card.network.get("kind") == NOTHING:
        return NoNetwork(len(card.bands))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = build_network(card.network, len(card.bands))
        for module in network.modules():
            if isinstance(module, nn.Conv2d) and not module.weight.any():
                module.reset_parameters()
    if network.prior is not None and prior is not None:
        network.prior.load_state_dict(prior.state_dict())
    return network


def with_own_model(card: DetectorCard, model: ModelCard) -> DetectorCard:
    """A detector's card that brings a network: of a model's card what is needed to use it."""
    needed = replace(model, guidance=1.0, training={})
    values: dict[str, Any] = json.loads(card_json(needed))
    return replace(card, own_model=values)


def network_weights(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of a network as a detector's file names them."""
    return {NETWORK_PREFIX + name: value for name, value in weights.items()}


def load_model_of(
    detector: str | os.PathLike[str], model: str | os.PathLike[str], device: str = "cpu", precision: str = "float32"
) -> DiffusionModel:
    """The network that a detector reads: its own where it brings one, else the model's of a file.

    Raises ModelFileError for a file that is damaged, DeviceError for the device.
    """
    path = os.fspath(detector)
    if read_detector_card(path).own_model is None:
        return load_model(model, device, precision)
    place, card = resolve_device(device), model_card_of(path)
    with torch.device("meta"):
        kind = card.network.get("kind")
        network = NoNetwork(len(card.bands)) if kind == NOTHING else build_network(card.network, len(card.bands))
    load_tensors(path, network, read_tensors(path, NETWORK_PREFIX))
    return DiffusionModel(network, card, place, path, precision=precision)
