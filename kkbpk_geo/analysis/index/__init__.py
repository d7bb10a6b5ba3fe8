"""A composite index and how sure its ranks are.

In:     a table of indicators, directions, weights.
Out:    scores, ranks with intervals, drivers, a picture.
"""
