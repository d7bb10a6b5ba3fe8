"""What the commands share: options by the table of choices; how a command ends.

In:     words of a command line. Out: a Project or a Run; the exit code.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.cli import printing
from kkbpk_geo.io import speak
from kkbpk_geo.pipeline import CHOICES, Choice, Told, make_project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.pipeline import Project, Run

_SHOWN = 40  # letters of a value in an error
_PROJECT = "project"  # the parameter that stands for every choice a command takes

Folder = Annotated[Path, typer.Option("-o", "--out", help="Folder hasil")]
MaybeFolder = Annotated[Path | None, typer.Option("-o", "--out", help="Folder hasil")]
ByWhom = Annotated[
    str, typer.Option("--decided-by", help="Yang memutuskan: rapat atau kantor")
]
_FORCE = "force"
Force = Annotated[
    bool,
    typer.Option("--force", help="Timpa buku kerja yang sudah diisi, tanpa simpanan"),
]
# For every command that writes, so that no command has to hand it on.
_FORCED = inspect.Parameter(
    _FORCE, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Force
)
_BY_FIELD = {choice.field: choice for choice in CHOICES}

Command = Callable[..., None]


def flag(field: str) -> Any:  # noqa: ANN401 (typer's own type)
    """Return the flag of a choice, for a command that keeps its value elsewhere."""
    choice = _BY_FIELD[field]
    return typer.Option(choice.option.flag, help=choice.help())


def takes(
    command: str, *, required: tuple[str, ...] = ()
) -> Callable[[Command], Command]:
    """Give a command the options that the table says it takes.

    The function has a parameter ``project``; on the command line the options stand in
    its place, and what they say comes in as one :class:`Project`.

    Parameters
    ----------
    command : str
        Its name in the table, such as ``plan align``.
    required : tuple of str
        Fields that must be said.
    """
    chosen = [choice for choice in CHOICES if choice.taken_by(command)]
    told = Told(command=command)

    def decorate(function: Command) -> Command:
        own = list(inspect.signature(function, eval_str=True).parameters.values())

        @wraps(function)
        def called(**given: object) -> None:
            values = {}
            for choice in chosen:
                value = given.pop(_name(choice, command))
                # A project is told names as people write them, patterns among them.
                values[choice.field] = str(value) if isinstance(value, Path) else value
            project = make_project(values, told)
            speak(project.language, force=bool(given.pop(_FORCE, False)))
            function(**given, **{_PROJECT: project})

        parameters: list[inspect.Parameter] = []
        for parameter in own:
            if parameter.name == _PROJECT:
                parameters += _parameters(chosen, command, required)
            else:
                # Options come in any order, so none of them may be positional.
                parameters.append(parameter.replace(kind=parameter.KEYWORD_ONLY))
        if any(parameter.name == "out" for parameter in own):
            parameters.append(_FORCED)
        vars(called)["__signature__"] = inspect.Signature(parameters)
        called.__annotations__ = {p.name: p.annotation for p in parameters}
        return called

    return decorate


def _parameters(
    chosen: list[Choice], command: str, required: tuple[str, ...]
) -> Iterator[inspect.Parameter]:
    """Yield the choices of a command as typer reads them from a signature."""
    for choice in chosen:
        spoken = typer.Option(*choice.flags, help=choice.help())
        if command in choice.option.arguments:
            spoken = typer.Argument(help=choice.help())
        # What has no default typer itself asks for.
        needed = choice.field in required
        yield inspect.Parameter(
            _name(choice, command),
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if needed else choice.default,
            annotation=Annotated[choice.typed, spoken],
        )


def _name(choice: Choice, command: str) -> str:
    return "files" if command in choice.option.arguments else choice.name


def run_shown(project: Project, *, outlines: bool = True) -> Run:
    """Run a project, showing progress; without outlines where nothing is drawn."""
    from kkbpk_geo.pipeline import run

    with printing.progress_bar(project.language) as tell:
        done = run(project, progress=tell, outlines=outlines)
    printing.print_boundaries(done.boundaries, project.language)
    if not outlines:
        # A command that draws prints all findings; ranks must say what is not in them.
        printing.print_coarser(done.joined, project.language)
    return done


def whole_number(text: str, option: str, *, least: int = 0) -> int:
    """Read a whole number as people write it: ``10000``, ``10.000``, ``2 juta``.

    Raises
    ------
    ProjectError
        If it is none, or below ``least``; names the option.
    """
    from kkbpk_geo.io import read_rupiah

    found = read_rupiah(text).value
    if found is None or found < least:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        msg = (
            f"{option} is {shown!r}; expected a whole number from {least} up, such as "
            "10000 or 10.000."
        )
        raise ProjectError(msg)
    return found


def end(findings: Iterable[Finding]) -> NoReturn:
    """End with 1 where a table has a fault of severity error, else with 0."""
    faulty = any(found.severity == "error" for found in findings)
    raise typer.Exit(1 if faulty else 0)
