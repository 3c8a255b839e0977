"""The published network and change head once more, as functions over their weights in float64.

Written from their description alone, in another style than the package: layers are found by the names of the weights.
"""

import math

import torch
from torch.nn.functional import conv2d

WRAPPER = "denoise_fn."


def network_shapes(channels=3, inner=32, multipliers=(1, 2), res_blocks=2, attention_levels=(), coarser=0):
    """Names and shapes of the weights, in a file's order; coarser: bands of the image that comes with it."""
    shapes = {}

    def put(name, out, *rest, bias=True):
        shapes[f"{name}.weight"] = (out, *rest)
        if bias:
            shapes[f"{name}.bias"] = (out,)

    def block(name, width, out, attends):
        put(f"{name}.res_block.noise_func.noise_func.0", out, inner)
        for number, wide in ((1, width), (2, out)):
            put(f"{name}.res_block.block{number}.block.0", wide)
            put(f"{name}.res_block.block{number}.block.3", out, wide, 3, 3)
        if width != out:
            put(f"{name}.res_block.res_conv", out, width, 1, 1)
        if attends:
            put(f"{name}.attn.norm", out)
            put(f"{name}.attn.qkv", 3 * out, out, 1, 1, bias=False)
            put(f"{name}.attn.out", out, out, 1, 1)

    put("noise_level_mlp.1", 4 * inner, inner)
    put("noise_level_mlp.3", inner, 4 * inner)
    put("init_conv", inner, coarser + channels, 3, 3)
    widths = [inner * multiplier for multiplier in multipliers]
    now, skips = inner, [inner]
    layers = [(level, part) for level in range(len(widths)) for part in range(res_blocks + 1)][:-1]
    for index, (level, part) in enumerate(layers):
        if part < res_blocks:
            block(f"downs.{index}", now, widths[level], level in attention_levels)
        else:
            put(f"downs.{index}.conv", now, now, 3, 3)
        now = widths[level]
        skips.append(now)
    block("mid.0", now, now, True)
    block("mid.1", now, now, False)
    layers = [(level, part) for level in reversed(range(len(widths))) for part in range(res_blocks + 2)][:-1]
    for index, (level, part) in enumerate(layers):
        if part <= res_blocks:
            block(f"ups.{index}", now + skips.pop(), widths[level], level in attention_levels)
        else:
            put(f"ups.{index}.conv", now, now, 3, 3)
        now = widths[level]
    put("final_conv.block.0", now)
    put("final_conv.block.3", channels, now, 3, 3)
    return shapes


