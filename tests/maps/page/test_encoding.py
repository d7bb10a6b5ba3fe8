import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from kkbpk_geo.maps.page.encoding import (
    ALPHABET,
    decode_coverage,
    decode_numbers,
    encode_coverage,
    encode_names,
    encode_numbers,
    encode_row,
    encode_runs,
)


def read_numbers(text):
    """Decode as decode.js does, written from the format's description."""
    numbers, number, factor = [], 0, 1
    for letter in text:
        bits = ALPHABET.index(letter)
        number += bits % 32 * factor
        factor *= 32
        if bits < 32:
            numbers.append(-(number + 1) // 2 if number % 2 else number // 2)
            number, factor = 0, 1
    return numbers


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_numbers_come_back(numbers):
    assert read_numbers(encode_numbers(numbers)) == numbers


def test_small_numbers_of_either_sign_take_one_letter():
    assert [len(encode_numbers([n])) for n in (-16, -1, 0, 1, 15, 16)] == [
        1, 1, 1, 1, 1, 2,
    ]  # fmt: skip


@given(st.lists(st.text(max_size=8)))
def test_names_come_back_each_on_one_line(names):
    before, found = "", []
    for text in encode_names(names):
        before = before[: ALPHABET.index(text[0])] + text[1:]
        found.append(before)
    assert found == [" ".join(name.splitlines()) for name in names]


def test_a_column_says_its_decimals_once_and_what_is_missing():
    assert encode_row([1.5, None, -0.25]) == (
        ALPHABET[2] + encode_numbers([150]) + "." + encode_numbers([-25])
    )
    assert encode_row([3, 4]) == "A" + encode_numbers([3, 4])
    assert encode_row([None]) == "A."


def test_a_shared_edge_is_stored_once():
    two = encode_coverage([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    shared = encode_coverage([box(0, 0, 2, 1)])
    arcs = read_numbers(two["arcs"])
    assert arcs.count(2) >= 1, "the common edge is an arc of two vertices"
    assert len(read_numbers(shared["shapes"])) < len(read_numbers(two["shapes"]))
    assert any(n < 0 for n in read_numbers(two["shapes"])), "one side runs backwards"


def test_a_shape_that_vanishes_keeps_its_place():
    tiny = box(0, 0, 1e-7, 1e-7)
    found = encode_coverage([tiny, None, box(0, 0, 1, 1)])
    assert read_numbers(found["shapes"])[:2] == [0, 0]


def test_a_hole_and_its_filling_share_their_line():
    hole = box(1, 1, 2, 2)
    ring = Polygon(box(0, 0, 3, 3).exterior, [hole.exterior.coords])
    found = encode_coverage([MultiPolygon([ring]), hole])
    assert read_numbers(found["shapes"]) == [1, 2, 1, 0, 1, 1, 1, 1, 1, 1]


@pytest.fixture
def node():
    found = shutil.which("node")
    if found is None:
        pytest.skip("Node is not installed; the page's functions are not tested")
    return found


HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "name", ["core.test.mjs", "series.test.mjs", "slices.test.mjs", "views.test.mjs"]
)
def test_the_pages_own_functions_pass_their_tests(node, name):
    done = subprocess.run(
        [node, "--test", str(HERE / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_reads_what_python_wrote(node, many, tmp_path):
    from kkbpk_geo.maps.content.classes import classify

    numbers = [None if i % 7 == 0 else i * i % 101 / 4 for i in range(200)]
    names = ["Puskesmas Ä 1", "Puskesmas Ä 12", "", "😀 a", "😀 b", "😃"]
    classes = classify(numbers, digits=1)
    case = {
        "coverage": encode_coverage(list(many.geometry)),
        "values": numbers,
        "row": encode_row(numbers),
        "breaks": list(classes.breaks),
        "colours": list(classes.colours),
        "point": {
            "at": encode_numbers([1050500, -49500, *[3, -4] * 5]),
            "per_degree": 10_000,
            "regions": encode_runs([0, 0, -1, -1, -1, -1]),
            "nested": [encode_runs([7, 8, 8, 8, -1, -1])],
            "names": "\n".join(encode_names(names)),
            "odd": {"outside": encode_numbers([2, 3])},
        },
    }
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    script = (
        "const [folder, file] = process.argv.slice(-2);"
        "const { readRow } = await import(folder + '/decode.js');"
        "const { readShapes } = await import(folder + '/shapes.js');"
        "const { readPoints } = await import(folder + '/points.js');"
        "const { classOf } = await import(folder + '/numbers.js');"
        "const { readFileSync } = await import('node:fs');"
        "const c = JSON.parse(readFileSync(file));"
        "console.log(JSON.stringify({shapes: readShapes(c.coverage),"
        "classes: c.values.map(v => classOf(v, c)), row: readRow(c.row),"
        "points: readPoints(c.point)}))"
    )
    core = HERE.parents[2] / "kkbpk_geo/maps/page/assets/scripts/core"
    done = subprocess.run(
        [
            node,
            "--input-type=module",
            "-e",
            script,
            str(core),
            str(tmp_path / "case.json"),
        ],
        capture_output=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["row"] == numbers
    assert found["classes"] == [classes.index(v) for v in numbers]
    assert [p["name"] for p in found["points"]] == names
    assert [p["region"] for p in found["points"]] == [0, 0, -1, -1, -1, -1]
    assert [p["regions"][1] for p in found["points"]] == [7, 8, 8, 8, -1, -1]
    assert found["points"][1]["lat"] == pytest.approx(-4.9504)
    odd = [p["odd"] for p in found["points"]]
    assert odd == ["", "", "outside", "", "", "outside"]
    for shape, original in zip(found["shapes"], many.geometry, strict=True):
        drawn = MultiPolygon(
            [([p[::-1] for p in part[0]], list(part[1:])) for part in shape]
        )
        assert drawn.hausdorff_distance(original) < 2e-4


def test_shapes_are_read_back_as_they_were_written():
    hole = Polygon(box(0, 0, 3, 3).exterior, [box(1, 1, 2, 2).exterior])
    shapes = [hole, box(3, 0, 4, 3), MultiPolygon([box(5, 5, 6, 6), box(-8, 1, -7, 2)])]
    back = decode_coverage(encode_coverage(shapes))
    assert [a.equals(b) for a, b in zip(shapes, back, strict=True)] == [True] * 3


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_numbers_are_read_back_as_they_were_written(numbers):
    assert decode_numbers(encode_numbers(numbers)) == numbers
