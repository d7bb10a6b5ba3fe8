"""What belongs to one run: its parts, the ways between them, the page that names them.

In:     a Run and the parts that are made of it.
Out:    files that fit together; what was made again, what stayed, what failed.
"""
