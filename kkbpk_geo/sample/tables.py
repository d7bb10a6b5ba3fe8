"""The monthly tables of the sample, in the layout of the offices' own exports.

Why: ``check`` and the map must meet what offices hand over: one row per village or
kecamatan and month, month names in capitals, no year column, ``;`` between cells.

In:     the districts of the sample and a seed. Out: :class:`Table` objects in memory.
Rule:   every figure agrees with every other (parts within wholes, sums that add up);
        the faults are put in afterwards, each on purpose.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kkbpk_geo.regions import Region
from kkbpk_geo.sample.districts import (
    COUPLES_PER_PERSON,
    MONTHS,
    YEAR,
    District,
    districts,
    kecamatan_heading,
)

Cell = int | float | str | None
Row = list[Cell]
# Share of villages that have the group, before the district's strength.
COVERAGE = {"bkb": 1.08, "bkr": 0.98, "bkl": 0.98, "uppka": 0.80, "pik_r": 0.74}
PLACE = ("PROVINSI", "KABUPATEN", "KECAMATAN", "KODE", "KELURAHAN")
AREA = ("NO", "PROVINSI", "KABUPATEN", "KECAMATAN")
REPORT = ("YANG ADA", "YANG LAPOR", "PERSENTASE LAPOR")
MEETINGS = ("JUMLAH PERTEMUAN PENYULUHAN", "TATAP MUKA", "VIRTUAL")
COUPLES = ("STATUS PUS", "STATUS BER-KB")
METHODS = {
    "SUNTIK": 46, "PIL": 17, "KONDOM": 3, "IMPLAN": 17, "IUD": 7,
    "VASEKTOMI": 1, "TUBEKTOMI": 4, "MAL": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One file of the sample: its name, what it is, headings and rows."""

    file: str
    about: str
    headings: tuple[str, ...]
    rows: list[Row]

    def column(self, heading: str) -> int:
        """Return the position of a heading."""
        return self.headings.index(heading)


