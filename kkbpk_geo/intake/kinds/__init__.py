"""Kinds of table: what reading asks of each, as one object per kind.

In:     an open sheet.
Out:    its columns, times, lines and findings, as its kind reads it.
"""
