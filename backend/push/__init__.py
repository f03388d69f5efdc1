"""Devices that want to be woken, and what became of each wake-up."""
