"""A child process whose output is read line by line in a thread, so that nobody waits for it longer than they want."""

import errno
import os
import queue
import selectors
import signal

# Heavy work belongs into a process of its own.
import subprocess  # nosec B404
import threading
import time
from typing import IO, Iterator, List, Mapping, Optional

from .environment.process import no_window
from .leash import Leash, on_leash

POLL_S = 0.1
_QUEUE_LINES = 1000
_PIECE_BYTES = 1 << 16
# More than any pipe holds: what comes after the end of the process beyond it is somebody else's.
_PIPE_BYTES = 1 << 21
# A pipe that is silent for so long after the end of its process has no more of it.
_QUIET_S = 0.3


class Child:
    """One process of its own session; lines of its stdout wait in a bounded queue.

    listens: whether it has a stdin that `say` writes to. stderr: a file for it; None: it comes among the lines.
    leashed: whether it is ended by force where this process ends; one that listens sees to that itself. cwd: the folder
    it works in; None: ours. The lines end with the process, though something that it started may hold the pipe open.
    Raises OSError where the program cannot be started.
    """

    def __init__(
        self,
        command: List[str],
        environ: Mapping[str, str],
        *,
        listens: bool = False,
        stderr: Optional[IO[bytes]] = None,
        leashed: bool = False,
        cwd: Optional[str] = None,
        max_line_bytes: int = 1 << 16,
    ) -> None:
        self._max_line_bytes = max_line_bytes
        self._lines: queue.Queue[Optional[bytes]] = queue.Queue(maxsize=_QUEUE_LINES)
        self._ended = False
        self._all_read = False
        self._silent_since: Optional[float] = None
        # No shell reads the command; the program is the interpreter that the user chose.
        self._process = subprocess.Popen(  # nosec B603
            on_leash(command) if leashed else command,
            stdin=subprocess.PIPE if listens or leashed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if stderr is None else stderr,
            env=dict(environ),
            cwd=cwd,
            creationflags=no_window(),
            # A Ctrl+C in the terminal is the parent's to interpret.
            start_new_session=os.name != "nt",
        )
        self._leash = Leash(self._process) if leashed else None
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
            self._see_whether_over()
            return None
        self._silent_since = None
        if line is None:
            raise EOFError
        return line

    def _see_whether_over(self) -> None:
        """Where the reader waits for a pipe that outlives its process, as on Windows, nobody else has to."""
        if self._process.poll() is None:
            return
        self._silent_since = self._silent_since or time.monotonic()
        if time.monotonic() - self._silent_since > 2 * _QUIET_S:
            raise EOFError

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
        is_over = self._process.poll() is not None
        if not is_over or not self._all_read:
            # Where its pipe is still open after its end, its session has members, so that the number is still theirs.
            self._kill_session()
        if self._leash is not None:
            self._leash.pull()
        self.close_stdin()
        if not is_over:
            self._process.kill()
            self._process.wait()

    def _kill_session(self) -> None:
        try:
            if os.name != "nt":
                os.killpg(self._process.pid, signal.SIGKILL)
        except OSError:
            # The group is gone, or was never its own.
            return

    def _read(self, stdout: Optional[IO[bytes]]) -> None:
        # It was asked for as a pipe.
        assert stdout is not None  # nosec B101
        try:
            with stdout:
                for line in self._split(self._pieces(stdout.fileno())):
                    self._hand_over(line)
        except MemoryError:
            # Its pipe is closed, so it cannot go on unheard; what is missing shows in its answer.
            pass
        finally:
            self._hand_over(None)

    def _split(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Lines with their ends, the last perhaps without; a longer one than the bound in pieces of one byte more."""
        longest = self._max_line_bytes + 1
        rest = b""
        for piece in pieces:
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                whole = line + b"\n"
                yield from (whole[start : start + longest] for start in range(0, len(whole), longest))
            while len(rest) >= longest:
                yield rest[:longest]
                rest = rest[longest:]
        if rest:
            yield rest

    def _pieces(self, descriptor: int) -> Iterator[bytes]:
        """What comes through the pipe until it ends, or until the process has ended and what it wrote is read."""
        over_since: Optional[float] = None
        after_end = 0
        with selectors.DefaultSelector() as selector:
            if os.name != "nt":
                # Windows waits for sockets alone; there a pipe is waited for until its last holder closes it.
                selector.register(descriptor, selectors.EVENT_READ)
            while True:
                if os.name == "nt" or selector.select(POLL_S):
                    piece = os.read(descriptor, _PIECE_BYTES)
                    if not piece:
                        self._all_read = True
                        return
                    yield piece
                    after_end += len(piece) if over_since is not None else 0
                elif over_since is not None and time.monotonic() - over_since > _QUIET_S:
                    return
                if over_since is None and self._process.poll() is not None:
                    over_since = time.monotonic()
                if after_end > _PIPE_BYTES:
                    return

    def _hand_over(self, line: Optional[bytes]) -> None:
        while not self._ended:
            try:
                return self._lines.put(line, timeout=POLL_S)
            except queue.Full:
                continue
