"""A line of a plan is typed; its words and its id are filled in, never replaced."""

from kkbpk_geo.plan.lines.naming import free_id, unique_ids
from kkbpk_geo.plan.lines.plan import COLUMNS, make_plan

ROW = {
    "region_code": "18.10",
    "activity_text": "Pembinaan BKB",
    "year": 2026,
    "month": 5,
    "target": 12.5,
    "fund_text": "APBD",
    "CATATAN": "lihat usulan",
}


def test_a_line_gives_back_the_record_that_it_was_made_of():
    plan = make_plan([ROW], province_code="18")
    (line,) = plan.lines()
    assert (line.quarter, line.month, line.target, line.budget) == (2, 5, 12.5, None)
    assert line.more == {"CATATAN": "lihat usulan"}
    assert [line.as_record()] == plan.records()
    assert list(line.as_record()) == [*COLUMNS, "CATATAN"]


def test_what_is_written_stays_and_what_is_absent_comes_from_the_catalogue():
    (line,) = make_plan([ROW], province_code="18", owner="district").lines()
    assert line.activity == "group_coaching:bkb"
    assert line.activity_text == "Pembinaan BKB"
    assert (line.fund, line.fund_text) == ("apbd_kab", "APBD kabupaten/kota")


def test_ids_that_repeat_get_the_first_number_that_is_free():
    assert unique_ids(["a", "a", "b", "a"], ["b"]) == ["a", "a~2", "b~2", "a~3"]
    assert free_id("a", {"a", "a~2"}.__contains__) == "a~3"
    assert free_id("c", {"a"}.__contains__) == "c"


def test_many_lines_of_one_id_are_numbered_as_one_by_one():
    wanted = ["a", "b", "a~2", "a", "a", "a~2", "b", "a~4", "a"] * 3
    taken = {"b~2", "a~3"}
    used, slowly = set(taken), []
    for each in wanted:
        slowly.append(free_id(each, used.__contains__))
        used.add(slowly[-1])
    assert unique_ids(wanted, taken) == slowly


def test_the_search_for_a_free_number_goes_on_where_it_stopped():
    asked = []

    class Counting(str):
        __slots__ = ()

        def __hash__(self):
            asked.append(self)
            return super().__hash__()

    unique_ids([Counting("a")] * 100, ())
    # Some look-ups for each id, not one for every id before it.
    assert len(asked) < 100 * 10
