"""Provinces, wards (communes) and residential groups: the map that everything else refers to."""
