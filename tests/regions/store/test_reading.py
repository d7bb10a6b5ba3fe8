"""A store opened: levels, regions, and every way in which a file may be none."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
import shapely
from making_stores import PROVENANCE, villages

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions import open_store, write_store
from kkbpk_geo.regions.store import layout, reading
from kkbpk_geo.regions.store.columns import pack_numbers, pack_steps
from kkbpk_geo.regions.store.layout import HEAD, MARK, VERSION
from kkbpk_geo.regions.store.reading import kind_of
from kkbpk_geo.regions.store.writing import pack_store


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "batas.kgeo"
    write_store(found, villages(), names={}, provenance=PROVENANCE)
    return found


def refusal(path, content=None, level="desa"):
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BoundaryError) as err:
        open_store(path).load(level)
    return str(err.value)


def test_levels_are_those_of_the_province_that_a_region_lies_in(path):
    store = open_store(path)
    assert store.levels("18.10") == ("provinsi", "kabkota", "kecamatan", "desa")
    assert store.levels("76") == ("provinsi", "kabkota", "kecamatan")
    assert store.levels() == ("provinsi", "kabkota", "kecamatan", "desa")
    assert store.levels("34") == ()
    assert store.provinces == ("18", "76")


@pytest.mark.parametrize(
    ("level", "within", "codes"),
    [
        ("provinsi", "", ["18", "76"]),
        ("kabkota", "18", ["18.10", "18.12", "18.72"]),
        ("kecamatan", "18.10", ["18.10.01", "18.10.02"]),
        ("desa", "18.12.01", ["18.12.01.2001", "18.12.01.2002"]),
        ("kabkota", "18.12", ["18.12"]),
    ],
)
def test_a_level_is_loaded_within_a_region_or_as_the_region_itself(
    path, level, within, codes
):
    assert list(open_store(path).load(level, within).index) == codes


def test_a_part_is_the_same_as_in_the_whole(path):
    store = open_store(path)
    whole = store.load("desa").geometry
    part = store.load("desa", "18.12").geometry
    assert part.to_wkb().to_dict() == whole[part.index].to_wkb().to_dict()


def test_a_frame_is_as_load_boundaries_promises(path):
    frame = open_store(path).load("kecamatan", "18.10")
    assert frame.index.name == "region_code"
    assert list(frame.columns) == [
        *("name", "kind", "parent_code", "area_km2", "geometry")
    ]
    assert frame.crs.to_epsg() == 4326
    assert set(frame["kind"]) == {"Kecamatan"}
    assert set(frame["parent_code"]) == {"18.10"}
    attrs = frame.attrs
    assert attrs["licence"] == "MIT"
    assert attrs["commit"] == "0123abc"
    assert attrs["map_notes"] == [{"id": "Catatan.", "en": "A note."}]
    assert (attrs["province_code"], attrs["province_name"]) == ("18.10", "Pringsewu")
    assert attrs["level"] == "kecamatan"
    assert attrs["levels"] == ("desa",)
    whole = open_store(path).load("provinsi").attrs
    assert (whole["province_code"], whole["province_name"]) == ("", "Indonesia")
    assert whole["levels"] == ("kabkota", "kecamatan", "desa")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("18.70", "Kabupaten"), ("18.71", "Kota"),
        ("18.71.01.1001", "Kelurahan"), ("18.71.01.2001", "Desa"),
    ],
)  # fmt: skip
def test_a_code_says_what_a_region_is_called(code, kind):
    assert kind_of(code) == kind


def test_provinces_are_near_where_their_bounds_meet(path):
    store = open_store(path)
    assert store.near((104.0, -6.0, 106.0, -4.0)) == ("18",)
    assert store.near((105.56, -6.0, 106.0, -4.0)) == ()
    assert store.near((100.0, -6.0, 120.0, 0.0)) == ("18", "76")


def test_provenance_comes_back_as_short_plain_text(tmp_path):
    path = tmp_path / "a.kgeo"
    given = {
        "source": "a\x00b\u202e" + "x" * 3000,
        "date": object,
        "n": [1, {"id": "y"}],
    }
    given["date"] = None
    write_store(path, villages(), names={}, provenance=given)
    found = open_store(path).provenance
    assert found["source"].startswith("a b xx")
    assert len(found["source"]) == 2000
    assert found["n"] == [1, {"id": "y"}]


def test_a_store_sets_no_other_attribute_of_a_frame(tmp_path):
    path = tmp_path / "a.kgeo"
    wild = {"held": {"18.10": "18.12"}, "repairs": ["x"], "level": "desa", "date": 5}
    write_store(path, villages(), names={}, provenance=wild | {"notes": ["x", {}]})
    attrs = open_store(path).load("kabkota").attrs
    assert "held" not in attrs
    assert (attrs["repairs"], attrs["level"], attrs["date"]) == ([], "kabkota", 5)
    assert attrs["map_notes"] == []


# --- refusals ----------------------------------------------------------------------


def test_a_level_that_is_not_there_says_which_are_and_how_to_build(path):
    with pytest.raises(BoundaryError) as err:
        open_store(path).load("desa", "76")
    assert str(err.value) == (
        "batas.kgeo has no desa of Sulawesi Barat; of its province it holds: "
        "provinsi, kabkota, kecamatan. Build a store that has them: kkbpk-geo "
        "boundaries build."
    )


def test_a_file_that_is_none_is_refused(path, tmp_path):
    expected = (
        "batas.kgeo is no store of boundaries: its first bytes are others. Expected a "
        "file made by: kkbpk-geo boundaries build."
    )
    assert refusal(path, b"") == expected
    assert refusal(path, b"PK\x03\x04" * 100) == expected
    # As a copy made as text has it.
    assert refusal(path, MARK.replace(b"\r\n", b"\n") + b"x" * 100) == expected
    assert "cannot be read (No such file" in refusal(tmp_path / "fort.kgeo")
    assert "cannot be read (Is a directory" in refusal(tmp_path)


def test_a_file_that_is_cut_says_how_much_is_there(path):
    content = path.read_bytes()
    n = len(content)
    assert refusal(path, content[:-1]) == (
        f"batas.kgeo is cut: it has {n - 1:,} bytes, expected {n:,}. Copy the file "
        "again, or build it again: kkbpk-geo boundaries build."
    )
    assert "is cut" in refusal(path, content + b"x")


def test_a_file_cut_anywhere_is_refused_and_never_half_read(path):
    content = path.read_bytes()
    for n in range(0, len(content), 7):
        refusal(path, content[:n])


def test_a_newer_version_asks_for_an_update(path):
    content = path.read_bytes()
    newer = content[: len(MARK)] + bytes([VERSION + 1]) + content[len(MARK) + 1 :]
    assert refusal(path, newer) == (
        "batas.kgeo is of version 2; this program reads stores up to version 1. "
        "Update it: pip install -U kkbpk-geo."
    )


def test_a_byte_changed_anywhere_is_an_error_or_changes_nothing(path):
    content = path.read_bytes()
    whole = open_store(path).load("desa")
    for at in range(HEAD.size, len(content), 11):
        spoiled = bytearray(content)
        spoiled[at] ^= 0x55
        path.write_bytes(spoiled)
        try:
            found = open_store(path).load("desa")
        except BoundaryError:
            continue
        assert found.equals(whole)


def rebuilt(path, **changes):
    """A store of one section, whole but for what is changed in its numbers."""
    content = path.read_bytes()
    _, _, packed, raw = HEAD.unpack_from(content)
    table = layout.unsqueeze(content[HEAD.size : HEAD.size + packed], raw, "x")
    provenance, grid, places = layout.unpack_table(table, HEAD.size + packed, "x")
    place = places[-1]
    section = layout.unpack_section(
        layout.unsqueeze(content[place.begin :][: place.packed], place.raw, "x"), "x"
    )
    assert section.codes == ("76.04.01",)
    outlines = section.outlines
    columns = {
        "text": pack_numbers(np.frombuffer(b"76.04.01\nWonomulyo", np.uint8)),
        "areas": pack_numbers(section.areas),
        "parts": pack_numbers(outlines.parts),
        "rings": pack_numbers(outlines.rings),
        "arcs": pack_numbers(outlines.arcs),
        "uses": pack_steps(outlines.uses),
        "lengths": pack_numbers(np.array([5])),
        "x": pack_steps(np.array([7])) + pack_steps(np.array([0, 0, 9, 9, 0])),
        "y": pack_steps(np.array([7])) + pack_steps(np.array([0, 9, 9, 0, 0])),
    }
    section = b"".join({**columns, **changes}.values())
    small = layout.squeeze(section)
    bounds = (0.0, 0.0, 1.0, 1.0)
    one = layout.Place("76", "kecamatan", 0, len(small), len(section), bounds)
    table = layout.pack_table(provenance, grid, [one])
    squeezed = layout.squeeze(table)
    head = HEAD.pack(MARK, VERSION, len(squeezed), len(table))
    return head + squeezed + small


def ones(n):
    return pack_numbers(np.ones(n, dtype=np.int64))


@pytest.mark.parametrize(
    "changes",
    [
        {"text": pack_numbers(np.frombuffer(b"76.04.01", np.uint8))},
        {"areas": ones(0)},
        {"parts": ones(2)},
        {"parts": pack_numbers(np.array([0]))},
        {"rings": pack_numbers(np.array([2]))},
        {"arcs": pack_numbers(np.array([2]))},
        {"uses": pack_steps(np.array([2]))},
        {"uses": pack_steps(np.array([-1]))},
        {"lengths": pack_numbers(np.array([4]))},
        {"lengths": pack_numbers(np.array([4, 1]))},
        {"x": pack_steps(np.array([7])) + pack_steps(np.array([0, 0, 9, 9, 1]))},
        {"x": pack_steps(np.array([7])) + pack_steps(np.array([0, 0, 9, 9]))},
        {"x": pack_steps(np.array([181 * 20_000])) + pack_steps(np.zeros(5, int))},
        {"y": b""},
        {"y": pack_steps(np.array([7])) + pack_steps(np.zeros(5, int)) + b"x"},
    ],
    ids=str,
)
def test_numbers_that_do_not_belong_together_are_refused(path, changes):
    good = rebuilt(path)
    path.write_bytes(good)
    assert open_store(path).load("kecamatan").geometry.iloc[0].area > 0
    path.write_bytes(pack_store(villages(), names={}, provenance={}))
    text = refusal(path, rebuilt(path, **changes), "kecamatan")
    assert text.startswith("batas.kgeo (province 76) is damaged. Copy the file again")


def test_a_ring_of_two_edges_is_refused(path):
    two = {
        "lengths": pack_numbers(np.array([3])),
        "x": pack_steps(np.array([7])) + pack_steps(np.array([0, 9, 0])),
        "y": pack_steps(np.array([7])) + pack_steps(np.array([0, 9, 0])),
    }
    assert "is damaged" in refusal(path, rebuilt(path, **two), "kecamatan")


def test_an_arc_that_is_used_over_and_over_is_counted_before_it_is_laid_out(
    path, monkeypatch
):
    n = 1000
    many = {
        "arcs": pack_numbers(np.array([n])),
        "uses": pack_steps(np.zeros(n, dtype=np.int64)),
    }
    content = rebuilt(path, **many)
    path.write_bytes(content)
    assert len(open_store(path).load("kecamatan")) == 1
    # Each use gives four vertices, the last one five.
    monkeypatch.setattr(reading, "MOST_VERTICES", 4 * n)
    assert "is damaged" in refusal(path, content, "kecamatan")
    monkeypatch.setattr(reading, "MOST_VERTICES", 4 * n + 1)
    assert len(open_store(path).load("kecamatan")) == 1


def test_the_vertices_of_all_provinces_are_counted_together(path, monkeypatch):
    frame = open_store(path).load("kabkota")
    n = int(shapely.get_num_coordinates(list(frame.geometry)).sum())
    monkeypatch.setattr(reading, "MOST_VERTICES", n)
    assert len(open_store(path).load("kabkota")) == 4
    monkeypatch.setattr(reading, "MOST_VERTICES", n - 1)
    assert "(province 76) is damaged" in refusal(path, level="kabkota")


def test_the_rings_of_all_provinces_are_counted_together(path, monkeypatch):
    # Three districts, of which one has an island and a hole; and one of the far away.
    monkeypatch.setattr(reading, "MOST_RINGS", 6)
    assert len(open_store(path).load("kabkota")) == 4
    monkeypatch.setattr(reading, "MOST_RINGS", 5)
    assert "(province 76) is damaged" in refusal(path, level="kabkota")


def test_a_section_that_unpacks_to_more_than_it_says_is_refused():
    bomb = zlib.compress(b"\0" * 10_000_000, 9)
    with pytest.raises(BoundaryError, match="damaged"):
        layout.unsqueeze(bomb, 1000, "x")


def test_a_section_without_its_check_sum_or_with_more_behind_it_is_refused():
    packed = layout.squeeze(b"abc")
    assert layout.unsqueeze(packed, 3, "x") == b"abc"
    for spoiled in (packed[:-4], packed + b"x"):
        with pytest.raises(BoundaryError, match="damaged"):
            layout.unsqueeze(spoiled, 3, "x")


def test_a_table_larger_than_any_is_not_unpacked(path):
    head = HEAD.pack(MARK, VERSION, 10, layout.MOST_TABLE + 1)
    assert refusal(path, head + b"x" * 10).startswith("batas.kgeo is damaged")


def test_sections_larger_than_any_are_refused(path, monkeypatch):
    monkeypatch.setattr(layout, "MOST_SECTION", 100)
    assert refusal(path).startswith("batas.kgeo is damaged")


def test_more_than_all_of_indonesia_at_once_is_refused(path, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_AT_ONCE", 100)
    assert refusal(path).startswith("batas.kgeo is damaged")


@pytest.mark.parametrize(
    "table",
    [
        b"[]", b"{}", b"x", b'{"per_degree":1,"provenance":{},"sections":[]}',
        b'{"per_degree":0,"provenance":{},"sections":[["1","desa",1,1,0,0,0,0]]}',
        b'{"per_degree":1,"provenance":{},"sections":[["1","dusun",1,1,0,0,0,0]]}',
        b'{"per_degree":1,"provenance":{},"sections":[["1","desa",-1,1,0,0,0,0]]}',
        b'{"per_degree":1,"provenance":{},"sections":[["1","desa",1,1]]}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(path, table):
    small = layout.squeeze(table)
    head = HEAD.pack(MARK, VERSION, len(small), len(table))
    assert refusal(path, head + small).startswith("batas.kgeo is damaged")
