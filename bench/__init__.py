"""Side-by-side measurements. Each prints one last line: RESULT name=value …

These machines are noisy: both sides run in turn, several rounds, and medians are told.
"""
