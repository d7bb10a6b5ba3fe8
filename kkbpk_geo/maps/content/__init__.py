"""What a map says, before anything is drawn.

In:     boundaries, tables, points, plans.
Out:    one description of classes, colours and words for page and paper.
"""
