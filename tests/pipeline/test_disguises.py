"""A table in one disguise: the same figures on the map, or a finding that says why.

How many are tried: KKBPK_DISGUISES, all kinds together (the suite tries few of each).
"""

import os

import pytest
from disguises.kinds import KINDS
from disguises.sent import Disguised, grid
from disguises.tables import tables
from disguises.verdict import judge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kkbpk_geo as kg

FEW = 20 * len(KINDS)
TRIED = max(1, int(os.environ.get("KKBPK_DISGUISES", FEW)) // len(KINDS))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(
    max_examples=TRIED,
    derandomize="KKBPK_DISGUISES" not in os.environ,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
def test_a_disguise_never_changes_a_figure_in_silence(kind, data, tmp_path_factory):
    table = data.draw(tables())
    sent = KINDS[kind](data.draw, table)
    folder = tmp_path_factory.mktemp("sent")
    assert judge(sent, folder).false == [], f"{sent.kind} {sent.note}"


@given(data=st.data())
@settings(max_examples=TRIED, suppress_health_check=list(HealthCheck))
def test_a_clean_table_is_shown_as_it_is_and_raises_no_alarm(data):
    table = data.draw(tables())
    sent = Disguised("clean", [grid(table.sheet())], table.truth())
    assert judge(sent).false == []
    read = kg.read_table(sent.grids, province="Lampung")
    assert [f for f in read.findings if f.severity != "info"] == []
