"""What each release has stored, kept as files: later code must open all of it.

`release_1.json` was written by `python -m tests.stored.make 1` on the code of that release, and is never written again.
A release that stores something in a new form gets a file of its own.
"""
