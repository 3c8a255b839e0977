"""Noise schedules: how the published step schedules name noise levels, all turned into sigma.

sigma is noise over signal: x = x0 + sigma * noise. A schedule of steps with variances beta_1..beta_T keeps the
signal's share alpha_bar_t = prod(1 - beta_i), so sigma_t = sqrt((1 - alpha_bar_t) / alpha_bar_t). The schedule "edm"
has no steps: ln(sigma) is normal in training, and its grid for sampling is a power law (Karras et al. 2022,
arXiv 2206.00364, equation 5 and table 1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import JobError

BETA_MAX = 0.999
SOLVER_SIGMA_MAX = 1000.0
# Below this the last level of the published grid is a call too many (benchmarks/README.md).
FEW_INTERVALS = 8
EDM_SIGMA_MIN = 0.002
EDM_SIGMA_MAX = 80.0
EDM_STD = 1.2
EDM_RHO = 7.0


def linear(T: int, a: float, b: float) -> NDArray[np.float64]:
    """Betas in equal steps (Ho et al. 2020, arXiv 2006.11239)."""
    return np.linspace(a, b, T)


def quad(T: int, a: float, b: float) -> NDArray[np.float64]:
    """Betas whose square roots are in equal steps (Song et al. 2020, arXiv 2010.02502)."""
    return np.asarray(np.square(np.linspace(a**0.5, b**0.5, T)))


def const(T: int, a: float, b: float) -> NDArray[np.float64]:
    """The last beta in every step."""
    return np.full(T, b)


def jsd(T: int, a: float, b: float) -> NDArray[np.float64]:
    """Betas 1/T, 1/(T-1), ..., 1 (Sohl-Dickstein et al. 2015, arXiv 1503.03585)."""
    return 1.0 / np.arange(T, 0, -1, dtype=np.float64)


def warmup10(T: int, a: float, b: float) -> NDArray[np.float64]:
    """A linear ramp over the first tenth of the steps, then constant."""
    return _warmup(T, a, b, 0.1)


def warmup50(T: int, a: float, b: float) -> NDArray[np.float64]:
    """A linear ramp over the first half of the steps, then constant."""
    return _warmup(T, a, b, 0.5)


def cosine(T: int, a: float, b: float) -> NDArray[np.float64]:
    """alpha_bar is cos^2 of time with offset 0.008 (Nichol and Dhariwal 2021, arXiv 2102.09672, equation 17)."""
    s = 0.008
    time = (np.arange(T + 1) / T + s) / (1 + s)
    return _betas_of(np.cos(time * np.pi / 2) ** 2)


def sigmoid(T: int, a: float, b: float) -> NDArray[np.float64]:
    """alpha_bar is a sigmoid of time from -3 to 3 (Jabri et al. 2022, arXiv 2212.11972, algorithm 1)."""
    start, end = -3.0, 3.0
    time = np.arange(T + 1) / T
    return _betas_of(_logistic(end) - _logistic(time * (end - start) + start))


SCHEDULES: dict[str, Callable[[int, float, float], NDArray[np.float64]]] = {
    "linear": linear,
    "cosine": cosine,
    "quad": quad,
    "const": const,
    "jsd": jsd,
    "warmup10": warmup10,
    "warmup50": warmup50,
    "sigmoid": sigmoid,
}


def betas(name: str, T: int, a: float, b: float) -> NDArray[np.float64]:
    """The betas of a named schedule over T steps from a to b: float64 [T], at most 0.999."""
    return np.minimum(SCHEDULES[name](T, a, b), BETA_MAX)


def betas_to_sigmas(betas: NDArray[np.float64]) -> NDArray[np.float64]:
    """Noise over signal after each step, rising: float64 [T] of the betas float64 [T]."""
    # log1p keeps the digits of tiny betas, which 1 - alpha_bar would lose.
    log_alpha_bar = np.cumsum(np.log1p(-betas))
    with np.errstate(over="ignore"):
        return np.asarray(np.sqrt(np.expm1(-log_alpha_bar)))


@dataclass(frozen=True)
class Schedule:
    """A schedule by its name: number of steps, first and last beta, of which "edm" and some others need none."""

    name: str
    steps: int = 1000
    start: float = 1e-4
    end: float = 0.02

    def __str__(self) -> str:
        ends = "" if self.name in ("cosine", "jsd", "sigmoid") else f" from {self.start:g} to {self.end:g}"
        return f"{self.name}{ends} over {self.steps} steps"

    def sigmas(self) -> NDArray[np.float64]:
        """Noise over signal after each step, rising: float64 [steps]."""
        return betas_to_sigmas(betas(self.name, self.steps, self.start, self.end))


def describe_schedule(schedule: Schedule, tile_px: int, sigma_data: float = 0.5, shift: float = 0.0) -> dict[str, Any]:
    """The schedule as a model card holds it: all numbers that training and sampling need.

    For "edm" the mean of ln(sigma) is -1.2 up to 64 px and rises with ln(tile_px): the more pixels a tile has, the
    more noise is needed to hide its large forms (Hoogeboom et al. 2023, arXiv 2301.11093). It also follows the data's
    standard deviation, of which Karras et al. had 0.5.

    Args:
        schedule: by its name; what "edm" holds of steps and betas is not looked at.
        tile_px: side of the tiles.
        sigma_data: standard deviation of the tiles in [-1, 1].
        shift: is added to the mean of ln(sigma) of "edm".

    Raises:
        JobError: the steps rise to no finite noise level.
    """
    name = schedule.name
    if name == "edm":
        mean = -1.2 + float(np.log(max(tile_px, 64) / 64)) + float(np.log(sigma_data / 0.5)) + shift
        return {
            "name": name,
            "mean": mean,
            "std": EDM_STD,
            "rho": EDM_RHO,
            "sigma_min": EDM_SIGMA_MIN,
            "sigma_max": EDM_SIGMA_MAX,
        }
    sigmas = schedule.sigmas()
    if not (np.isfinite(sigmas[-1]) and np.all(np.diff(sigmas) > 0)):
        raise JobError(
            f"SCHEDULE {name} from {schedule.start:g} to {schedule.end:g} over {schedule.steps} steps does not rise "
            "to a finite noise level. Change BETA_START, BETA_END or SCHEDULE_STEPS."
        )
    return {
        "name": name,
        "steps": schedule.steps,
        "beta_start": schedule.start,
        "beta_end": schedule.end,
        "sigma_min": float(sigmas[0]),
        "sigma_max": float(sigmas[-1]),
    }


def draw_sigmas(schedule: Mapping[str, Any], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Training noise levels float64 like u: the schedule's distribution at the quantiles u in (0, 1).

    For a schedule of steps every step is equally likely, and ln(sigma) is linear between two steps.
    """
    u = np.asarray(u, dtype=np.float64)
    if schedule["name"] == "edm":
        normal = NormalDist(schedule["mean"], schedule["std"])
        return np.exp([normal.inv_cdf(float(value)) for value in u.ravel()]).reshape(u.shape)
    return _at_steps(_sigmas_of(schedule), 0.5 + u * schedule["steps"])


