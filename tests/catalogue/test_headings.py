"""Headings: many spellings, one meaning; what is not known is not guessed."""

from __future__ import annotations

import random
import re

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import headings as module
from kkbpk_geo.catalogue.headings import (
    find_below,
    find_headings,
    groups_in,
    headings,
    is_personal,
    phrase,
    words,
)
from kkbpk_geo.catalogue.programme import is_column, measures
from kkbpk_geo.catalogue.tables import choose_kind, table_kinds


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Jml. Kel. Anggota UPPKS (orang)", "jumlah kel anggota uppka"),
        ("JLH KLP YANG ADA", "jumlah kelompok ada"),
        ("PIK-R/M", "pik_r"),
        ("Bina Keluarga Balita", "bkb"),
        ("Kab/Kota", "kabupaten"),
        ("Jumlah Kelompok Kelompok BKB", "jumlah kelompok bkb"),
    ],
)
def test_a_phrase_has_one_spelling(printed, expected):
    assert phrase(printed) == expected


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("JUMLAH ANGGOTA", "members"),
        ("Anggota", "members"),
        ("MOW", "users_female_sterilisation"),
        ("Vastekomi", "users_male_sterilisation"),
        ("Kelurahan_Desa", "desa"),
        ("JUMLAH KELURAHAN/DESA", "villages"),
        ("SK PENGUKUHAN TIDAK", "groups_without_decree"),
    ],
)
def test_spellings_lead_to_the_field(printed, field):
    fields = [heading.field for heading in find_headings(phrase(printed))]
    assert [each for each in fields if each != "unclear"] == [field]


@pytest.mark.parametrize(
    "printed", ["Jumlah Anggota yang Meninggal", "Kelompok Usaha", "Rasio PUS", ""]
)
def test_a_near_match_is_no_match(printed):
    assert find_headings(phrase(printed)) == ()


def test_the_longer_heading_wins_over_its_own_beginning():
    shorter = find_headings(phrase("JUMLAH KELUARGA ANGGOTA"))
    longer = find_headings(phrase("JUMLAH KELUARGA ANGGOTA HADIR PERTEMUAN"))
    assert (shorter[0].field, longer[0].field) == ("members", "attending")


def test_uppks_is_uppka_and_kkb_names_no_group():
    assert groups_in("Laporan Kelompok UPPKS") == ("uppka",)
    assert groups_in("JUMLAH KKB") == ()
    assert groups_in("BKB dan BKL") == ("bkb", "bkl")


@pytest.mark.parametrize(
    "printed", ["NIK BIDAN", "No. HP", "NAMA BIDAN", "Alamat", "Tgl Lahir", "NIP"]
)
def test_headings_about_persons_are_told(printed):
    assert is_personal(printed)


@pytest.mark.parametrize("printed", ["NAMA FASKES", "NAMA KELOMPOK", "KABUPATEN"])
def test_headings_about_places_and_groups_are_not_about_persons(printed):
    assert not is_personal(printed)


def test_every_line_has_a_source_and_stands_once():
    lines = headings()
    assert all(line.source for line in lines)
    keys = [(line.phrase, line.where, line.field) for line in lines]
    assert len(keys) == len(set(keys))


def test_words_are_folded_lists():
    assert "sumber" in words("notes")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"heading": "BALITA", "table": "", "field": "toddlers"},
            "headings.csv [BALITA]: unknown field 'toddlers'; expected a column, "
            "a measure or one of ",
        ),
        (
            {"heading": "PUS", "table": "only?", "field": "couples"},
            "headings.csv [PUS]: unknown condition 'only?' in table.",
        ),
    ],
)
def test_a_wrong_line_of_the_catalogue_is_named(row, message):
    with pytest.raises(CatalogueError, match="^" + re.escape(message)):
        module._build(module.Line(note="", source="", **row))


