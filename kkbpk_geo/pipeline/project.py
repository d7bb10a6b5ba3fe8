"""The project: what a run reads, how it judges, where it writes.

Why: every choice of a run stands here once, with its key in the project file, its flag
and its words; the file, the commands, their help and the README are fed from it.

In:     nothing. Out: :class:`Project`, and the table of its choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.periods import Period
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.words import Words
from kkbpk_geo.catalogue.statuses import USUAL_LIMIT
from kkbpk_geo.maps import MOST as MOST_CLASSES
from kkbpk_geo.maps import AutoMethod
from kkbpk_geo.pipeline.options import (
    FOLDER,
    MONTH,
    PERIOD,
    TEXT,
    WHOLE,
    Option,
    choices_of,
)
from kkbpk_geo.pipeline.project_files import PlanFiles
from kkbpk_geo.regions import CodeSystem

Level = Literal["provinsi", "kabkota", "kecamatan", "desa"]
DownTo = Literal["", "kabkota", "kecamatan", "desa"]
Basemap = Literal["", "osm"]
# Below 3 the mark would name the number; offices ask for under 3, under 5, under 10.
Limit = Literal[0, 3, 5, 10]
Printed = Literal["", "pdf", "png", "svg"]
_NOTHING: Mapping[str, Any] = MappingProxyType({})

# Who takes which option: commands that run tables, that read them, that meet on plans.
_RUN = ("map", "score", "index", "analyse", "export")
_READ = ("check", "presence", *_RUN)
_MEET = ("plan align", "plan draft", "plan resolve")
_COUNT = ("plan apportion", "plan supplies")
_PLAN = ("plan check", *_COUNT, *_MEET)
_BUILD = "boundaries build"
_SAY = ("demo", "regions", "heading", "template", "init", _BUILD, *_READ, *_PLAN)
_PLACE = ("regions", "heading", "template", *_READ, *_PLAN)
_LOOKS = "how an office's maps look stands in its project file, for next month's too"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Project(OneLine):
    """Choices of one run.

    Each field stands beside the record that feeds the project file, the commands, their
    help and the README. A new choice is one field here and one line in the starter.

    Attributes
    ----------
    title, source : str or mapping language -> str
    tables : tuple of Path
        Files to read, patterns already expanded.
    folder : Path
        Where outputs go; made if absent.
    boundaries, detail : Path or None
        A store of boundaries, an office's own layer for the map, or ``bawaan``; and a
        layer of kecamatan to drill down to.
    down_to : {"", "kabkota", "kecamatan", "desa"}
        The last level to which a reader can go down on the map; by default as far as
        tables and outlines go. That of the map itself: not at all.
    basemap : {"", "osm"}
        ``"osm"`` lets the page ask for OpenStreetMap's tiles where there is internet.
    values : bool
        Write the value of each region under its name, on map and sheet.
    map_only : bool
        The page is the map and its legend, without lists and choices.
    corrections : tuple of Path
        Workbooks of findings that came back filled in; the tables are read with them.
    period : str or None
        ``2025-11`` or ``2025`` to show only that; None shows all.
    tables_period : Period or None
        Of tables that state none; what a table says of itself stands.
    printed : {"", "pdf", "png", "svg"}
        Also write ``peta-cetak``, an A3 sheet of the first indicator.
    presence : bool
        Also write ``keberadaan.html`` and ``keberadaan.xlsx``.
    analysis : bool
        Write ``analisis/analisis.html`` beside a map of districts or provinces.
    plans : PlanFiles or None
        Work plans to compare and to show on the map.
    limit : {0, 3, 5, 10}
        Counts of persons from 1 to below it are hidden on levels below kabkota; 0:
        none is.
    standards, weights : mapping
        Changes to the catalogue's: key to value; ``false`` leaves a standard out.
    """

    tables: Annotated[
        tuple[Path, ...],
        Option(
            key="masukan.tabel",
            flag="--data",
            commands=("plan supplies", *_MEET),
            arguments=(*_READ, "plan apportion"),
            id="Tabel kantor: CSV, XLSX, XLS, ODS (berulang; boleh pola *.csv, folder)",
            en="The offices' tables: CSV, XLSX, XLS, ODS (several; pattern or folder)",
        ),
    ]
    province: Annotated[
        str,
        Option(
            key="peta.provinsi",
            flag="--province",
            commands=_PLACE,
            id="Provinsi, nama atau kode",
            en="Province, name or code",
        ),
    ] = "Lampung"
    year: Annotated[
        int | None,
        Option(
            key="masukan.tahun",
            flag="--year",
            commands=(*_READ, *_COUNT, *_MEET),
            least=1970,  # the years that read_table takes
            most=2100,
            id="Tahun data (ekspor SIGA tak memuatnya)",
            en="Year of the tables (exports of SIGA do not state it)",
        ),
    ] = None
    month: Annotated[
        int | None,
        Option(
            key="masukan.bulan",
            flag="--month",
            commands=("presence", *_RUN),
            kind=MONTH,
            id="Hanya bulan ini yang ditampilkan, dari semua yang dibaca",
            en="Show only this month of all that is read",
        ),
    ] = None
    tables_period: Annotated[
        Period | None,
        Option(
            key="masukan.periode",
            flag="--period",
            commands=(*_READ, "plan apportion"),
            kind=PERIOD,
            id="Periode tabel yang tidak menyebutnya: 2025-11, TW III 2025, 2025",
            en="Period of tables that state none: 2025-11, TW III 2025, 2025",
        ),
    ] = None
    level: Annotated[
        Level,
        Option(
            key="peta.tingkat",
            flag="--level",
            commands=_RUN,
            id="Tingkat wilayah peta",
            en="Level of the regions on the map",
        ),
    ] = "kabkota"
    boundaries: Annotated[
        Path | None,
        Option(
            key="masukan.batas",
            flag="--boundaries",
            commands=(*_RUN, "plan align"),
            id="Batas wilayah: simpanan .kgeo, lapisan sendiri, atau bawaan",
            en="Boundaries: a store (.kgeo), an own layer, or bawaan (as shipped)",
        ),
    ] = None
    detail: Annotated[
        Path | None,
        Option(
            key="masukan.batas_kecamatan",
            flag="--detail",
            commands=("map", "export"),
            id="Lapisan kecamatan untuk turun satu tingkat",
            en="A layer of kecamatan, to go one level down",
        ),
    ] = None
    down_to: Annotated[
        DownTo,
        Option(
            key="peta.sampai",
            flag="--down-to",
            commands=("map", "export"),
            id="Tingkat terhalus yang dapat dibuka; bawaan: sejauh ada tabel dan batas",
            en="The finest level to open; by default as far as tables and outlines go",
        ),
    ] = ""
    code_system: Annotated[
        CodeSystem | None,
        Option(
            key="masukan.sistem_kode",
            flag="--code-system",
            commands=("regions", _BUILD, *_READ),
            id="Sistem kode 4 angka: kemendagri atau bps",
            en="System of four-digit codes: kemendagri or bps",
        ),
    ] = None
    keep: Annotated[
        str | None,
        Option(
            key="masukan.versi",
            flag="--keep",
            commands=_READ,
            kind=TEXT,
            id="Versi yang dipakai bila ada dua: newest, atau nama berkas",
            en="Version used where there are two: newest, or the name of a file",
        ),
    ] = None
    reports: Annotated[
        tuple[str, ...],
        Option(
            key="masukan.laporan",
            why="what is to be sent every month is agreed once, and written down",
            id="Laporan bulanan yang ditunggu, juga bila belum ada yang mengirim",
            en="Monthly reports that are expected, also where nobody has sent one",
        ),
    ] = ()
    corrections: Annotated[
        tuple[Path, ...],
        Option(
            key="masukan.koreksi",
            flag="--koreksi",
            alias="--corrections",
            commands=_READ,
            id="Buku kerja temuan yang sudah diisi (berulang; boleh pola, folder)",
            en="Workbooks of findings that were filled in (several; pattern or folder)",
        ),
    ] = ()
    indicators: Annotated[
        tuple[str, ...],
        Option(
            key="masukan.indikator",
            flag="--indicator",
            commands=("map", "export", "index", "analyse"),
            id="Hanya indikator ini (boleh diulang)",
            en="Only these indicators (repeatable)",
        ),
    ] = ()
    title: Annotated[
        Words,
        Option(
            key="peta.judul",
            flag="--title",
            commands=("map", "export", "heading"),
            id="Judul peta, atau judul tabel yang ditanyakan",
            en="Title of the map, or of the table asked about",
        ),
    ] = ""
    # Its own fields hold its options.
    plans: PlanFiles | None = None
    language: Annotated[
        Language,
        Option(
            key="peta.bahasa",
            flag="--language",
            commands=_SAY,
            id="Bahasa: id atau en",
            en="Language: id or en",
        ),
    ] = "id"
    folder: Annotated[
        Path,
        Option(
            key="keluaran.folder",
            kind=FOLDER,
            why="-o of a command names what that command writes",
            id="Folder hasil",
            en="Folder of the results",
        ),
    ] = Path("hasil")
    printed: Annotated[
        Printed,
        Option(
            key="keluaran.cetak",
            why="map -o peta.pdf (or .png, .svg) writes the sheet",
            id="Tulis juga lembar cetak A3 indikator pertama",
            en="Also write an A3 sheet of the first indicator",
        ),
    ] = ""
    presence: Annotated[
        bool,
        Option(
            key="keluaran.keberadaan",
            why="the command presence writes it by itself",
            id="Tulis juga matriks keberadaan: desa mana memiliki apa",
            en="Also write the presence matrix: which village has what",
        ),
    ] = False
    analysis: Annotated[
        bool,
        Option(
            key="keluaran.analisis",
            why="the command analyse writes it by itself",
            id="Tulis halaman analisis di samping peta kabupaten/kota; bawaan: ya",
            en="Write the page of analysis beside a map of districts; by default yes",
        ),
    ] = True
    values: Annotated[
        bool,
        Option(
            key="peta.nilai",
            flag="--values",
            commands=("map",),
            id="Tulis nilai di bawah nama wilayah, di layar dan kertas",
            en="Write the value under each region's name, on screen and paper",
        ),
    ] = False
    basemap: Annotated[
        Basemap,
        Option(
            key="peta.peta_dasar",
            why=_LOOKS,
            id="Peta dasar daring; bawaan: tanpa internet",
            en="A base map from the internet; by default none",
        ),
    ] = ""
    map_only: Annotated[
        bool,
        Option(
            key="peta.hanya_peta",
            flag="--map-only",
            commands=("map",),
            id="Peta dan legenda saja, untuk salindia atau bingkai di halaman lain",
            en="The map and its legend alone, for a slide or a frame in another page",
        ),
    ] = False
    classes: Annotated[
        int | None,
        Option(
            key="peta.kelas",
            why=_LOOKS,
            least=1,
            most=MOST_CLASSES,
            id="Jumlah kelas warna; bawaan: dipilih menurut data",
            en="Number of classes; by default chosen by the data",
        ),
    ] = None
    method: Annotated[
        AutoMethod,
        Option(
            key="peta.metode",
            why=_LOOKS,
            id="Cara membagi kelas",
            en="How values are cut into classes",
        ),
    ] = "quantile"
    source: Annotated[
        Words,
        Option(
            key="peta.sumber",
            why=_LOOKS,
            id="Sumber data, ditulis di bawah peta",
            en="Source of the data, below the map",
        ),
    ] = ""
    sample: Annotated[
        bool,
        Option(
            key="peta.contoh",
            why="tables of the sample are known by their name",
            id="Cap DATA CONTOH di setiap halaman",
            en="Mark every page as sample data",
        ),
    ] = False
    limit: Annotated[
        Limit,
        Option(
            key="privasi.batas",
            flag="--limit",
            commands=_RUN,
            kind=WHOLE,
            id="Jumlah orang di bawah batas ini tidak dirinci di bawah kabupaten/kota",
            en="Counts of persons below it are not spelled out below kabupaten/kota",
        ),
    ] = USUAL_LIMIT
    standards: Annotated[
        Mapping[str, float | None],
        Option(
            key="standar",
            why="what counts as enough is agreed once, and written down",
            may_be_off=True,
            id="Apa yang dianggap cukup, satu baris per standar",
            en="What counts as enough, a line for each standard",
        ),
    ] = field(default_factory=lambda: _NOTHING)
    weights: Annotated[
        Mapping[str, float],
        Option(
            key="bobot",
            why="what counts how much is agreed once, and written down",
            id="Bobot skor kesenjangan, satu baris per standar",
            en="Weights of the gap score, a line for each standard",
        ),
    ] = field(default_factory=lambda: _NOTHING)

    @property
    def period(self) -> str | None:
        """The one period to show, if the project names one."""
        stated = self.tables_period.year if self.tables_period else None
        year = self.year or stated
        if year is None or self.month is None:
            return None
        return f"{year}-{self.month:02d}"


PLAN_CHOICES = choices_of(PlanFiles, within="plans")
CHOICES = (*choices_of(Project), *PLAN_CHOICES)
