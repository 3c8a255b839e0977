"""Programs that end with us: pip, and whatever pip started, must not go on where QGIS or the terminal has died."""

import os
import shutil

# The type of a process alone.
import subprocess  # nosec B404
import sys
from typing import Any, List, Optional

# Runs its arguments, and ends its whole session once its stdin does, which it does with the process that holds the
# other end, however that ends. Whatever stands in the arguments is never read as a command.
_SCRIPT = """
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(read -r line <&3; kill -KILL 0) >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait $program
status=$?
kill -KILL $watch
exit $status
"""
_SHELL = "/bin/sh"


def on_leash(command: List[str]) -> List[str]:
    """The command that does the same, in a session of its own, as long as its stdin is a pipe that is open."""
    if os.name == "nt" or not shutil.which(_SHELL):
        return command
    return [_SHELL, "-c", _SCRIPT, "sh", *command]


class Leash:
    """On Windows: a job object that ends its processes when it is closed, which the system does when we end."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._handle: Optional[int] = None
        if sys.platform == "win32":
            self._handle = _job_with(process)

    def pull(self) -> None:
        """End the process and what it started; elsewhere the session is ended by its number."""
        if sys.platform == "win32" and self._handle:
            handle, self._handle = self._handle, None
            _kernel().CloseHandle(handle)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, and the number of JOBOBJECT_EXTENDED_LIMIT_INFORMATION (winnt.h).
    _KILL_ON_CLOSE, _EXTENDED_LIMITS = 0x2000, 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def _kernel() -> Any:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        return kernel

    def _job_with(process: "subprocess.Popen[bytes]") -> Optional[int]:
        kernel = _kernel()
        handle = kernel.CreateJobObjectW(None, None)
        if not handle:
            return None
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _KILL_ON_CLOSE
        good = kernel.SetInformationJobObject(handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        of_process = int(process._handle)  # type: ignore[attr-defined,unused-ignore]
        if good and kernel.AssignProcessToJobObject(handle, of_process):
            return int(handle)
        kernel.CloseHandle(handle)
        return None
