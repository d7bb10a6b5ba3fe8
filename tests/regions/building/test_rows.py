"""The public set is read row by row, within bounds, and nothing of it is believed."""

import json
import zipfile

import pytest
from making_villages import HEAD, cells, four, path_of, row, write_clone
from shapely import MultiPolygon

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building import rows as module
from kkbpk_geo.regions.building.rows import open_clone

CODE = "18.72.01.1001"
SQUARE = cells(0, 0, 1, 1)


def read(tmp_path, text):
    return open_clone(write_clone(tmp_path, text)).read("kel", "18")


def fault_of(tmp_path, path, code=CODE):
    found = read(tmp_path, row(code, path))
    (fault,) = found.faults
    return fault.what


def zipped(folder, path, prefix="wilayah_boundaries-main/"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.glob("**/*.sql")):
            packed.write(file, prefix + file.relative_to(folder).as_posix())
    return path


def test_a_row_is_a_polygon_with_longitude_first(tmp_path):
    found = read(tmp_path, row(CODE, path_of(SQUARE), "Metro"))
    assert found.codes == [CODE]
    assert found.names == ["Metro"]
    assert found.polygons[0].equals(SQUARE)
    assert (found.n_read, found.faults) == (1, [])


def test_parts_and_holes_stay(tmp_path):
    bored = cells(0, 0, 3, 3) - cells(1, 1, 2, 2)
    several = MultiPolygon([bored, cells(5, 5, 6, 6)])
    found = read(tmp_path, row(CODE, path_of(several)))
    assert found.polygons[0].equals(several)


@pytest.mark.parametrize(
    ("written", "name"),
    [("Ma''u", "Ma'u"), (r"O\'o", "O'o"), ("Sangalla''", "Sangalla'")],
)
def test_a_name_is_what_it_was_before_it_was_quoted(tmp_path, written, name):
    found = read(tmp_path, row(CODE, path_of(SQUARE), written))
    assert found.names == [name]


def test_blanks_between_cells_do_not_matter(tmp_path):
    text = f"  ( '{CODE}', 'Metro', -5.0, 105.0, '{path_of(SQUARE)}' );\n"
    assert read(tmp_path, text).codes == [CODE]


def test_a_ring_of_three_points_is_left_out_and_told(tmp_path):
    rings = json.loads(path_of(SQUARE))
    thin = json.dumps([*rings, [[-4.99, 105.01], [-4.99, 105.012], [-4.99, 105.01]]])
    found = read(tmp_path, row(CODE, thin))
    assert found.polygons[0].equals(SQUARE)
    assert [fault.what for fault in found.faults] == ["ring_dropped"]


def test_an_open_triangle_is_a_ring_of_three_corners(tmp_path):
    open_ring = "[[[-5.0,105.0],[-5.0,105.02],[-4.98,105.02]]]"
    found = read(tmp_path, row(CODE, open_ring))
    assert found.polygons[0].area == pytest.approx(0.0002)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("", "empty"),
        ("[[[-5.0,105.0],[-5.0,105.02],[-5.0,105.0]]]", "too_few_points"),
        ("[[[-5.0,105.0],[-5.0,105.02", "unreadable"),
        ("[[[-5.0,NaN],[-5.0,105.02],[-4.9,105.0],[-5.0,105.0]]]", "unreadable"),
        ("[[[-5.0,1e999],[-5.0,105.02],[-4.9,105.0],[-5.0,105.0]]]", "elsewhere"),
        ("[[[-5.0,105.0,1],[-5.0,105.02,1],[-4.9,105.0,1]]]", "unreadable"),
        ("[[[105.0,-5.0],[105.02,-5.0],[105.0,-4.9],[105.0,-5.0]]]", "elsewhere"),
        ("[" * 100_000, "unreadable"),
        ("[]", "unreadable"),
        ("7", "unreadable"),
    ],
)
def test_a_row_without_an_outline_is_told(tmp_path, path, what):
    assert fault_of(tmp_path, path) == what


@pytest.mark.parametrize("code", ["19.72.01.1001", "18.72.01.x", "18", "18.72"])
def test_a_code_that_is_none_of_the_files_province_is_told(tmp_path, code):
    assert fault_of(tmp_path, path_of(SQUARE), code) == "no_code"


def test_a_row_that_is_cut_is_told_with_its_place(tmp_path):
    found = read(tmp_path, row(CODE, path_of(SQUARE)) + f"\t('{CODE}','Metro'\n")
    (fault,) = found.faults
    # Four lines stand before the rows.
    assert (fault.what, fault.where) == (
        "unreadable",
        "wilayah_boundaries_kel_18.72.sql, 6",
    )
    assert found.n_read == 2


