"""Three plans compared: the last agreed one, the province's, the districts'.

In:     plans.
Out:    lines paired, verdicts, questions, shares of agreement.
"""
