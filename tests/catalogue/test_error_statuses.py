"""Every error takes its figure away, or says in a comment why there is none to take."""

from __future__ import annotations

import re
from importlib.resources import files

from kkbpk_geo.catalogue.findings import finding_kinds

# Of these the figures are used as they stand, and the sentence tells the reader so.
USED = {
    "region_code_name_disagree",
    "reporting_above_existing",
    "part_above_whole",
    "total_disagrees",
    "plan_form_level_sum",
    "plan_form_total",
}


def reasons():
    text = (files("kkbpk_geo") / "catalogue/findings.toml").read_text("utf-8")
    parts = re.split(r"(?m)^\[(\w+)\]$", text)[1:]
    written = dict(zip(parts[::2], parts[1::2], strict=True))
    found = {}
    for name, part in written.items():
        if said := re.search(r"(?m)^# no status: (.+)$", part):
            found[name] = said[1]
    return found


def test_an_error_has_a_status_that_withholds_its_figure_or_says_why_not():
    kinds = finding_kinds()
    errors = {name for name, kind in kinds.items() if kind.severity == "error"}
    without = {name for name in errors if not kinds[name].status}
    assert without == set(reasons())


def test_an_error_whose_figures_are_used_says_so_to_the_reader():
    kinds = finding_kinds()
    used = {name for name in reasons() if re.search(r"\b(is|are) used", kinds[name].en)}
    assert used - {"plan_sum_disagrees", "total_without_rows"} == USED
    for name in USED:
        assert "dipakai" in kinds[name].id