def test_folder_db_and_zip_say_the_same(tmp_path):
    folder = write_clone(tmp_path / "clone", four())
    ways = (folder, folder / "db", zipped(folder, tmp_path / "clone.zip"))
    found = [open_clone(way) for way in ways]
    assert [each.provinces for each in found] == [("18",)] * 3
    codes = [each.read("kel", "18").codes for each in found]
    assert codes == [sorted(four())] * 3


def test_what_is_no_clone_is_none(tmp_path):
    (tmp_path / "db" / "kel").mkdir(parents=True)
    (tmp_path / "db" / "kel" / "other.sql").write_text("x")
    assert open_clone(tmp_path) is None


def test_a_link_that_leads_out_of_the_clone_is_not_read(tmp_path):
    elsewhere = write_clone(tmp_path / "elsewhere", four())
    clone = tmp_path / "clone" / "db" / "kel"
    clone.mkdir(parents=True)
    (clone / "18").symlink_to(elsewhere / "db" / "kel" / "18")
    assert open_clone(tmp_path / "clone") is None


def test_a_row_longer_than_any_of_the_set_is_refused(tmp_path, monkeypatch):
    clone = open_clone(write_clone(tmp_path, four()))
    monkeypatch.setattr(module, "_LONGEST_ROW", 100)
    with pytest.raises(BoundaryError, match="longer than this set has"):
        clone.read("kel", "18")


def test_what_a_zip_unpacks_to_is_counted_not_believed(tmp_path, monkeypatch):
    folder = write_clone(tmp_path / "clone", four())
    clone = open_clone(zipped(folder, tmp_path / "clone.zip"))
    monkeypatch.setattr(module, "_MOST_BYTES", 200)
    with pytest.raises(BoundaryError, match=r"Refused\."):
        clone.read("kel", "18")


@pytest.mark.parametrize(("limit", "value"), [("_MOST_FILES", 0), ("_MOST_BYTES", 10)])
def test_more_than_the_set_has_is_refused_unread(tmp_path, monkeypatch, limit, value):
    folder = write_clone(tmp_path, four())
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(BoundaryError, match="the set has at most"):
        open_clone(folder)


def test_the_bounds_leave_the_set_room_to_grow_ten_times():
    # Of 2026: 552 files, 362 MB, and 0.66 MB the longest row.
    assert (module._MOST_FILES, module._MOST_BYTES) == (5_000, 4_000_000_000)
    assert module._LONGEST_ROW == 8_000_000


def test_a_damaged_zip_is_told(tmp_path):
    folder = write_clone(tmp_path / "clone", four())
    path = zipped(folder, tmp_path / "clone.zip")
    content = bytearray(path.read_bytes())
    content[120] ^= 255
    path.write_bytes(content)
    with pytest.raises(BoundaryError, match="cannot be unpacked"):
        open_clone(path).read("kel", "18")


def test_what_is_only_called_a_zip_is_told(tmp_path):
    path = tmp_path / "clone.zip"
    path.write_text("no zip")
    with pytest.raises(BoundaryError, match="cannot be opened as a zip"):
        open_clone(path)


def test_files_without_rows_are_refused(tmp_path):
    with pytest.raises(BoundaryError, match="hold no rows of outlines"):
        read(tmp_path, "")


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("files", "commit"),
    [
        ({"HEAD": COMMIT}, COMMIT),
        ({"HEAD": "ref: refs/heads/main", "refs/heads/main": COMMIT}, COMMIT),
        (
            {
                "HEAD": "ref: refs/heads/main",
                "packed-refs": f"# pack\n{COMMIT} refs/heads/main\n",
            },
            COMMIT,
        ),
        ({"HEAD": "ref: ../../secret", "packed-refs": ""}, ""),
        ({"HEAD": "no commit"}, ""),
        ({}, ""),
    ],
)
def test_the_commit_of_a_clone_is_read_where_it_is_told(tmp_path, files, commit):
    clone = write_clone(tmp_path / "a" / "clone", four())
    (tmp_path / "secret").write_text(COMMIT)
    for name, text in files.items():
        path = clone / ".git" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert open_clone(clone).commit == commit


def test_a_zip_made_by_git_names_its_commit(tmp_path):
    path = zipped(write_clone(tmp_path / "clone", four()), tmp_path / "clone.zip")
    with zipfile.ZipFile(path, "a") as packed:
        packed.comment = COMMIT.encode()
    assert open_clone(path).commit == COMMIT


def test_the_date_of_a_province_is_that_at_the_head_of_its_files(tmp_path):
    assert "2026-08-20" in HEAD
    assert open_clone(write_clone(tmp_path, four())).updated("18") == "2026-08-20"
