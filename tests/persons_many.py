"""A hundred and more ways in which an office writes a person into a sheet.

Every name and number is made up. A way is a table and what must not be seen of it.
"""

from __future__ import annotations

NAME, FIRST, OTHER = "Zulaekhatok Wardhanitok", "Zulaekhatok", "Kenangatok"
SECRETS = ("zulaekha", "wardhani", "kenanga")
PLACES = ["Mesuji", "Pringsewu", "Kota Metro", "Way Kanan"]

# Headings over names that offices add to a list of groups.
OVER_NAMES = """
KETUA|KETUA KELOMPOK|SEKRETARIS|BENDAHARA|KADER|KADER 1|PETUGAS|NAMA PENYULUH|PEMBINA
PENANGGUNG JAWAB|NARAHUBUNG|CONTACT PERSON|CP|PENGURUS|KOORDINATOR|SUAMI|ISTERI|PESERTA
AKSEPTOR|OPERATOR|PELAPOR|BIDAN DESA|KEPALA DESA|NAMA|NAMA KETUA|PENDAMPING|FASILITATOR
PKB|LURAH|NAMA IBU|PIC|KORLAP|KETERANGAN|KET|CATATAN|KOLOM 9|Lain-lain|TTD|PELAKSANA
STATUS|INDIKATOR|SUMBER DANA|SATUAN
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

# How a name is written; each stands in a table of counts, where only it tells.
NAMES = [
    NAME, NAME.upper(), NAME.lower(), f"dr. {FIRST}", f"Hj. {NAME}", f"Ny. {FIRST}",
    f"Bpk {FIRST}", f"Ibu {NAME}", f"bu {FIRST.lower()}", f"{NAME}, S.Kep",
    f"{FIRST}, Amd.Keb", f"{NAME}, S.Tr.Keb., Bdn", f"{FIRST} binti {OTHER}",
    f"{FIRST} bin {OTHER}", f"a.n. {FIRST}", f"Siti {FIRST}", f"M. {NAME}",
    f"{NAME} SKM, M.Kes", f"Drs. H. {FIRST}", f"Sdri. {FIRST} / Sdr. {OTHER}",
    f"Ketua: Pak {FIRST}", f"pengurus bapak {FIRST} desa",
]  # fmt: skip

# How a number of a person is written; the digits that may not be seen stand beside.
NUMBERS = [
    ("0812/7900/4412", "4412"), ("(0812) 79004412", "79004412"),
    ("0812–7900–4412", "4412"), ("81279004412", "81279004412"),
    ("0812 7900 4412", "4412"), ("+62 812-7900-4412", "4412"),
    ("+62 (812) 7900.4412", "4412"), ("62812 7900 4412", "4412"),
    ("0062 812 7900 4412", "4412"), ("0812.7900.4412", "4412"),
    ("0812_7900_4412", "4412"), ("0812\u200b7900\u200b4412", "4412"),
    ("０８１２７９００４４１２", "４４１２"), ("٠٨١٢٧٩٠٠٤٤١٢", "٤٤١٢"),
    ("08 12 79 00 44 12", "79 00"), ("WA 0812-7900-4412 (istri)", "4412"),
    ("8.1279E+10", "1279"), (81279004412.0, "1279"), (81279004412, "81279004412"),
    ("(0721) 480123", "480123"), ("0721-480123", "480123"), ("021 7654321", "7654321"),
    ("1871024507850003", "4507850003"), ("187102 4507850003", "4507850003"),
    ("187102-450785-0003", "450785"), ("1871 0245 0785 0003", "0785"),
    ("18.71.02.450785.0003", "450785"), ("18 71 02 45 07 85 0003", "07 85"),
    (3.27e15, "3.27"), ("3,27E+15", "3,27"), (1871024507850003, "4507850003"),
    ("09.254.294.3-407.000", "254.294"), ("092542943407000", "254294"),
    ("0001234567890", "1234567890"), ("198507242010012003", "19850724"),
    ("19850724 201001 2 003", "19850724"), ("contoh.tok@kantor.id", "tok@"),
    ("contoh tok (at) kantor.id", "kantor.id"), ("tok@kantor", "tok@"),
    ("-5.43211, 105.26112", "43211"), ("-5,43211; 105,26112", "43211"),
    ("5°25'55\" LS", "25'55"), ("https://maps.app.goo.gl/tokRumah", "tokRumah"),
    ("Jl. Kenangatok 5", "Kenanga"), ("RT 02 RW 03 Kenangatok", "Kenanga"),
    ("002/003", "002/003"), ("rekening 4412-01-000123-53-9", "000123"),
]  # fmt: skip


def groups(heading, values, *, before=False):
    """A list of groups with one more column, behind the others or in front of them."""
    head = ["KABUPATEN", "NAMA KELOMPOK", "JENIS POKTAN", "JUMLAH ANGGOTA", "BULAN"]
    kinds = ["BKB", "BKR", "BKL", "UPPKA"]
    rows = [
        [place, f"Mawar {i}", kind, 10 + i, "MEI"]
        for i, (place, kind) in enumerate(zip(PLACES, kinds, strict=True))
    ]
    return _beside(head, rows, heading, values, before=before)


def counts(heading, values):
    """A table of counts by place with one more column."""
    head = ["KABUPATEN", "PUS", "BULAN"]
    rows = [[place, 40000 + i, "MEI"] for i, place in enumerate(PLACES)]
    return _beside(head, rows, heading, values)


def _beside(head, rows, heading, values, *, before=False):
    added = [heading, *values]
    if before:
        return [[one, *row] for one, row in zip(added, [head, *rows], strict=True)]
    return [[*row, one] for one, row in zip(added, [head, *rows], strict=True)]


def slipped(table, row, column, value):
    """The table with one cell that holds what belongs elsewhere."""
    changed = [list(cells) for cells in table]
    changed[row][column] = value
    return changed


def _in_lists():
    for heading in OVER_NAMES:
        yield f"list, {heading}", groups(heading, [NAME, OTHER, NAME, ""]), SECRETS
    for heading in ("NAMA", "KETUA"):
        table = groups(heading, [NAME, OTHER, NAME, FIRST], before=True)
        yield f"list, {heading} first", table, SECRETS
    for value, seen in NUMBERS:
        yield f"list, {value!r} in all", groups("KOLOM 9", [value] * 4), (seen,)
        one = groups("KOLOM 9", [value, "baik", "baik", "baik"])
        yield f"list, {value!r} in one", one, (seen,)


def _in_counts():
    for value in NAMES:
        yield f"counts, {value}", counts("KOLOM 9", [value, OTHER, value, ""]), SECRETS
    for heading in ("PETUGAS", "KETUA TIM", "NAMA BIDAN", "ALAMAT"):
        table = counts(heading, [NAME, "baik", "baik", "baik"])
        yield f"counts, {heading}", table, SECRETS
    for value, seen in NUMBERS[:20]:
        table = counts("KOLOM 9", [value, "baik", "baik", "baik"])
        yield f"counts, {value!r} in one", table, (seen,)


def _slipped():
    plain = counts("LAPOR", ["Ya", "Ya", "Tidak", "Ya"])
    listed = groups("LAPOR", ["Ya", "Ya", "Tidak", "Ya"])
    for value in NAMES:
        yield f"PUS, {value}", slipped(plain, 2, 1, value), SECRETS
        yield f"ANGGOTA, {value}", slipped(listed, 2, 3, value), SECRETS
    for value in (NAME, FIRST, f"dr. {FIRST}", f"bu {FIRST.lower()}"):
        yield f"BULAN, {value}", slipped(plain, 2, 2, value), SECRETS
        yield f"JENIS, {value}", slipped(listed, 2, 2, value), SECRETS
        yield f"LAPOR, {value}", slipped(listed, 2, 5, value), SECRETS
    for value in (f"dr. {FIRST}", f"Ibu {FIRST}", f"{NAME}, S.Kep"):
        yield f"KABUPATEN, {value}", slipped(plain, 2, 0, value), SECRETS
    for value, seen in NUMBERS[:12]:
        yield f"ANGGOTA, {value!r}", slipped(listed, 2, 3, value), (seen,)


def _each(head, *columns):
    """A table of four rows under a head: one place, one person, and more of each."""
    people = [NAME, OTHER, FIRST, f"Hj. {OTHER}"]
    rows = [[place, one] for place, one in zip(PLACES, people, strict=True)]
    return [head, *([*row, *more] for row, *more in zip(rows, *columns, strict=True))]


def _whole_lists():
    kinds = ["BKB", "BKR", "BKL", "BKB"]
    people = [NAME, OTHER, FIRST, f"Hj. {OTHER}"]
    yield "names alone", [["NAMA", "PUS"], *([one, 5] for one in people)], SECRETS
    head = ["KABUPATEN", "NAMA", "JENIS POKTAN"]
    aged = _each([*head, "UMUR"], kinds, [40] * 4)
    yield "persons with their age", aged, SECRETS
    titled = [["DAFTAR KADER", "", ""], *_each(head, kinds)]
    yield "a title says cadres", titled, SECRETS
    bare = _each([], ["081279004412"] * 4, [3] * 4)[1:]
    yield "a list without headings", bare, (*SECRETS, "4412")
    head = ["KABUPATEN", "NAMA KADER", "LINTANG", "BUJUR"]
    homes = _each(head, [-5.43211] * 4, [105.26112] * 4)
    yield "where cadres live", homes, (*SECRETS, "43211")
    homes = [["KABUPATEN", "NAMA PKB", "LINTANG", "BUJUR"], *homes[1:]]
    yield "where officers live", homes, (*SECRETS, "43211")
    head = ["KABUPATEN", "NAMA BIDAN", "NAMA FASKES", "PELATIHAN", "KET"]
    staff = _each(head, ["Klinik A"] * 4, ["CTU"] * 4, people)
    yield "staff", staff, SECRETS
    signed = counts("LAPOR", ["Ya"] * 4)
    for below in ("", "Mengetahui", NAME, "NIP 198507242010012003"):
        signed = [*signed, ["", "", "", below]]
    yield "signatures", signed, (*SECRETS, "19850724")
    moved = groups("KETUA", people)
    moved[2] = ["INDONESIA", "Lampung", "Pringsewu", "Mawar", "BKR", OTHER]
    yield "a row that has slipped", moved, SECRETS
    head = ["KABUPATEN", "PEMEGANG", "NAMA SARANA", "KONDISI", "JUMLAH"]
    stock = _each(head, ["BKB Kit"] * 4, ["baik"] * 4, [2] * 4)
    yield "who holds a kit", stock, SECRETS
    unknown = [["Hal", "Siapa"], ["Rapat", NAME], ["Aula", OTHER]]
    yield "an unknown table", unknown, SECRETS


def ways():
    """Yield a name, the rows of a table, and what may not be seen of it."""
    yield from _in_lists()
    yield from _in_counts()
    yield from _slipped()
    yield from _whole_lists()
