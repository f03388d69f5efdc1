"""The only code that leaves the machine."""