def solver_grid(schedule: Mapping[str, Any], intervals: int, low: float = 1.0) -> NDArray[np.float64]:
    """Falling noise levels for a solver: float64 [intervals + 1], from min(sigma_max, 1000) to 0.

    "edm": Karras et al. 2022, equation 5; of few intervals the grid of one more without its lowest level, where a call
    would change next to nothing. low: its lowest level in units of sigma_min. Schedules of steps: equal steps of the
    schedule, the noisiest first ("trailing" in Lin et al. 2023, arXiv 2305.08891, table 2).
    """
    start = min(float(schedule["sigma_max"]), SOLVER_SIGMA_MAX)
    if schedule["name"] == "edm":
        more = intervals <= FEW_INTERVALS
        grid = _power_grid(start, low * float(schedule["sigma_min"]), float(schedule["rho"]), intervals + more)[
            :intervals
        ]
    else:
        sigmas = _sigmas_of(schedule)
        first = float(np.interp(np.log(start), np.log(sigmas), np.arange(1, len(sigmas) + 1)))
        grid = _at_steps(sigmas, np.linspace(first, max(first / intervals, 1.0), intervals))
    return np.append(grid, 0.0)


def _power_grid(high: float, low: float, rho: float, count: int) -> NDArray[np.float64]:
    if count == 1:
        return np.array([high])
    ramp = np.arange(count) / (count - 1)
    return np.asarray((high ** (1 / rho) + ramp * (low ** (1 / rho) - high ** (1 / rho))) ** rho)


def _sigmas_of(schedule: Mapping[str, Any]) -> NDArray[np.float64]:
    steps = int(schedule["steps"])
    return Schedule(schedule["name"], steps, schedule["beta_start"], schedule["beta_end"]).sigmas()


def _at_steps(sigmas: NDArray[np.float64], step: NDArray[np.float64]) -> NDArray[np.float64]:
    """sigma at steps counted from 1, also between them; held at both ends."""
    return np.exp(np.interp(step, np.arange(1, len(sigmas) + 1), np.log(sigmas)))


def _warmup(T: int, a: float, b: float, share: float) -> NDArray[np.float64]:
    values = np.full(T, b)
    ramp = int(T * share)
    values[:ramp] = np.linspace(a, b, ramp)
    return values


def _betas_of(alpha_bar: NDArray[np.float64]) -> NDArray[np.float64]:
    """Betas of the signal's share at T + 1 times."""
    return np.asarray(1 - alpha_bar[1:] / alpha_bar[:-1])


def _logistic(x: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.asarray(x))))
