"""The first page: where a person's own work begins."""
