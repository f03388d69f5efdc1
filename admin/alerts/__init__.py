"""Alerts: written, approved by a second person, published, followed."""
