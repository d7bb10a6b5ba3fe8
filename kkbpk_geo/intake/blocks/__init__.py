"""Several tables in one sheet: under each other, beside each other, page after page.

In:     a grid.
Out:    one grid per table, with what stands elsewhere on the sheet that is about it.
"""
