"""The version of the package, asked for only where somebody wants to know it.

In:     the installed distribution. Out: ``__version__``.
"""

from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

__version__ = "0+checkout"  # on the path, but not installed
with suppress(PackageNotFoundError):
    __version__ = version("kkbpk-geo")
