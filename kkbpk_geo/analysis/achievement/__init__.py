"""Results against targets, region by region.

In:     results, targets.
Out:    achievement with its words and its picture.
"""
