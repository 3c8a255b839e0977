"""A child process whose output is read line by line in a thread, so that nobody waits for it longer than they want."""

import errno
import os
import queue
import signal

# Heavy work belongs into a process of its own.
import subprocess  # nosec B404
import threading
from typing import IO, List, Mapping, Optional

from .environment import no_window

POLL_S = 0.1
_QUEUE_LINES = 1000


class Child:
    """One process of its own session; lines of its stdout wait in a bounded queue.

    listens: whether it has a stdin that `say` writes to. stderr: a file for it; None: it comes among the lines.
    Raises OSError where the program cannot be started.
    """

    def __init__(
        self,
        command: List[str],
        environ: Mapping[str, str],
        *,
        listens: bool = False,
        stderr: Optional[IO[bytes]] = None,
        max_line_bytes: int = 1 << 16,
    ) -> None:
        self._max_line_bytes = max_line_bytes
        self._lines: queue.Queue[Optional[bytes]] = queue.Queue(maxsize=_QUEUE_LINES)
        self._ended = False
        # No shell; the program is the interpreter that the user chose.
        self._process = subprocess.Popen(  # nosec B603
            command,
            stdin=subprocess.PIPE if listens else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if stderr is None else stderr,
            env=dict(environ),
            creationflags=no_window(),
            # A Ctrl+C in the terminal is the parent's to interpret.
            start_new_session=os.name != "nt",
        )
        try:
            threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()
        except RuntimeError as error:
            # Nobody would read it, nor see it out.
            self.kill()
            raise OSError(errno.EAGAIN, str(error)) from error

    def next_line(self, wait_s: float = POLL_S) -> Optional[bytes]:
        """The next line; None where none came within the waiting time. Raises EOFError after the last.

        A line longer than the bound comes in pieces of one byte more than it.
        """
        try:
            line = self._lines.get(timeout=wait_s)
        except queue.Empty:
            return None
        if line is None:
            raise EOFError
        return line

    def say(self, words: bytes) -> None:
        """Write to the child's stdin, if it still listens."""
        stdin = self._process.stdin
        try:
            if stdin is not None and not stdin.closed:
                stdin.write(words)
                stdin.flush()
        except OSError:
            # It is gone; its end is read from stdout.
            return

    def close_stdin(self) -> None:
        """End the child's stdin."""
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            return

    def wait(self, timeout_s: float) -> Optional[int]:
        """The exit status, None where it still runs after the waiting time."""
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def ignore_output(self) -> None:
        """From here on throw its lines away: a child that leaves must not wait for a parent that listens no more."""
        self._ended = True

    def kill(self) -> None:
        """End it and what it started, by force."""
        self.ignore_output()
        if self._process.poll() is not None:
            return
        try:
            if os.name != "nt":
                os.killpg(self._process.pid, signal.SIGKILL)
        except OSError:
            # The group is gone, or was never its own.
            self._process.kill()
        self._process.kill()
        self._process.wait()

    def _read(self, stdout: Optional[IO[bytes]]) -> None:
        # It was asked for as a pipe.
        assert stdout is not None  # nosec B101
        with stdout:
            line: Optional[bytes] = b""
            while line is not None:
                line = stdout.readline(self._max_line_bytes + 1) or None
                self._hand_over(line)

    def _hand_over(self, line: Optional[bytes]) -> None:
        while not self._ended:
            try:
                return self._lines.put(line, timeout=POLL_S)
            except queue.Full:
                continue
