"""Floor 7: one plan for the province and its districts.

In: plan lines, targets, needs, budgets. Out: shares, decisions, calendars, purchases.
"""
