"""The Python that jobs run on: found, asked, and made where there is none."""

from .interpreter import WHOLE_MARK, Probe, find_interpreter, forget_probes, known_problem, probe
from .process import NOT_INHERITED, STARTS_WITH, clean_environment, find_program
from .requirements import NEEDED, OLDEST_PYTHON, REQUIREMENTS

__all__ = [
    "NEEDED",
    "NOT_INHERITED",
    "OLDEST_PYTHON",
    "REQUIREMENTS",
    "STARTS_WITH",
    "WHOLE_MARK",
    "Probe",
    "clean_environment",
    "find_interpreter",
    "find_program",
    "forget_probes",
    "known_problem",
    "probe",
]
