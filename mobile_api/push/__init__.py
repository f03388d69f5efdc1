"""Devices that are woken."""
