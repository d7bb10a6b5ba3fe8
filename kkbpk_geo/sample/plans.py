"""Three sample plans of Lampung, with every kind of disagreement put in on purpose.

Why: whether two plans are in step can only be shown where the answer is known: what
differs between these is written down beside them, and nothing else differs.

In:     the files in ``data/plans``. Out: the same bytes in a folder of the reader's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kkbpk_geo.sample.writing import SEED, copy_sample

PLANS = (
    "contoh_rencana_dasar.xlsx",
    "contoh_rencana_provinsi.xlsx",
    "contoh_rencana_kabkota.csv",
    "contoh_kesenjangan.csv",
)
# The same plans in the forms of offices: Renja and POK, and what became of the money.
FORMS = (
    "contoh_dasar_renja.xlsx",
    "contoh_provinsi_renja.xlsx",
    "contoh_kabkota_renja.xlsx",
    "contoh_dasar_pok.xlsx",
    "contoh_provinsi_pok.xlsx",
    "contoh_kabkota_pok.xlsx",
    "contoh_provinsi_realisasi.xlsx",
    "contoh_kabkota_realisasi.xlsx",
)
DIFFERENCES_FILE = "perbedaan_sengaja.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One disagreement that was put in: what a comparison must find.

    ``kind, region_code, work, field``: as in the table of decisions.
    """

    kind: str
    region_code: str
    work: str
    field: str


def write_sample_plans(folder: str | Path, *, seed: int = SEED) -> list[Path]:
    """Write three sample plans of Lampung (DATA CONTOH) into a folder.

    Names and codes of regions are real; every figure is invented.

    Parameters
    ----------
    folder : path
        Made if absent; files of the same name are replaced.
    seed : int
        The files were drawn once, with seed 18; another one is refused.

    Returns
    -------
    list of Path
        Last agreed plan, the province's, the districts', the gaps. The differences
        stand in ``perbedaan_sengaja.json``; the same plans as Renja and POK, and their
        realisation, in :data:`FORMS`.
    """
    copy_sample("plans", folder, seed)
    return [Path(folder) / name for name in PLANS]


def read_differences(folder: str | Path) -> list[Difference]:
    """Return the differences beside plans written by :func:`write_sample_plans`."""
    text = (Path(folder) / DIFFERENCES_FILE).read_text(encoding="utf-8")
    return [Difference(**entry) for entry in json.loads(text)]
