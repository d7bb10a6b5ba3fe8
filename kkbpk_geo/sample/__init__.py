"""Floor 4: sample data for Lampung, labelled DATA CONTOH, with faults on purpose.

In: the files in ``data/``, made by ``tests/sample/make_sample.py``. Out: a folder of
files as offices hand them over, always the same bytes.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door
from kkbpk_geo.base.marks import SAMPLE_PREFIX as PREFIX
from kkbpk_geo.base.marks import named_as_sample as is_sample

if TYPE_CHECKING:
    from kkbpk_geo.sample.plans import write_sample_plans as write_sample_plans
    from kkbpk_geo.sample.writing import write_sample as write_sample

__all__ = ["PREFIX", "is_sample"]

__getattr__, __dir__ = open_door(
    __name__,
    {
        "write_sample": "writing",
        "write_sample_plans": "plans",
    },
)
