"""Inventories of equipment, read.

In:     an open sheet of things by condition.
Out:    one line per item and place.
"""
