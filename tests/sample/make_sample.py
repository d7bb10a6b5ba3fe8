"""Make the tables of the sample again: what stands in kkbpk_geo/sample/data/tables.

Why: the package carries the sample as files; this script is the way they were made.
The same seed and register give the same cells. Regions, people and villages are real
(from the register); every other figure is invented and says nothing about a place.

In:     the register and the outlines of Lampung.
Out:    CSV and XLSX tables, README.txt and the list of the faults put in on purpose.
Run:    python tests/sample/make_sample.py [--folder DIR] [--seed 18]
        (make_sample_plans.py, in the same way, makes the plans)
"""

import argparse
import csv
import io
import json
import random
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.register import children, region
from kkbpk_geo.sample.writing import DATA, FAULTS_FILE, SEED, Fault

PROVINCE, YEAR = "18", 2025
MONTHS = ("OKTOBER", "NOVEMBER")
FIRST = {".csv": 3, ".xlsx": 4}  # the first row of data, as a person counts rows
TOTAL = "JUMLAH"

# --- invented facts -------------------------------------------------------------------

# How well the programme of a district does, 0 to 1: two strong ones, three weak ones.
STRENGTH = {"18.08": 0.60, "18.11": 0.52, "18.13": 0.50, "18.10": 0.97, "18.72": 0.99}
USUAL_STRENGTH, FAMILY_SIZE, COUPLES_PER_PERSON = 0.84, 3.7, 0.17
# Groups per village, before the district's strength.
COVERAGE = {"bkb": 1.08, "bkr": 0.98, "bkl": 0.98, "uppka": 0.80, "pik_r": 0.74}
# Couples who use a method, of a hundred users.
METHODS = {"SUNTIK": 46, "PIL": 17, "KONDOM": 3, "IMPLAN": 17, "IUD": 7,
           "VASEKTOMI": 1, "TUBEKTOMI": 4, "MAL": 2}  # fmt: skip
# Persons whom the groups BKB, BKR and BKL are for, per person.
AIMED_AT = (0.085, 0.12, 0.08)
MARGIN = 0.004  # degrees, about 450 m: inside also where the map draws a simpler line

# --- headings, as the offices' exports print them -------------------------------------

PLACE = ("PROVINSI", "KABUPATEN", "KECAMATAN", "KODE", "KELURAHAN")
AREA = ("PROVINSI", "KABUPATEN", "KECAMATAN")
REPORT = ("YANG ADA", "YANG LAPOR", "PERSENTASE LAPOR")
MEETINGS = ("JUMLAH PERTEMUAN PENYULUHAN", "TATAP MUKA", "VIRTUAL")
COUPLES = ("STATUS PUS", "STATUS BER-KB")
BKB, BKR = "JUMLAH KELUARGA ANGGOTA BKB", "JUMLAH KELUARGA ANGGOTA BKR"
# Table: kind of group, what it is about, headings between the place and the month.
VILLAGE_TABLES = {
    "bkb": ("bkb", "Laporan kelompok BKB",
            (*REPORT, "MATERI ORANG TUA HEBAT", "MATERI 1000 HPK",
             "MATERI KKB LAINNYA", "MATERI KESPRO", "MATERI LAINNYA")),
    "bkb_keluarga": ("bkb", "Keluarga anggota BKB",
                     (*MEETINGS, BKB, f"{BKB} HADIR PERTEMUAN", "STATUS PUS",
                      "STATUS BER KB",
                      "JUMLAH ANAK KELUARGA ANGGOTA BKB HADIR PERTEMUAN", "KKA", "KMS",
                      "PERKEMBANGAN ANAK SESUAI", "PERKEMBANGAN ANAK TIDAK SESUAI")),
    "bkr": ("bkr", "Laporan kelompok BKR",
            (*REPORT, "MATERI PKBR", "MATERI KESPRO", "MATERI LAINNYA", *MEETINGS,
             BKR, f"{BKR} HADIR PERTEMUAN", *COUPLES,
             f"{BKR} HADIR PERTEMUAN MATERI PKBR")),
    "bkl": ("bkl", "Laporan kelompok BKL",
            (*REPORT, "MATERI DIMENSI LANSIA TANGGUH", "MATERI PEDOMAN PJP",
             "MATERI PRA LANSIA", "MATERI KELANJUT-USIAAN LAINNYA",
             "MATERI KB DAN KESPRO", "MATERI LAINNYA", *MEETINGS, "JUMLAH ANGGOTA BKL",
             "JUMLAH ANGGOTA KELUARGA HADIR", "JUMLAH ANGGOTA LANSIA HADIR", *COUPLES)),
    "uppka": ("uppka", "Laporan kelompok UPPKA",
              (*REPORT, "MATERI USAHA EKONOMI KELUARGA",
               "MATERI PENGELOLAAN KEUANGAN KELUARGA", "MATERI KB KESPRO")),
    "pik_r": ("pik_r", "Laporan PIK Remaja",
              (*REPORT, "MATERI PKBR", "MATERI LAINNYA", "JUMLAH PERTEMUAN",
               "JUMLAH REMAJA HADIR DALAM PERTEMUAN",
               "JUMLAH PERTEMUAN MATERI PKBR OLEH PIK REMAJA")),
}  # fmt: skip
KAMPUNG = (*PLACE, "JUMLAH KELURAHAN/DESA", "JUMLAH KAMPUNG KB", "2016", "2017",
           "2018", "2019", "> 2019", "KAMPUNG KB MANDIRI",
           "KAMPUNG KB PERCONTOHAN")  # fmt: skip
