"""The steps of reading a sheet that every kind of table takes, by subject.

In:     an open sheet.
Out:    a new one: cells read, rows placed and dated, sums held against their parts.
"""
