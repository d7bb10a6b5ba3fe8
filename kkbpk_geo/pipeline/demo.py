"""The demonstration: sample data for Lampung, run like any office's own files.

In:     a folder. Out: ``data/`` with the sample tables, ``data/rencana/`` with the
        sample plans where asked for, and everything a run writes; every output says
        DATA CONTOH.
"""

from __future__ import annotations

from pathlib import Path

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import both_labels
from kkbpk_geo.pipeline.family.basis import basis_of
from kkbpk_geo.pipeline.outputs import write_outputs
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.project_files import PlanFiles
from kkbpk_geo.pipeline.running import Progress, Run, run


def run_demo(
    folder: str | Path,
    *,
    language: Language = "id",
    plans: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Write the sample data and its work map into a folder.

    Parameters
    ----------
    folder : str or Path
        Made if absent; files of an earlier demonstration are replaced.
    language : {"id", "en"}
    plans : bool
        The whole family of pages: also compare three sample work plans, show them on
        the map, and write calendar and presence matrix.
    progress : callable, optional

    Returns
    -------
    Run
        With the files written.
    """
    from kkbpk_geo.sample import write_sample

    folder = Path(folder)
    files = write_sample(folder / "data")
    # The sample's own README lies beside its tables.
    tables = tuple(p for p in files if p.suffix in (".csv", ".xlsx"))
    project = Project(
        tables=tables,
        folder=folder,
        language=language,
        # As an office must: the exports of SIGA name months without years.
        year=2025,
        printed="pdf",
        source=both_labels("demo_source"),
        plans=_sample_plans(folder / "data" / "rencana") if plans else None,
        presence=plans,
    )
    basis = basis_of(project)
    return write_outputs(run(project, progress=progress, go_on=True), basis=basis)


def _sample_plans(folder: Path) -> PlanFiles:
    from kkbpk_geo.sample import write_sample_plans

    base, province, districts, _ = write_sample_plans(folder)
    return PlanFiles(province=province, districts=(districts,), base=base)
