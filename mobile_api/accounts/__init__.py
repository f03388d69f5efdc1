"""Residents: signing in, and their own account."""
