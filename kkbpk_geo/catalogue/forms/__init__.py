"""The forms of the offices by their time: eras, and what crosses from one to the next.

In: eras.toml, crosswalk.csv. Out: typed, validated, read-only objects.
"""
