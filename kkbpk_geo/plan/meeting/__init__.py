"""What a meeting needs on the table.

In:     an Alignment.
Out:    a workbook to fill in, a page, minutes.
"""
