"""denoising-diffusion-pytorch 2.3.4 on digits, in a process of its own: few_digits.py runs it.

Its Unet, its GaussianDiffusion and its averaging of weights are used as published, in the plain loop of its Trainer
(Adam, gradient norm 1), without the Trainer's reading of files, which would only slow it.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from unittest.mock import MagicMock

import numpy as np
import torch

# What its Trainer and its own FID need beside these: not used here.
UNUSED = ("torchvision", "accelerate", "pytorch_fid", "pytorch_fid.fid_score", "pytorch_fid.inception")


@dataclass(frozen=True)
class Setting:
    """One way to use the package; the defaults are those of its Trainer and README."""

    dim: int = 64
    multipliers: tuple[int, ...] = (1, 2, 4)
    batch: int = 16
    learning_rate: float = 1e-4
    objective: str = "pred_v"
    schedule: str = "sigmoid"
    min_snr: bool = False


SETTINGS = {
    # Its default multipliers 1, 2, 4, 8 need sides that divide by 8.
    "default": Setting(),
    "readme": Setting(batch=32, learning_rate=8e-5),
    "small": Setting(dim=32, batch=32, learning_rate=1e-3),
    "small, cosine, noise": Setting(dim=32, batch=32, learning_rate=1e-3, objective="pred_noise", schedule="cosine"),
    "tiny, min-SNR": Setting(dim=16, batch=32, learning_rate=2e-3, min_snr=True),
}


def main() -> None:
    """Train for some minutes, sample, and save the digits with what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--setting", choices=SETTINGS, required=True)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--evaluations", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    setting = SETTINGS[given.setting]
    diffusion, ema = _build(given.package, setting, given.evaluations)
    digits = torch.from_numpy(np.load(given.digits)[:, None].astype(np.float32) / 255)
    optimizer = torch.optim.Adam(diffusion.parameters(), lr=setting.learning_rate, betas=(0.9, 0.99))
    started, steps = perf_counter(), 0
    while perf_counter() - started < 60 * given.minutes:
        loss = diffusion(digits[torch.randint(len(digits), (setting.batch,))])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(diffusion.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        ema.update()
        steps += 1
    training_s = perf_counter() - started
    started = perf_counter()
    with torch.inference_mode():
        parts = [ema.ema_model.sample(batch_size=min(100, given.count - at)) for at in range(0, given.count, 100)]
    sampling_s = perf_counter() - started
    samples = (torch.cat(parts)[:, 0].clamp(0, 1) * 255).round().byte().numpy()
    np.savez(
        given.output,
        samples=samples,
        tiles=steps * setting.batch,
        training_s=training_s,
        s_per_digit=sampling_s / given.count,
        parameters=sum(parameter.numel() for parameter in diffusion.model.parameters()),
    )


def _build(package: Path, setting: Setting, evaluations: int):  # type: ignore[no-untyped-def]
    for name in UNUSED:
        sys.modules[name] = MagicMock()
    sys.path.insert(0, str(package))
    from denoising_diffusion_pytorch import GaussianDiffusion, Unet
    from ema_pytorch import EMA

    torch.manual_seed(0)
    network = Unet(dim=setting.dim, dim_mults=setting.multipliers, channels=1)
    diffusion = GaussianDiffusion(
        network,
        image_size=28,
        sampling_timesteps=evaluations,
        objective=setting.objective,
        beta_schedule=setting.schedule,
        min_snr_loss_weight=setting.min_snr,
    )
    return diffusion, EMA(diffusion, beta=0.995, update_every=10)


if __name__ == "__main__":
    main()
