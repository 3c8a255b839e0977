"""What is known of one setting of a comparison."""

from dataclasses import dataclass
from typing import Any

# Values by field of a training.
Setting = dict[str, Any]


@dataclass
class Outcome:
    """What is known of one setting; figures are None where it diverged or nothing was kept for validation.

    kid: of sampled tiles against tiles that were not trained on. length: the tiles and minutes it was given.
    """

    setting: Setting
    length: list[float | None]
    diverged: bool = False
    validation_loss: float | None = None
    kid: float | None = None
    kid_floor: float | None = None
    seconds_per_tile: float | None = None
    tiles_seen: int = 0
    parameters: int = 0

    @property
    def label(self) -> str:
        """The setting in a line, such as "prediction edm, batch_size 8"."""
        return ", ".join(f"{name} {value_text(value)}" for name, value in self.setting.items())


def best(outcomes: list[Outcome], figure: str) -> float | None:
    """The lowest value of a figure."""
    return min((value for outcome in outcomes if (value := getattr(outcome, figure)) is not None), default=None)


def value_text(value: Any) -> str:
    """A value of a setting, short."""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
