"""The REST API for phones, mounted at /api/v1: `shell` is what all share, every other folder is one feature's room."""
