"""Who has sent what: the grid, its sentences, and how it is made.

Why: with sixty files nobody sees that one is missing. The office must know whom to call
and about what, and blame nobody: "belum" only where nothing was sent.

In:     tables as read, findings, a province.
Out:    :class:`SubmissionGrid`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.results import Result, in_one_line
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.regions import Region, find_province, is_nation, regions_of
from kkbpk_geo.submissions.cells import CellGrid
from kkbpk_geo.submissions.evidence import gather
from kkbpk_geo.submissions.making import Making, Paths
from kkbpk_geo.submissions.unread import name_says
from kkbpk_geo.submissions.words import lacks, say_grid

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake

# Told of files that could not be opened at all.
_UNREAD = ("file_unread", "file_too_large", "file_stops_reader")


class SubmissionGrid(CellGrid, Result):
    """Who has sent what; see :class:`~kkbpk_geo.submissions.cells.CellGrid`."""

    show_index = False

    def sentences(self, language: Language = "id") -> list[str]:
        """Say how many reports of the newest month are in, then what is missing."""
        return say_grid(self, language)

    def lacking(self, language: Language = "id") -> list[str]:
        """Say each exception in a sentence, those of the newest month first."""
        return [one.sentence for one in lacks(self, language)]

    def summary(self, language: Language = "id") -> str:
        """Say in one paragraph who has sent what."""
        return " ".join(self.sentences(language))

    def __repr__(self) -> str:
        return f"<SubmissionGrid: {in_one_line(self.summary('en'))}>"


def submission_grid(  # noqa: PLR0913 (what is known of what was to be sent)
    intakes: Iterable[Intake],
    findings: Iterable[Finding] = (),
    *,
    province: str = "Lampung",
    district: str = "",
    keep: str | None = None,
    year: int | None = None,
    paths: Iterable[PurePath] = (),
    tables: Sequence[str] = (),
) -> SubmissionGrid:
    """Say who has sent what.

    Parameters
    ----------
    intakes : iterable of Intake
        As :func:`read_table` gives them.
    findings : iterable of Finding
        Of tables against each other, and of files that could not be read.
    province : str
        Name or code; "Indonesia" for all districts.
    district : str, optional
        Code of the only district that is asked for its reports.
    keep : str, optional
        Which of two versions wins, as in :func:`join_regions`.
    year : int, optional
        Of months that the name of an unread file says without a year.
    paths : iterable of path
        Where the files are: a folder may be called as its district is.
    tables : sequence of str
        Kinds of table that are expected beside those that were sent.

    Returns
    -------
    SubmissionGrid

    Raises
    ------
    IntakeError
        If ``tables`` names a kind that does not exist.
    RegionError
        If the province is not known.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", 4, "MEI 2025"]]
    >>> grid = submission_grid([kg.read_table(rows)])
    >>> grid.cell("18.11", "bkb_report", "2025-05").state
    'sent'
    """
    if unknown := sorted(set(tables) - set(table_kinds())):
        msg = f"tables names {unknown}; expected some of {', '.join(table_kinds())}."
        raise IntakeError(msg)
    read, told = list(intakes), list(findings)

    def asked(unit: Region) -> bool:
        return not district or unit.code == district

    whole = is_nation(province)
    home = None if whole else find_province(province)
    code = home.code if home else ""
    units = [unit for unit in regions_of("kabkota", code) if asked(unit)]
    regions = {unit.code: unit.name for unit in units}
    evidence = gather(read, told, keep)
    making = Making(evidence, regions)
    making.take_rows()
    where = {path.name: path for path in paths}
    say = partial(name_says, province=code, year=year or making.year)
    making.take_unread(_unread(told, read, where), say)
    hidden = [one for table in read for one in table.findings]
    making.take_hidden((one for one in hidden if one.code == "sheet_hidden"), say)
    making.take_strangers(say, where)
    making.take_aside(say, where, code)
    return SubmissionGrid(
        region_name=regions.get(district) or (home.name if home else "Indonesia"),
        regions=regions,
        marks=Marks.of(*read),
        **making.settle(tables),
    )


def _unread(
    findings: Iterable[Finding], intakes: Iterable[Intake], where: Paths
) -> list[tuple[PurePath, Finding]]:
    """Return the files that were not read, with their folders where these are known."""
    read = {intake.source for intake in intakes}
    return [
        (where.get(found.file, PurePath(found.file)), found)
        for found in findings
        if found.code in _UNREAD and found.file not in read
    ]
