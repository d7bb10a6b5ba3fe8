"""Floor 10: a project file, or a list of files, to everything, in order.

In: ``peta-kerja.toml`` or paths. Out: :class:`running.Run`, and the files that
``outputs`` writes. The one road for the command line and the notebooks.
"""
