"""Fine-tuning: the weights of a model as the start of a training on other bands or tiles of another size.

Only the first and the last layer know of bands. A band keeps its weights there by its name; bands of other names take
the places that are left over, in order. Bands beyond those start with weights of 0 in both layers: the network neither
reads them nor answers anything but 0 for them, so that at the first step every band of the model is estimated as well
as before and a new one as well as without a network. The mean of the other bands' weights is no better after some steps
(benchmarks/README.md).
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ...card import BandScaling, ConditionCard, ModelCard, fingerprint, read_model_card
from ...errors import ModelFileError
from ..model.network import Network, map_sizes
from ..model.weights import read_tensors

# The first and the last layer of each kind of network.
BAND_LAYERS = {"unet": ("stem", "head"), "wide": ("stem", "head"), "sr3": ("init_conv", "final_conv.block.3")}
# The spectrum of the training tiles is measured on the new ones.
_PRIOR = "prior."
# What a network makes of its condition, beside its first layer.
_TOLD = "told."


@dataclass(frozen=True)
class InitModel:
    """A model that a training starts from: its card and averaged weights, with the file's name and fingerprint."""

    name: str
    fingerprint: str
    card: ModelCard
    weights: Mapping[str, Tensor]

    def network_config(self, tile_px: int, dropout: float) -> dict[str, Any]:
        """Its network for tiles of another size, as a card holds it: the same levels attend."""
        network = {**self.card.network, "dropout": dropout}
        if "tile_px" in network:
            levels = len(network["channel_multipliers"])
            before, after = (
                map_sizes(side, network.get("patch_px", 1), levels) for side in (network["tile_px"], tile_px)
            )
            attends = set(network.get("attention_at_px", ()))
            network["attention_at_px"] = sorted(new for old, new in zip(before, after, strict=True) if old in attends)
            network["tile_px"] = tile_px
        network.pop("condition_channels", None)
        return network

    def load_into(self, network: Network, bands: Sequence[BandScaling], condition: ConditionCard | None) -> None:
        """Put its weights into a fresh network for some bands, which is told as it was, or starts to be told at 0.

        Raises ModelFileError where they do not fit.
        """
        first, last = BAND_LAYERS[self.card.network["kind"]]
        old = [band.name for band in self.card.bands]
        taken = matched_bands([band.name for band in bands], old)
        fresh = network.state_dict()
        own = self.card.condition
        is_told_alike = own is not None and condition is not None and own.reads_as(condition)
        # Of its own, and of what the fresh network has of the like, such weights are kept.
        theirs = (_PRIOR,) if is_told_alike else (_PRIOR, _TOLD)
        state = {name: value.float() for name, value in self.weights.items() if not name.startswith(theirs)}
        layers = {
            f"{first}.weight": (1, 1 + network.self_conditioning),
            f"{last}.weight": (0, 1),
            f"{last}.bias": (0, 1),
        }
        try:
            whole = f"{first}.weight"
            folded = self.card.network.get("patch_px", 1) ** 2
            before = state[whole].shape[1] - folded * (own.planes if own else 0)
            after = fresh[whole].shape[1] - folded * network.condition_channels
            planes = torch.zeros_like(fresh[whole][:, after:])
            if is_told_alike:
                planes = state[whole][:, before:]
            state[whole], fresh[whole] = state[whole][:, :before], fresh[whole][:, :after]
            for name, (axis, blocks) in layers.items():
                state[name] = _placed(state[name], fresh[name], axis, blocks, taken, len(old))
            state[whole] = torch.cat([state[whole], planes], dim=1)
            network.load_state_dict(state | {name: value for name, value in fresh.items() if name.startswith(theirs)})
        except (KeyError, RuntimeError) as error:
            raise ModelFileError(
                f"INIT_MODEL {self.name} does not hold the network of its card ({str(error)[:200]}). Take a whole copy."
            ) from None

    def record(self, bands: Sequence[BandScaling]) -> dict[str, Any]:
        """What a card says of it: file, fingerprint, licence, tile size, and whose weights each new band has."""
        old = [band.name for band in self.card.bands]
        taken = matched_bands([band.name for band in bands], old)
        pairs = [
            [band.name, None if source is None else old[source]] for band, source in zip(bands, taken, strict=True)
        ]
        return {
            "file": self.name,
            "fingerprint": self.fingerprint,
            "licence": self.card.licence,
            "tile_px": self.card.tile_px,
            "bands": pairs,
        }


def open_init_model(path: str) -> InitModel:
    """The model of a file, or the averaged weights of an experiment's checkpoint. Raises ModelFileError."""
    card = read_model_card(path)
    if card.network.get("kind") not in BAND_LAYERS:
        raise ModelFileError(f"INIT_MODEL {path} has a network of kind {card.network.get('kind')!r}. Update qgis_ddpm.")
    return InitModel(os.path.basename(path), fingerprint(path), card, read_tensors(path))


def matched_bands(new: Sequence[str], old: Sequence[str]) -> list[int | None]:
    """For each new band the number of the old one whose weights it takes, None for none: by name, then in order."""
    names = [name.strip().casefold() for name in old]
    free = list(range(len(old)))
    taken: list[int | None] = [None] * len(new)
    for index, name in enumerate(new):
        same = next((number for number in free if names[number] == name.strip().casefold()), None)
        if same is not None:
            taken[index] = same
            free.remove(same)
    for index in range(len(new)):
        if taken[index] is None and free:
            taken[index] = free.pop(0)
    return taken


def describe_start(record: Mapping[str, Any], tile_px: int) -> str:
    """What was adapted, in a sentence, from the record in a card."""
    same = [new if new == old else f"{new} (of {old})" for new, old in record["bands"] if old is not None]
    fresh = [new for new, old in record["bands"] if old is None]
    message = f"Starting from {record['file']}: the weights of {', '.join(same)} are kept"
    if fresh:
        message += f", those of {', '.join(fresh)} start at 0"
    if record["tile_px"] != tile_px:
        message += f"; tiles of {record['tile_px']} px become {tile_px} px"
    licence = f" Its licence: {record['licence'].rstrip('.')}." if record["licence"] else ""
    return f"{message}. The scaling of the bands is that of the new data.{licence}"


def _placed(old: Tensor, like: Tensor, axis: int, blocks: int, taken: Sequence[int | None], old_bands: int) -> Tensor:
    """A layer's values, with the slices of each band along an axis where its new place is, and 0 for new bands.

    The axis holds `blocks` (the image, and the estimate before with self-conditioning) of bands of patches.
    """
    values = old.movedim(axis, 0)
    by_band = values.reshape(blocks, old_bands, -1, *values.shape[1:])
    placed = torch.zeros(blocks, len(taken), *by_band.shape[2:])
    for index, source in enumerate(taken):
        if source is not None:
            placed[:, index] = by_band[:, source]
    return placed.reshape(-1, *values.shape[1:]).movedim(0, axis).reshape(like.shape)
