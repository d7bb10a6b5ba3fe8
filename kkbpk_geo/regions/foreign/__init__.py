"""Boundary layers that an office hands over, made into what the library promises.

In:     a file of polygons. Out: a clean coverage of one province, and what was found
        on the way.
"""
