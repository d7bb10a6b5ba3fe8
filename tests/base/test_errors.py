from __future__ import annotations

import pytest

from kkbpk_geo.base import errors
from kkbpk_geo.base.errors import CellError, KkbpkGeoError


def test_a_cell_error_says_where_what_what_else_and_what_to_do():
    err = CellError(
        "kelompok.xlsx",
        41,
        "kode_desa",
        "18.1",
        expected="a Kemendagri code such as '18.10'",
        remedy="Format the column as Text in Excel and type the code again.",
    )
    assert str(err) == (
        "kelompok.xlsx: row 41, column 'kode_desa' is '18.1'; expected a Kemendagri "
        "code such as '18.10'. Format the column as Text in Excel and type the code "
        "again."
    )
    assert (err.table, err.row, err.column, err.value) == (
        "kelompok.xlsx",
        41,
        "kode_desa",
        "18.1",
    )


@pytest.mark.parametrize("name", [n for n in vars(errors) if n.endswith("Error")])
def test_one_except_clause_catches_the_whole_family(name):
    assert issubclass(getattr(errors, name), KkbpkGeoError)


def test_errors_are_also_what_a_python_programmer_would_catch():
    assert issubclass(CellError, ValueError)
    assert issubclass(errors.MissingExtraError, ImportError)
