"""The architecture of a published network, from the names and shapes of its weights alone."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ...errors import ModelFileError
from ..model.network import Network
from ..model.unet import build_network

WRAPPER = "denoise_fn."
# What the diffusion around the network registers beside it, all computed from the betas.
BUFFERS = {
    *("betas", "alphas_cumprod", "alphas_cumprod_prev", "sqrt_alphas_cumprod", "sqrt_one_minus_alphas_cumprod"),
    *("log_one_minus_alphas_cumprod", "sqrt_recip_alphas_cumprod", "sqrt_recipm1_alphas_cumprod"),
    *("posterior_variance", "posterior_log_variance_clipped", "posterior_mean_coef1", "posterior_mean_coef2"),
}
_NAMES_SHOWN = 5


class PublishedNetwork(NamedTuple):
    """Where a network comes from, its description for a model card, its bands, and its weights by our names.

    condition_channels: bands of the coarser image that comes with its input, for super-resolution; 0 for none.
    """

    publisher: str
    network: dict[str, Any]
    channels: int
    weights: dict[str, Tensor]
    condition_channels: int = 0


def published_network(
    path: str, tensors: Mapping[str, Tensor], publisher: str, norm_groups: int, dropout: float
) -> PublishedNetwork:
    """The network in a checkpoint's tensors; publisher: ddpm-cd, sr3, or auto for the one that the names tell.

    Raises ModelFileError for networks of other kinds, naming the weights that do not fit.
    """
    weights = {name.removeprefix(WRAPPER): tensor for name, tensor in tensors.items() if name not in BUFFERS}
    kind = "ddpm-cd" if "init_conv.weight" in weights else "sr3"
    _refuse_others(path, weights)
    if publisher not in ("auto", kind):
        raise ModelFileError(
            f"{path} has the names of {kind}, but FORMAT is {publisher}. Set FORMAT to {kind} or auto."
        )
    if kind == "sr3":
        weights = {_as_ddpm_cd(name): tensor for name, tensor in weights.items()}
    shapes = {name: tuple(tensor.shape) for name, tensor in weights.items()}
    inputs = _shape(path, shapes, "init_conv.weight")[1]
    channels = _shape(path, shapes, "final_conv.block.3.weight")[0]
    told = inputs - channels
    if told not in (0, channels):
        raise ModelFileError(
            f"{path} is a network of {inputs} channels in and {channels} out. Networks with as many in as out can be "
            "used here, and those of super-resolution, with twice as many."
        )
    network = _describe(path, shapes)
    network |= {"norm_groups": norm_groups, "dropout": dropout}
    if told:
        network["condition_channels"] = told
        # SR3 puts the coarser image before the noisy one, networks here behind it.
        first = weights["init_conv.weight"]
        weights["init_conv.weight"] = torch.cat([first[:, told:], first[:, :told]], dim=1)
    _check_groups(path, shapes, norm_groups)
    made = empty_network(network, channels)
    expected = {name: tuple(tensor.shape) for name, tensor in made.state_dict().items()}
    check_names(path, f"the network of {kind}", expected, shapes)
    return PublishedNetwork(kind, network, channels, weights, told)


def empty_network(network: Mapping[str, Any], channels: int) -> Network:
    """The network of a description without weights: its names, shapes and maps."""
    with torch.device("meta"):
        return build_network(network, channels)


def _refuse_others(path: str, weights: Mapping[str, Tensor]) -> None:
    if any(name.startswith("time_mlp.") for name in weights):
        raise ModelFileError(
            f"{path} holds a network that is told step numbers (time_mlp), `which_model_G: ddpm`. Only those that are "
            "told noise levels (noise_level_mlp), `which_model_G: sr3`, can be imported."
        )
    if "clfr_stg1.weight" in weights:
        raise ModelFileError(
            f"{path} is a change head, not a diffusion network. Name it in HEAD, and the network here."
        )
    if not any(name.startswith("ups.") for name in weights):
        raise ModelFileError(f"{path} holds no network of ddpm-cd or SR3. It holds {_listed(weights)}.")


def _as_ddpm_cd(name: str) -> str:
    """SR3 counts its first convolution as the first of `downs`."""
    part, _, rest = name.partition(".")
    index, _, rest = rest.partition(".")
    if part != "downs" or not index.isdecimal():
        return name
    return f"init_conv.{rest}" if int(index) == 0 else f"downs.{int(index) - 1}.{rest}"


def _describe(path: str, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """The description of the network: the way up alone tells levels, blocks, widths and attention."""
    base = _shape(path, shapes, "init_conv.weight")[0]
    levels: list[list[int]] = [[]]
    attends: list[bool] = [False]
    for index in count():
        width = shapes.get(f"ups.{index}.res_block.block1.block.3.weight")
        if width is not None:
            levels[-1].append(width[0])
            attends[-1] |= f"ups.{index}.attn.qkv.weight" in shapes
        elif f"ups.{index}.conv.weight" in shapes:
            levels.append([])
            attends.append(False)
        else:
            break
    if any(name.startswith((f"ups.{index}.", f"ups.{index + 1}.")) for name in shapes):
        raise ModelFileError(f"{path} has no whole part ups.{index}. Take a whole copy of the publisher's file.")
    blocks = len(levels[0]) - 1
    widths = [level[-1] if level else 0 for level in reversed(levels)]
    if blocks < 1 or base % 2 or not all(width and width % base == 0 for width in widths):
        raise ModelFileError(
            f"{path} holds a network of {base} channels whose `ups` have {max(blocks, 0)} residual blocks a level and "
            f"the widths {widths}; there has to be a block, and widths have to be multiples of an even number."
        )
    return {
        "kind": "sr3",
        "base_channels": base,
        "channel_multipliers": [width // base for width in widths],
        "res_blocks": blocks,
        "attention_levels": [level for level, has in enumerate(reversed(attends)) if has],
    }


def _shape(path: str, shapes: Mapping[str, tuple[int, ...]], name: str) -> tuple[int, ...]:
    shape = shapes.get(name)
    if shape is None or len(shape) != 4:
        raise ModelFileError(f"{path} is no network of ddpm-cd or SR3: {name} is {shape or 'missing'}.")
    return shape


def _check_groups(path: str, shapes: Mapping[str, tuple[int, ...]], norm_groups: int) -> None:
    for name, shape in shapes.items():
        if name.endswith((".block.0.weight", ".attn.norm.weight")) and shape[0] % norm_groups:
            raise ModelFileError(
                f"{path} has {shape[0]} channels at {name}, which {norm_groups} norm groups do not divide. Give the "
                "publisher's JSON as CONFIG, with model.unet.norm_groups."
            )


def check_names(
    path: str, what: str, expected: Mapping[str, tuple[int, ...]], found: Mapping[str, tuple[int, ...]]
) -> None:
    """Raise ModelFileError where a file's weights have other names or shapes than they should, naming some."""
    wrong = [name for name in expected if name in found and found[name] != expected[name]]
    parts = [
        f"missing: {_listed(name for name in expected if name not in found)}",
        f"unknown: {_listed(name for name in found if name not in expected)}",
        f"of another shape: {_listed(f'{name} {found[name]} for {expected[name]}' for name in wrong)}",
    ]
    faults = [part for part in parts if not part.endswith(": ")]
    if faults:
        raise ModelFileError(f"{path} does not fit {what}; {'; '.join(faults)}. Take a whole copy of the right file.")


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _NAMES_SHOWN} more" if len(every) > _NAMES_SHOWN else ""
    return ", ".join(name[:100] for name in every[:_NAMES_SHOWN]) + more
