"""The trail names who, when, from what, to what; a sentence counts it."""

import pytest

from kkbpk_geo.intake.corrections.audit import audit_frame, say_corrected
from kkbpk_geo.intake.model import Correction


def line(state, *, book="a.xlsx", action="cell"):
    return Correction(file="bkb.csv", book=book, state=state, action=action)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "Tidak ada sel yang dibetulkan."),
        (["correction_done"], "Tidak ada sel yang dibetulkan."),
        (["corrected", "correction_still", "correction_repeated"],
         "2 sel dibetulkan menurut 1 buku kerja."),
        (["corrected", "correction_changed"],
         "1 sel dibetulkan menurut 1 buku kerja. 1 pembetulan tidak dapat dipakai; "
         "sebabnya ada di temuan dan koreksi.csv."),
    ],
)  # fmt: skip
def test_what_was_used_and_what_was_not_is_counted(states, said):
    assert say_corrected([line(state) for state in states]) == said


def test_the_workbooks_that_were_used_are_counted_once_each():
    lines = [line("corrected", book=book) for book in ("a.xlsx", "b.xlsx", "b.xlsx")]
    lines.append(line("row_removed", action="row"))
    lines.append(line("correction_changed", book="c.xlsx"))
    assert say_corrected(lines, "en").startswith(
        "Cells corrected by workbooks of districts (2): 3. "
        "Rows left out by workbooks of districts (1): 1."
    )


def test_a_correction_that_was_not_tried_yet_has_no_sentence():
    frame = audit_frame([line("")])
    assert frame["said"].tolist() == [""]
    assert frame["row"].isna().all()
    said = audit_frame([line("correction_no_key")], "en")["said"][0]
    assert said.startswith("This is no workbook of findings")