def head_shapes(widths, levels_of_noise):
    """Names and shapes of a change head's weights; widths of the model's maps, coarsest first."""
    shapes = {}

    def put(name, out, *rest):
        shapes[f"{name}.weight"] = (out, *rest)
        shapes[f"{name}.bias"] = (out,)

    for number, width in enumerate(widths):
        if levels_of_noise > 1:
            put(f"decoder.{2 * number}.block.0", width, levels_of_noise * width, 1, 1)
        put(f"decoder.{2 * number}.block.2", width, width, 3, 3)
        if number < len(widths) - 1:
            finer = widths[number + 1]
            put(f"decoder.{2 * number + 1}.block.0", finer, width, 3, 3)
            put(f"decoder.{2 * number + 1}.block.2.cSE.fc1", finer // 2, finer)
            put(f"decoder.{2 * number + 1}.block.2.cSE.fc2", finer, finer // 2)
            put(f"decoder.{2 * number + 1}.block.2.sSE.conv", 1, finer, 1, 1)
    put("clfr_stg1", 64, widths[-1], 3, 3)
    put("clfr_stg2", 2, 64, 3, 3)
    return shapes


def random_state(shapes, seed=0):
    """Weights float32 that keep the size of what passes through, so that no part of a network is idle."""
    generator = torch.Generator().manual_seed(seed)
    state = {}
    for name, shape in shapes.items():
        values = torch.randn(shape, generator=generator)
        if len(shape) > 1:
            state[name] = values / math.prod(shape[1:]) ** 0.5
        else:
            state[name] = 0.2 * values + (1.0 if name.endswith("weight") else 0.0)
    return state


def swish(x):
    return x / (1 + torch.exp(-x))


def group_norm(x, state, name, groups):
    grouped = x.reshape(len(x), groups, -1)
    spread = grouped.var(dim=2, keepdim=True, correction=0)
    flat = (grouped - grouped.mean(dim=2, keepdim=True)) / torch.sqrt(spread + 1e-5)
    return flat.reshape(x.shape) * column(state[f"{name}.weight"]) + column(state[f"{name}.bias"])


def column(values):
    return values.reshape(1, -1, 1, 1)


def conv(x, state, name, stride=1):
    kernel = state[f"{name}.weight"]
    return conv2d(x, kernel, state.get(f"{name}.bias"), stride=stride, padding=kernel.shape[-1] // 2)


def linear(x, state, name):
    return x @ state[f"{name}.weight"].T + state[f"{name}.bias"]


def norm_swish_conv(x, state, name, groups):
    return conv(swish(group_norm(x, state, f"{name}.block.0", groups)), state, f"{name}.block.3")


def residual(x, told, state, name, groups):
    part = f"{name}.res_block"
    h = norm_swish_conv(x, state, f"{part}.block1", groups)
    h = h + linear(told, state, f"{part}.noise_func.noise_func.0")[:, :, None, None]
    h = norm_swish_conv(h, state, f"{part}.block2", groups)
    h = h + (conv(x, state, f"{part}.res_conv") if f"{part}.res_conv.weight" in state else x)
    if f"{name}.attn.qkv.weight" not in state:
        return h
    batch, channels, height, width = h.shape
    qkv = conv(group_norm(h, state, f"{name}.attn.norm", groups), state, f"{name}.attn.qkv")
    q, k, v = qkv.reshape(batch, 3, channels, height * width).unbind(1)
    weights = torch.softmax(torch.einsum("bci,bcj->bij", q, k) / channels**0.5, dim=2)
    looked = torch.einsum("bij,bcj->bci", weights, v).reshape(h.shape)
    return h + conv(looked, state, f"{name}.attn.out")


def run_network(state, x, sigma, groups=32, coarser=None):
    """The noise estimate, and all decoder maps with the last as number 0, of x = x0 + sigma * noise.

    coarser: the enlarged coarser image of super-resolution, which SR3 puts before the noisy one.
    """
    state = {name: values.double() for name, values in state.items()}
    x, sigma = x.double(), sigma.double()
    level = 1 / torch.sqrt(1 + sigma**2)
    half = state["init_conv.weight"].shape[0] // 2
    angles = level[:, None] * torch.tensor([1e4 ** (-k / half) for k in range(half)], dtype=torch.float64)
    told = linear(torch.cat([torch.sin(angles), torch.cos(angles)], 1), state, "noise_level_mlp.1")
    told = linear(swish(told), state, "noise_level_mlp.3")

    seen = x * level[:, None, None, None]
    h = conv(seen if coarser is None else torch.cat([coarser.double(), seen], 1), state, "init_conv")
    kept = [h]
    for index in range(10**6):
        if f"downs.{index}.conv.weight" in state:
            h = conv(h, state, f"downs.{index}.conv", stride=2)
        elif f"downs.{index}.res_block.block1.block.0.weight" in state:
            h = residual(h, told, state, f"downs.{index}", groups)
        else:
            break
        kept.append(h)
    for index in range(2):
        h = residual(h, told, state, f"mid.{index}", groups)
    maps = []
    for index in range(10**6):
        if f"ups.{index}.conv.weight" in state:
            h = h.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
            h = conv(h, state, f"ups.{index}.conv")
        elif f"ups.{index}.res_block.block1.block.0.weight" in state:
            h = residual(torch.cat([h, kept.pop()], 1), told, state, f"ups.{index}", groups)
            maps.insert(0, h)
        else:
            break
    return norm_swish_conv(h, state, "final_conv", groups), maps


def run_head(state, before, after):
    """The logits; before and after hold, for each noise level, the maps that the head reads, coarsest first."""
    state = {name: values.double() for name, values in state.items()}
    carried = 0
    for number in range(len(before[0]) - 1):
        seen = []
        for date in (before, after):
            h = torch.cat([maps[number].double() for maps in date], 1)
            if f"decoder.{2 * number}.block.0.weight" in state:
                h = conv(h, state, f"decoder.{2 * number}.block.0").clamp(min=0)
            seen.append(conv(h, state, f"decoder.{2 * number}.block.2").clamp(min=0))
        part = f"decoder.{2 * number + 1}.block"
        h = conv(torch.abs(seen[0] - seen[1]) + carried, state, f"{part}.0").clamp(min=0)
        gate = linear(h.mean(dim=(2, 3)), state, f"{part}.2.cSE.fc1").clamp(min=0)
        gate = torch.sigmoid(linear(gate, state, f"{part}.2.cSE.fc2"))[:, :, None, None]
        carried = doubled(h * gate + h * torch.sigmoid(conv(h, state, f"{part}.2.sSE.conv")))
    return conv(conv(carried, state, "clfr_stg1").clamp(min=0), state, "clfr_stg2")


def doubled(x):
    """Twice the size: each new pixel lies a quarter of a pixel beside an old one, and edges repeat."""
    for axis in (2, 3):
        first, last = x.narrow(axis, 0, 1), x.narrow(axis, x.shape[axis] - 1, 1)
        size = x.shape[axis]
        wide = torch.cat([first, x, last], axis)
        left = 0.25 * wide.narrow(axis, 0, size) + 0.75 * x
        right = 0.25 * wide.narrow(axis, 2, size) + 0.75 * x
        x = torch.stack([left, right], axis + 1).flatten(axis, axis + 1)
    return x
