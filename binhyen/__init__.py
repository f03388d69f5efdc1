"""The front door: what an operator starts."""
