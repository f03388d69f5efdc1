"""Wards, for the administrator: which ones work with the product."""
