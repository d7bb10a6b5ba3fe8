"""Build the source distribution and unpack it: ``sdist.py FOLDER``."""

import sys
import tarfile
from pathlib import Path

from hatchling.build import build_sdist

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
archive = folder / build_sdist(str(folder))
with tarfile.open(archive) as packed:
    packed.extractall(folder, filter="data")