@dataclass(frozen=True, slots=True, eq=False)
class _Activity:
    """What the groups of one kind did in one village and month.

    ``rng`` is only for what one table adds, so that two tables of a kind agree.
    """

    place: Row
    month: str
    groups: int
    reporting: int
    members: int
    attending: int
    couples: int
    using: int
    meetings: tuple[int, int, int]
    rng: random.Random

    @property
    def report(self) -> Row:
        share = 100 * self.reporting / self.groups if self.groups else 0
        return [self.groups, self.reporting, f"{share:.2f}"]

    def topics(self, n: int) -> Row:
        return [self.rng.randint(0, self.reporting) for _ in range(n)]

    def at_most(self, most: int) -> int:
        return self.rng.randint(most * 8 // 10, most)


def _share(rng: random.Random, whole: int, low: float, high: float) -> int:
    return int(whole * rng.uniform(low, min(high, 1.0)))


def _activities(seed: int, kind: str) -> Iterator[_Activity]:
    for district in districts(seed):
        rng = random.Random(f"{seed}:{kind}:{district.region.code}")
        extra = random.Random(f"{seed}:{kind}:extra:{district.region.code}")
        chance = COVERAGE[kind] * district.strength
        existing = [
            (rng.random() < chance) * (1 + (rng.random() < 0.15))
            for _ in district.villages
        ]
        for month in MONTHS:
            for village, groups in zip(district.villages, existing, strict=True):
                yield _activity(
                    (rng, extra), district, month, (_place(village), groups)
                )


def _place(village: Region) -> Row:
    return [kecamatan_heading(village), village.code[-4:], village.name.upper()]


def _activity(
    streams: tuple[random.Random, random.Random],
    district: District,
    month: str,
    village: tuple[Row, int],
) -> _Activity:
    place, groups = village
    rng, extra = streams
    rate = 0.35 + 0.64 * district.strength
    reporting = sum(rng.random() < rate for _ in range(groups))
    members = sum(rng.randint(15, 45) for _ in range(reporting))
    attending = _share(rng, members, 0.45, 0.5 + 0.5 * district.strength)
    couples = _share(rng, attending, 0.55, 0.95)
    face = sum(rng.randint(1, 2) for _ in range(reporting))
    virtual = sum(rng.random() < 0.2 for _ in range(reporting))
    return _Activity(
        place=["LAMPUNG", district.heading, *place],
        month=month,
        groups=groups,
        reporting=reporting,
        members=members,
        attending=attending,
        couples=couples,
        using=_share(rng, couples, 0.4, 0.55 + 0.4 * district.strength),
        meetings=(face + virtual, face, virtual),
        rng=extra,
    )


def _families(a: _Activity) -> Row:
    """Meetings, members, attending, couples: as BKB, BKR and BKL tables have them."""
    return [*a.meetings, a.members, a.attending, a.couples, a.using]


def _bkb(a: _Activity) -> Row:
    return [*a.report, *a.topics(5)]


def _bkb_families(a: _Activity) -> Row:
    children = a.attending + a.at_most(a.attending // 8)
    on_track = a.at_most(children)
    off_track = min(children - on_track, a.rng.randint(0, 2))
    cards = [a.at_most(children), a.at_most(children)]
    return [*_families(a), children, *cards, on_track, off_track]


def _bkr(a: _Activity) -> Row:
    return [*a.report, *a.topics(3), *_families(a), a.at_most(a.attending)]


def _bkl(a: _Activity) -> Row:
    elderly = a.at_most(a.attending)
    families = [*_families(a)[:5], elderly, a.couples, a.using]
    return [*a.report, *a.topics(6), *families]


def _uppka(a: _Activity) -> Row:
    return [*a.report, *a.topics(3)]


def _pik_r(a: _Activity) -> Row:
    held = a.meetings[0]
    return [*a.report, *a.topics(2), held, a.attending, a.rng.randint(0, held)]


_VILLAGE_TABLES: dict[str, tuple[str, str, tuple[str, ...], Callable[..., Row]]] = {
    "bkb": (
        "bkb", "Laporan kelompok BKB",
        (*REPORT, "MATERI ORANG TUA HEBAT", "MATERI 1000 HPK", "MATERI KKB LAINNYA",
         "MATERI KESPRO", "MATERI LAINNYA"),
        _bkb,
    ),
    "bkb_keluarga": (
        "bkb", "Keluarga anggota BKB",
        (*MEETINGS, "JUMLAH KELUARGA ANGGOTA BKB",
         "JUMLAH KELUARGA ANGGOTA BKB HADIR PERTEMUAN", "STATUS PUS", "STATUS BER KB",
         "JUMLAH ANAK KELUARGA ANGGOTA BKB HADIR PERTEMUAN", "KKA", "KMS",
         "PERKEMBANGAN ANAK SESUAI", "PERKEMBANGAN ANAK TIDAK SESUAI"),
        _bkb_families,
    ),
    "bkr": (
        "bkr", "Laporan kelompok BKR",
        (*REPORT, "MATERI PKBR", "MATERI KESPRO", "MATERI LAINNYA", *MEETINGS,
         "JUMLAH KELUARGA ANGGOTA BKR", "JUMLAH KELUARGA ANGGOTA BKR HADIR PERTEMUAN",
         *COUPLES, "JUMLAH KELUARGA ANGGOTA BKR HADIR PERTEMUAN MATERI PKBR"),
        _bkr,
    ),
    "bkl": (
        "bkl", "Laporan kelompok BKL",
        (*REPORT, "MATERI DIMENSI LANSIA TANGGUH", "MATERI PEDOMAN PJP",
         "MATERI PRA LANSIA", "MATERI KELANJUT-USIAAN LAINNYA", "MATERI KB DAN KESPRO",
         "MATERI LAINNYA", *MEETINGS, "JUMLAH ANGGOTA BKL",
         "JUMLAH ANGGOTA KELUARGA HADIR", "JUMLAH ANGGOTA LANSIA HADIR", *COUPLES),
        _bkl,
    ),
    "uppka": (
        "uppka", "Laporan kelompok UPPKA",
        (*REPORT, "MATERI USAHA EKONOMI KELUARGA",
         "MATERI PENGELOLAAN KEUANGAN KELUARGA", "MATERI KB KESPRO"),
        _uppka,
    ),
    "pik_r": (
        "pik_r", "Laporan PIK Remaja",
        (*REPORT, "MATERI PKBR", "MATERI LAINNYA", "JUMLAH PERTEMUAN",
         "JUMLAH REMAJA HADIR DALAM PERTEMUAN",
         "JUMLAH PERTEMUAN MATERI PKBR OLEH PIK REMAJA"),
        _pik_r,
    ),
}  # fmt: skip


def village_table(name: str, seed: int) -> Table:
    """Build one monthly table with a row per village: ``bkb``, ``bkr`` ..."""
    kind, about, headings, make = _VILLAGE_TABLES[name]
    rows = [[*a.place, *make(a), a.month] for a in _activities(seed, kind)]
    file = f"contoh_{name}_{YEAR}.csv"
    return Table(file, about, (*PLACE, *headings, "BULAN"), rows)


def groups_by_district(kind: str, seed: int) -> dict[str, int]:
    """Existing groups per district (name in capitals): the same in every month."""
    found: dict[str, int] = {}
    for a in _activities(seed, kind):
        if a.month == MONTHS[0]:
            name = str(a.place[1])
            found[name] = found.get(name, 0) + a.groups
    return found


def kecamatan_tables(seed: int) -> list[Table]:
    """Users by method, couples, and targets of groups: a row per kecamatan."""
    users: list[Row] = []
    couples: list[Row] = []
    targets: list[Row] = []
    for district in districts(seed):
        rng = random.Random(f"{seed}:kb:{district.region.code}")
        for number, month in enumerate(MONTHS):
            for name, share in district.kecamatan.items():
                people = share * district.population
                area: Row = [None, "LAMPUNG", district.heading, name]
                pus = int(people * COUPLES_PER_PERSON) + number * rng.randint(0, 9)
                low = 0.30 + 0.40 * district.strength
                methods = _methods(rng, _share(rng, pus, low, low + 0.06))
                unmet = _share(rng, pus, 0.05, 0.24 - 0.16 * district.strength)
                users.append([*area, *methods, month])
                couples.append([*area, pus, unmet, month])
                targets.append([*area[1:], *_targets(rng, district, people), month])
    for rows in (users, couples):
        for number, row in enumerate(rows, 1):
            row[0] = number
    methods_heading = ("PA", *METHODS, "KB MODERN", "KB TRADISIONAL", "BULAN")
    return [
        Table(
            f"contoh_kontrasepsi_{YEAR}.csv", "Peserta KB aktif menurut metode",
            (*AREA, *methods_heading), users,
        ),
        Table(
            f"contoh_pus_{YEAR}.csv", "PUS dan unmet need",
            (*AREA, "PUS", "UNMET NEED", "BULAN"), couples,
        ),
        Table(
            f"contoh_sasaran_poktan_{YEAR}.csv", "Sasaran dan kesertaan kelompok",
            (*AREA[1:], "SASARAN BKB", "KESERTAAN BKB", "SASARAN BKR", "KESERTAAN BKR",
             "SASARAN BKL", "KESERTAAN BKL", "BULAN"), targets,
        ),
    ]  # fmt: skip


def _methods(rng: random.Random, users: int) -> Row:
    """Users, each method, modern, traditional; the parts add up to the whole."""
    by_method = [
        users * (10 * share + rng.randint(-8, 3)) // 1000 for share in METHODS.values()
    ]
    modern = sum(by_method)
    return [users, *by_method, modern, users - modern]


def _targets(rng: random.Random, district: District, people: float) -> Row:
    found: Row = []
    for share in (0.085, 0.12, 0.08):
        target = int(people * share)
        reach = 0.15 + 0.45 * district.strength
        found += [target, _share(rng, target, reach, reach + 0.15)]
    return found


def kampung_kb_table(seed: int) -> Table:
    """Build the Kampung KB table: one row per village, no month."""
    rows: list[Row] = []
    for district in districts(seed):
        rng = random.Random(f"{seed}:kampung:{district.region.code}")
        for village in district.villages:
            here = int(rng.random() < 0.75 * district.strength)
            years = [0, 0, 0, 0, 0]
            years[min(rng.randint(0, 9), 4)] = here
            mature = here * (rng.random() < 0.1)
            model = here * (rng.random() < 0.02)
            place = ["LAMPUNG", district.heading, *_place(village)]
            rows.append([*place, 1, here, *years, mature, model])
    headings = (
        *PLACE, "JUMLAH KELURAHAN/DESA", "JUMLAH KAMPUNG KB", "2016", "2017", "2018",
        "2019", "> 2019", "KAMPUNG KB MANDIRI", "KAMPUNG KB PERCONTOHAN",
    )  # fmt: skip
    return Table(f"contoh_kampung_kb_{YEAR}.csv", "Kampung KB", headings, rows)


VILLAGE_TABLES = tuple(_VILLAGE_TABLES)
