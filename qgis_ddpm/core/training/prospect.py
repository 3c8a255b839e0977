"""What a training on a processor can and cannot give, told before it starts."""

from ...jobs.presets import PROSPECTS

# GFLOP a second of one thread in training with networks of these sizes: 16 to 32 (benchmarks/README.md).
THREAD_GFLOP_PER_S = 20.0
# A step computes a tile three times over: forward, and backward for values and for weights.
PASSES = 3


def prospect(preset: str, gflop: float, tiles: int | None, threads: int) -> str:
    """A sentence or two for a training of `tiles` tiles, None = stopped by time, whose forward pass takes `gflop`."""
    told = PROSPECTS[preset]
    if tiles is None:
        return told
    seconds = PASSES * gflop * tiles / (THREAD_GFLOP_PER_S * threads)
    return f"On {threads} thread{'s' * (threads > 1)} of a processor this takes roughly {_duration(seconds)}. {told}"


def _duration(seconds: float) -> str:
    for length, unit in ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return "a minute or two"
