"""Long tables: a row per sex, age, method or indicator, brought to one per place.

In:     rows that repeat their place and period.
Out:    one row per place and period; parts added, or checked against their total.
"""
