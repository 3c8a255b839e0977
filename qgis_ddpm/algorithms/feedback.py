"""What QGIS's log and progress bar show of a run's events."""

import time
from typing import Any, Dict, Optional

from qgis.core import QgsProcessingFeedback

from ..console import duration
from ..course import Course
from ..events import Cancelled, Event, Events, Metric, Note, Preview, Progress, Result
from ..said import said
from ..stages import counted, plural, stage
from .translation import say, tr

# Every progress text becomes a line of the log: soon the first ones, then one for each share of the time passed.
SHORTEST_PAUSE_S = 2.0
PAUSE_SHARE = 0.04
# Fewer units than this are unlike each other.
COUNTED = 10
# A step is measured for so long before its length is told, where it is long at all.
MEASURED_S, LONG_S = 3.0, 60.0


class Listener:
    """Follows the events of one run and passes them on to a feedback."""

    def __init__(self, feedback: QgsProcessingFeedback, algorithm: str = "") -> None:
        self._feedback = feedback
        self._course = Course(algorithm)
        self._begin = time.monotonic()
        self._next_text = self._begin
        self._unit = ""
        self._done = 0.0
        self._stage_begin = (self._begin, 0.0)
        self._metrics: Dict[str, float] = {}
        self._told = False

    def follow(self, events: Events) -> Dict[str, Any]:
        """Show all events; the outputs of the result, or what a cancelled run kept."""
        last: Optional[Event] = None
        for event in events:
            last = event
            self._show(event)
        if isinstance(last, Result):
            for name, value in self._metrics.items():
                self._feedback.pushDebugInfo(f"{name}: {value:.6g}")
            return last.outputs
        return last.kept if isinstance(last, Cancelled) else {}

    def _show(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._progress(event)
        elif isinstance(event, Note):
            show = self._feedback.pushWarning if event.level == "warning" else self._feedback.pushInfo
            show(say(event.text, event.parts))
        elif isinstance(event, Preview):
            self._feedback.pushInfo(tr("Picture: {}").format(said(event.path)))
        elif isinstance(event, Metric):
            self._metrics[event.name] = event.value
        elif isinstance(event, Cancelled):
            kept = ", ".join(f"{name} {path}" for name, path in event.kept.items())
            words = tr("Cancelled. Kept: {}").format(said(kept)) if kept else tr("Cancelled. Nothing was kept.")
            self._feedback.pushWarning(words)

    def _progress(self, event: Progress) -> None:
        now = time.monotonic()
        if event.unit != self._unit or event.done < self._done:
            # A new stage; a resumed run does not begin at zero.
            self._unit = event.unit
            self._stage_begin = (now, event.done)
            self._next_text = now
        self._done = event.done
        share, left_s = self._course.see(event, now - self._begin)
        if event.total > 0:
            self._feedback.setProgress(100.0 * share)
        if now < self._next_text:
            return
        if not self._told and now - self._stage_begin[0] > MEASURED_S and (left_s or 0.0) > LONG_S:
            self._told = True
            self._feedback.pushInfo(tr("This will take about {}.").format(duration(left_s or 0.0)))
        self._next_text = now + max(SHORTEST_PAUSE_S, PAUSE_SHARE * (now - self._begin))
        self._feedback.setProgressText(self._sentence(event, now, left_s))

    def _sentence(self, event: Progress, now: float, left_s: Optional[float]) -> str:
        begin, done_before = self._stage_begin
        done, total, unit = f"{event.done:,.10g}", f"{event.total:,.10g}", tr(counted(event.total, event.unit))
        text = stage(event.text)
        is_stage = text != event.text or not any(sign.isdigit() for sign in text)
        words = tr("{} of {} {}").format(done, total, unit)
        parts = [f"{say(text)}: {words}" if text and is_stage else words]
        # Runs that pause and go on know their rate better; of a handful of steps it says nothing.
        is_even = event.total >= COUNTED and "/s" not in event.text
        if is_even and now > begin and event.done > done_before:
            rate = (event.done - done_before) / (now - begin)
            parts.append(tr("{} {} a second").format(f"{rate:.3g}", tr(plural(event.unit))))
        if left_s is not None and left_s >= 1:
            parts.append(tr("{} left").format(duration(left_s)))
        if text and not is_stage:
            parts.append(say(text, event.parts))
        return ", ".join(parts)
