"""What a terminal shows of a run: a bar where somebody watches, lines elsewhere, JSON where a program listens."""

import sys
import time
from typing import Any, Optional

from .events import Cancelled, Event, Metric, Note, Preview, Progress, Result, to_line
from .said import said
from .streams import unclean

LINE_EVERY_S = 5.0


class Reporter:
    """Shows events: people read stderr, programs read JSON lines on stdout."""

    def __init__(self, json_wanted: bool) -> None:
        self._json = json_wanted
        self._bar: Optional[Any] = None
        self._last_line = 0.0
        self._unit = ""

    def show(self, event: Event) -> None:
        """Show one event."""
        if self._json:
            # JSON writes control characters out by itself.
            unclean(sys.stdout).write(to_line(event) + "\n")
            sys.stdout.flush()
        if isinstance(event, Progress):
            self._progress(event)
        elif isinstance(event, Note):
            self._line(f"{'warning: ' if event.level == 'warning' else ''}{event.text}")
        elif isinstance(event, Preview):
            self._line(f"picture: {event.path}")
        elif isinstance(event, Metric):
            return
        elif not self._json:
            self.close()
            self._last(event)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _last(self, event: Event) -> None:
        if isinstance(event, Result):
            for name, value in event.outputs.items():
                sys.stdout.write(said(f"{name}: {value}") + "\n")
        elif isinstance(event, Cancelled):
            kept = ", ".join(f"{name} {value}" for name, value in event.kept.items())
            self._line(f"cancelled; {f'kept: {kept}' if kept else 'nothing was kept'}")

    def _progress(self, event: Progress) -> None:
        if sys.stderr.isatty():
            self._draw(event)
        elif time.monotonic() - self._last_line >= LINE_EVERY_S or event.done >= event.total:
            self._last_line = time.monotonic()
            left = f", {duration(event.eta_s)} left" if event.eta_s is not None else ""
            text = f", {event.text}" if event.text else ""
            self._line(f"{event.done:.10g} of {event.total:.10g} {event.unit}{left}{text}")

    def _draw(self, event: Progress) -> None:
        from tqdm import tqdm

        if self._bar is None or self._unit != event.unit or self._bar.total != event.total:
            self.close()
            self._unit = event.unit
            # The bar's own rate starts with the bar, so a resumed run does not look fast.
            self._bar = tqdm(total=event.total, initial=event.done, unit=f" {event.unit}", file=unclean(sys.stderr))
        self._bar.set_postfix_str(event.text, refresh=False)
        self._bar.update(event.done - self._bar.n)

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        sys.stderr.write(f"{said(text)}\n")
        if self._bar is not None:
            self._bar.refresh()


def duration(seconds: float) -> str:
    """Seconds as people say them: 40 s, 12 min, 3.5 h."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
