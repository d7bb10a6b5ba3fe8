"""The first screen of the work map, and the ways from it to the other pages.

In:     the description of a map, the family of its run.
Out:    what the page says first: who needs what, and where to look on.
"""