@pytest.mark.parametrize(
    ("roles", "measures", "kind"),
    [
        ((), {"bkb_groups", "bkb_groups_reporting"}, "bkb_report"),
        ((), {"bkb_members", "bkb_attending"}, "bkb_families"),
        ((), {"uppka_groups", "villages"}, "uppka_report"),
        ((), {"bkb_groups", "bkr_groups"}, "measures"),
        ((), {"couples", "couples_unmet_need"}, "couples"),
        ((), {"couples", "users", "users_iud"}, "contraception"),
        ((), {"bkb_target_families", "bkb_participating_families"}, "group_targets"),
        ((), {"population", "bkb_target_families", "users"}, "targets"),
        (("group_name", "kind"), {"members"}, "groups"),
        (("facility_name", "latitude"), (), "facilities"),
        (("facility_name", "kecamatan"), {"couples"}, "couples"),
        (("facility_name", "training"), (), "staff"),
        (("kabkota",), (), "unknown"),
    ],
)
def test_columns_make_the_kind_of_table(roles, measures, kind):
    assert choose_kind(roles, measures) == kind


def test_every_kind_of_table_is_named_in_both_languages():
    assert all(kind.id and kind.en and kind.any for kind in table_kinds().values())


def test_whatever_stands_below_a_heading_is_kept_and_the_heading_itself_is_not():
    (line,) = find_below(("PKB Berdasarkan Jabatan", "Ahli Utama"))
    assert (line.field, line.below) == ("keep", True)
    assert find_below(("PKB Berdasarkan Jabatan",)) == ()
    # One cell that only begins like it stands below nothing.
    assert find_below(("PKB Berdasarkan Jabatan Ahli Utama",)) == ()


def test_a_heading_of_its_own_weighs_more_than_what_it_stands_below():
    text = "Jumlah Tempat Pelayanan KB Berdasarkan Klasifikasi KB Lengkap"
    assert find_headings(phrase(text))[0].field == "facilities_complete"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ("PUS > *", "", "couples", "", "x", ""),
            r"field is 'couples'; expected 'keep'",
        ),
        (("PUS", "", "couples", "", "x", "2021"), r"era: '2021' is not in eras.toml"),
    ],
)
def test_figures_below_anything_and_eras_that_are_none_are_refused(row, said):
    heading, table, field, note, source, era = row
    line = module.Line(
        heading=heading, table=table, field=field, note=note, source=source, era=era
    )
    with pytest.raises(CatalogueError, match=rf"headings.csv \[{row[0][:3]}.*{said}"):
        module._build(line)


def test_some_lines_name_the_era_of_their_form():
    (line,) = find_headings(phrase("KELUARGA TIDAK BERISIKO"))
    assert line.eras == ("siga",)


def test_what_stands_below_a_measure_is_never_kept_without_a_word():
    # PUS over parts and JUMLAH: the sum is the figure, or an error says why not.
    counted = [
        line.phrase
        for line in headings()
        if line.below and any(_counts(each) for each in find_headings(line.phrase))
    ]
    assert counted == []


def _counts(line):
    field = line.field.removesuffix("+")
    return not line.below and (is_column(field) or field in measures())


def test_no_line_repeats_what_a_line_before_it_means_everywhere():
    everywhere, idle = set(), []
    for line in headings():
        meant = (line.phrase, line.below, line.field)
        if meant in everywhere:
            idle.append(line)
        if not line.where:
            everywhere.add(meant)
    assert idle == []


def test_every_spelling_is_found_as_if_every_run_of_words_were_tried():
    spellings = module._spellings()
    longest = max(map(len, spellings))

    def slowly(tokens):
        found, at = [], 0
        while at < len(tokens):
            runs = [tuple(tokens[at : at + size]) for size in range(longest, 0, -1)]
            run = next((run for run in runs if spellings.get(run)), None)
            found += spellings[run] if run else [tokens[at]]
            at += len(run) if run else 1
        return found

    words = sorted(
        {word for spelling in spellings for word in spelling} | {"xyz", "di"}
    )
    rng = random.Random(1)
    for spelling in spellings:
        text = [*rng.choices(words, k=2), *spelling, *rng.choices(words, k=2)]
        assert module._one_spelling(text) == slowly(text)
        assert module._one_spelling([*spelling]) == slowly([*spelling])
