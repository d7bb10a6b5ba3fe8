"""A work plan as lines.

In:     a table or a file.
Out:    :class:`Plan`, its words, a workbook.
"""
