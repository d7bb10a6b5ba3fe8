"""How a store of boundaries is told by its name, before anything of it is read.

In:     nothing. Out: a suffix, and the word for no store at all.
"""

SUFFIX = ".kgeo"
SHIPPED_ONLY = "bawaan"
"""Given in the place of a path: the shipped districts, whatever else there is."""
