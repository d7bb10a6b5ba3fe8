"""What a workbook of findings asks for, and how a place in it is found again.

Why: a district writes beside a place what it should say. When the workbook comes back,
sorted, filtered or saved by another program, every answer must still be about its cell.

In:     a finding, and the digest of the file that it is about.
Out:    the columns of the workbook; a key for the hidden one, which is read back.
Rule:   a key is a list in JSON, so no program takes it for a number or a formula. It
        says where (file, sheet, row, heading as printed), what stood there, which file
        that was (sha256, empty where it is not known), and the kind of finding.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kkbpk_geo.base.escaping import seen_in_line
from kkbpk_geo.findings.record import Finding

# Labels ``correction_<column>`` are the headings; both languages are read back.
CORRECTION = "correction_"
# As they stand in a sheet; what is wrong and where, then what is asked for.
TOLD = (
    "number", "severity", "file", "sheet", "row", "column", "value", "finding",
    "remedy",
)  # fmt: skip
ASKED = ("fixed", "by", "date", "note")
KEY = "key"  # the last column, hidden
CORRECTION_COLUMNS = (*TOLD, *ASKED, KEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is, as the key of its line says it.

    Attributes
    ----------
    file, sheet, column : str
        ``column`` is the heading as printed; empty where it does not apply.
    row : int or None
        Row as the person sees it; None for a whole table.
    value : str
        As it stood there; a long one is cut and ends in ``…``.
    digest : str
        SHA-256 of the file, in hexadecimal; empty where it is not known.
    code : str
        Entry of ``findings.toml``.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    digest: str = ""
    code: str = ""

    @classmethod
    def of(cls, found: Finding, digest: str = "") -> Place:
        """Return where a finding is.

        Parameters
        ----------
        found : Finding
        digest : str
            Of its file.

        Examples
        --------
        >>> from kkbpk_geo.findings import Place, finding
        >>> found = finding("negative_count", file="bkb.csv", row=7, value=-3)
        >>> Place.of(found).row
        7
        """
        return cls(
            file=found.file,
            sheet=found.sheet,
            row=found.row,
            column=found.column,
            value=found.value,
            digest=digest,
            code=found.code,
        )

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell, which a value can be written into."""
        return self.row is not None and bool(self.column)

    def key(self) -> str:
        """Return the key, a text that no program of sheets changes."""
        where = (self.file, self.sheet, self.row, self.column)
        return json.dumps(
            [*where, self.value, self.digest, self.code],
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_key(cls, key: str) -> Place | None:
        """Return the place that a key stands for; None if it is none.

        Parameters
        ----------
        key : str
            Of a cell of the hidden column.
        """
        try:
            said = json.loads(key)
            file, sheet, row, column, value, digest, code = said
        except (TypeError, ValueError):
            return None
        texts = (file, sheet, column, value, digest, code)
        if not all(isinstance(text, str) for text in texts):
            return None
        if isinstance(row, bool) or not isinstance(row, int | None):
            return None
        return cls(
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            value=value,
            digest=digest,
            code=code,
        )


def file_digests(files: str | Path | Iterable[str | Path]) -> Mapping[str, str]:
    """Return the SHA-256 of files by the name that findings call them.

    Of two files with one name neither is told: which of them a finding is about cannot
    be known. What cannot be read, or is no file, is left out.

    Parameters
    ----------
    files : str or Path, or several

    Examples
    --------
    >>> file_digests(["no such file.csv"])
    {}
    """
    several = [files] if isinstance(files, (str, Path)) else files
    paths = sorted({Path(file) for file in several})
    names = Counter(seen_in_line(path.name) for path in paths)
    digests = {}
    for path in paths:
        name = seen_in_line(path.name)
        if names[name] == 1 and path.is_file():
            # What was read a moment ago may be gone or locked by now.
            with suppress(OSError):
                digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return digests
