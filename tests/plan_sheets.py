"""Small sheets in the forms of offices, made from a list of works: true to form.

Why: no real plan may be kept here. What a form prints is stated by the programs that
print it; each maker below names its source and prints every level with its sum.

In:     works with their code, place, target and money; an office and a year.
Out:    rows of a sheet, and in :data:`FORMS` what each form can hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kkbpk_geo.base.formats import MONTHS

NAMES = {
    "2.14.02": "PROGRAM PENGENDALIAN PENDUDUK",
    "2.14.03": "PROGRAM PEMBINAAN KELUARGA BERENCANA (KB)",
    "2.14.04": "PROGRAM PEMBERDAYAAN DAN PENINGKATAN KELUARGA SEJAHTERA (KS)",
}
PROGRAMME, KEGIATAN = 3, 5  # parts of their codes
OFFICE = "PEMERINTAH KABUPATEN PRINGSEWU"
BOKB = "2.2.1.01.04.0015 DAK Non Fisik-BOKKB-BOKB"


@dataclass(frozen=True, kw_only=True)
class Work:
    """One sub kegiatan of an office: what, how many, for how much, and what became."""

    code: str
    name: str
    indicator: str = ""
    target: int = 1
    unit: str = "Orang"
    budget: int = 0
    fund: str = BOKB
    location: str = "Kab. Pringsewu, Semua Kecamatan, Semua Kelurahan/Desa"
    spent: int = 0
    physical: int = 0
    cash: tuple[int, ...] = (0, 0, 0, 0)
    time: str = ""


def padded(rows):
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def upper(code, parts):
    return ".".join(code.split(".")[:parts])


def levels(works):
    """Yield the rows of a tree: code, name, its works; the works themselves last."""
    seen = []
    for work in works:
        for parts in (PROGRAMME, KEGIATAN):
            code = upper(work.code, parts)
            if code not in (*seen, work.code):
                seen.append(code)
                below = [w for w in works if f"{w.code}.".startswith(f"{code}.")]
                yield code, NAMES.get(code, f"Kegiatan {code}"), below, None
        yield work.code, work.name, [work], work


def total(works, name="budget"):
    return sum(getattr(work, name) for work in works)


def cells_of(code, n=5):
    """Split a code over cells: 2 | 14 | 03 | 2.03 | 0003."""
    parts = code.split(".")
    cells = [*parts[:3], ".".join(parts[3:5]), ".".join(parts[5:])]
    return [*filter(None, cells), *[""] * n][:n]


def rp(amount):
    return f"Rp. {amount:,}".replace(",", ".")


def renja(works, office=OFFICE, year=2026):
    """Renja, SIPD print "merah": agusnurwanto/wp-sipd@5e6580f, partials/renja."""
    rows = [
        ["RENCANA KERJA PERANGKAT DAERAH"], [office], ["Unit Organisasi : DINAS PPKB"],
        ["Kode", "", "", "", "",
         "Urusan/ Bidang Urusan Pemerintahan Daerah Dan Program/ Kegiatan",
         "Indikator Kinerja", "", "", f"Rencana Tahun {year}", "", "", "", "", "",
         "Catatan Penting", f"Prakiraan Maju Rencana Tahun {year + 1}", "", ""],
        [*[""] * 6, "Capaian Program", "Keluaran Sub Kegiatan", "Hasil Kegiatan",
         "Lokasi Output Kegiatan", "Target Capaian Kinerja", "", "",
         "Pagu Indikatif (Rp.)", "Sumber Dana", "", "Target Capaian Kinerja", "",
         "Kebutuhan Dana/Pagu Indikatif (Rp.)"],
        [*[""] * 10, "Program", "Keluaran Sub Kegiatan", "Hasil Kegiatan", "", "", "",
         "Tolok Ukur", "Target", ""],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        row = [*cells_of(code), name, *[""] * 13]
        row[13], row[18] = total(below), total(below) + 1
        if work:
            row[7], row[9] = work.indicator, work.location
            row[11], row[14] = f"{work.target} {work.unit}", work.fund
            row[15] = work.time
        rows.append(row)
    rows.append(["TOTAL", *[""] * 12, total(works), *[""] * 4, total(works) + 1])
    return padded(rows)


def renja_new(works, office=OFFICE, year=2026):
    """Renja, SIPD-RI print: wp-sipd@5e6580f, laporan-renja-sipd-ri.php."""
    rows = [
        [f"RENJA {office}"],
        ["No", "Kode", "Urusan/ Bidang Urusan/ Program/ Kegiatan/ Sub Kegiatan",
         "Indikator Program/ Kegiatan/ Sub Kegiatan",
         "Target Akhir Periode Renstra Opd",
         f"Realisasi Capaian Renja Opd Tahun {year - 2}",
         f"Prakiraan Capaian Target Renja Opd Tahun {year - 1}",
         "Capaian Kinerja Dan Kerangka Pendanaan", "", "", "", "", "",
         "Kelompok Sasaran", f"Prakiraan Maju Rencana Tahun {year + 1}", "",
         "Perangkat Daerah Penanggung Jawab"],
        [*[""] * 7, f"Target {year}", "Pagu Indikatif (Rp)", "Lokasi", "Sumber Dana",
         "Prioritas", "", "", "Target", "Pagu Indikatif (Rp)", ""],
        [*[""] * 11, "Nasional", "Daerah", "", "", "", ""],
        [str(number) for number in range(1, 18)],
    ]  # fmt: skip
    for number, (code, name, below, work) in enumerate(levels(works), 1):
        row = [number, code, name, *[""] * 14]
        row[8], row[15] = rp(total(below)), rp(total(below) + 1)
        if work:
            row[3], row[7] = work.indicator, f"{work.target} {work.unit}"
            row[9], row[10] = work.location, work.fund
        rows.append(row)
    rows.append(["TOTAL", *[""] * 7, rp(total(works))])
    return padded(rows)


def renja_short(works, office=OFFICE, year=2026):
    """T-C.33 as a public program prints it, short. Neither places nor funds."""
    rows = [
        [f"Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun {year} dan "
         f"Perkiraan Maju Tahun {year + 1}"],
        [f"Nama Perangkat Daerah : DINAS PPKB {office}"],
        ["Kode", "", "", "", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/"
         "Kegiatan", "Indikator Kinerja Program / Kegiatan", f"Rencana Tahun {year}",
         "", f"Prakiraan Maju Rencana Tahun {year + 1}", ""],
        [*[""] * 6, "Target Capaian Kinerja", "Pagu Indikatif",
         "Target Capaian Kinerja", "Pagu Indikatif"],
        ["(1)", "", "", "", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        parts = code.split(".")
        cells = [".".join(parts[:2]), *parts[2:3], ".".join(parts[3:5]), *parts[5:]]
        cells = [*filter(None, cells), "", "", ""][:4]
        row = [*cells, name, "", "", total(below), "", total(below)]
        if work:
            row[5], row[6] = work.indicator, f"{work.target} {work.unit}"
        rows.append(row)
    rows.append(["JUMLAH", *[""] * 6, total(works)])
    return padded(rows)


def renja_upload(works, office=OFFICE, year=2026):
    """The upload form of a region: allweDepth/sesendok@39f432e, template 20."""
    rows = [
        [f"RENJA {office} TAHUN {year}"],
        ["KODE SUB KEGIATAN", "PROGRAM DAN KEGIATAN", "TOLOK UKUR CAPAIAN KEG.",
         "TARGET KINERJA CAPAIAN KEG.", "TOLOK UKUR KELUARAN",
         "TARGET KINERJA KELUARAN", "TOLOK UKUR HASIL", "TARGET KINERJA HASIL",
         "SUMBER DANA", "LOKASI", "KELUARAN SUB KEG.", "AWAL PELAKSANAAN",
         "AKHIR PELAKSANAAN", "JUMLAH PAGU", "KETERANGAN"],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        row = [code, name, *[""] * 13]
        row[13] = total(below)
        if work:
            row[4], row[5] = work.indicator, f"{work.target} {work.unit}"
            row[8], row[9] = work.fund, work.location
            row[11], row[12] = "Januari", "Desember"
        rows.append(row)
    return padded(rows)


ACCOUNTS = ("5", "5.1", "5.1.02", "5.1.02.01", "5.1.02.01.01", "5.1.02.01.01.0024")


def dpa(works, office=OFFICE, year=2026, box="DPA", changed=False):
    """DPA/RKA of the offices: agusnurwanto/wp-sipd@70117b6, wpsipd-public-rka.php."""
    rows = [
        ["DOKUMEN PELAKSANAAN ANGGARAN", "", "", "", f"{box}-RINCIAN BELANJA SKPD"],
        [f"{office} Tahun Anggaran {year}"],
        ["Organisasi", ":", "2.14.0.00.0.00.01.0000 DINAS PPKB"],
    ]
    kegiatan = ""
    for work in works:
        if upper(work.code, KEGIATAN) != kegiatan:
            kegiatan = upper(work.code, KEGIATAN)
            same = [w for w in works if upper(w.code, KEGIATAN) == kegiatan]
            programme = upper(kegiatan, PROGRAMME)
            rows += [
                ["Program", ":", f"{programme} {NAMES[programme]}"],
                ["Kegiatan", ":", f"{kegiatan} Kegiatan {kegiatan}"],
                [f"Alokasi Tahun {year}", ":", rp(total(same))],
            ]
        rows += _block(work, changed=changed)
        if work is [w for w in works if upper(w.code, KEGIATAN) == kegiatan][-1]:
            rows.append(
                ["Jumlah Total Anggaran Kegiatan :", *[""] * 5, rp(total(same))]
            )
    return padded([*rows, ["Mengesahkan,"], ["NAMA PEJABAT"], ["NIP 19800101"]])


def _block(work, *, changed):
    head = [
        ["Sub Kegiatan", ":", f"{work.code} {work.name}"],
        ["Sumber Pendanaan", ":", work.fund],
        ["Lokasi", ":", work.location],
        ["Waktu Pelaksanaan", ":", "Januari s.d. Desember"],
        ["Keluaran Sub Kegiatan", ":", "Indikator", "Target"],
        ["", "", work.indicator, f"{work.target} {work.unit}"],
    ]
    half = work.budget // 2
    items = [("Kertas", half), ("Pena", work.budget - half)]
    marks = [("", "[ # ] Paket ATK", work.budget), ("", "[ - ] Rutin", work.budget)]
    accounts = [(code, f"Belanja {code}", work.budget) for code in ACCOUNTS]
    lines = [*accounts, *marks, *(("", name, amount) for name, amount in items)]
    if changed:
        head += [
            ["Kode Rekening", "Uraian", "Sebelum Perubahan", "", "", "", "",
             "Setelah Perubahan", "", "", "", "", "Bertambah/ (Berkurang)"],
            ["", "", "Rincian Perhitungan", "", "", "", "Jumlah",
             "Rincian Perhitungan", "", "", "", "Jumlah", ""],
            ["", "", "Koefisien", "Satuan", "Harga", "PPN", "", "Koefisien", "Satuan",
             "Harga", "PPN", "", ""],
        ]  # fmt: skip
        before = ["", "", "", "", rp(1), "", "", "", ""]
        body = [[code, name, *before, rp(amount)] for code, name, amount in lines]
        last = ["Jumlah Anggaran Sub Kegiatan :", "", *before, rp(work.budget)]
        return [*head, *body, last]
    head += [
        ["Kode Rekening", "Uraian", "Rincian Perhitungan", "", "", "", "Jumlah"],
        ["", "", "Koefisien", "Satuan", "Harga", "PPN", ""],
    ]
    return [
        *head,
        *([code, name, "", "", "", "", rp(amount)] for code, name, amount in lines),
        ["Jumlah Anggaran Sub Kegiatan :", *([""] * 5), rp(work.budget)],
    ]


def rka_old(works, office=OFFICE, year=2019):
    """RKA 2.2.1: muazharin/template_admin_pendidikan (a kabupaten, 2019)."""
    rows = [["RKA - OPD 2.2.1"], [f"{office} TAHUN ANGGARAN {year}"]]
    for work in works:
        accounts = [(["5", "2"], "Belanja", work.budget),
                    (["5", "2", "1"], "Belanja pegawai", work.budget),
                    (["5", "2", "1", "01", "01"], "Honor", work.budget)]  # fmt: skip
        rows += [
            ["Program", ":", f"{upper(work.code, 3)} Program Keluarga Berencana"],
            ["Kegiatan", ":", f"{work.code} {work.name}"],
            ["Lokasi Kegiatan", ":", work.location],
            ["Sumber Dana", ":", work.fund],
            ["Kode", "", "", "", "", "U r a i a n", "Rincian Penghitungan", "", "",
             "Jumlah (Rp)"],
            [*[""] * 6, "Volume", "Satuan", "Harga Satuan", ""],
            [*(f"({n})" for n in range(1, 8)), "", "", ""],
            *([*code, *[""] * (5 - len(code)), name, "", "", "", amount]
              for code, name, amount in accounts),
            [*[""] * 5, "- Honor tim", 1, "OB", work.budget, work.budget],
            [*[""] * 5, "Jumlah", "", "", "", work.budget],
        ]  # fmt: skip
    return padded(rows)


def recap(works, office=OFFICE, year=2026):
    """Recap per programme: FranzaLeny/sipd-front@272ad3d (rekap-bl)."""
    rows = [
        ["Rincian Anggaran Belanja Berdasarkan Program dan Kegiatan"],
        [f"{office} Tahun Anggaran {year}"],
        ["Urusan", "Bidang Urusan", "Program", "Kegiatan", "Sub Kegiatan", "URAIAN",
         "SUMBER DANA", "LOKASI", "JUMLAH", *[""] * 5],
        [*[""] * 8, "T-1", f"Tahun {year}", "", "", "", "T+1"],
        [*[""] * 9, "Belanja Operasi", "Belanja Modal", "Transfer", "Jumlah", ""],
        [*(str(n) for n in range(1, 13)), "13=(10+11+12)", "14"],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        money = total(below)
        row = [*cells_of(code), name, "", "", 1, money, 0, 0, money, 2]
        if work:
            row[6], row[7] = work.fund, work.location
        rows.append(row)
    rows.append(["JUMLAH", *[""] * 7, 1, total(works), 0, 0, total(works), 2])
    return padded(rows)


def detail(work):
    return " ".join(filter(None, [work.name, work.location, work.time]))


def pok(works, year=2026):
    """RKA-K/L and POK, SAKTI working paper, as public programs print it.

    ``works``: of the province's office; those of one name are one output, its details
    name the districts.
    """
    rows = [
        [f"RINCIAN KERTAS KERJA SATKER T.A. {year}"],
        ["UNIT KERJA/SATKER", ":", "PERWAKILAN PROVINSI LAMPUNG"],
        ["ALOKASI", ":", rp(total(works))],
        ["KODE", "PROGRAM/KEGIATAN/KRO/RO/KOMPONEN/SUBKOMP/AKUN/DETIL",
         f"PERHITUNGAN TAHUN {year}", "", "", "", "", "SD/CP"],
        ["", "", "VOLUME", "", "HARGA SATUAN", "JUMLAH BIAYA", "", ""],
        ["(1)", "(2)", "(3)", "", "(4)", "(5)", "", "(6)"],
        ["068.01.DG", "Program KB", "", "", "", total(works), "", ""],
        ["3331", "Pembinaan", "", "", "", total(works), "", ""],
        ["3331.QDB", "Fasilitasi", "", "", "", total(works), "", ""],
    ]  # fmt: skip
    for number, name in enumerate(dict.fromkeys(w.name for w in works), 1):
        same = [work for work in works if work.name == name]
        money, volume = total(same), total(same, "target")
        rows += [
            [f"3331.QDB.{number:03}", name, volume, same[0].unit, "", money, "", ""],
            ["051", "Pelaksanaan", "", "", "", money, "", ""],
            ["A", "Tanpa subkomponen", "", "", "", money, "", ""],
            ["521211", "Belanja Bahan", "", "", "", money, "", "RM"],
        ]
        # In exported sheets an amount stands one column further right.
        rows += [
            ["", f"- {detail(work)}", work.target, work.unit, 1, "", work.budget, ""]
            for work in same
        ]  # fmt: skip
    return padded([*rows, ["Catatan :"], ["Bandar Lampung, 2 Januari"], ["NIP 1"]])


def fa(works, year=2026):
    """Report of available funds, SAKTI GLP039, as public programs read it."""
    money, spent = total(works), total(works, "spent")
    end = [0, 0, spent, spent, "0%", money - spent]
    rows = [
        [f"LAPORAN KETERSEDIAAN DANA DETAIL TA {year}"],
        ["Uraian", "", "", "", "Pagu Revisi", "Lock Pagu", f"Realisasi TA {year}", "",
         "", "", "SISA ANGGARAN"],
        [*[""] * 6, "Periode Lalu", "Periode Ini", "s.d. Periode", "%", ""],
        ["JUMLAH SELURUHNYA", "", "", "", money, *end],
        ["DG", "Program KB", "", "", money, *end],
        ["DG.3331", "Pembinaan", "", "", money, *end],
        ["", "QDB", "Fasilitasi", "", money, *end],
    ]  # fmt: skip
    item = 0
    for number, name in enumerate(dict.fromkeys(w.name for w in works), 1):
        same = [work for work in works if work.name == name]
        money, spent = total(same), total(same, "spent")
        end = [0, 0, spent, spent, "0%", money - spent]
        rows += [
            ["", f"QDB.{number:03}", name, "", money, *end],
            ["", "", "051", "Pelaksanaan", money, *end],
            ["", "", "051.0A", "Tanpa subkomponen", money, *end],
            ["", "", "521211", "Belanja Bahan", money, *end],
        ]
        for work in same:
            item += 1
            text = f"{item:06}. {detail(work)}"
            rows.append(["", "", "", text, work.budget, 0, 0, work.spent, work.spent])
    return padded(rows)


def renstra(works, office=OFFICE, year=2026):
    """Renstra, T-C.27 as public programs print it. Five years from ``year``.

    Each following year plans one rupiah and one of the target more.
    """
    years = range(5)
    rows = [
        ["Tabel T-C.27"],
        [f"Rencana Program, Kegiatan, dan Pendanaan Perangkat Daerah {office} Tahun "
         f"{year}-{year + 4}"],
        ["Tujuan", "Sasaran", "Kode", "Program dan Kegiatan",
         "Indikator Kinerja Tujuan, Sasaran, Program (outcome) dan Kegiatan (output)",
         "Data Capaian pada Tahun Awal Perencanaan",
         "Target Kinerja Program dan Kerangka Pendanaan", *[""] * 11,
         "Unit Kerja Perangkat Daerah Penanggung-jawab", "Lokasi"],
        [*[""] * 6, *(cell for n in years for cell in (f"Tahun-{n + 1}", "")),
         "Kondisi Kinerja pada akhir periode Renstra Perangkat Daerah", "", "", ""],
        [*[""] * 6, *["Target", "Rp"] * 6, "", ""],
        [f"({number})" for number in range(1, 21)],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        row = ["", "", code, name, "", "", *[""] * 14]
        for n in years:
            row[7 + 2 * n] = total(below) + n * len(below)
            if work:
                row[6 + 2 * n] = f"{work.target + n} {work.unit}"
        row[17] = sum(row[7 + 2 * n] for n in years)
        if work:
            row[4], row[16], row[19] = work.indicator, "9 Orang", work.location
        rows.append(row)
    return padded(rows)


def rfk(works, office=OFFICE, year=2026):
    """Realisasi fisik dan keuangan: agusnurwanto/wp-sipd@5e6580f, monitor-rfk."""
    rows = [
        ["REALISASI FISIK DAN KEUANGAN"], [f"{office} Tahun Anggaran {year}"],
        ["Kode", "", "", "", "", "Urusan/Bidang Urusan/Program/Kegiatan",
         "RKA SIPD (Rp.)", "DPA (Rp.)", "Realisasi Keuangan (Rp.)", "Capaian ( % )",
         "RAK ( % )", "Deviasi ( % )", "Realisasi Fisik ( % )",
         "Nilai Realisasi Fisik ( Rp )", "Sumber Dana"],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10=(9/8)*100", "11",
         "12=((11-10)/11)*100", "13=(14/8)*100", "14=(8*13)/100", "15"],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        money, spent = total(below), total(below, "spent")
        row = [*cells_of(code), name, money + 1, money, spent, "", "", "", "", "", ""]
        if work:
            row[12], row[14] = work.physical, work.fund
        rows.append(row)
    rows.append(["TOTAL", *[""] * 5, 1, total(works), total(works, "spent")])
    return padded(rows)


def e81(works, office=OFFICE, year=2026):
    """Evaluation of the Renja, E.81, as public programs print it: K, Rp below numbers.

    Of the target one is done in each quarter that has any money.
    """
    pairs = [
        f"Target Renstra pada Tahun {year + 3} (akhir periode)",
        "Realisasi Capaian Kinerja Renstra s.d. Renja Tahun Lalu (n-2)",
        "Target Kinerja dan Anggaran Renja Tahun berjalan (n-1) yang dievaluasi",
        "Realisasi Kinerja Pada Triwulan", "", "", "",
        "Realisasi Capaian Kinerja dan Anggaran Renja yang dievaluasi",
    ]  # fmt: skip
    rows = [
        ["Formulir E.81"], ["Evaluasi Terhadap Hasil Renja Perangkat Daerah"],
        [f"{office} TAHUN {year}"],
        ["No.", "Sasaran", "Kode", "Program/Kegiatan", "Indikator Kinerja Program",
         *(cell for pair in pairs for cell in (pair, "")), "Unit PD Penanggung Jawab"],
        [*[""] * 11, "I", "", "II", "", "III", "", "IV", "", "", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)",
         *(cell for n in range(6, 14) for cell in (f"({n})", "")), "(14)"],
        [*[""] * 5, *["K", "Rp."] * 8, ""],
    ]  # fmt: skip
    for code, name, below, work in levels(works):
        row = ["", "", code, name, *[""] * 18]
        row[6], row[8] = 9 * total(below), 7
        row[10], row[20] = total(below), total(below, "spent")
        if work:
            row[4] = work.indicator
            row[5], row[9] = "99 Orang", f"{work.target} {work.unit}"
            row[19] = f"{work.target} {work.unit}"
        rows.append(row)
    rows.append(["", "", "", "Rata - Rata Capaian Kinerja", *[""] * 15, "88,5"])
    return padded(rows)


def monitoring(works, office=OFFICE, year=2026, quarters=lambda work: work.cash):
    """Quarterly monitoring: AldiAlfatih/BAPPEDA@915fd4e. ``quarters``: its money."""
    rows = [
        [f"MONITORING {office} TAHUN ANGGARAN {year}"],
        ["No", "Kode", "Bidang Urusan & Program/Kegiatan/Sub Kegiatan",
         "Pagu Anggaran APBD", "", "", "Sumber Dana",
         *(cell for n in range(1, 5) for cell in (f"Triwulan {n}", ""))],
        ["", "", "", "Pokok (RP)", "Parsial (RP)", "Perubahan (RP)", "",
         *["Kinerja Fisik (%)", "Keuangan (RP)"] * 4],
    ]  # fmt: skip
    for number, (code, name, below, work) in enumerate(levels(works), 1):
        row = [number, code, name, 7, 0, total(below), "", *[""] * 8]
        if work:
            row[6] = work.fund
            for n, amount in enumerate(quarters(work)):
                row[7 + 2 * n], row[8 + 2 * n] = work.physical, amount
        rows.append(row)
    return padded(rows)


def rak(works, office=OFFICE, year=2026):
    """Cash plan (RAK): wp-sipd@5e6580f, sipd-front@272ad3d. Money three times over."""
    months = MONTHS["id"]
    rows = [["FORMULIR RAK BELANJA"], [f"{office} Tahun Anggaran {year}"]]
    for work in works:
        month = [part for cash in work.cash for part in (cash, 0, 0)]
        quarter = [part for cash in work.cash for part in (cash, "", "")]
        rows += [
            ["Sub Kegiatan", ":", f"{work.code} {work.name}"],
            ["Kode Rekening", "Uraian", "Pagu", "Total Rak", "Semester I", *[""] * 5,
             "Semester II", *[""] * 5],
            [*[""] * 4, "Triwulan I", "", "", "Triwulan II", "", "", "Triwulan III",
             "", "", "Triwulan IV", "", ""],
            [*[""] * 4, *months],
            [ACCOUNTS[-1], "ATK", sum(work.cash), sum(work.cash), *month],
            ["JUMLAH ALOKASI KAS BELANJA PER BULAN", "", "", sum(work.cash), *month],
            ["JUMLAH ALOKASI KAS BELANJA PER TRIWULAN", "", "", "", *quarter],
        ]  # fmt: skip
    return padded(rows)


def dak(works, office=OFFICE, year=2026, thousands=1):
    """Report on special allocations: Perpres 5/2018, appendix III.

    ``thousands``: what the printed amounts of mechanism and realisation are divided by.
    """
    rows = [
        ["LAPORAN KEMAJUAN PELAKSANAAN KEGIATAN"],
        ["DANA ALOKASI KHUSUS (DAK) FISIK REGULER"], [f"TAHUN ANGGARAN {year}"],
        ["Provinsi : Lampung"],
        [f"Kabupaten Kota : {office.removeprefix('PEMERINTAH ')}"],
        ["No", "SUB BIDANG / KEGIATAN", "", "", "", "PERENCANAAN KEGIATAN", "", "", "",
         "MEKANISME PELAKSANAAN", "", "", "", "", "REALISASI (%)", "", "", "",
         "Kodefikasi/ Keterangan/ Permasalahan"],
        [*[""] * 5, "Volume", "Satuan", "Jumlah Penerima Manfaat", "PAGU DAK",
         "Swakelola", "", "Kontraktual", "", "Metode Pembayaran", "Keuangan", "",
         "Fisik", "", ""],
        [*[""] * 9, "Volume", "(Rp. Dalam Ribuan)", "Volume", "(Rp. Dalam Ribuan)", "",
         "(Rp. Dalam Ribuan)", "%", "Volume", "%", ""],
        [*["(1)", "(2)", "", "", ""], *(f"({n})" for n in range(3, 16)), ""],
    ]  # fmt: skip
    money = total(works)
    rows += [
        ["1", "Sub Bidang KB", *[""] * 6, money],
        ["", "a. Menu Sarana", *[""] * 6, money],
    ]
    for number, work in enumerate(works, 1):
        rows.append(
            ["", f"{number}) {work.name}", "", "", "", work.target, work.unit, 1,
             work.budget, "", "", work.target, work.budget // thousands, "LS",
             work.spent // thousands, 0, 0, work.physical, "8"]
        )  # fmt: skip
    rows.append(["TOTAL", *[""] * 7, money])
    return padded(rows)


def bokb(works, office=OFFICE, year=2026):
    """BOKB in the public program of a kabupaten. Units inside cells."""
    rows = [
        [f"LAPORAN DAK NON FISIK BOKB {office} TAHUN {year}"],
        ["Jenis DAK / Bidang DAK / Nama Paket", "Perencanaan Kegiatan", "", "",
         "Mekanisme Pelaksana", "", "", "Realisasi", "", "", "",
         "Sisa Anggaran s.d Triwulan Ini"],
        ["", "Volume", "Jumlah Penerima Manfaat", "Anggaran DAK (Rp.)",
         "Mekanisme Kegiatan", "Volume", "Uang (Rp)", "Fisik", "", "Keuangan", "", ""],
        [*[""] * 7, "Triwulan Ini", "s.d", "Rp.", "%", ""],
    ]  # fmt: skip
    for work in works:
        rows.append(
            [work.name, f"{work.target} {work.unit}", "25 Faskes",
             f"{rp(work.budget)[4:]},-", "Swakelola", f"{work.target} {work.unit}",
             f"{rp(work.budget)[4:]},-", "5,00 %", f"{work.physical},00 %",
             f"{rp(work.spent)[4:]},-", "40,00 %", ""]
        )  # fmt: skip
    return padded(rows)


def export(works, office=OFFICE, year=2026):
    """Flat export by account (monitor RAK): agusnurwanto/wp-sipd@5e6580f."""
    rows = [
        [f"DATA TAHUN ANGGARAN {year}"],
        ["No", "Kode SKPD", "Nama SKPD", "Kode Program", "Nama Program",
         "Kode Kegiatan", "Nama Kegiatan", "Kode Sub Kegiatan", "Nama Sub Kegiatan",
         "Kode Akun", "Nama Akun", "Nilai Rincian", "Nilai Realisasi", "(Selisih)",
         "Total RAK", *(f"Bulan {n}" for n in range(1, 13))],
    ]  # fmt: skip
    for work in works:
        half, spent = work.budget // 2, work.spent // 2
        months = [part for cash in work.cash for part in (cash, 0, 0)]
        parts = [(half, spent, months),
                 (work.budget - half, work.spent - spent, [0] * 12)]  # fmt: skip
        for account, (budget, paid, cash) in enumerate(parts, 1):
            rows.append(
                [len(rows), "2.14", f"DINAS PPKB {office}", upper(work.code, 3), "P",
                 upper(work.code, 5), "K", work.code, work.name,
                 f"5.1.02.01.01.{account:04}", "ATK", budget, paid, budget - paid,
                 sum(cash), *cash]
            )  # fmt: skip
    return padded(rows)


@dataclass(frozen=True, kw_only=True)
class Form:
    """One maker: the entry of plan_forms.toml it is read as, and what it can hold."""

    key: str
    make: Callable
    holds: tuple[str, ...]


_COMMON = ("code", "activity_text", "budget")
FORMS = {
    "renja": Form(key="renja", make=renja,
                  holds=(*_COMMON, "indicator_text", "target", "unit", "fund")),
    "renja_new": Form(key="renja", make=renja_new,
                      holds=(*_COMMON, "indicator_text", "target", "unit", "fund")),
    "renja_short": Form(key="renja", make=renja_short,
                        holds=(*_COMMON, "indicator_text", "target", "unit")),
    "renja_upload": Form(key="renja_unggah", make=renja_upload,
                         holds=(*_COMMON, "indicator_text", "target", "unit", "fund")),
    "dpa": Form(key="rka", make=dpa,
                holds=(*_COMMON, "indicator_text", "target", "unit", "fund")),
    "dpa_changed": Form(
        key="rka", make=lambda works: dpa(works, box="DPPA", changed=True),
        holds=(*_COMMON, "indicator_text", "target", "unit", "fund"),
    ),
    "recap": Form(key="rekap", make=recap, holds=(*_COMMON, "fund")),
    "rfk": Form(key="rfk", make=rfk, holds=(*_COMMON, "fund", "spent", "physical")),
    "e81": Form(key="e81", make=e81,
                holds=(*_COMMON, "indicator_text", "target", "unit", "spent",
                       "realised")),
    "monitoring": Form(
        key="monitoring", make=lambda works: monitoring(works, quarters=first_only),
        holds=(*_COMMON, "fund", "spent", "physical"),
    ),
    "rak": Form(key="rak", make=lambda works: rak(list(map(cash_whole, works))),
                holds=(*_COMMON, "cash_1", "cash_2", "cash_3", "cash_4")),
    "export": Form(key="monitor_rak", make=export,
                   holds=(*_COMMON, "spent", "cash_1", "cash_2", "cash_3", "cash_4")),
}  # fmt: skip


def first_only(work):
    """All of it was spent in the first quarter: neither sum nor last is in doubt."""
    return (work.spent, 0, 0, 0)


def cash_whole(work):
    """A work whose cash is its budget: a cash plan prints no other."""
    return replace(work, cash=(*work.cash[:3], work.budget - sum(work.cash[:3])))
