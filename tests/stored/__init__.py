"""What each release has stored, kept as files: later code must open all of it.

A file is written once, by `python -m tests.stored.make NUMBER` on the code of that release, and never again.
A release that stores something in a new form gets a file of its own.
"""
