"""Provinces, wards (communes) and residential groups, to which everything else refers."""
