"""Floor 3: sample data for Lampung, labelled DATA CONTOH, with faults on purpose.

In: the files in ``data/``, made by ``tests/sample/make_sample.py``. Out: a folder of
files as offices hand them over, always the same bytes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.sample.plans import write_sample_plans as write_sample_plans
    from kkbpk_geo.sample.writing import write_sample as write_sample

PREFIX = "contoh_"


def is_sample(path: str | Path) -> bool:
    """Whether a file is one of the sample's, by its name."""
    return Path(path).name.startswith(PREFIX)


__getattr__, __dir__ = open_door(
    __name__,
    {
        "write_sample": "writing",
        "write_sample_plans": "plans",
    },
)
