"""Workbooks read apart: looked at first, then read by a process that may be lost.

In:     the bytes of a workbook.
Out:    grids; or a sentence on the file, whatever its reader does.
"""
