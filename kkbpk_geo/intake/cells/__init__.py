"""What each cell of a sheet says.

In:     cells of one column.
Out:    places, periods, numbers, values, titles; a finding where they say nothing.
"""