USERS = ("NO", *AREA, "PA", *METHODS, "KB MODERN", "KB TRADISIONAL", "BULAN")
REACHED = (*AREA, "SASARAN BKB", "KESERTAAN BKB", "SASARAN BKR", "KESERTAAN BKR",
           "SASARAN BKL", "KESERTAAN BKL", "BULAN")  # fmt: skip
TARGETS = ("NO", "KABUPATEN/KOTA", "JUMLAH KECAMATAN", "JUMLAH DESA/KELURAHAN",
           "PENDUDUK", "JUMLAH KELUARGA", "KELUARGA BERISIKO STUNTING", "PKB/PLKB",
           "PPKBD")  # fmt: skip
KITS = ("NO", "KABUPATEN/KOTA", "BKB KIT", "GENRE KIT", "BKL KIT")
FACILITIES = ("NO", "KABUPATEN/KOTA", "NAMA FASKES", "JENIS", "LATITUDE", "LONGITUDE",
              "STOK ALOKON")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Table:
    """One file of the sample."""

    file: str
    about: str
    headings: tuple
    rows: list

    def column(self, heading):
        return self.headings.index(heading)


@dataclass(frozen=True, eq=False)
class District:
    """A kabupaten/kota, its strength, and its people by village (shares; sum 1)."""

    region: object
    strength: float
    villages: tuple
    weights: tuple

    @property
    def heading(self):
        return self.region.name.upper()

    @property
    def kecamatan(self):
        found = {}
        for village, weight in zip(self.villages, self.weights, strict=True):
            name = region(village.parent_code).name.upper()
            found[name] = found.get(name, 0.0) + weight
        return found


def stream(seed, topic, code):
    """Random numbers of one topic and district: no table moves another one's."""
    return random.Random(f"{seed}:{topic}:{code}")


@cache
def districts(seed):
    found = []
    for unit in children(PROVINCE):
        rng = stream(seed, "weights", unit.code)
        villages = children(unit.code, "desa")
        raw = [rng.uniform(0.5, 1.5) for _ in villages]
        strength = STRENGTH.get(unit.code, USUAL_STRENGTH + rng.uniform(-0.06, 0.06))
        weights = tuple(weight / sum(raw) for weight in raw)
        found.append(District(unit, strength, villages, weights))
    return tuple(found)


def dotted(number):
    return f"{number:,}".replace(",", ".")


def share(rng, whole, low, high):
    return int(whole * rng.uniform(low, min(high, 1.0)))


# --- a row per village and month ------------------------------------------------------


def groups_in(rng, district, kind):
    """How many groups each village has: none, one, sometimes two."""
    chance = COVERAGE[kind] * district.strength
    return [
        (rng.random() < chance) * (1 + (rng.random() < 0.15)) for _ in district.villages
    ]


def groups_by_district(kind, seed):
    found = {}
    for d in districts(seed):
        rng = stream(seed, kind, d.region.code)
        found[d.heading] = sum(groups_in(rng, d, kind))
    return found


