"""The demonstration: sample data for Lampung, run like any office's own files.

Layer:  10 (pipeline).
In:     a folder. Out: ``data/`` with the sample files, the project file beside them,
        and everything a run writes; every output says DATA CONTOH.
"""

from __future__ import annotations

from pathlib import Path

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.pipeline.outputs import write_outputs
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import Progress, Run, run


def run_demo(
    folder: str | Path, *, language: Language = "id", progress: Progress | None = None
) -> Run:
    """Write the sample data and its work map into a folder.

    Parameters
    ----------
    folder : str or Path
        Made if absent; files of an earlier demonstration are replaced.

    Returns
    -------
    Run
        With the files written.
    """
    from kkbpk_geo.sample.writing import write_sample

    folder = Path(folder)
    files = write_sample(folder / "data")
    tables = tuple(p for p in files if p.suffix in (".csv", ".xlsx"))
    project = Project(
        tables=tables,
        folder=folder,
        title=label("demo_title", language),
        language=language,
        year=2025,
        sample=True,
        printed="pdf",
        source=label("demo_source", language),
    )
    return write_outputs(run(project, progress=progress))
