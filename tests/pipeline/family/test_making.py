"""Parts of a run: what has changed is made again; one that fails names itself."""

import json
from dataclasses import replace

import pytest

from kkbpk_geo.base.errors import EmptyDataError, MapError, OutputError, ProjectError
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.io import Family, Way, note_read, session, write_text
from kkbpk_geo.io.filled import write_form
from kkbpk_geo.pipeline.family.basis import Basis
from kkbpk_geo.pipeline.family.making import (
    Part,
    make_parts,
    nothing_changed,
)
from kkbpk_geo.pipeline.family.manifest import NAME
from kkbpk_geo.pipeline.parts import Failure, failure_findings, tried


class Parts:
    """Parts that write what stands in ``texts``, and say how often they were made."""

    def __init__(self, folder, **texts):
        self.folder, self.texts, self.calls = folder, texts, []
        self.lasting, self.apart = set(), {}

    def part(self, key):
        def write(so_far):
            self.calls.append(key)
            text = self.texts[key]
            ways = " ".join(way.path for way in so_far.family.ways)
            paths = [write_text(self.folder / f"{key}.html", f"{text}|{ways}")]
            if isinstance(text, Exception):
                raise text
            return paths

        return Part(
            key=key, file=f"{key}.html", write=write,
            ways=(Way(key="index", path=f"{key}.html"),),
            apart=frozenset(self.apart.get(key, ())), lasting=key in self.lasting,
            may_be_empty=key == "b",
        )  # fmt: skip

    def make(self, told=None, failures=(), marks=UNMARKED):
        basis = None if told is None else Basis(program="1", told=told)
        self.calls.clear()
        return make_parts(
            [replace(self.part(key), marks=marks) for key in self.texts],
            self.folder,
            basis=basis,
            family_of=lambda ways: Family(title="A", ways=ways),
            failures=failures,
            findings=lambda failed: {"error": len(failed)},
        )


def states(outcome):
    return {made.part: made.state for made in outcome.made}


def there(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != NAME)


def test_what_is_new_differs_or_stays_is_said_by_content(tmp_path):
    parts = Parts(tmp_path, a="1", b="2")
    assert states(parts.make({})) == {"a": "new", "b": "new"}
    parts.texts["b"] = "3"
    outcome = parts.make({})
    assert states(outcome) == {"a": "same", "b": "again"}
    assert [made.size for made in outcome.made] == [len("1|a.html b.html")] * 2


def test_a_lasting_part_is_not_made_again_unless_what_it_is_made_of_changes(tmp_path):
    parts = Parts(tmp_path, a="1", b="2")
    parts.lasting, parts.apart = {"a"}, {"a": ["colour"]}
    parts.make({"colour": "red", "year": 2025})
    assert parts.calls == ["a", "b"]
    parts.make({"colour": "red", "year": 2025})
    assert parts.calls == ["b"]
    parts.make({"colour": "blue", "year": 2025})
    assert parts.calls == ["b"]
    parts.make({"colour": "blue", "year": 2026})
    assert parts.calls == ["a", "b"]


def test_a_lasting_part_is_made_again_where_somebody_changed_its_file(tmp_path):
    parts = Parts(tmp_path, a="1")
    parts.lasting = {"a"}
    parts.make({})
    (tmp_path / "a.html").write_text("sunting", encoding="utf-8")
    assert states(parts.make({})) == {"a": "again"}
    (tmp_path / "a.html").unlink()
    assert states(parts.make({})) == {"a": "new"}


def test_a_lasting_part_is_made_again_where_the_ways_differ(tmp_path):
    parts = Parts(tmp_path, a="1")
    parts.lasting = {"a"}
    parts.make({})
    parts.texts["b"] = "2"
    assert states(parts.make({})) == {"a": "again", "b": "new"}


def test_a_lasting_part_is_made_again_where_the_marks_differ(tmp_path):
    parts = Parts(tmp_path, a="1")
    parts.lasting = {"a"}
    for marks in (UNMARKED, Marks(sample=True), UNMARKED):
        parts.make({}, marks=marks)
        assert parts.calls == ["a"]
    parts.make({}, marks=UNMARKED)
    assert parts.calls == []


def test_without_a_basis_nothing_stays(tmp_path):
    parts = Parts(tmp_path, a="1")
    parts.lasting = {"a"}
    for _ in range(2):
        parts.make()
        assert parts.calls == ["a"]


def test_a_part_that_fails_is_named_and_no_page_leads_to_it(tmp_path):
    broken = MapError("tidak\n bisa.")
    parts = Parts(tmp_path, a="1", b=broken, c="3")
    outcome = parts.make({})
    assert outcome.failures == (Failure(part="b", file="b.html", why="tidak bisa."),)
    assert there(tmp_path) == ["a.html", "c.html"]
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "1|a.html c.html"


def test_the_way_to_the_findings_counts_a_part_that_fails(tmp_path):
    seen = []

    def write(so_far):
        seen.append([way.count for way in so_far.family.ways])
        return [write_text(tmp_path / "f.html", "")]

    way = Way(key="findings", path="f.html")
    parts = Parts(tmp_path, a=MapError("x"))
    make_parts(
        [parts.part("a"), Part(key="f", file="f.html", write=write, ways=(way,))],
        tmp_path,
        basis=None,
        family_of=lambda ways: Family(title="A", ways=ways),
        findings=lambda failed: {"error": len(failed), "info": 3},
    )
    assert seen[-1] == [4]


