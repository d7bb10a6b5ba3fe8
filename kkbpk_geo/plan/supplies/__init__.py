"""Supplies a district has, needs and buys.

In:     inventories, groups, prices.
Out:    gaps in number and condition; a shopping list within a budget.
"""
