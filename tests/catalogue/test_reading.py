"""Reading: what a file says is of the type that the code relies on, or is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import reading
from kkbpk_geo.catalogue.activities import Activity
from kkbpk_geo.catalogue.findings import FindingKind
from kkbpk_geo.catalogue.indicators import Indicator, Standard
from kkbpk_geo.catalogue.programme import FacilityKind, Measure
from kkbpk_geo.catalogue.rules import Rule
from kkbpk_geo.catalogue.supplies import SupplyItem
from kkbpk_geo.catalogue.tables import TableKind, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    key: str
    long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    key: str
    id: str
    parts: tuple[str, ...] = ()
    mood: Literal["good", "bad"] = "good"
    share: float = 1.0
    limit: float | None = None
    year: int = 0
    sure: bool = False
    own: Mapping[str, str] = field(default_factory=dict)
    legs: tuple[Leg, ...] = ()
    odd: set[str] = field(default_factory=set)
    either: int | str = 0


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A folder that stands in for the catalogue's own."""
    monkeypatch.setattr(reading, "files", lambda _: tmp_path)
    return tmp_path


def test_an_entry_becomes_an_object_with_its_key_and_tuples_for_lists():
    thing = reading.build(Thing, {"id": "x", "parts": ["a", "b"]}, file="f", key="k")
    assert thing == Thing(key="k", id="x", parts=("a", "b"))


def test_an_unknown_key_is_refused_with_the_known_ones():
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {"id": "x", "lable": "y"}, file="things.toml", key="bkb")
    assert str(caught.value) == (
        "things.toml [bkb]: unknown ['lable']; known: ['either', 'id', 'legs', "
        "'limit', 'mood', 'odd', 'own', 'parts', 'share', 'sure', 'year']."
    )


def test_a_missing_key_is_named():
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {}, file="things.toml", key="bkb")
    assert str(caught.value) == "things.toml [bkb]: missing ['id']."


def test_a_file_gives_its_entries_in_order_and_cannot_be_changed(catalogue):
    text = '[b]\nid = "B"\n[a]\nid = "A"\n'
    (catalogue / "things.toml").write_text(text, encoding="utf-8")
    found = reading.build_all(Thing, "things.toml")
    assert list(found) == ["b", "a"]
    with pytest.raises(TypeError, match="does not support item assignment"):
        found["c"] = Thing(key="c", id="C")


def test_a_file_that_is_not_toml_is_named(catalogue):
    (catalogue / "things.toml").write_text("[b\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"^things\.toml: not valid TOML: "):
        reading.read_toml("things.toml")


def test_comments_and_empty_lines_of_a_csv_are_skipped(catalogue):
    text = "# source: here\n\ncode,name\n18.10,Pringsewu\n# end\n"
    (catalogue / "things.csv").write_text(text, encoding="utf-8")
    assert reading.read_csv("things.csv") == [{"code": "18.10", "name": "Pringsewu"}]


# --- types ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("id", 3, "id is 3; expected text in quotes."),
        ("id", ["x"], "id is ['x']; expected text in quotes."),
        ("sure", "no", "sure is 'no'; expected true or false, without quotes."),
        ("sure", 0, "sure is 0; expected true or false, without quotes."),
        ("share", "1.0", "share is '1.0'; expected a number, without quotes."),
        ("share", True, "share is True; expected a number, without quotes."),
        (
            "share",
            float("nan"),
            "share is nan; expected a number that is neither inf nor nan.",
        ),
        ("limit", "1", "limit is '1'; expected a number, without quotes."),
        ("year", 2026.5, "year is 2026.5; expected a whole number, without quotes."),
        ("year", True, "year is True; expected a whole number, without quotes."),
        ("mood", "mad", "mood is 'mad'; expected 'good' or 'bad'."),
        ("mood", ["good"], "mood is ['good']; expected 'good' or 'bad'."),
        ("parts", "a", 'parts is \'a\'; expected a list in brackets: ["...", "..."].'),
        ("parts", ["a", 3], "parts, item 2, is 3; expected text in quotes."),
        ("own", "a", "own is 'a'; expected a table: KEY = VALUE lines."),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_was_expected(key, value, said):
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {"id": "x", key: value}, file="things.toml", key="k")
    assert str(caught.value) == f"things.toml [k] {said}"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"own": {"a": 3}}, "[k.own] a is 3; expected text in quotes."),
        (
            {"legs": {"left": {"long": "yes"}}},
            "[k.legs.left] long is 'yes'; expected true or false, without quotes.",
        ),
        ({"legs": {"left": 3}}, "[k.legs.left] is 3; expected a table."),
        ({"key": "j"}, "[k]: unknown ['key']; known: "),
    ],
)
def test_what_stands_in_a_table_of_an_entry_is_named_with_both(entry, said):
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {"id": "x", **entry}, file="things.toml", key="k")
    assert str(caught.value).startswith(f"things.toml {said}")


