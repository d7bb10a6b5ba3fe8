"""How many small faults do the tests of a room notice? Run by ``make mutants``.

One module is copied aside and mutated by mutmut; only the tests of its own room run
against it. What nobody noticed is printed as a diff. Values outside functions, class
bodies and decorated functions are not mutated: see docs/mutants.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "kkbpk_geo"
WORK = ROOT / "build" / "mutants"
BESIDE = ("boundaries", "notebooks", "benchmarks", "README.md", "README.id.md")
# A copy that can turn into any mutant is slow, so a test of time says nothing here.
NO_TIMES = "not (under_a_second or two_seconds)"
# What mutmut writes for a mutant: 1 and 3 a test failed, 24 and above 33 no end in
# time, below 0 a crash. 0 is a mutant that passed all tests, 33 one no test reaches.
UNNOTICED = {0: "survived", 5: "no test", 33: "no test"}


def files_of(names: list[str]) -> list[Path]:
    """The modules asked for; a folder stands for the modules in it."""
    found: list[Path] = []
    for name in names:
        path = Path(os.path.relpath(ROOT / name, ROOT))
        if path.parts[0] != PACKAGE or not (ROOT / path).exists():
            raise SystemExit(f"{name}: expected a module or a folder of {PACKAGE}/")
        inside = sorted((ROOT / path).glob("*.py"))
        found += [file.relative_to(ROOT) for file in inside] or [path]
    return found


def room_tests(module: Path) -> str:
    """The deepest folder of tests that carries the name of the module's room."""
    folder = Path("tests", *module.parent.parts[1:])
    while not (ROOT / folder).is_dir():
        folder = folder.parent
    return folder.as_posix()


def lay_out(modules: list[Path], tests: list[str], kinds: str) -> None:
    """A copy of what the tests need, with the settings of mutmut beside it."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    skipped = shutil.ignore_patterns("__pycache__")
    for name in (PACKAGE, "tests", *BESIDE):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, WORK / name, ignore=skipped)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, WORK / name)
    settings = {
        "source_paths": [PACKAGE],
        "only_mutate": [module.as_posix() for module in modules],
        "also_copy": BESIDE,
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": ["-m", kinds, "-k", NO_TIMES],
        "use_git_change_detection": ["false"],
        # Tests that take five times as long as without a fault will never end.
        "timeout_multiplier": ["5"],
    }
    lines = ["[mutmut]"]
    for name, values in settings.items():
        several = "".join(f"\n    {value}" for value in values)
        lines.append(f"{name} = {values[0] if len(values) == 1 else several}")
    (WORK / "setup.cfg").write_text("\n".join(lines) + "\n", "utf-8")


def generate() -> None:
    """Write the mutants: the first half of ``mutmut run``, which names them."""
    from mutmut import __main__ as tool

    tool.set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    with contextlib.redirect_stdout(io.StringIO()):
        tool.copy_src_dir()
        tool.copy_also_copy_files()
        tool.setup_source_paths()
        tool.create_mutants(1)


def outcomes(module: Path) -> dict[str, int | None]:
    """Name of a mutant -> what became of it."""
    noted = WORK / "mutants" / f"{module}.meta"
    if not noted.exists():
        return {}
    return json.loads(noted.read_text("utf-8"))["exit_code_by_key"]


def choose(modules: list[Path], size: int, seed: int) -> dict[Path, list[str]]:
    """All mutants of each module, or as many of them as asked, drawn by lot."""
    chosen = {}
    for module in modules:
        names = sorted(outcomes(module))
        if 0 < size < len(names):
            names = sorted(random.Random(seed).sample(names, size))
        chosen[module] = names
    return chosen


def difference(module: Path, name: str) -> str:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    return f"# {name}\n{get_diff_for_mutant(name, path=module)}"


def try_out(names: Iterable[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    # The copy must be what is imported, not the checkout.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=WORK, env=environment, capture_output=True, text=True, check=False
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", help="kkbpk_geo/gaps/scoring.py")
    parser.add_argument("--sample", type=int, default=0, help="of each; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="*", help="instead of the tests of the room")
    parser.add_argument(
        "--without-laws",
        action="store_true",
        help="leave out property-based tests: quicker, and counts too few as caught",
    )
    parser.add_argument("--only", help="a file that names the mutants to try again")
    asked = parser.parse_args()
    modules = files_of(asked.modules)
    rooms = sorted({room_tests(module) for module in modules})
    only = Path(asked.only).read_text("utf-8").split() if asked.only else None
    kinds = "not browser and not real"
    if asked.without_laws:
        kinds += " and not hypothesis"
    lay_out(modules, asked.tests or rooms, kinds)
    os.chdir(WORK)
    generate()
    chosen = choose(modules, asked.sample, asked.seed)
    if only is not None:
        chosen = {m: [n for n in names if n in only] for m, names in chosen.items()}
    done = try_out(chain.from_iterable(chosen.values()))
    lines = []
    for module, names in chosen.items():
        ended = outcomes(module)
        if any(ended[name] is None for name in names):
            print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
            return 1
        missed = {n: UNNOTICED[ended[n]] for n in names if ended[n] in UNNOTICED}
        for name in missed:
            print(difference(module, name))
        if names:
            caught = len(names) - len(missed)
            unreached = list(missed.values()).count("no test")
            lines.append(
                f"{module}: {len(names)} of {len(ended)} mutants tried, {caught} "
                f"caught ({caught / len(names):.1%}), {len(missed)} not noticed, "
                f"{unreached} of these reached by no test"
            )
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
