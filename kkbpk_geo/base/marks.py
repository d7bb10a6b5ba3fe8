"""What a result says about where it comes from: that it is made of a sample.

Why: a figure of the sample must never be taken for an office's own, whatever its file
is called and however often it was merged, divided or drawn. So the mark is learned when
a file is read, and every result holds that of all it was made from.

In:     results with ``marks``, and frames that carry them in ``attrs``.
Out:    :class:`Marks`; one marked part makes the whole marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_PREFIX = "contoh_"  # of the names of the sample's own files
_SAMPLE = "kkbpk_sample"  # in a frame's attrs; plain, so that it can be written as JSON


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a result.

    Attributes
    ----------
    sample : bool
        Whether anything it was made from is sample data.
    """

    sample: bool = False

    @classmethod
    def of(cls, *made_from: object) -> Marks:
        """Return the marks of what is made of all these: results, frames or None."""
        return cls(sample=any(_own(each).sample for each in made_from))


UNMARKED = Marks()


def mark_frame(frame: pd.DataFrame, marks: Marks) -> pd.DataFrame:
    """Let a frame carry marks, in place; a frame without any stays as it is."""
    if marks.sample:
        frame.attrs[_SAMPLE] = True
    return frame


def named_as_sample(path: str | Path) -> bool:
    """Whether a file is called like those of the sample."""
    return Path(path).name.startswith(SAMPLE_PREFIX)


def _own(result: object) -> Marks:
    if isinstance(result, Marks):
        return result
    marks = getattr(result, "marks", None)  # of a frame it may be a column
    if isinstance(marks, Marks):
        return marks
    attrs = getattr(result, "attrs", None)
    carried = attrs.get(_SAMPLE) if isinstance(attrs, dict) else None
    return Marks(sample=carried is True)
