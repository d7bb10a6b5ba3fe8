import re

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import reading
from kkbpk_geo.catalogue import statuses as module
from kkbpk_geo.catalogue.statuses import (
    few_text,
    reasons,
    status_order,
    statuses,
    worded,
)

GOOD = {
    "rank": 50,
    "letter": "z",
    "id": "contoh",
    "en": "example",
    "hatch": "M0,0 8,1",
    "print": "**",
}


@pytest.fixture
def with_entry(monkeypatch):
    """Return a function that reads the table with one more entry."""
    table = reading.read_toml("statuses.toml")

    def read(entry):
        monkeypatch.setattr(reading, "read_toml", lambda _: {**table, "few": entry})
        return module.statuses.__wrapped__()

    return read


def test_the_table_has_every_reason_a_number_can_be_absent_for():
    assert list(statuses()) == [
        "ok", "partial", "missing", "not_reported", "not_yet_founded",
        "not_in_layer", "no_denominator", "not_finite", "suppressed", "few_persons",
        "small_number", "not_recognised", "two_versions", "unusable",
    ]  # fmt: skip
    assert [why.key for why in reasons()] == list(statuses())[2:]


def test_of_combined_numbers_the_graver_reason_is_told():
    assert status_order() == (
        "ok", "partial", "missing", "not_reported", "not_recognised", "two_versions",
        "unusable", "not_yet_founded", "not_in_layer", "no_denominator", "not_finite",
        "small_number", "suppressed", "few_persons",
    )  # fmt: skip


def test_letters_that_pages_already_have_keep_their_meaning():
    letters = {key: status.letter for key, status in statuses().items()}
    assert "".join(letters.values()) == "kpmrftdiswlnvu"


def test_a_word_is_there_in_both_languages():
    assert statuses()["not_reported"].name() == "belum lapor"
    assert statuses()["not_reported"].name("en") == "not reported"


def test_the_words_of_a_small_count_name_the_numbers_that_are_hidden():
    few = statuses()["few_persons"]
    assert worded(few, 5).name() == "jumlah kecil: 1–4 orang"
    assert worded(few, 10).name("en") == "small number: 1–9 persons"
    # No hyphen: a spreadsheet would make the first of April of it.
    assert "-" not in few_text(5)


def test_words_without_a_number_stay_as_they_are():
    for status in statuses().values():
        if status.key != "few_persons":
            assert worded(status, 5) == status


def test_a_complete_entry_is_taken_as_it_stands(with_entry):
    assert list(with_entry(GOOD))[-1] == "few"
    assert with_entry(GOOD)["few"].print == "**"


@pytest.mark.parametrize("part", ["rank", "letter", "id", "en"])
def test_an_entry_without_one_of_its_parts_is_refused(with_entry, part):
    text = f"statuses.toml [few]: missing ['{part}']."
    with pytest.raises(CatalogueError, match=f"^{re.escape(text)}"):
        with_entry({key: value for key, value in GOOD.items() if key != part})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hatch": ""}, "hatch is ''; expected a pattern."),
        ({"print": ""}, "print is ''; expected a pattern."),
        ({"value": True}, "hatch is 'M0,0 8,1'; expected none, because value is true."),
        ({"letter": "xy"}, "letter is 'xy'; expected one letter."),
        ({"en": ""}, "en is empty; expected the words a reader sees."),
        ({"rank": 3}, "rank 3 is that of [not_reported] too; expected one that no"),
        ({"letter": "m"}, "letter 'm' is that of [missing] too; expected one that no"),
        ({"print": "xxxx"}, "print 'xxxx' is that of [not_reported] too; expected"),
    ],
)
def test_an_entry_that_could_not_be_told_apart_is_refused(with_entry, change, message):
    text = f"statuses.toml [few]: {message}"
    with pytest.raises(CatalogueError, match=f"^{re.escape(text)}"):
        with_entry({**GOOD, **change})


def test_a_rank_in_quotes_is_refused(with_entry):
    text = "statuses.toml [few] rank is '9'; expected a whole number, without quotes."
    with pytest.raises(CatalogueError, match=f"^{re.escape(text)}"):
        with_entry({**GOOD, "rank": "9"})
