"""The map as one HTML file.

In:     the description of a map.
Out:    a page that asks for nothing from outside.
"""
