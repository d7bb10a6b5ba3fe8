"""Work plans, read.

In:     an open sheet of activities.
Out:    one line per activity, place and time.
"""
