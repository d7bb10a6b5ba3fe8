"""What proves that a row is a place, or a sum of others, whatever it is called.

In:     an open sheet, the places of its rows.
Out:    rows that are no places listed; findings about what is doubtful.
"""
