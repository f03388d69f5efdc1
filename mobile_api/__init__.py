"""The REST API for phones, mounted at /api/v1."""
