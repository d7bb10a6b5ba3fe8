"""Boundaries of every level: from a source to a store and its report.

In:     a clone of the public set of villages, or a layer. Out: a store, a page, a text.
"""
