"""Files as offices exchange them; no meaning yet.

In:     paths, grids, tables.
Out:    cells read; workbooks, pages and text files written.
"""
