"""Which rows are data, and what becomes of the others.

In:     rows of a grid.
Out:    data, totals, notes, and what was set aside with its reason.
"""
