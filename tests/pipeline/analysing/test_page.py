"""The page of an analysis: both languages, light, quick, and part of its family."""

import re

import pytest
from analysing_run import sheet
from sides import side

from kkbpk_geo.io import Family, Way
from kkbpk_geo.pipeline.analysing.asking import analyse, make_index
from kkbpk_geo.pipeline.analysing.page import page, write_analysis, write_index
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

FAMILY = Family(
    title="Peta kerja",
    ways=(
        Way(key="priorities", path="peta-kerja.html#prioritas"),
        Way(key="analysis", path="analisis/analisis.html"),
    ),
)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    path = sheet(tmp_path_factory.mktemp("data"))
    return run(Project(tables=(path,), year=2025))


@pytest.fixture(scope="module")
def found(done):
    return analyse(done)


@pytest.fixture(scope="module")
def text(found):
    return page(found)


def test_the_page_is_the_same_each_time_and_asks_for_nothing(done, text):
    assert text == page(analyse(done))
    assert "default-src 'none'" in text
    assert "http" not in text.replace("http-equiv", "")


def test_the_answer_of_the_first_question_is_the_heading_of_the_page(found, text):
    for language in ("id", "en"):
        said = found.sections[0].said[language].sentences
        assert f"<h1>{said[0]}</h1>" in side(text, language)
        assert f'<p class="second-line">{said[1]}</p>' in side(text, language)


def test_both_languages_have_every_question_and_their_own_numbers(found, text):
    for language in ("id", "en"):
        own = side(text, language)
        assert own.count("<section") == len(found.sections)
    assert ">53,1<" in side(text, "id")
    assert ">53.1<" in side(text, "en")


def test_fifteen_districts_in_two_languages_weigh_little(text):
    # 14 pictures of pixels in two languages would be ten times as much.
    assert len(text.encode()) < 250_000


def test_every_list_says_that_one_is_the_most_in_need(text):
    own = side(text, "id")
    for one in re.findall(r"<section.*?</section>", own, re.DOTALL):
        if "Urutan</th>" in one:
            assert "1 = paling perlu perhatian" in one


def test_the_method_is_folded_away(found, text):
    own = side(text, "id")
    assert own.count("<details") == len(found.sections)
    assert "<details open" not in own
    bare = re.sub(r"<details.*?</details>", "", own, flags=re.DOTALL)
    assert "doi:" in own
    assert "doi:" not in bare


def test_a_picture_without_a_pattern_is_folded_away_with_the_method(found, text):
    own = side(text, "id")
    (section,) = re.findall(
        r'<section id="clusters-unmet_need".*?</section>', own, re.DOTALL
    )
    folded = {s.key: s.result.pattern for s in found.sections if "clusters" in s.key}
    inside = section.index("<svg") > section.index("<details")
    assert inside == (folded["clusters-unmet_need"] == "chance")


def test_the_page_leads_to_the_other_pages_of_the_run(found, tmp_path):
    first, *_ = write_analysis(found, tmp_path / "analisis", family=FAMILY)
    text = first.read_text("utf-8")
    assert 'href="../peta-kerja.html#prioritas"' in text
    assert 'aria-current="page">' in text


def test_the_page_and_a_table_of_every_section_are_written(found, tmp_path):
    files = write_analysis(found, tmp_path)
    assert files[0].name == "analisis.html"
    assert len(files) == 1 + len(found.sections)
    text = files[0].read_text("utf-8")
    assert all(path.name in text for path in files[1:])


def test_an_index_is_written_as_table_and_picture(done, tmp_path):
    names = [p.name for p in write_index(make_index(done), tmp_path)]
    assert names == ["indeks.csv", "indeks.png"]
