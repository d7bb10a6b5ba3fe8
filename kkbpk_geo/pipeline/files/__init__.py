"""Each file that a run or a command leaves behind, and how it is written.

In:     a Run, or findings and what stands beside them.
Out:    the map, its tables, what goes back to the districts.
"""
