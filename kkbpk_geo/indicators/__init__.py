"""Floor 5: ratios of sums, each with its numerator and denominator beside it.

In: a Joined (floor 4) and the indicator catalogue. Out: one tidy frame, province row
included, computed from sums; missing stays missing.
"""
