"""Which of two copies is the later one, by its words and never by a clock."""

import pytest

from kkbpk_geo.intake.cells.editions import find_edition, later


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("bkb", "bkb REVISI"),
        ("bkb REV 2", "bkb rev3"),
        ("bkb revisi 9", "bkb revisi ke-10"),
        ("bkb", "bkb (1)"),
        ("bkb (1)", "bkb (2)"),
        ("bkb", "bkb_v2"),
        ("bkb", "bkb final"),
        ("bkb final", "bkb final revisi"),
        ("bkb final", "bkb final2"),
        ("bkb final 2", "bkb FINAL 3"),
        ("bkb", "bkb perbaikan"),
        ("per 5 Desember 2025", "per 10 Desember 2025"),
        ("2025-12-04", "20251205"),
        ("04/12/2025", "05.12.2025"),
        ("31-1-2025", "1 Februari 2025"),
    ],
)
def test_a_date_or_a_word_tells_the_later_copy(older, newer):
    assert later(find_edition([newer]), find_edition([older])) == 1
    assert later(find_edition([older]), find_edition([newer])) == -1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bkb", "bkb"),
        ("bkb final", "bkb revisi"),  # which was written last?
        ("bkb 2025-12-01 revisi 2", "bkb 2025-12-05"),  # they say the contrary
        ("bkb Oktober 2025", "bkb November 2025"),  # months are no dates of a copy
        ("peserta KB baru", "peserta KB"),
        ("salinan bkb", "bkb"),
    ],
)
def test_where_words_do_not_tell_neither_is_later(one, other):
    assert later(find_edition([one]), find_edition([other])) == 0


def test_a_copy_says_it_in_its_title_its_sheet_or_its_file():
    edition = find_edition(["KEADAAN PER 30 NOVEMBER 2025", "Sheet1", "rekap REV 2"])
    assert (edition.date, edition.revision) == ("2025-11-30", 2)
