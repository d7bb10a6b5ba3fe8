"""Decisions of a meeting, carried out and kept.

In:     an Alignment, choices.
Out:    one merged plan and its audit trail.
"""
