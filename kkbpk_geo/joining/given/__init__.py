"""What callers hold, read the same way everywhere: numbers, neighbours, points.

In:     Series, frames, mappings, layers, records.
Out:    one shape of each, or a sentence that says what to call.
"""
