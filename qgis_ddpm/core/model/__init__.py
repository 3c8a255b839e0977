"""The diffusion model: network, noise levels, and the one denoiser that everything else calls."""

from .denoiser import DiffusionModel, load_model, save_model

__all__ = ["DiffusionModel", "load_model", "save_model"]
