"""Our way: the same workbook on the library's one road, with every check.

In:     poktan.xlsx.
Out:    peta-kerja.html, peta-cetak.svg, indikator.csv, skor.csv, kesenjangan.csv,
        temuan.html and temuan.xlsx in a folder.
Run:    python benchmarks/our_way.py POKTAN FOLDER
"""

import sys
from pathlib import Path

from kkbpk_geo.pipeline.outputs import write_outputs
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

INDICATORS = (
    "target_per_group:bkb",
    "target_per_group:bkr",
    "target_per_group:bkl",
    "reporting_rate:bkb",
    "reporting_rate:bkr",
    "reporting_rate:bkl",
    "attendance:bkb",
    "contraceptive_use",
    "long_acting_share",
    "unmet_need",
    "facilities_per_10k_couples",
    "stunting_risk",
)

workbook, folder = map(Path, sys.argv[1:])
project = Project(
    tables=(workbook,),
    folder=folder,
    year=2025,
    indicators=INDICATORS,
    printed="svg",
    sample=True,
)
write_outputs(run(project))
