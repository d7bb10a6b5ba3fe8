"""The parts of a run: the files that they are, and how one may fail.

Why: one part's defect must not cost an office its map, and must not pass in silence.

In:     the error that a part raised. Out: :class:`Failure`; a finding that tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kkbpk_geo.base.errors import KkbpkGeoError, ProjectError

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding

T = TypeVar("T")

# Whether a fault is ours -> the finding that tells it.
_KINDS = {False: "part_failed", True: "part_broken"}

# Below the folder of the results; offices know these names.
MAP_PAGE, INDEX_PAGE = "peta-kerja.html", "index.html"
FINDINGS_PAGE, FINDINGS_BOOK = "temuan.html", "temuan.xlsx"
SUBMISSIONS_PAGE, SUBMISSIONS_BOOK = "laporan-masuk.html", "laporan-masuk.xlsx"
AUDIT = "koreksi.csv"
PRESENCE_PAGE, PRESENCE_BOOK = "keberadaan.html", "keberadaan.xlsx"
MEETING_FOLDER = "rapat"
MEETING_PAGE = f"{MEETING_FOLDER}/rapat-rencana.html"
MEETING_BOOK = f"{MEETING_FOLDER}/rapat-rencana.xlsx"
CALENDAR_PAGE = f"{MEETING_FOLDER}/kalender.html"
ANALYSIS_FOLDER = "analisis"
ANALYSIS_PAGE = f"{ANALYSIS_FOLDER}/analisis.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A part that could not be made.

    Attributes
    ----------
    part : str
    file : str
        Name of the file that is lacking for it.
    why : str
        In one sentence; of a fault of ours its name.
    ours : bool
        Whether it is a fault of the program, and not one of the data.
    """

    part: str
    file: str
    why: str
    ours: bool = False

    @classmethod
    def of(cls, part: str, file: str, err: Exception) -> Failure:
        """Say why a part failed; nothing of it is a traceback."""
        first = " ".join(str(err).split())
        if isinstance(err, KkbpkGeoError):
            return cls(part=part, file=file, why=first)
        said = f"{type(err).__name__}: {first}" if first else type(err).__name__
        return cls(part=part, file=file, why=said, ours=True)


def tried(
    part: str,
    file: str,
    make: Callable[[], T],
    spare: T,
    *,
    failures: list[Failure] | None,
) -> T:
    """Return what a part is made of; where it fails, what the others go on with.

    Parameters
    ----------
    part, file : str
        What fails, and the file that is then lacking.
    make : callable
    spare : object
        Stands for what could not be made.
    failures : list of Failure or None
        Takes the failure; None where an error is to stop everything.

    Raises
    ------
    ProjectError
        Always: what a project asks for cannot be done, and is to be asked otherwise.
    """
    try:
        return make()
    except ProjectError:
        raise
    except Exception as err:
        if failures is None:
            raise
        failures.append(Failure.of(part, file, err))
        return spare


def failure_findings(failures: Iterable[Failure]) -> tuple[Finding, ...]:
    """Return what is to be said of parts that could not be made."""
    from kkbpk_geo.findings import finding

    return tuple(
        finding(_KINDS[each.ours], file=each.file, value=each.why) for each in failures
    )