def test_tables_in_an_entry_become_named_objects_in_their_order():
    entry = {
        "id": "x",
        "own": {"a": "b"},
        "limit": 2,
        "legs": {"left": {"long": True}, "right": {"long": False}},
    }
    thing = reading.build(Thing, entry, file="things.toml", key="k")
    assert thing.legs == (Leg(key="left", long=True), Leg(key="right", long=False))
    assert thing.limit == 2
    with pytest.raises(TypeError, match="does not support item assignment"):
        thing.own["c"] = "d"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("odd", ["a"], "set[str] is no type that an entry of the catalogue can have."),
        (
            "either",
            1,
            "(<class 'int'>, <class 'str'>) are several types; an entry has one, or "
            "none.",
        ),
    ],
)
def test_a_hint_that_no_file_can_fulfil_is_named(key, value, said):
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {"id": "x", key: value}, file="things.toml", key="k")
    assert str(caught.value) == f"things.toml [k] {key}: {said}"


TRUTH, NUMBER = "true or false, without quotes", "a number, without quotes"
LIST = 'a list in brackets: ["...", "..."]'
WRONG = [
    (Standard, "standards.toml", "village_group", "official", "no", TRUTH),
    (Standard, "standards.toml", "kampung_kb", "value", "1.0", NUMBER),
    (
        Standard,
        "standards.toml",
        "officers",
        "mode",
        "least",
        "'at_least' or 'at_most'",
    ),
    (Indicator, "indicators.toml", "unmet_need", "numerator", "couples", LIST),
    (
        Indicator,
        "indicators.toml",
        "unmet_need",
        "direction",
        "up",
        "'better', 'worse' or 'context'",
    ),
    (
        Activity,
        "activities.toml",
        "monitoring",
        "rhythm",
        "daily",
        "'monthly', 'quarterly' or 'once'",
    ),
    (
        FindingKind,
        "findings.toml",
        "duplicate_entry",
        "severity",
        "fatal",
        "'error', 'warning' or 'info'",
    ),
    (
        Rule,
        "rules.toml",
        "reporting_groups",
        "check",
        "above",
        "'each_at_most', 'sum_at_most', 'sum_equals', 'none_without', 'copied' or "
        "'frozen'",
    ),
    (Measure, "measures.toml", "groups", "unit", 5, "text in quotes"),
    (Measure, "measures.toml", "groups", "per_group", "yes", TRUTH),
    (
        FacilityKind,
        "facilities.toml",
        "hospital",
        "shape",
        "heart",
        "'circle', 'square', 'diamond', 'triangle', 'cross', 'star', 'hexagon' or "
        "'pentagon'",
    ),
    (
        TableKind,
        "tables.toml",
        "plan",
        "rows",
        "lines",
        "'regions', 'groups', 'facilities', 'staff', 'persons', 'plan' or 'inventory'",
    ),
    (
        Template,
        "templates.toml",
        "groups",
        "rows",
        "3000",
        "a whole number, without quotes",
    ),
]


