"""Change between periods, also across the splitting of a district.

In:     indicators of two periods.
Out:    changes that may be compared, and why others may not.
"""
