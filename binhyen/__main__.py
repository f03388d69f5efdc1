"""`python -m binhyen` is the command `binhyen`."""

from binhyen.cli import main

main()
