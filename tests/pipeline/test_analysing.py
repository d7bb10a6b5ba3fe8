"""From a run to judgement: every question answered or skipped with its reason."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.pipeline.analysing import (
    analyse,
    make_index,
    page,
    write_analysis,
    write_index,
)
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run
from kkbpk_geo.regions.register import children

HEAD = "KABUPATEN;PUS;UNMET NEED;PA;JUMLAH DESA;BULAN\n"


def sheet(folder, name="data.csv"):
    """Fifteen districts in two months, no two of them alike."""
    rows = [
        f"{unit.name};{1000 + 10 * i};{50 + i * month};{600 - 3 * i - month};20;{name}"
        for month, name in ((1, "OKTOBER"), (2, "NOVEMBER"))
        for i, unit in enumerate(children("18"))
    ]
    path = folder / name
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    path = sheet(tmp_path_factory.mktemp("data"))
    return run(Project(tables=(path,), year=2025))


def test_every_question_has_a_section_or_a_reason(done):
    found = analyse(done)
    keys = [s.key for s in found.sections]
    assert keys[0] == "index"
    assert "funnel-unmet_need" in keys
    assert "clusters-contraceptive_use" in keys
    assert keys[-1] == "change"
    assert all(s.sentences[0] for s in found.sections)
    assert all(isinstance(s.table, pd.DataFrame) for s in found.sections)


def test_the_page_is_the_same_each_time_and_asks_for_nothing(done, tmp_path):
    found = analyse(done, keys=("unmet_need",))
    text = page(found)
    assert text == page(analyse(done, keys=("unmet_need",)))
    assert "default-src 'none'" in text
    assert "http" not in text.replace("http-equiv", "")
    files = write_analysis(found, tmp_path)
    assert files[0].name == "analisis.html"
    assert len(files) == 1 + len(found.sections)


def test_the_index_says_which_indicators_are_absent(done):
    with pytest.raises(IndicatorError, match=r"needs \['kit_coverage:bkb'\], which th"):
        make_index(done, keys=("kit_coverage:bkb", "unmet_need"))


def test_one_indicator_is_no_index(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("KABUPATEN;PUS;PA\nPringsewu;10;5\nMesuji;10;6\n", encoding="utf-8")
    lone = run(Project(tables=(path,), year=2025))
    with pytest.raises(IndicatorError, match="an index needs two indicators"):
        make_index(lone)


def test_an_index_is_written_as_table_and_picture(done, tmp_path):
    names = [p.name for p in write_index(make_index(done), tmp_path)]
    assert names == ["indeks.csv", "indeks.png"]


def test_the_sample_stays_marked_wherever_it_goes(tmp_path):
    path = sheet(tmp_path, "contoh_data.csv")
    assert run(Project(tables=(path,), year=2025)).project.sample
