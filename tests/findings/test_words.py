"""Findings: worded by the catalogue, masked, folded, split by district."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import findings as catalogue
from kkbpk_geo.catalogue.findings import SEVERITIES, FindingKind, finding_kinds
from kkbpk_geo.findings.words import (
    count_severities,
    finding,
    finding_sentence,
    finding_text,
    findings_frame,
    fold_findings,
    remedy_text,
    share_findings,
)
from kkbpk_geo.regions.register import place_name


def above(row=12, region="18.10", **more):
    return finding(
        "reporting_above_existing",
        file="bkb.csv",
        row=row,
        column="YANG LAPOR",
        value=5,
        expected="≤ 4 (YANG ADA)",
        region=region,
        **more,
    )


def test_a_finding_says_where_what_and_what_to_do_in_both_languages():
    found = above()
    assert found.severity == "error"
    assert finding_text(found) == (
        "bkb.csv, baris 12: YANG LAPOR = 5 melebihi yang ada; "
        "seharusnya ≤ 4 (YANG ADA). Kedua angka dipakai apa adanya."
    )
    assert finding_text(found, "en") == (
        "bkb.csv, row 12: YANG LAPOR = 5 is above what exists; "
        "expected ≤ 4 (YANG ADA). Both figures are used as they stand."
    )
    assert remedy_text(found) == (
        "Periksa kembali: mutakhirkan jumlah yang ada, atau betulkan jumlah yang lapor."
    )
    assert remedy_text(found, "en") == (
        "Check again: update how many exist, or correct how many reported."
    )


def test_a_village_is_named_beside_its_row():
    found = above(place="WONODADI, GADING REJO, 2025-11")
    assert finding_text(found, "en").startswith(
        "bkb.csv, row 12 (WONODADI, GADING REJO, 2025-11): YANG LAPOR = 5 is above"
    )


def test_a_sheet_is_named_where_there_is_one():
    found = finding("negative_count", file="a.xlsx", sheet="Mei", row=3, column="PUS")
    assert finding_text(found).startswith("a.xlsx, lembar Mei, baris 3: PUS = –")


@pytest.mark.parametrize("code", finding_kinds())
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_of_the_catalogue_can_be_said(code, language):
    said = finding_text(finding(code), language) + remedy_text(finding(code), language)
    assert "{" not in said
    assert said.count(".") >= 2


def test_the_two_languages_of_a_finding_speak_of_the_same_things():
    from string import Formatter

    for kind in finding_kinds().values():
        names = [
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in (kind.id, kind.en)
        ]
        assert names[0] == names[1], kind.key


def test_an_unknown_code_is_refused():
    with pytest.raises(CatalogueError) as err:
        finding("no_such")
    assert str(err.value) == (
        "findings.toml has no [no_such]; add it with its severity and words."
    )


def kind(**changes):
    words = {"id": "x.", "en": "x.", "remedy_id": "y.", "remedy_en": "y."}
    return FindingKind(**{"key": "k", "severity": "error", **words, **changes})


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (
            kind(remedy_en="{values}"),
            "findings.toml [k]: unknown placeholders ['values']; known: ['column', "
            "'count', 'expected', 'file', 'region', 'row', 'sheet', 'value'].",
        ),
    ],
)
def test_a_wrong_entry_of_the_catalogue_is_named(broken, message):
    with pytest.raises(CatalogueError) as err:
        catalogue._check(broken)
    assert str(err.value) == message


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("7601011234560001", "•••"),
        ("7601 0112 3456 0001", "•••"),
        ("760101 123456 0001", "•••"),
        ("7.601015e+15", "•••"),
        ("0812-3456-7890", "•••"),
        ("+62 812 3456 7890", "•••"),
        ("18.10.01.2001", "18.10.01.2001"),
        ("1810012001", "1810012001"),
        ("1.234.567", "1.234.567"),
        ("2.041 atau 91,24 %", "2.041 atau 91,24 %"),
    ],
)
def test_identity_and_telephone_numbers_never_enter_a_finding(value, kept):
    assert finding("number_unreadable", value=value).value == kept


def test_values_become_one_short_line():
    found = finding("number_unreadable", value="LIMBORO\nRAMBU " + "x" * 200)
    assert found.value.startswith("LIMBORO RAMBU x")
    assert len(found.value) == 120


def test_braces_in_a_sheet_are_text():
    found = finding("number_unreadable", column="{count}", value="{0.__class__}")
    assert finding_sentence(found) == (
        'Isian "{0.__class__}" pada kolom {count} bukan angka; dianggap tidak ada data.'
    )


def test_the_same_fault_is_said_once_with_how_often():
    folded = fold_findings([above(row) for row in (12, 15, 19)])
    assert len(folded) == 1
    assert folded[0].row == 12
    assert folded[0].count == 3
    assert finding_text(folded[0]) == (
        "bkb.csv, baris 12: YANG LAPOR = 5 melebihi yang ada; "
        "seharusnya ≤ 4 (YANG ADA). Kedua angka dipakai apa adanya. "
        "(2 lagi seperti ini)"
    )


def test_folding_by_region_keeps_districts_apart():
    found = [above(1, "18.10"), above(2, "18.11"), above(3, "18.10")]
    folded = fold_findings(found, by_region=True)
    assert [(f.region, f.count) for f in folded] == [("18.10", 2), ("18.11", 1)]


some_findings = st.lists(
    st.builds(
        above,
        row=st.integers(1, 9),
        region=st.sampled_from(["", "18.10", "18.11", "Lampung Tenggara"]),
        count=st.integers(1, 5),
    )
)


@given(some_findings, st.booleans())
def test_folding_loses_no_finding(findings, by_region):
    folded = fold_findings(findings, by_region=by_region)
    assert sum(f.count for f in folded) == sum(f.count for f in findings)
    assert fold_findings(folded, by_region=by_region) == folded


@given(some_findings)
def test_every_finding_goes_to_exactly_one_district(findings):
    shares = share_findings(findings)
    assert sorted(map(id, (f for s in shares for f in s.findings))) == sorted(
        map(id, findings)
    )
    codes = [share.code for share in shares]
    assert codes == sorted(codes, key=lambda code: (code == "?", code))


def test_severities_are_counted_gravest_first():
    assert count_severities([above(), above(), finding("column_unknown")]) == {
        "error": 2,
        "warning": 0,
        "info": 1,
    }
    assert tuple(count_severities([])) == SEVERITIES


def test_the_frame_has_a_row_per_finding_and_a_missing_row_stays_missing():
    frame = findings_frame([above(), finding("column_unknown", column="X")], "en")
    assert list(frame["row"]) == [12, pd.NA]
    assert list(frame["region_name"]) == ["Pringsewu", ""]
    assert frame.loc[1, "finding"] == (
        "Column X is not known; it is kept as text and not counted."
    )
    assert str(frame["row"].dtype) == "Int64"
    assert str(frame["count"].dtype) == "int64"


def test_no_findings_give_an_empty_frame_with_its_columns():
    frame = findings_frame([])
    assert frame.empty
    assert "remedy" in frame.columns


def test_a_region_is_named_by_code_or_as_written():
    assert place_name("18.10") == "Pringsewu"
    assert place_name("99.99") == "99.99"
    assert place_name("Lampung Tenggara") == "Lampung Tenggara"


def test_numbers_that_we_computed_follow_the_language_and_written_ones_do_not():
    from kkbpk_geo.findings.words import finding, finding_sentence

    ours = finding("total_disagrees", file="a.csv", value="999", expected="1234.5")
    assert "1.234,5" in finding_sentence(ours, "id")
    assert "1,234.5" in finding_sentence(ours, "en")
    written = finding("negative_count", file="a.csv", value="-1.234")
    assert "-1.234" in finding_sentence(written, "id")
