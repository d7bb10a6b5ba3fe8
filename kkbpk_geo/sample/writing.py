"""Writing the sample: a folder of files as offices hand them over.

Why: the demo, the tests and a newcomer need input that behaves like the real exports
and may be shown to anybody.

In:     the files in ``data/tables``. Out: the same bytes in a folder of the reader's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.io import write_file, writing
from kkbpk_geo.sample import PREFIX

DATA = Path(__file__).with_name("data")
FAULTS_FILE = "kesalahan_sengaja.json"
SEED = 18  # with which the files were drawn, once


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault put in on purpose.

    Attributes
    ----------
    key : str
        What it is; ``sample_fault_<key>`` words it.
    file, row, column : str, int, str
        Where; the first line of a sheet is row 1. ``column`` is the heading.
    found_as : str
        Code of the finding that reports it; ``resolved`` where reading mends it,
        ``placement:<...>`` where only the map's outlines can tell.
    region : str
        Code of the kabupaten/kota; empty where it is none.
    """

    key: str
    file: str
    row: int
    column: str
    found_as: str
    region: str = ""


def write_sample(folder: str | Path, *, seed: int = SEED) -> list[Path]:
    """Write the sample data of Lampung (DATA CONTOH) into a folder.

    Six village tables for two months, three tables per kecamatan, Kampung KB, two
    recaps per kabupaten/kota and a list of facilities. Population, kecamatan and
    villages are real (from the register); everything else is invented, and
    ``README.txt`` says so and lists the faults that were put in on purpose.

    Parameters
    ----------
    folder : path
        Made if absent; files of the same name are replaced.
    seed : int
        The files were drawn once, with seed 18; another one is refused.

    Returns
    -------
    list of Path
        The data files (CSV, XLSX) in name order. ``README.txt`` and
        ``kesalahan_sengaja.json`` stand beside them.
    """
    written = copy_sample("tables", folder, seed)
    return [path for path in written if path.name.startswith(PREFIX)]


def read_faults(folder: str | Path) -> list[Fault]:
    """Return the faults that stand in a folder written by :func:`write_sample`."""
    text = (Path(folder) / FAULTS_FILE).read_text(encoding="utf-8")
    return [Fault(**entry) for entry in json.loads(text)]


def copy_sample(part: str, folder: str | Path, seed: int) -> list[Path]:
    """Copy one part of ``data/``; return the copies in name order.

    Raises
    ------
    EmptyDataError
        If the seed is not the one of the files.
    """
    if seed != SEED:
        msg = (
            f"seed {seed!r}: the sample is a set of files, drawn with seed {SEED}. "
            "Leave seed out, or draw another one from the source of this package: "
            f"python tests/sample/make_sample.py --seed {seed!r} --folder FOLDER"
        )
        raise EmptyDataError(msg)
    target = Path(folder)
    written = []
    with writing(target):
        for source in sorted((DATA / part).iterdir()):
            written.append(write_file(target / source.name, source.read_bytes()))
    return written
