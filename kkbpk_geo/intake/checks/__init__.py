"""What cannot be true in a table that was read.

In:     tables of an intake.
Out:    findings: within a row, along a column, between tables.
"""
