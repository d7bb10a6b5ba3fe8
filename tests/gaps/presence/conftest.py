"""Tables of a few villages of Pringsewu, small enough to count by eye."""

import pandas as pd
import pytest

import kkbpk_geo as kg

KINDS = ("BKB", "BKR", "BKL", "UPPKA", "PIK-R")


@pytest.fixture
def recap():
    """Read a recap: ``{(kecamatan, desa): (BKB, BKR, BKL, UPPKA, PIK-R)}``."""

    def read(villages, kinds=KINDS, year=2025, source="rekap.csv", **more):
        rows = [
            {
                "KABUPATEN": "PRINGSEWU", "KECAMATAN": kecamatan, "KELURAHAN": desa,
                **{f"JUMLAH {kind}": n for kind, n in zip(kinds, numbers, strict=True)},
                **more,
            }
            for (kecamatan, desa), numbers in villages.items()
        ]  # fmt: skip
        table = kg.read_table(pd.DataFrame(rows), year=year, province="Lampung")
        return named(table, source)

    return read


@pytest.fixture
def group_list():
    """Read a list of groups: ``[(kecamatan, desa, kind, has kit), ...]``."""

    def read(groups, source="daftar.csv"):
        rows = [
            {
                "No": i, "Kabupaten": "Pringsewu", "Kecamatan": kecamatan,
                "Desa/Kelurahan": desa, "Jenis Kelompok": kind,
                "Nama Kelompok": f"Mawar {i}", "Memiliki Kit": kit,
            }
            for i, (kecamatan, desa, kind, kit) in enumerate(groups, 1)
        ]  # fmt: skip
        table = kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")
        return named(table, source)

    return read


def named(table, source):
    """Return a table as if it came from a file of that name."""
    from dataclasses import replace

    data = table.data.assign(source_file=source)
    return replace(table, source=source, data=data)
