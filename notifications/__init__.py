"""Who is told what, how it gets there, and what is tidied up from time to time.

One file for each feature, with its words and its tasks; the worker finds them. `sending` is what they share, `channels`
the only code that leaves the machine.
"""
