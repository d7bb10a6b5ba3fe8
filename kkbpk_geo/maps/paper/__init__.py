"""The map on A4 and A3.

In:     the description of a map.
Out:    a matplotlib figure with the same classes and colours.
"""
