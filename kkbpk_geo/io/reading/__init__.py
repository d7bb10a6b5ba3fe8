"""Files of any kind, opened: what each is, and its sheets as they stand.

In:     the bytes of a file.
Out:    grids, with what their workbook hides and lacks; or a sentence on what it is.
"""
