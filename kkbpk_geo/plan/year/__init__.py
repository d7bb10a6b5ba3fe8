"""A plan through its year.

In:     plan lines with times and results.
Out:    calendar, continuity, progress; a page and pictures.
"""
