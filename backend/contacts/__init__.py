"""How a ward's police can be reached when it is no emergency: telephone, address, hours, a line of greeting."""