@pytest.mark.parametrize(("kind", "file", "entry", "key", "value", "expected"), WRONG)
def test_a_slip_in_a_real_file_is_named(kind, file, entry, key, value, expected):
    table = reading.read_toml(file)[entry]
    reading.build(kind, table, file=file, key=entry)
    with pytest.raises(CatalogueError) as caught:
        reading.build(kind, {**table, key: value}, file=file, key=entry)
    assert (
        str(caught.value)
        == f"{file} [{entry}] {key} is {value!r}; expected {expected}."
    )


def test_a_slip_in_a_table_of_a_file_names_the_table_too(catalogue):
    text = '[item.kka]\nid = "KKA"\nen = "KKA"\nkind = "toy"\ngroup = "bkb"\n'
    text += 'unit = "kartu"\nbase = "bkb_members"\ndocument = "x"\n'
    (catalogue / "supplies.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        reading.build_all(SupplyItem, "supplies.toml", "item")
    assert str(caught.value) == (
        "supplies.toml [item.kka] kind is 'toy'; expected 'kit', 'book', 'card' or "
        "'media'."
    )


# --- lists and rows -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "things.toml: missing [same]; it has []."),
        ("same = 3", "things.toml [same] is 3; expected a table: KEY = VALUE lines."),
        (
            '[same]\nada = "terdaftar"',
            "things.toml [same] ada is 'terdaftar'; expected a list in brackets: "
            '["...", "..."].',
        ),
        (
            "[same]\nada = [1]",
            "things.toml [same] ada, item 1, is 1; expected text in quotes.",
        ),
        ('[same]\nb = ["x"]', "things.toml [same]: unknown ['b']; known: ['ada']."),
    ],
)
def test_a_table_of_lists_is_typed_too(catalogue, text, said):
    (catalogue / "things.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        reading.read_as(dict[Literal["ada"], tuple[str, ...]], "things.toml", "same")
    assert str(caught.value) == said


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    code: str
    sure: Literal["yes", "no"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "code,sure\n18.01,maybe\n",
            "things.csv [18.01] sure is 'maybe'; expected 'yes' or 'no'.",
        ),
        (
            "code,shure\n18.01,yes\n",
            "things.csv [18.01]: unknown ['shure']; known: ['code', 'sure'].",
        ),
        (
            "cod,sure\n18.01,yes\n",
            "things.csv [row 1]: unknown ['cod']; known: ['code', 'sure'].",
        ),
        (
            "code,sure\n18.01,yes,indeed\n",
            "things.csv [18.01]: 3 cells; expected 2: code, sure. Put a cell that "
            "holds a comma in quotes.",
        ),
        (
            "code,sure\n18.01\n",
            "things.csv [18.01]: 1 cells; expected 2: code, sure. Put a cell that "
            "holds a comma in quotes.",
        ),
    ],
)
def test_a_slip_in_a_row_is_named(catalogue, text, said):
    (catalogue / "things.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        reading.build_rows(Row, "things.csv", "code")
    assert str(caught.value) == said


def test_a_last_cell_that_most_rows_leave_out_is_empty_there(catalogue):
    text = "code,sure,note?\n18.01,yes\n18.02,no,late\n"
    (catalogue / "things.csv").write_text(text, encoding="utf-8")
    assert reading.read_csv("things.csv") == [
        {"code": "18.01", "sure": "yes", "note": ""},
        {"code": "18.02", "sure": "no", "note": "late"},
    ]
    (catalogue / "things.csv").write_text(text + "18.03\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"18.03\]: 1 cells; expected 3: code, "):
        reading.read_csv("things.csv")


def test_a_csv_without_lines_has_no_rows(catalogue):
    (catalogue / "things.csv").write_text("# nothing yet\n", encoding="utf-8")
    assert reading.build_rows(Row, "things.csv", "code") == ()
