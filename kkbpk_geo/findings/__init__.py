"""What is wrong with a file, as data, and what goes back to its owner.

In:     facts seen while reading.
Out:    sentences, a table, a workbook to send back, a page.
"""
