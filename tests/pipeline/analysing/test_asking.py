"""From a run to judgement: every question answered or skipped with its reason."""

import pandas as pd
import pytest
from analysing_run import sheet

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.pipeline.analysing.asking import analyse, make_index
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run

# What an office does not say; it stands in the method, which is folded away.
EXACT = (
    "ragam", "penemuan keliru", "rancangan acak", "Gini", "Moran", "normalisasi",
    "permutasi", "p = ", "variance", "false-discovery", "random designs",
    "normalisation", "Bayes", "doi:",
)  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    path = sheet(tmp_path_factory.mktemp("data"))
    return run(Project(tables=(path,), year=2025))


@pytest.fixture(scope="module")
def found(done):
    return analyse(done)


def test_every_question_has_a_section_or_a_reason(found):
    keys = [s.key for s in found.sections]
    assert keys[0] == "index"
    assert "funnel-unmet_need" in keys
    assert "clusters-contraceptive_use" in keys
    assert keys[-1] == "change"
    assert all(s.sentences[0] for s in found.sections)
    assert all(isinstance(s.table, pd.DataFrame) for s in found.sections)


def test_every_heading_is_a_question_and_every_answer_a_sentence(found):
    for section in found.sections:
        for language in LANGUAGES:
            own = section.said[language]
            assert own.heading.endswith("?")
            assert own.sentences[0].endswith(".")
            assert own.method


@pytest.mark.parametrize("word", EXACT)
def test_terms_an_office_does_not_use_stand_in_the_method_only(found, word):
    for section in found.sections:
        for language in LANGUAGES:
            own = section.said[language]
            said = " ".join((own.heading, *own.sentences, *own.points))
            assert word.casefold() not in said.casefold(), section.key


def test_the_exact_terms_and_their_sources_are_in_the_method(found):
    method = " ".join(
        text for section in found.sections for text in section.said["id"].method
    )
    for word in ("Gini", "I Moran", "rancangan acak", "penemuan keliru", "Ragam"):
        assert word in method
    for source in ("Saisana", "Spiegelhalter", "Anselin", "Kitagawa", "Marshall"):
        assert source in method


def test_what_lies_together_and_matters_is_what_needs_attention(found):
    said = {section.key: section.heading for section in found.sections}
    assert said["clusters-contraceptive_use"].endswith(
        "apakah yang rendah berkelompok?"
    )
    assert said["clusters-unmet_need"].endswith("apakah yang tinggi berkelompok?")


def test_the_first_question_names_the_level_of_the_map(found):
    assert found.sections[0].said["id"].heading == "Kabupaten/kota mana lebih dulu?"
    assert found.sections[0].said["en"].heading == "Which districts come first?"


def test_the_first_three_are_explained(found):
    index = found.sections[0]
    assert len(index.said["id"].points) == 3
    assert index.said["id"].points[0].startswith("Kota Metro pasti ke-1 (nilai 0,0). ")


def test_the_summary_answers_each_question_in_two_sentences_in_either_language(found):
    lines = found.summary().splitlines()
    assert len(lines) == len(found.sections)
    assert lines[0].startswith("Kabupaten/kota mana lebih dulu? ")
    assert found.summary("en").startswith("Which districts come first? ")


def test_the_order_by_results_is_told_from_the_order_of_the_map(found):
    sentence = {
        "id": (
            "Urutan ini menurut hasil (2 indikator); urutan Prioritas di peta menurut "
            "layanan yang kurang, sehingga keduanya dapat berbeda."
        ),
        "en": (
            "This order goes by results (2 indicators); the order of Priorities on the "
            "map goes by what services lack, so the two may differ."
        ),
    }
    for language in LANGUAGES:
        sure = found.sections[0].said[language].sentences[1]
        assert sure.endswith(sentence[language])
        assert sentence[language] in found.summary(language).splitlines()[0]


def test_a_question_that_cannot_be_answered_is_said_in_both_languages(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("KABUPATEN;PUS;PA\nPringsewu;10;5\nMesuji;10;6\n", encoding="utf-8")
    found = analyse(run(Project(tables=(path,), year=2025)))
    assert found.skipped == found.absent["id"]
    assert found.absent["id"][0] == (
        "Kabupaten/kota mana lebih dulu? Tabelnya memuat kurang dari dua indikator "
        "yang berbeda antarwilayah; tambahkan tabel, atau sebut indikatornya dengan "
        "--indicator."
    )
    assert found.absent["en"][0].startswith("Which districts come first? The tables fe")


def test_too_few_regions_are_a_reason_in_the_language_of_the_page(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("KABUPATEN;PUS;PA\nPringsewu;10;5\nMesuji;10;6\n", encoding="utf-8")
    found = analyse(run(Project(tables=(path,), year=2025)))
    assert (
        "Kesertaan ber-KB (PA/PUS): apakah yang rendah berkelompok? Terlalu sedikit "
        "wilayah yang angkanya lengkap untuk menjawabnya; tambahkan tabel wilayah lain."
    ) in found.absent["id"]
    assert not any("needs at least" in text for text in found.absent["en"])


def test_the_index_says_which_indicators_are_absent(done):
    with pytest.raises(IndicatorError, match=r"needs \['kit_coverage:bkb'\], which th"):
        make_index(done, keys=("kit_coverage:bkb", "unmet_need"))


def test_one_indicator_is_no_index(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("KABUPATEN;PUS;PA\nPringsewu;10;5\nMesuji;10;6\n", encoding="utf-8")
    lone = run(Project(tables=(path,), year=2025))
    with pytest.raises(IndicatorError, match="an index needs two indicators"):
        make_index(lone)


def test_the_sample_stays_marked_wherever_it_goes(tmp_path):
    path = sheet(tmp_path, "contoh_data.csv")
    assert run(Project(tables=(path,), year=2025)).project.sample
