"""Flask plumbing that the phones' API and the panel share."""