def test_a_fault_of_ours_is_said_by_its_name(tmp_path):
    parts = Parts(tmp_path, a=KeyError("x"), b=ZeroDivisionError(), c="3")
    first, second = parts.make({}).failures
    assert (first.why, first.ours) == ("KeyError: 'x'", True)
    assert (second.why, second.ours) == ("ZeroDivisionError", True)
    codes = [found.code for found in failure_findings([first])]
    assert codes == ["part_broken"]


def test_the_page_of_the_run_before_does_not_stay_beside_new_ones(tmp_path):
    parts = Parts(tmp_path, a="1", b="2", c="3")
    parts.make({})
    del parts.texts["c"]
    parts.texts["b"] = MapError("x")
    outcome = parts.make({})
    assert there(tmp_path) == ["a.html"]
    assert {path.name for path in outcome.removed} == {"b.html", "c.html"}


def test_what_somebody_changed_is_not_taken_away(tmp_path):
    parts = Parts(tmp_path, a="1", b="2")
    parts.make({})
    (tmp_path / "b.html").write_text("sunting", encoding="utf-8")
    del parts.texts["b"]
    assert parts.make({}).removed == ()
    assert there(tmp_path) == ["a.html", "b.html"]


def test_what_the_run_has_read_is_not_taken_away(tmp_path):
    parts = Parts(tmp_path, a="1", b="2", c="3")
    parts.make({})
    del parts.texts["b"], parts.texts["c"]
    failed = Failure(part="c", file="c.html", why="x")
    with session():
        note_read(tmp_path / "b.html")
        note_read(tmp_path / "c.html")
        assert parts.make({}, failures=[failed]).removed == ()
    assert there(tmp_path) == ["a.html", "b.html", "c.html"]


def test_what_was_filled_in_is_kept_aside_once_though_another_part_fails(tmp_path):
    (tmp_path / "c.xlsx").write_bytes(b"diisi")
    parts = Parts(tmp_path, a=MapError("x"))
    form = Part(
        key="c",
        file="c.xlsx",
        write=lambda _: [write_form(tmp_path / "c.xlsx", b"baru")],
    )
    with session():
        make_parts(
            [form, parts.part("a")],
            tmp_path,
            basis=None,
            family_of=lambda ways: Family(title="A", ways=ways),
            findings=lambda _: {},
        )
    assert there(tmp_path) == ["c-isian.xlsx", "c.xlsx"]


def test_a_part_for_which_there_are_no_data_is_no_failure(tmp_path):
    parts = Parts(tmp_path, a="1", b=EmptyDataError("kosong"))
    outcome = parts.make({})
    assert outcome.failures == ()
    assert there(tmp_path) == ["a.html"]
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "1|a.html"


def test_a_folder_that_cannot_be_written_to_stops_all_of_it(tmp_path):
    parts = Parts(tmp_path, a="1", b=OutputError("disk penuh"))
    with pytest.raises(OutputError, match="disk penuh"):
        parts.make({})
    assert there(tmp_path) == []


def test_a_run_with_nothing_new_is_known_without_reading(tmp_path):
    parts = Parts(tmp_path, a="1")
    basis = Basis(program="1", told={"year": 2025})
    assert nothing_changed(basis, tmp_path) is None
    parts.make({"year": 2025})
    assert nothing_changed(basis, tmp_path) == (1, {"error": 0})
    other = Basis(program="1", told={"year": 2026})
    newer = Basis(program="2", told={"year": 2025})
    assert nothing_changed(other, tmp_path) is None
    assert nothing_changed(newer, tmp_path) is None
    (tmp_path / "a.html").unlink()
    assert nothing_changed(basis, tmp_path) is None


def test_a_run_with_a_failure_is_tried_again(tmp_path):
    parts = Parts(tmp_path, a="1", b=MapError("x"))
    parts.make({})
    assert nothing_changed(Basis(program="1", told={}), tmp_path) is None
    assert json.loads((tmp_path / NAME).read_text("utf-8"))["findings"] == {"error": 1}


def test_what_failed_in_reading_is_not_looked_for_in_pages_that_stay(tmp_path):
    parts = Parts(tmp_path, a="1")
    parts.lasting = {"a"}
    parts.make({})
    parts.make({}, failures=[Failure(part="b", file="b.html", why="x")])
    assert parts.calls == ["a"]


def test_an_error_goes_on_only_where_failures_are_taken():
    def fail():
        raise MapError("x")

    def refuse():
        raise ProjectError("x")

    taken = []
    assert tried("b", "b.html", fail, "lain", failures=taken) == "lain"
    assert taken == [Failure(part="b", file="b.html", why="x")]
    with pytest.raises(MapError):
        tried("b", "b.html", fail, "", failures=None)
    with pytest.raises(ProjectError):
        tried("b", "b.html", refuse, "", failures=taken)
    assert tried("b", "b.html", lambda: 1, 2, failures=taken) == 1
