"""How things look, wherever they are drawn.

In:     nothing.
Out:    colours by their meaning.
"""
