"""Numbers and how sure they are: arrays in, frozen dataclasses out. numpy, scipy and numba; no Django, no database.

`scan` asks where and when there was more than chance gives, `series` whether this week is unusual, `points` whether
things follow each other and where they are dense, `local` which cells stand out from their neighbours. `command` are
the four commands of `./run` that do this for files.
"""

VERSION = "1"  # of the engine: raised when the same data and settings may give another number
