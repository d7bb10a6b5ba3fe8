"""Frames and columns of other libraries (polars, pyarrow, DuckDB) as those of pandas.

Why: they all hand on their cells through Arrow's stream, which pyarrow reads; so none
of them needs code of its own here. Who hands one over installs pyarrow (the extra
``parquet``), if it is not there anyway.

In:     whatever a caller gives. Out: a DataFrame or a Series of pandas; what is no
        frame of another library comes back as it was.
"""

from __future__ import annotations

from typing import Any

from kkbpk_geo.base.errors import IntakeError, MissingExtraError

_ARROW = "__arrow_c_stream__"
# Frames that hold a question and no rows yet -> what asks it.
_LAZY = ("collect", "compute")


def as_pandas(given: Any, what: str = "frame") -> Any:  # noqa: ANN401
    """Return a frame or column of another library as one of pandas.

    Whole numbers become ``Int64``, so that a missing one does not make decimals of the
    others.

    Parameters
    ----------
    given : object
        A frame or column of polars, pyarrow, DuckDB or any other that gives an Arrow
        stream or has ``to_pandas``; anything else is returned as it is.
    what : str
        The argument, in the words of the error.

    Raises
    ------
    IntakeError
        If it holds no rows yet, or cells that Arrow does not know.
    MissingExtraError
        If pyarrow is not installed.

    Examples
    --------
    >>> import pyarrow as pa
    >>> as_pandas(pa.table({"a": [1, None]}))["a"].tolist()
    [1, <NA>]
    >>> as_pandas([1, 2])
    [1, 2]
    """
    import pandas as pd

    if isinstance(given, pd.DataFrame | pd.Series | pd.Index):
        return given
    # A class has the methods of its instances, and is no frame.
    if isinstance(given, type | str | bytes | dict | list | tuple | set):
        return given
    # Columns of pyarrow before 16 are Arrow's own, and do not say that they stream.
    own = type(given).__module__.partition(".")[0] == "pyarrow"
    if not (own or hasattr(given, _ARROW) or hasattr(given, "__arrow_c_array__")):
        return _without_arrow(given, what)
    pa = require_arrow(f"{what} is a {type(given).__name__}, which")

    try:
        return _from_arrow(given)
    except (pa.ArrowException, TypeError, ValueError) as err:
        msg = (
            f"{what} is a {type(given).__name__} that cannot be read through Arrow "
            f"({err}). Call .to_pandas() on it first."
        )
        raise IntakeError(msg) from err


def require_arrow(what: str) -> Any:  # noqa: ANN401
    """Return the module pyarrow, which not every installation has.

    Parameters
    ----------
    what : str
        What is read through it, as the beginning of a sentence.

    Raises
    ------
    MissingExtraError
        Names the command that installs it.
    """
    try:
        import pyarrow
    except ImportError:
        msg = (
            f"{what} is read through pyarrow, and pyarrow is not installed. Install "
            "it: pip install 'kkbpk-geo[parquet]'."
        )
        raise MissingExtraError(msg) from None
    return pyarrow


def _without_arrow(given: Any, what: str) -> Any:  # noqa: ANN401
    """Read what gives no Arrow stream; only what calls itself a frame is touched."""
    kind = type(given).__name__
    if "Frame" not in kind and "Series" not in kind:
        return given
    for ask in _LAZY:
        if hasattr(given, ask):
            msg = (
                f"{what} is a {kind}, which holds no rows yet. Call .{ask}() on it "
                "first."
            )
            raise IntakeError(msg)
    return given.to_pandas() if hasattr(given, "to_pandas") else given


def _from_arrow(given: Any) -> Any:  # noqa: ANN401
    import pandas as pd
    import pyarrow as pa

    whole = {
        kind: pd.Int64Dtype()
        for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(),
                     pa.uint16(), pa.uint32())
    }  # fmt: skip
    if not isinstance(given, pa.Array | pa.ChunkedArray):
        try:
            return pa.table(given).to_pandas(types_mapper=whole.get)
        except (pa.ArrowInvalid, TypeError):  # a column, which has no name
            given = pa.chunked_array(given)
    return given.to_pandas(types_mapper=whole.get)
