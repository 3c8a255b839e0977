"""denoising-diffusion-pytorch 2.3.4 on images, in a process of its own: rival.py runs it.

Its Unet, its GaussianDiffusion and its averaging of weights are used as published, in the plain loop of its Trainer
(Adam, gradient norm 1), without the Trainer's reading of files, which would only slow it.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from unittest.mock import MagicMock

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

# What its Trainer and its own FID need beside these: not used here.
UNUSED = ("torchvision", "accelerate", "pytorch_fid", "pytorch_fid.fid_score", "pytorch_fid.inception")


@dataclass(frozen=True)
class Setting:
    """One way to use the package; the defaults are those of its Trainer and README."""

    dim: int = 64
    batch: int = 16
    learning_rate: float = 1e-4
    objective: str = "pred_v"
    schedule: str = "sigmoid"
    min_snr: bool = False


@dataclass(frozen=True)
class Length:
    """How long a training runs: minutes by the clock, or seconds of processor time; the other is None."""

    minutes: float | None
    cpu_seconds: float | None


@dataclass
class Watch:
    """Tells when a length is over."""

    length: Length
    clock: float = field(default_factory=perf_counter)
    processor: float = field(default_factory=process_time)

    def is_over(self) -> bool:
        """Whether the training has to end."""
        if self.length.cpu_seconds is not None:
            return process_time() - self.processor >= self.length.cpu_seconds
        assert self.length.minutes is not None
        return perf_counter() - self.clock >= 60 * self.length.minutes


SETTINGS = {
    "default": Setting(),
    "readme": Setting(batch=32, learning_rate=8e-5),
    "small": Setting(dim=32, batch=32, learning_rate=1e-3),
    "small, cosine, noise": Setting(dim=32, batch=32, learning_rate=1e-3, objective="pred_noise", schedule="cosine"),
    "tiny, min-SNR": Setting(dim=16, batch=32, learning_rate=2e-3, min_snr=True),
}


def main() -> None:
    """Train for some minutes, sample, and save the images with what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--setting", choices=SETTINGS, required=True)
    parser.add_argument("--images", type=Path, required=True, help="uint8 [N, C, side, side] as .npy")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--cpu_seconds", type=float)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--evaluations", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    setting = SETTINGS[given.setting]
    images = torch.from_numpy(np.load(given.images).astype(np.float32) / 255)
    diffusion, ema = _build(given.package, setting, images.shape[1], images.shape[2], given.evaluations)
    optimizer = torch.optim.Adam(diffusion.parameters(), lr=setting.learning_rate, betas=(0.9, 0.99))
    watch, steps = Watch(Length(given.minutes, given.cpu_seconds)), 0
    while not watch.is_over():
        loss = diffusion(images[torch.randint(len(images), (setting.batch,))])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(diffusion.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        ema.update()
        steps += 1
    training_s = process_time() - watch.processor
    started = perf_counter()
    with torch.inference_mode():
        sizes = [min(given.batch, given.count - at) for at in range(0, given.count, given.batch)]
        parts = [ema.ema_model.sample(batch_size=size) for size in sizes]
    sampling_s = perf_counter() - started
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        diffusion.model(images[:1], torch.zeros(1, dtype=torch.long))
    samples = (torch.cat(parts).clamp(0, 1) * 255).round().byte().numpy()
    np.savez(
        given.output,
        samples=samples,
        tiles=steps * setting.batch,
        training_s=training_s,
        s_per_image=sampling_s / given.count,
        parameters=sum(parameter.numel() for parameter in diffusion.model.parameters()),
        gflop=counter.get_total_flops() / 1e9,
        peak_mb=peak_mb(),
    )


def peak_mb() -> float:
    """The most memory that this process has had; Linux's getrusage would count that of the program that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else float("nan")


def _build(  # type: ignore[no-untyped-def]
    package: Path, setting: Setting, channels: int, side: int, evaluations: int
):
    for name in UNUSED:
        sys.modules[name] = MagicMock()
    sys.path.insert(0, str(package))
    from denoising_diffusion_pytorch import GaussianDiffusion, Unet
    from ema_pytorch import EMA

    torch.manual_seed(0)
    # Its default multipliers 1, 2, 4, 8 need sides that divide by 8.
    multipliers = (1, 2, 4, 8) if side % 8 == 0 else (1, 2, 4)
    network = Unet(dim=setting.dim, dim_mults=multipliers, channels=channels)
    diffusion = GaussianDiffusion(
        network,
        image_size=side,
        sampling_timesteps=evaluations,
        objective=setting.objective,
        beta_schedule=setting.schedule,
        min_snr_loss_weight=setting.min_snr,
    )
    return diffusion, EMA(diffusion, beta=0.995, update_every=10)


if __name__ == "__main__":
    main()
