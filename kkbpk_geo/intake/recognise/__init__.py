"""Where the header is and what each column is.

In:     a grid of cells.
Out:    columns with their meaning; phases; stock by condition.
"""
