"""What is known of one training of a comparison, and what is known of a setting from all its repeats."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# Values by field of a training.
Setting = dict[str, Any]


class Figure(NamedTuple):
    """How a figure is called, what it is in a few words, and whether more of it is better; None: neither."""

    label: str
    meaning: str
    more_is_better: bool | None = False


FIGURES: dict[str, Figure] = {
    "kid": Figure("KID", "distance of sampled tiles to real ones kept apart; settings are ranked by it"),
    "fd": Figure("FD", "Frechet distance, which grows as tiles are fewer"),
    "precision": Figure("precision", "share of sampled tiles that look like a real one", True),
    "recall": Figure("recall", "share of real tiles that a sampled one looks like", True),
    "density": Figure("density", "real neighbourhoods that a sampled tile lies in", True),
    "coverage": Figure("coverage", "share of real neighbourhoods that hold a sampled tile", True),
    "structure": Figure("structure", "structure that is missing, 1 where tiles have a spectrum alone"),
    "spectrum_distance": Figure("spectrum, dB", "difference of the mean power spectra"),
    "memorisation": Figure("memorisation", "share nearer to training tiles than 95 % of unseen real tiles are"),
    "copies": Figure("copies", "share that are copies of one training tile"),
    "validation_loss": Figure("validation loss", "on tiles kept apart, in edm's units, one scale for all"),
    "training_loss": Figure("training loss", "the same of tiles that were trained on"),
    "seconds_per_tile": Figure("s per tile", "sampling on this device, while other programs ran as they did"),
    "tiles_per_second": Figure("tiles per s", "training on this device, likewise", True),
    "memory_mb": Figure("MB", "estimated memory of the training"),
}


@dataclass
class Outcome:
    """What is known of one training and one way of sampling it.

    length: what it was given, as (tiles, minutes). figures: by the names above; none where it diverged. losses: of
    training and validation after some of the tiles, as (tiles seen, training, validation).
    """

    setting: Setting
    repeat: int
    length: list[float | None]
    diverged: bool = False
    tiles_seen: int = 0
    parameters: int = 0
    gflop: float = 0.0
    figures: dict[str, float] = field(default_factory=dict)
    floors: dict[str, float] = field(default_factory=dict)
    noise: dict[str, float] = field(default_factory=dict)
    losses: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True)
class SettingRecord:
    """All repeats of a setting, and its place: 1 for the lowest mean KID."""

    setting: Setting
    outcomes: Sequence[Outcome]

    @property
    def label(self) -> str:
        """The setting in a line, such as "prediction edm, batch_size 8"."""
        return label_of(self.setting)

    @property
    def diverged(self) -> bool:
        """Whether one of its trainings did."""
        return any(outcome.diverged for outcome in self.outcomes)

    def values(self, figure: str) -> list[float]:
        """A figure of each repeat in which it was measured."""
        return [outcome.figures[figure] for outcome in self.outcomes if figure in outcome.figures]


def label_of(setting: Setting) -> str:
    """A setting in a line, such as "prediction edm, batch_size 8"."""
    return ", ".join(f"{name} {value_text(value)}" for name, value in setting.items())


def value_text(value: Any) -> str:
    """A value of a setting, short."""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
