"""Schema changes, one file each in `versions`; `binhyen.migrate` applies them."""
