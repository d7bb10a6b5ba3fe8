"""Floor 3: sample data for Lampung, labelled DATA CONTOH, with faults on purpose.

In: the register, the boundaries, a seed. Out: a folder of files as offices hand them
over, the same bytes for the same seed. See ``kkbpk_geo.sample.writing``.
"""

from pathlib import Path

PREFIX = "contoh_"


def is_sample(path: str | Path) -> bool:
    """Whether a file is one of the sample's, by its name."""
    return Path(path).name.startswith(PREFIX)
