"""Workbooks read by a process of their own, which is kept for the next one.

Why: to start it costs a tenth of a second, to ask it a few thousandths; so every
workbook is read there, and none has to be judged harmless first.

In:     the bytes of a workbook. Out: its grids, or a sentence on it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING

from kkbpk_geo.base.errors import IntakeError

if TYPE_CHECKING:
    from kkbpk_geo.io.reading.apart.values import Wanted
    from kkbpk_geo.io.reading.grid import Grid

READY = "ready"
# Bytes of memory: what any workbook may take; what each cell and each unpacked byte of
# a large one may take besides (2 million cells in 90 MB took 250 MB, an eighth of
# that); and what none may take.
LEAST_MEMORY = 2_000_000_000
_OF_CELL, _OF_BYTE = 150, 20
MOST_MEMORY = 8_000_000_000
# Seconds: any workbook; and a million unpacked bytes of it, on a slow machine.
LEAST_SECONDS = 30
_OF_MILLION = 3
_START_SECONDS = 60  # a machine that has just woken up is slow
_KEPT_UP_TO = 50_000_000  # unpacked bytes; after more the process gives its memory back

# The path of modules goes along, and the folder that one stands in does not: it may
# hold a file called zipfile.py.
_PROGRAM = (
    "import sys; sys.path += [each for each in sys.argv[1:] if each not in sys.path]; "
    "from kkbpk_geo.io.reading.apart.child import main; main()"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A workbook to be read, and its limits."""

    name: str
    data: bytes
    wanted: Wanted
    memory: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Grids; or a refusal; or that there was no memory for more."""

    grids: list[Grid] | None = None
    refusal: str = ""
    finding: str = ""
    stopped: bool = False


class _Reader:
    """The process, once it is needed; one workbook at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # a process that was forked off does not share its parent's

    def ask(self, request: Request) -> Reply | None:
        """Return the reply; None where there is no process to read with."""
        with self._lock:
            process = self._running()
            if process is None:
                return None
            try:
                with _ended_after(process, request.seconds):
                    return _exchange(process, request)
            except (OSError, EOFError, pickle.UnpicklingError):
                self._end()
                return Reply(stopped=True)
            except BaseException:
                self._end()  # its reply would be taken for that of the next workbook
                raise

    def end(self) -> None:
        """End the process; the next workbook starts another."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._owner != os.getpid():
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = _start()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was not yet sent has nobody to go to
        return


_READER = _Reader()
atexit.register(_READER.end)


def read_apart(
    name: str, data: bytes, wanted: Wanted, *, size: int, cells: int
) -> list[Grid] | None:
    """Read a workbook in a process of its own; None where there can be none.

    Parameters
    ----------
    size : int
        Its bytes, unpacked.
    cells : int
        Cells that its sheets span, as far as it says so.

    Raises
    ------
    IntakeError
        If it cannot be read, or its reader ended over it.
    """
    memory = min(LEAST_MEMORY + _OF_CELL * cells + _OF_BYTE * size, MOST_MEMORY)
    seconds = LEAST_SECONDS + _OF_MILLION * size // 1_000_000
    request = Request(
        name=name, data=data, wanted=wanted, memory=memory, seconds=seconds
    )
    reply = _READER.ask(request)
    if reply is None:
        return None
    if size > _KEPT_UP_TO:
        _READER.end()
    if reply.stopped and wanted.large:
        # Some readers unpack all sheets, whichever is asked for.
        raise IntakeError(next(iter(wanted.large.values())), finding="file_too_large")
    if reply.stopped:
        msg = (
            f"{name}: damaged workbook, or one of a make that nobody knows: reading it "
            f"broke off, or took more than {memory // 1_000_000} MB or {seconds} "
            "seconds. Open it in a spreadsheet program and save it again as XLSX; if "
            "it does not open, ask for a whole copy."
        )
        raise IntakeError(msg, finding="file_stops_reader")
    if reply.grids is None:
        raise IntakeError(reply.refusal, finding=reply.finding)
    return reply.grids


def _start() -> subprocess.Popen[bytes] | None:
    """Start a process that reads; None where none of Python starts."""
    # Within another program (a GIS, a packed one) the name is that of the program.
    if not Path(sys.executable or "").stem.lower().startswith(("python", "pypy")):
        return None
    # A reader that fails writes of itself; only who looks for a fault wants to see it.
    errors = None if os.environ.get("KKBPK_DEBUG") else subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            # On Windows a window would open for it.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    try:
        with _ended_after(process, _START_SECONDS):
            is_ready = _receive(process) == READY
    except (OSError, EOFError, pickle.UnpicklingError):
        is_ready = False
    if not is_ready:
        process.kill()
        process.communicate()
        return None
    return process


@contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: int) -> Iterator[None]:
    timer = Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _exchange(process: subprocess.Popen[bytes], request: Request) -> Reply:
    if process.stdin is None:
        return Reply(stopped=True)
    pickle.dump(request, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    reply = _receive(process)
    return reply if isinstance(reply, Reply) else Reply(stopped=True)


def _receive(process: subprocess.Popen[bytes]) -> object:
    if process.stdout is None:
        return None
    return pickle.load(process.stdout)
