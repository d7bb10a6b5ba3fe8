"""A small office: what its commands read, and what each of them writes.

Out:    :data:`COMMANDS`; :func:`make_office` for the folder that they run in. One
        language makes last month's results, the other this month's: the same names,
        other bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PROJECT = """[peta]
bahasa = "LANGUAGE"

[masukan]
tabel = ["bkb.csv", "pus.csv"]
tahun = 2025

[rencana]
provinsi = "contoh_rencana_provinsi.xlsx"
kabkota = ["contoh_rencana_kabkota.csv"]

[keluaran]
folder = "hasil"
"""
LANGUAGES = ("id", "en")
_PLANS = (
    "--plan-base", "contoh_rencana_dasar.xlsx",
    "--plan-province", "contoh_rencana_provinsi.xlsx",
    "--plan-districts", "contoh_rencana_kabkota.csv",
)  # fmt: skip
_TABLES = ("bkb.csv", "pus.csv", "--year", "2025")


class Command(NamedTuple):
    """Words of a command, and where it writes: a folder, or a file."""

    words: tuple[str, ...]
    out: str

    def spoken(self, language: str) -> list[str]:
        """The words in one language: two sets of results with the same names."""
        if self.words[0] == "run":
            return ["run", f"peta-kerja-{language}.toml"]
        return [*self.words, "--language", language, "-o", self.out]

    @property
    def folder(self) -> str:
        """The folder in the office in which everything is that it writes."""
        return self.out.partition("/")[0]


COMMANDS = {
    "run": Command(("run",), "hasil"),
    "map": Command(("map", *_TABLES), "peta/peta.html"),
    "printed": Command(("map", *_TABLES), "cetak/peta.png"),
    "check": Command(("check", *_TABLES), "temuan/temuan.xlsx"),
    "returned": Command(("check", *_TABLES), "kembali"),
    "score": Command(("score", *_TABLES), "skor"),
    "analyse": Command(("analyse", *_TABLES), "analisis"),
    "plan-check": Command(("plan", "check", "contoh_rencana_provinsi.xlsx"), "cek"),
    "plan-align": Command(("plan", "align", *_PLANS), "rapat"),
    "template": Command(("template", "groups"), "templat/kelompok.xlsx"),
    "demo": Command(("demo", "--plans"), "demo"),
}
# What belongs together within the results: the demonstration writes its data first,
# as any office has its data before it has a map.
SETS = ("data/rencana/", "data/")


def make_office(folder: Path) -> None:
    """Write what the commands read: two tables, three plans, two projects."""
    from kkbpk_geo.regions import children
    from kkbpk_geo.sample import write_sample_plans

    places = children("18")
    kit = [f"{one.name};{40 + at};{at}" for at, one in enumerate(places)]
    couples = [
        f"{one.name};{9000 + 7 * at};{800 + at}" for at, one in enumerate(places)
    ]
    tables = {
        "bkb.csv": ["KABUPATEN;JUMLAH BKB;JUMLAH BKB MEMILIKI KIT", *kit],
        "pus.csv": ["KABUPATEN;JUMLAH PUS;UNMET NEED", *couples],
    }
    write_sample_plans(folder)
    for name, lines in tables.items():
        text = "\n".join(lines)
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    for language in LANGUAGES:
        text = PROJECT.replace("LANGUAGE", language)
        path = folder / f"peta-kerja-{language}.toml"
        path.write_text(text, encoding="utf-8")
