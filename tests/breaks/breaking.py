"""One break: last month's results, a command that is broken, and what is left.

In:     the results of a command, old and new (:func:`prepare`), and a
        :class:`Break`.
Out:    :func:`broken`: what is wrong with what is left, in words; nothing if each file
        is the old or the new one, whole, sets are not mixed without a word, and the
        command ended as it said.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from breaks.office import COMMANDS, LANGUAGES, SETS, make_office

from kkbpk_geo.io.saving import MARKER, STAGING

HERE = Path(__file__).parent
Files = dict[str, bytes]
SECONDS = 300  # for one command, on a busy machine; none takes longer than thirty
_PAGE = 4096  # bytes; what a file takes of a small disk is a multiple of it
SIGNALS = {"kill": signal.SIGKILL, "term": signal.SIGTERM, "int": signal.SIGINT}
ERRORS = ("ENOSPC", "EROFS", "EACCES", "EBUSY", "EIO", "EDQUOT")
# As often as they are to be tried.
WAYS = (
    "kill", "kill", "kill", "term", "int", "int", "int", "limit", "limit", "full",
    "full", "full", "read-only", "refused", "refused", "refused", "pipe",
)  # fmt: skip
_STOPPED = 130


class Break(NamedTuple):
    """``at`` is a share: of the touches, of the time, of the size."""

    command: str
    way: str
    at: float
    timed: bool
    error: str


class Ended(NamedTuple):
    """How a command ended, and the results that are there then."""

    code: int
    said: str
    files: Files
    left: list[str]


@dataclass
class Results:
    """The results of one command, and how it works when nothing breaks."""

    office: Path
    old: Files
    new: Files
    touches: int
    seconds: float


def lot_of(number: int, commands: list[str]) -> Break:
    """Return the break of a number."""
    lot = Random(number)
    return Break(
        command=lot.choice(commands),
        way=lot.choice(WAYS),
        at=lot.random(),
        timed=lot.random() < 0.3,  # most moments are none in which something is written
        error=lot.choice(ERRORS),
    )


def prepare(name: str, office: Path) -> Results:
    """Make an office, and both sets of results of one command."""
    make_office(office)
    command = COMMANDS[name]
    folder = office / command.folder
    sets, seconds = [], 0.0
    for language in LANGUAGES:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        counted = office / "touches.txt"
        plan = {"folder": str(folder), "number": 0, "touches": str(counted)}
        begun = time.monotonic()
        done = _child(plan, command.spoken(language), office)
        seconds = time.monotonic() - begun
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{name}: {done.stderr}")
        sets.append(_files(folder))
    return Results(office, *sets, int(counted.read_text()), seconds)


def _child(plan: dict, words: list[str], office: Path, **more: Any) -> Any:
    command = [sys.executable, str(HERE / "child.py"), json.dumps(plan), *words]
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.run(
        command, cwd=office, text=True, encoding="utf-8", check=False,
        timeout=SECONDS, **more,
    )  # fmt: skip


def _files(folder: Path) -> Files:
    """Return what stands there under names; not what lies hidden beside it."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in found}
    shown = {name: path for name, path in named.items() if STAGING not in name}
    return {name: path.read_bytes() for name, path in shown.items()}


# --- breaking ---------------------------------------------------------------------


def broken(one: Break, results: Results) -> tuple[str, str]:
    """Break a command; return how it ended, and what is wrong with what is left."""
    command = COMMANDS[one.command]
    folder = results.office / command.folder
    with _laid(folder, results, one) as way:
        ended = _run(one._replace(way=way), results)
        wrong = judge(ended, results, way)
        if not wrong and ended.left and way in SIGNALS:
            again = {"folder": str(folder), "number": -1}
            done = _child(again, command.spoken(LANGUAGES[1]), results.office)
            after = _ended(done.returncode, done.stderr, folder)
            if (after.files, after.left) != (results.new, []):
                wrong = f"the next run does not put it right: {after.left}"
    return _outcome(ended), wrong


def _outcome(ended: Ended) -> str:
    if any(name.endswith(MARKER) for name in ended.left):
        return "told"
    return "ended" if ended.code in (0, 1) else "broken"


