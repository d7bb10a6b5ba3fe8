"""How unequal districts are, weighted by people.

In:     values and populations.
Out:    measures as in WHO HEAT, with words and a Lorenz curve.
"""
