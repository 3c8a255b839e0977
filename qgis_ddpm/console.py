"""What a terminal shows of a run: a bar where somebody watches, lines elsewhere, JSON where a program listens."""

import sys
import time
from typing import Any, Optional

from .course import Course
from .events import Cancelled, Event, Metric, Note, Preview, Progress, Result, to_line
from .messages import local
from .said import said
from .stages import counted, stage
from .streams import unclean

LINE_EVERY_S = 5.0


class Reporter:
    """Shows events: people read stderr, programs read JSON lines on stdout."""

    def __init__(self, json_wanted: bool) -> None:
        self._json = json_wanted
        self.follow("")
        self._bar: Optional[Any] = None
        self._last_line = 0.0

    def follow(self, algorithm: str) -> None:
        """Begin with a run of an algorithm, whose stages have their places on one bar."""
        self._course, self._begin = Course(algorithm), time.monotonic()

    def show(self, event: Event) -> None:
        """Show one event."""
        if self._json:
            # JSON writes control characters out by itself.
            unclean(sys.stdout).write(to_line(event) + "\n")
            sys.stdout.flush()
        if isinstance(event, Progress):
            self._progress(event)
        elif isinstance(event, Note):
            self._line(f"{'warning: ' if event.level == 'warning' else ''}{local(event.text)}")
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
        share, left_s = self._course.see(event, time.monotonic() - self._begin)
        if sys.stderr.isatty():
            self._draw(event, share, left_s)
        elif time.monotonic() - self._last_line >= LINE_EVERY_S or event.done >= event.total:
            self._last_line = time.monotonic()
            left = f", {duration(left_s)} left" if left_s is not None else ""
            text = stage(event.text)
            name = f"{text}: " if text and text != event.text else ""
            further = f", {text}" if text and not name else ""
            amount = f"{event.done:,.10g} of {event.total:,.10g} {counted(event.total, event.unit)}"
            self._line(f"{share:.0%}, {name}{amount}{left}{further}")

    def _draw(self, event: Progress, share: float, left_s: Optional[float]) -> None:
        from tqdm import tqdm

        if self._bar is None:
            left = "{l_bar}{bar}| {postfix}"
            self._bar = tqdm(total=100, bar_format=left, file=unclean(sys.stderr))
        text = stage(event.text)
        amount = f"{event.done:,.10g} of {event.total:,.10g} {counted(event.total, event.unit)}"
        parts = [f"{text}: {amount}" if text and text != event.text else amount]
        parts += [f"{duration(left_s)} left"] if left_s is not None else []
        parts += [text] if text and text == event.text else []
        self._bar.set_postfix_str(said(", ".join(parts)), refresh=False)
        self._bar.update(100 * share - self._bar.n)

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