@contextmanager
def _laid(folder: Path, results: Results, one: Break) -> Iterator[str]:
    """Lay last month's results into the folder, on a small disk where that is asked."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    way = one.way
    mounted = way in ("full", "read-only") and _mount(folder, results, one)
    if way in ("full", "read-only") and not mounted:
        way = "refused"  # who may not mount lets the system's answer be played
    try:
        for name, body in results.old.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        if mounted and way == "read-only":
            _quietly("mount", "-o", "remount,ro", str(folder))
        yield way
    finally:
        if mounted:
            _quietly("umount", str(folder))


def _mount(folder: Path, results: Results, one: Break) -> bool:
    """Put a small disk under the folder: the old set fits, and a part of the new."""
    new = (
        _taken(results.new) if one.way == "read-only" else one.at * _taken(results.new)
    )
    size = _taken(results.old) + int(new) + _PAGE * 2
    options = f"size={size}"
    return _quietly("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))


def _taken(files: Files) -> int:
    return sum(-(-len(body) // _PAGE) * _PAGE for body in files.values())


def _quietly(*words: str) -> bool:
    with suppress(OSError):
        done = subprocess.run(words, capture_output=True, check=False)
        return done.returncode == 0
    return False


def _run(one: Break, results: Results) -> Ended:
    command = COMMANDS[one.command]
    folder = results.office / command.folder
    plan: dict[str, Any] = {"folder": str(folder), "number": -1}
    touch = 1 + int(one.at * results.touches)
    words = command.spoken(LANGUAGES[1])
    more: dict[str, Any] = {}
    if one.way in SIGNALS and one.timed:
        return _signalled(one, plan, words, results)
    if one.way in SIGNALS:
        plan |= {"number": touch, "signal": int(SIGNALS[one.way])}
    elif one.way == "refused":
        plan |= {"number": touch, "errno": one.error}
    elif one.way == "limit":
        largest = max(len(body) for body in results.new.values())
        more["preexec_fn"] = _limit(1 + int(one.at * largest * 1.1))
    elif one.way == "pipe":
        more["stdout"] = _closed_pipe()
    done = _child(plan, words, results.office, **more)
    return _ended(done.returncode, done.stderr, folder)


def _limit(size: int) -> Any:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _closed_pipe() -> int:
    read, write = os.pipe()
    os.close(read)
    return write


def _signalled(one: Break, plan: dict, words: list[str], results: Results) -> Ended:
    """Send a signal after a part of the time that the command takes."""
    read, write = os.pipe()
    plan["told"] = write
    command = [sys.executable, str(HERE / "child.py"), json.dumps(plan), *words]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        child = subprocess.Popen(
            command, cwd=results.office, stdout=subprocess.DEVNULL, stderr=said,
            pass_fds=[write],
        )  # fmt: skip
        os.close(write)
        os.read(read, 1)
        os.close(read)
        with suppress(subprocess.TimeoutExpired):
            child.wait(one.at * results.seconds)
        child.send_signal(SIGNALS[one.way])
        code = child.wait(SECONDS)
        said.seek(0)
        words_said = said.read()
    return _ended(code, words_said, results.office / COMMANDS[one.command].folder)


def _ended(code: int, said: str, folder: Path) -> Ended:
    left = [path.name for path in folder.rglob(f"{STAGING}*")]
    left += [path.name for path in folder.rglob(MARKER)]
    return Ended(code, said, _files(folder), left)


# --- judging ----------------------------------------------------------------------


def judge(ended: Ended, results: Results, way: str) -> str:
    """Say what is wrong with what is left, and with what was said."""
    told = {name for name in ended.files if name.endswith(MARKER)}
    files = {name: ended.files[name] for name in ended.files.keys() - told}
    cut = [
        name
        for name, body in files.items()
        if body not in (results.old.get(name), results.new.get(name))
    ]
    lost = sorted(results.old.keys() - files.keys())
    if cut or lost:
        return f"cut: {cut}; lost: {lost}"
    for words in ("Traceback", "should not have happened"):
        if words in ended.said:
            return f"said: {ended.said[-400:]}"
    states = {_state(files, results, part) for part in (*SETS, "")}
    if "mixed" in states and not told:
        return "old and new stand side by side, and nothing says so"
    return _wrong_end(ended, states - {"same"}, way)


def _state(files: Files, results: Results, part: str) -> str:
    """Whether the files of a set are the old ones, the new ones, or mixed."""
    names = [name for name in results.new if _set_of(name) == part]
    now = {name: files.get(name) for name in names}
    old = now == {name: results.old.get(name) for name in names}
    new = now == {name: results.new.get(name) for name in names}
    if old and new:
        return "same"
    if old:
        return "old"
    return "new" if new else "mixed"


def _set_of(name: str) -> str:
    return next((part for part in SETS if name.startswith(part)), "")


def _wrong_end(ended: Ended, states: set[str], way: str) -> str:
    """Say what is wrong with the code and the sentence, beside the files there are."""
    where = f"code {ended.code}, files {sorted(states)}, said {ended.said[-300:]!r}"
    if ended.code in (0, 1):
        return "" if states <= {"new"} else f"ended well without its files: {where}"
    if way in ("kill", "term"):
        return "" if ended.code == -SIGNALS[way] else where
    if ended.said.count("\n") != 1 or not ended.said.startswith("kkbpk-geo: "):
        return f"not one sentence: {where}"
    if ended.code == _STOPPED and way == "int":
        old = "the old files are whole" in ended.said
        return "" if states <= ({"old"} if old else {"new"}) else where
    return "" if ended.code == 2 and states <= {"old"} else where
