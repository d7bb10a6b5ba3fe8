"""Targets divided among districts, exactly.

In:     a total, weights, limits.
Out:    whole numbers that add up, and a log of every change.
"""
