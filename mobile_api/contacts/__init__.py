"""How a ward's police can be reached, for phones."""
