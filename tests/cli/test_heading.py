"""What a heading leads to, asked on the command line."""

import pytest
from typer.testing import CliRunner

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.catalogue.headings import headings
from kkbpk_geo.catalogue.labels import has_label
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.cli.commands import app
from kkbpk_geo.cli.headings import _ROLES

RUN = CliRunner()


def ask(*arguments):
    """Ask, and return the exit code and what was printed."""
    done = RUN.invoke(app, ["heading", *arguments])
    return done.exit_code, done.output


def test_a_heading_is_answered_with_column_words_condition_and_source():
    code, said = ask("PUS ANGGOTA BER-KB", "IAT", "--group", "BKB")
    assert code == 0
    assert "→ bkb_member_couples_using: BKB: PUS anggota ber-KB / BKB: member " in said
    assert "(couples_want_later); bila isinya angka; sumber SR" in said


def test_the_answer_names_the_era_and_is_english_on_wish():
    code, said = ask("KELUARGA TIDAK BERISIKO", "--language", "en")
    assert code == 0
    assert "era New SIGA (since 2021)" in said
    assert "Families not at risk of stunting / Keluarga tidak berisiko stunting" in said


def test_what_is_not_known_is_told_with_what_is_near_and_fails():
    code, said = ask("PESERTA KB AKTF")
    assert code == 1
    assert 'tidak dikenal; dibandingkan sebagai "peserta kb aktf"' in said
    assert "mirip: PESERTA KB AKTIF" in said


def test_what_lacks_its_group_or_is_denied_by_the_title_says_what_to_write():
    code, said = ask("STATUS PUS")
    assert code == 1
    assert "belum cukup: sebutkan kelompoknya" in said
    code, said = ask("PIL", "--title", "STOK ALOKON")
    assert code == 1
    assert "tulis: PESERTA KB AKTIF PIL" in said
    assert ask("PIL")[0] == 0


def test_a_heading_with_a_condition_that_nothing_meets_says_so():
    code, said = ask("LAINNYA")
    assert code == 1
    assert "hanya dengan salah satu syarat berikut" in said
    assert "bila ada kolom didanai APBN" in said


def test_headings_are_asked_beside_each_other():
    assert "→ officers:" in ask("JUMLAH PKB")[1]
    both = ask("JUMLAH PKB", "JUMLAH PLKB")[1]
    assert "→ officers_pkb:" in both
    assert "→ officers_plkb:" in both


def test_data_about_persons_is_never_read_and_no_fault():
    assert ask("NIK BIDAN") == (0, "NIK BIDAN\n    data pribadi: tidak pernah dibaca\n")


def test_every_heading_of_a_file_is_listed_with_its_fate(tmp_path):
    path = tmp_path / "pus.csv"
    path.write_text(
        "NO;KABUPATEN;PUS;CATATAN;SESUATU;TAHUN\n1;MESUJI;48000;x;7;2025\n", "utf-8"
    )
    code, said = ask("--file", str(path))
    assert code == 0
    assert "pus.csv" in said
    assert "PUS → Pasangan usia subur (PUS) / Couples of reproductive age" in said
    assert "CATATAN → disimpan sebagai teks" in said
    assert "SESUATU" in said
    assert "lihat temuan" not in said


def test_a_column_that_gave_an_error_is_pointed_at(tmp_path):
    path = tmp_path / "krr.csv"
    path.write_text("KABUPATEN;STATUS PUS;TAHUN\nMESUJI;48;2025\n", "utf-8")
    _, said = ask("--file", str(path))
    assert "STATUS PUS → disimpan sebagai teks (lihat temuan: kkbpk-geo check)" in said


def test_nothing_asked_is_no_answer():
    assert ask() == (2, "Sebutkan judul kolom, atau --file BERKAS.\n")


def test_a_group_that_is_none_is_refused_with_those_there_are():
    done = RUN.invoke(app, ["heading", "PUS", "--group", "posyandu"])
    assert isinstance(done.exception, IntakeError)
    with pytest.raises(
        IntakeError, match=r"^group is 'posyandu'; expected one of bkb, "
    ):
        raise done.exception


def test_every_condition_of_the_catalogue_has_its_words():
    terms = {term for line in headings() for terms in line.where for term in terms}
    names = {term.removeprefix("!").partition(":")[0] for term in terms}
    assert [
        name for name in names - set(groups()) if not has_label(f"heading_if_{name}")
    ] == []


def test_conditions_and_denials_are_said_in_words():
    said = ask("PIL")[1]
    assert "judul tabel tentang persediaan alat dan obat" in said
    assert "judul tabel tentang wilayah Kampung KB saja" in said
    assert "bukan: ada kolom Peserta KB aktif (PA)" in said
    assert "maksudnya tidak jelas; tulis: PESERTA KB AKTIF PIL" in said


def test_the_group_of_a_heading_stands_in_what_to_write():
    assert "tulis: JUMLAH KELOMPOK BKR" in ask("BKR")[1]


def test_a_heading_over_parts_says_what_is_missing():
    assert "tambahkan kolom JUMLAH" in ask("PUS > KOTA A", "PUS > KOTA B")[1]


def test_every_subject_and_every_field_of_the_catalogue_has_its_words():
    lines = [line for line in headings() if not is_measure(line.field)]
    terms = {term for line in headings() for terms in line.where for term in terms}
    asked = [term.removeprefix("!").partition(":") for term in terms]
    subjects = {value for name, _, value in asked if name in ("named", "beside")}
    fields = {line.field.partition(":")[0] for line in lines}
    fields |= {value for name, _, value in asked if name == "with"}
    roles = {f for f in fields if not is_measure(f)} - set(_ROLES)
    keys = {f"heading_about_{each}" for each in subjects}
    keys |= {f"heading_as_{each}" for each in roles}
    assert sorted(key for key in keys if not has_label(key)) == []


def is_measure(name):
    bare = name.removesuffix("+")
    return is_column(bare) or bare in measures()
