"""Alerts: messages to the public of a ward, approved by a second person, in the terms of OASIS CAP 1.2."""
