"""Roads for plans: files in, files out.

In:     plan files and what is asked of them.
Out:    checks, divided targets, purchases.
"""