def village_place(district, village):
    kecamatan = region(village.parent_code).name.upper()
    code, name = village.code[-4:], village.name.upper()
    return ["LAMPUNG", district.heading, kecamatan, code, name]


def village_table(name, seed):
    kind, about, headings = VILLAGE_TABLES[name]
    rows = []
    for d in districts(seed):
        rng = stream(seed, kind, d.region.code)
        extra = stream(seed, f"{kind}:extra", d.region.code)
        existing = groups_in(rng, d, kind)
        for month in MONTHS:
            for village, groups in zip(d.villages, existing, strict=True):
                cells = village_cells(name, rng, extra, d.strength, groups)
                rows.append([*village_place(d, village), *cells, month])
    file = f"contoh_{name}_{YEAR}.csv"
    return Table(file, about, (*PLACE, *headings, "BULAN"), rows)


def village_cells(name, rng, extra, strength, groups):
    """One row; ``extra`` is for what one table adds, so two tables of a kind agree."""
    reporting = sum(rng.random() < 0.35 + 0.64 * strength for _ in range(groups))
    members = sum(rng.randint(15, 45) for _ in range(reporting))
    attending = share(rng, members, 0.45, 0.5 + 0.5 * strength)
    couples = share(rng, attending, 0.55, 0.95)
    face = sum(rng.randint(1, 2) for _ in range(reporting))
    virtual = sum(rng.random() < 0.2 for _ in range(reporting))
    using = share(rng, couples, 0.4, 0.55 + 0.4 * strength)
    percent = 100 * reporting / groups if groups else 0
    report = [groups, reporting, f"{percent:.2f}"]
    held = face + virtual
    families = [held, face, virtual, members, attending]

    def topics(n):
        return [extra.randint(0, reporting) for _ in range(n)]

    def at_most(most):
        return extra.randint(most * 8 // 10, most)

    if name == "bkb_keluarga":
        children_there = attending + at_most(attending // 8)
        on_track = at_most(children_there)
        off_track = min(children_there - on_track, extra.randint(0, 2))
        cards = [at_most(children_there), at_most(children_there)]
        seen = [children_there, *cards, on_track, off_track]
        return [*families, couples, using, *seen]
    if name == "bkr":
        return [*report, *topics(3), *families, couples, using, at_most(attending)]
    if name == "bkl":
        elderly = at_most(attending)
        return [*report, *topics(6), *families, elderly, couples, using]
    if name == "pik_r":
        return [*report, *topics(2), held, attending, extra.randint(0, held)]
    return [*report, *topics({"bkb": 5, "uppka": 3}[name])]


def kampung_kb_table(seed):
    rows = []
    for d in districts(seed):
        rng = stream(seed, "kampung", d.region.code)
        for village in d.villages:
            here = int(rng.random() < 0.75 * d.strength)
            years = [0, 0, 0, 0, 0]
            years[min(rng.randint(0, 9), 4)] = here
            mature, model = here * (rng.random() < 0.1), here * (rng.random() < 0.02)
            rows.append([*village_place(d, village), 1, here, *years, mature, model])
    return Table(f"contoh_kampung_kb_{YEAR}.csv", "Kampung KB", KAMPUNG, rows)


# --- a row per kecamatan and month ----------------------------------------------------


def kecamatan_tables(seed):
    """Users by method, couples, and whom the groups reach; parts add up to wholes."""
    users, couples, reached = [], [], []
    for d in districts(seed):
        rng = stream(seed, "kb", d.region.code)
        for growth, month in enumerate(MONTHS):
            for name, part in d.kecamatan.items():
                people = part * d.region.population
                pus = int(people * COUPLES_PER_PERSON) + growth * rng.randint(0, 9)
                low = 0.30 + 0.40 * d.strength
                active = share(rng, pus, low, low + 0.06)
                methods = [active * (10 * of_100 + rng.randint(-8, 3)) // 1000
                           for of_100 in METHODS.values()]  # fmt: skip
                modern = sum(methods)
                unmet = share(rng, pus, 0.05, 0.24 - 0.16 * d.strength)
                area = ["LAMPUNG", d.heading, name]
                number = len(users) + 1
                used = [active, *methods, modern, active - modern]
                users.append([number, *area, *used, month])
                couples.append([number, *area, pus, unmet, month])
                reach = 0.15 + 0.45 * d.strength
                taking_part = []
                for of_people in AIMED_AT:
                    aim = int(people * of_people)
                    taking_part += [aim, share(rng, aim, reach, reach + 0.15)]
                reached.append([*area, *taking_part, month])
    pus_headings = ("NO", *AREA, "PUS", "UNMET NEED", "BULAN")
    made = [
        ("kontrasepsi", "Peserta KB aktif menurut metode", USERS, users),
        ("pus", "PUS dan unmet need", pus_headings, couples),
        ("sasaran_poktan", "Sasaran dan kesertaan kelompok", REACHED, reached),
    ]
    return [Table(f"contoh_{name}_{YEAR}.csv", *parts) for name, *parts in made]


# --- a row per kabupaten/kota, and a row per facility ---------------------------------


def recap(kind, about, headings, cells_of, seed):
    """A yearly table that ends with a row of totals."""
    rows = []
    for number, d in enumerate(districts(seed), 1):
        kota = d.region.kind == "Kota"
        name = d.region.name if kota else f"Kabupaten {d.region.name}"
        rows.append([number, name, *cells_of(d)])
    sums = [sum(column) for column in list(zip(*rows, strict=True))[2:]]
    rows.append([None, TOTAL, *sums])
    return Table(f"contoh_{kind}_kabupaten_{YEAR}.xlsx", about, headings, rows)


def target_table(seed):
    """Build the denominators: people and villages are real, families and staff not."""

    def cells(d):
        rng = stream(seed, "target", d.region.code)
        people, villages = d.region.population, len(d.villages)
        families = int(people / FAMILY_SIZE)
        risk = int(families * rng.uniform(0.14, 0.17) * (1.6 - d.strength))
        officers = round(villages / 2 * d.strength * rng.uniform(0.75, 0.95))
        volunteers = min(villages, round(villages * (0.6 + 0.4 * d.strength)))
        staff = [officers, volunteers]
        return [len(d.kecamatan), villages, people, families, risk, *staff]

    return recap("sasaran", "Sasaran per kabupaten/kota", TARGETS, cells, seed)


def kit_table(seed):
    """How many groups have their kit: never more than there are groups."""
    existing = [groups_by_district(kind, seed) for kind in ("bkb", "bkr", "bkl")]

    def cells(d):
        rng = stream(seed, "kit", d.region.code)
        return [
            int(n[d.heading] * d.strength * rng.uniform(0.45, 0.95)) for n in existing
        ]

    return recap("sarana", "Kelompok yang memiliki sarana", KITS, cells, seed)


def facility_table(seed):
    """Facilities strictly inside their districts, which are spelled in several ways."""
    from kkbpk_geo.regions.boundaries import load_boundaries

    outlines = load_boundaries(PROVINCE).geometry
    rows, numbers = [], {}
    for d in districts(seed):
        rng = stream(seed, "faskes", d.region.code)
        for kind, count in facilities_of(d).items():
            for _ in range(count):
                numbers[kind] = numbers.get(kind, 0) + 1
                x, y = point_inside(outlines[d.region.code], rng)
                stock = "Kurang" if rng.random() > 0.75 + 0.2 * d.strength else "Cukup"
                name = f"{kind} Contoh {numbers[kind]}"
                place = rng.choice(spellings(d))
                rows.append([len(rows) + 1, place, name, kind, y, x, stock])
    about = "Daftar tempat pelayanan KB"
    return Table(f"contoh_faskes_{YEAR}.xlsx", about, FACILITIES, rows)


def facilities_of(d):
    """Return how many of each kind; a weak district has fewer of what can be added."""
    people, kecamatan = d.region.population, len(d.kecamatan)
    return {
        "Rumah Sakit": max(1, round(people / 330_000)),
        "Puskesmas": round(kecamatan * (0.9 + 0.4 * d.strength)),
        "Klinik": round(people / 75_000 * d.strength),
        "Praktik Bidan": round(people / 40_000 * d.strength),
        "Balai Penyuluhan KB": round(kecamatan * min(1.0, 0.15 + 0.85 * d.strength)),
    }


def spellings(d):
    bare, kota = d.region.bare, d.region.kind == "Kota"
    short, long = ("Kota", "KOTA") if kota else ("Kab.", "KABUPATEN")
    return [d.region.name, d.heading, f"{short} {bare}", f"{long} {bare.upper()}"]


def point_inside(outline, rng):
    """A point (degrees) off the edge; its four neighbours at MARGIN are inside too."""
    from shapely import contains_xy, prepare

    prepare(outline)
    west, south, east, north = outline.bounds
    while True:
        x, y = round(rng.uniform(west, east), 5), round(rng.uniform(south, north), 5)
        m = MARGIN
        around = ((x, y), (x - m, y), (x + m, y), (x, y - m), (x, y + m))
        if all(contains_xy(outline, *spot) for spot in around):
            return x, y


# --- faults put in on purpose ---------------------------------------------------------


def rows_of(table, name):
    """Rows of a district (or the total); of groups, only where some report."""
    told = table.column("YANG LAPOR") if "YANG LAPOR" in table.headings else 1
    return [
        row for row in table.rows if str(row[1]).upper().endswith(name) and row[told]
    ]


def in_cell(name, nth, value_of):
    """Spoil one cell; ``value_of`` is told what the row says, by heading."""

    def spoil(table, heading):
        row = rows_of(table, name)[nth]
        said = dict(zip(table.headings, row, strict=True))
        row[table.column(heading)] = value_of(said)
        return row

    return spoil


def too_many_reports(table, heading):
    row = in_cell("LAMPUNG UTARA", 5, lambda said: said["YANG ADA"] + 2)(table, heading)
    # The printed percentage follows, so that only the groups are wrong.
    row[7] = f"{100 * row[6] / row[5]:.2f}"
    return row


def copied_column(table, heading):
    for row in table.rows:
        row[table.column(heading)] = row[table.column("STATUS PUS")]
    return table.rows[0]


def blank_block(table, _):
    block = ("PESISIR BARAT", "NOVEMBER")
    blank = [row for row in table.rows if (row[1], row[-1]) == block]
    for row in blank:
        row[5:-1] = [None] * len(row[5:-1])
    return blank[0]


def short_name(table, heading):
    at = table.column(heading)
    renamed = [row for row in table.rows if row[at] == "TULANG BAWANG BARAT"]
    for row in renamed:
        row[at] = "TULANG BAWANG BRT"
    return renamed[0]


def unknown_district(table, _):
    row = [*table.rows[-1]]
    row[1:5] = ["LAMPUNG TENGGARA", "CONTOH", "2001", "CONTOH"]
    table.rows.append(row)
    return row


def moved_point(table, _):
    row, guest = rows_of(table, "TANGGAMUS")[4], rows_of(table, "PRINGSEWU")[4]
    row[4:6] = guest[4:6]
    return row


def missing_point(table, _):
    row = rows_of(table, "LAMPUNG BARAT")[6]
    row[4:6] = [None, None]
    return row


def swapped_point(table, _):
    row = rows_of(table, "WAY KANAN")[5]
    row[4:6] = [row[5], row[4]]
    return row


# What it is, in which table and column, the finding that reports it, how it is done.
FAULTS = [
    ("reporting", "bkb", "YANG LAPOR", "reporting_above_existing", too_many_reports),
    ("attending", "bkr", f"{BKR} HADIR PERTEMUAN", "attending_above_members",
     in_cell("LAMPUNG UTARA", 5, lambda said: said[BKR] + 2)),
    ("percent", "bkl", "PERSENTASE LAPOR", "printed_percent_wrong",
     in_cell("PESAWARAN", 9, lambda _: "66.98")),
    ("copied", "bkb_keluarga", "STATUS BER KB", "column_copied", copied_column),
    ("blank", "pik_r", "YANG ADA", "block_not_reported", blank_block),
    ("name_variant", "bkr", "KABUPATEN", "resolved", short_name),
    ("unknown_region", "uppka", "KABUPATEN", "region_unknown", unknown_district),
    ("total", "sarana", "GENRE KIT", "total_disagrees",
     in_cell(TOTAL, 0, lambda said: said["GENRE KIT"] - 27)),
    ("text_number", "sasaran", "JUMLAH KELUARGA", "number_as_text",
     in_cell("LAMPUNG TENGAH", 0, lambda said: dotted(said["JUMLAH KELUARGA"]))),
    ("other_region", "faskes", "LATITUDE", "placement:other_region", moved_point),
    ("no_coordinates", "faskes", "LATITUDE", "coordinates_missing", missing_point),
    ("swapped", "faskes", "LATITUDE", "coordinates_swapped", swapped_point),
]  # fmt: skip


def put_faults(tables):
    """Change the tables in place; return a Fault for each change."""
    found = []
    for key, name, heading, code, spoil in FAULTS:
        table = tables[name]
        spoiled = spoil(table, heading)
        place = next(i for i, row in enumerate(table.rows) if row is spoiled)
        number = place + FIRST[Path(table.file).suffix]
        where = {"file": table.file, "row": number, "column": heading}
        found.append(Fault(key=key, found_as=code, **where))
    return found


# --- files ----------------------------------------------------------------------------


def all_tables(seed):
    """Every table, before the faults."""
    found = {name: village_table(name, seed) for name in VILLAGE_TABLES}
    names = ("kontrasepsi", "pus", "sasaran_poktan")
    found |= zip(names, kecamatan_tables(seed), strict=True)
    found["kampung_kb"] = kampung_kb_table(seed)
    found["sasaran"] = target_table(seed)
    found["sarana"] = kit_table(seed)
    found["faskes"] = facility_table(seed)
    return found


def csv_bytes(title, headings, rows, delimiter=";"):
    out = io.StringIO(f"{title}\n")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([headings, *rows])
    return out.getvalue().encode("utf-8")


@dataclass(frozen=True)
class Look:
    """How a workbook looks: its sheet, its date, its wide columns and their width."""

    sheet: str
    created: datetime
    wide: tuple
    merged: bool = False


def xlsx_bytes(title, headings, rows, look):
    """A title, an empty line, headings, rows."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": look.created})
    bold = book.add_format({"bold": True})
    page = book.add_worksheet(look.sheet)
    if look.merged:
        page.merge_range(0, 0, 0, len(headings) - 1, title, bold)
    else:
        page.write_string(0, 0, title, bold)
    page.write_row(2, 0, headings, bold)
    for number, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, column, cell)
            elif cell is not None:
                page.write_number(number, column, cell)
    page.set_column(*look.wide)
    book.close()
    return out.getvalue()


def table_bytes(table):
    title = f"{label('sample_mark')}: {table.about}, Provinsi Lampung, {YEAR}"
    if table.file.endswith(".csv"):
        return csv_bytes(title, table.headings, table.rows)
    look = Look("DATA CONTOH", datetime(YEAR, 12, 1), (1, 2, 28))
    return xlsx_bytes(title, table.headings, table.rows, look)


def names(*, weaker):
    """Districts that were made weaker, or stronger, on purpose."""
    made = sorted(STRENGTH.items())
    return [region(c).name for c, how in made if (how < USUAL_STRENGTH) == weaker]


def readme(faults, seed, language):
    lines = []
    for number, fault in enumerate(faults, 1):
        what = label(f"sample_fault_{fault.key}", language)
        line = label("sample_fault", language)
        lines.append(line.format(number=number, what=what, **asdict(fault)))
    return label("sample_readme", language).format(
        mark=label("sample_mark", language), seed=seed, list=FAULTS_FILE,
        worse=", ".join(names(weaker=True)), better=", ".join(names(weaker=False)),
        faults="\n".join(lines),
    )  # fmt: skip


def listed(entries):
    """Return the bytes of a list of what was put in on purpose."""
    told = [asdict(entry) for entry in entries]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def make_sample(seed=SEED):
    """Return the bytes of every file, by name."""
    tables = all_tables(seed)
    faults = put_faults(tables)
    texts = [readme(faults, seed, language) for language in ("id", "en")]
    return {
        **{table.file: table_bytes(table) for table in tables.values()},
        FAULTS_FILE: listed(faults),
        "README.txt": "\n\n".join(texts).encode("utf-8"),
    }


def run(make, folder):
    """Write what ``make`` makes; the options are those of both scripts."""
    options = argparse.ArgumentParser()
    options.add_argument("--folder", type=Path, default=folder)
    options.add_argument("--seed", type=int, default=SEED)
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name, content in make(chosen.seed).items():
        (chosen.folder / name).write_bytes(content)


if __name__ == "__main__":
    run(make_sample, DATA / "tables")
